#include "diffusion/checkpoint/file_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "diffusion/error.h"
#include "diffusion/write_error.h"

namespace diffusion::checkpoint {

namespace {

/// Data first, name second: after a power cut the name never stands for half a file.
void flush_to_disk(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
}

}  // namespace

FileWriter::FileWriter(std::filesystem::path file) : file_(std::move(file)), temporary_(file_) {
    temporary_ += ".part" + std::to_string(::getpid());
    out_.open(temporary_, std::ios::binary | std::ios::trunc);
    if (!out_) fail(write_failure(errno));
}

FileWriter::~FileWriter() {
    if (temporary_.empty()) return;
    out_.close();
    std::error_code ignored;
    std::filesystem::remove(temporary_, ignored);
}

void FileWriter::fail(const std::string& why) const {
    throw Error(ErrorKind::cannot_write, file_.string() + ": can't be written: " + why);
}

void FileWriter::write(std::span<const std::byte> bytes) {
    out_.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    if (!out_) fail(write_failure(errno));
}

void FileWriter::write_text(const std::string& text) { write(std::as_bytes(std::span(text))); }

void FileWriter::commit() {
    out_.close();
    if (!out_) fail(write_failure(errno));
    flush_to_disk(temporary_);
    std::error_code failed;
    std::filesystem::rename(temporary_, file_, failed);
    if (failed) fail(write_failure(failed.value()));
    temporary_.clear();
}

void write_text_file(const std::filesystem::path& file, const std::string& text) {
    FileWriter writer(file);
    writer.write_text(text);
    writer.commit();
}

}  // namespace diffusion::checkpoint
