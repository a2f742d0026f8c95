#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>

namespace diffusion::checkpoint {

/// A file that is there as a whole or not at all: the bytes go to a temporary file beside it, which
/// commit() brings to the disk and moves to its name; without commit nothing stays. Everything throws
/// diffusion::Error (cannot_write) that names the file, the
/// system's reason and what to do.
class FileWriter {
public:
    explicit FileWriter(std::filesystem::path file);
    ~FileWriter();
    FileWriter(const FileWriter&) = delete;
    FileWriter& operator=(const FileWriter&) = delete;

    void write(std::span<const std::byte> bytes);
    void write_text(const std::string& text);
    void commit();

private:
    [[noreturn]] void fail(const std::string& why) const;

    std::filesystem::path file_;
    std::filesystem::path temporary_;
    std::ofstream out_;
};

/// A small text file, by the same way.
void write_text_file(const std::filesystem::path& file, const std::string& text);

}  // namespace diffusion::checkpoint
