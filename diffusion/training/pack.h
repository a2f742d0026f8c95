#pragma once

// One file with square pictures on white and their captions, read without any picture codec.
//
// All numbers are little-endian. Header, 64 bytes: "ATELPACK", u32 version 2, u32 extent, u32 level
// step, u32 0, u64 picture count, u64 offset and u64 length of the index, u64 offset and u64 length of
// the captions. Index: per picture u64 offset, u64 length. Captions: zlib of the JSON lines, preceded
// by u64 with their length. A picture: zlib of four planes (G, R - G, B - G, and how much of the white is
// covered) of levels, each the difference to its median-edge prediction (Weinberger et al. 2000), modulo
// 256. Version 1, without the fourth plane, is not read any more.

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "diffusion/image.h"
#include "diffusion/training/captions.h"

namespace diffusion::training {

/// Writes a pack to a temporary file beside `file`, which finish() renames.
/// Throws Error (cannot_write).
class PackWriter {
public:
    PackWriter(const std::filesystem::path& file, int extent, int level_step);
    ~PackWriter();
    PackWriter(const PackWriter&) = delete;
    PackWriter& operator=(const PackWriter&) = delete;

    /// The picture is laid on white and fitted into the square, keeping its shape.
    void add(const Image& picture, const Caption& caption);
    void finish();

private:
    void write(const void* bytes, std::size_t count);

    std::filesystem::path file_, temporary_;
    std::ofstream stream_;
    int extent_, level_step_;
    std::uint64_t position_ = 0;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> index_;
    std::string captions_;
    bool is_finished_ = false;
};

/// A mapped pack. Throws Error (missing_file, corrupt_file); picture() may be called from any thread.
class Pack {
public:
    explicit Pack(const std::filesystem::path& file);
    ~Pack();
    Pack(const Pack&) = delete;
    Pack& operator=(const Pack&) = delete;

    int extent() const { return extent_; }
    std::size_t size() const { return index_.size(); }
    const std::vector<Caption>& captions() const { return captions_; }
    /// RGB, extent x extent.
    Image picture(std::size_t i) const;
    /// The same with a fourth channel: how much of the white is covered.
    Image layer(std::size_t i) const;

private:
    void read_header();
    void read_index(std::uint64_t offset, std::uint64_t length, std::uint64_t count);
    void read_captions(std::uint64_t offset, std::uint64_t length);
    std::string inflate(std::uint64_t offset, std::uint64_t length, std::size_t expected,
                        const std::string& what) const;
    void check_range(std::uint64_t offset, std::uint64_t length, const std::string& what) const;
    [[noreturn]] void fail(const std::string& what) const;

    std::string file_;
    const unsigned char* bytes_ = nullptr;
    std::uint64_t size_ = 0;
    int extent_ = 0;
    int level_step_ = 1;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> index_;
    std::vector<Caption> captions_;
};

}  // namespace diffusion::training
