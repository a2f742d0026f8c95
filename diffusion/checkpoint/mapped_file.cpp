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
        if (data == MAP_FAILED) throw cannot_open(file, std::strerror(errno));
    }
    return std::shared_ptr<const MappedFile>(
        new MappedFile(file.filename().string(), static_cast<std::byte*>(data), size));
}

MappedFile::MappedFile(std::string name, std::byte* data, std::size_t size)
    : name_(std::move(name)), data_(data), size_(size) {}

MappedFile::~MappedFile() {
    if (data_ != nullptr) ::munmap(data_, size_);
}

void MappedFile::drop(std::span<const std::byte> range) const {
    if (range.data() < data_ || range.data() + range.size() > data_ + size_) return;
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = (reinterpret_cast<std::uintptr_t>(range.data()) + page - 1) / page * page;
    const auto end = reinterpret_cast<std::uintptr_t>(range.data() + range.size()) / page * page;
    if (end > begin) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

}  // namespace diffusion::checkpoint
