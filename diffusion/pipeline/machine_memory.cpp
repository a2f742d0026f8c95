#include "diffusion/pipeline/machine_memory.h"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace diffusion::pipeline {

namespace {

/// A line "VmHWM:   123 kB" of one of the system's files.
std::int64_t bytes_of_line(const char* file, const std::string& name) {
    std::ifstream stream(file);
    std::string word;
    while (stream >> word) {
        if (word == name + ":") {
            std::int64_t kibibytes = 0;
            stream >> kibibytes;
            return kibibytes * 1024;
        }
        std::getline(stream, word);
    }
    return 0;
}

/// A file that holds one number; "max" and no file are 0.
std::int64_t number_in(const char* file) {
    std::ifstream stream(file);
    std::int64_t number = 0;
    return stream >> number ? number : 0;
}

}  // namespace

std::int64_t physical_memory() {
    const auto pages = sysconf(_SC_PHYS_PAGES);
    const auto page_size = sysconf(_SC_PAGE_SIZE);
    const auto machine = pages > 0 && page_size > 0 ? std::int64_t{pages} * page_size : 0;
    const auto container = number_in("/sys/fs/cgroup/memory.max");
    return container > 0 ? std::min(machine, container) : machine;
}

std::int64_t available_memory() {
    const auto machine = bytes_of_line("/proc/meminfo", "MemAvailable");
    if (machine == 0) return 0;
    const auto all = machine + resident_memory();
    const auto container = number_in("/sys/fs/cgroup/memory.max");
    return container > 0 ? std::min(all, container) : all;
}

std::int64_t resident_memory() { return bytes_of_line("/proc/self/status", "VmRSS"); }

std::int64_t peak_memory() { return bytes_of_line("/proc/self/status", "VmHWM"); }

bool restart_peak() {
    std::ofstream stream("/proc/self/clear_refs");
    stream << "5" << std::flush;
    return stream.good();
}

void trim_heap() {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

}  // namespace diffusion::pipeline
