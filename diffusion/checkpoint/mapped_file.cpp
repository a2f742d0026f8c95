#include "diffusion/checkpoint/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "diffusion/error.h"

namespace diffusion::checkpoint {

namespace {

struct Descriptor {
    int value = -1;
    ~Descriptor() {
        if (value >= 0) ::close(value);
    }
};

Error cannot_open(const std::filesystem::path& file, const std::string& why) {
    return Error(ErrorKind::missing_file, file.string() + ": can't be opened: " + why);
}

Error cannot_map(const std::filesystem::path& file, int reason) {
    if (reason != ENOMEM) return cannot_open(file, std::strerror(reason));
    return Error(ErrorKind::out_of_memory,
                 file.string() + ": there is no room in memory to map it; close other programs, or use a smaller model.");
}

std::uintptr_t address_of(const std::byte* at) { return reinterpret_cast<std::uintptr_t>(at); }

std::uintptr_t page_size() {
    static const auto size = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    return size;
}

}  // namespace

std::shared_ptr<const MappedFile> MappedFile::open(const std::filesystem::path& file) {
    const Descriptor descriptor{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
    struct stat status {};
    if (descriptor.value < 0 || ::fstat(descriptor.value, &status) != 0) {
        throw cannot_open(file, std::strerror(errno));
    }
    if (!S_ISREG(status.st_mode)) throw cannot_open(file, "not a file");

    const auto size = static_cast<std::size_t>(status.st_size);
    void* data = nullptr;
    if (size > 0) {
        // Writable and private: a weight that is edited in place takes a page of its own.
        data = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE,
                      descriptor.value, 0);
        if (data == MAP_FAILED) throw cannot_map(file, errno);
    }
    return std::shared_ptr<const MappedFile>(
        new MappedFile(file.filename().string(), static_cast<std::byte*>(data), size));
}

MappedFile::MappedFile(std::string name, std::byte* data, std::size_t size)
    : name_(std::move(name)), data_(data), size_(size) {}

MappedFile::~MappedFile() {
    if (data_ != nullptr) ::munmap(data_, size_);
}

bool MappedFile::holds(std::span<const std::byte> range) const {
    return !range.empty() && range.data() >= data_ &&
           range.data() + range.size() <= data_ + size_;
}

void MappedFile::prefetch(std::span<const std::byte> range) const {
    if (!holds(range)) return;
    const auto begin = address_of(range.data()) / page_size() * page_size();
    const auto end = address_of(range.data() + range.size());
    ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_WILLNEED);
}

void MappedFile::drop(std::span<const std::byte> range) const {
    if (!holds(range)) return;
    const auto begin = (address_of(range.data()) + page_size() - 1) / page_size() * page_size();
    const auto end = address_of(range.data() + range.size()) / page_size() * page_size();
    if (end > begin) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

}  // namespace diffusion::checkpoint
