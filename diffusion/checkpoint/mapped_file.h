#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace diffusion::checkpoint {

/// A file as memory. Pages are read when they are touched; writing to them changes private copies
/// and never the file.
class MappedFile {
public:
    /// Throws diffusion::Error (missing_file) when the file can't be opened or is a folder.
    static std::shared_ptr<const MappedFile> open(const std::filesystem::path& file);

    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    std::span<const std::byte> bytes() const { return {data_, size_}; }
    /// The file's name without its folder, for messages.
    const std::string& name() const { return name_; }
    /// Starts reading the range from the disk, without waiting for it.
    void prefetch(std::span<const std::byte> range) const;
    /// Gives back the memory of the whole pages inside the range; they are read again when touched.
    void drop(std::span<const std::byte> range) const;

private:
    MappedFile(std::string name, std::byte* data, std::size_t size);
    bool holds(std::span<const std::byte> range) const;

    std::string name_;
    std::byte* data_;
    std::size_t size_;
};

}  // namespace diffusion::checkpoint
