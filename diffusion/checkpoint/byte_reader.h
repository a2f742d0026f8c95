#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace diffusion::checkpoint {

/// Walks over bytes from front to back; every step is checked against what is left. Numbers are
/// little-endian. Throws diffusion::Error (corrupt_file, Truncated) that names the file.
class ByteReader {
public:
    ByteReader(std::span<const std::byte> bytes, std::string file);

    std::size_t position() const { return position_; }
    std::size_t remaining() const { return bytes_.size() - position_; }
    const std::string& file() const { return file_; }

    void seek(std::uint64_t position);
    void skip(std::uint64_t count) { take(count); }
    std::span<const std::byte> take(std::uint64_t count);
    /// `count` bytes as text, unchecked for UTF-8.
    std::string_view take_text(std::uint64_t count);
    /// The text up to the next '\n', which is left out but consumed.
    std::string_view take_line();

    template <typename Number>
    Number read() {
        Number value;
        std::memcpy(&value, take(sizeof(Number)).data(), sizeof(Number));
        return value;
    }

private:
    std::span<const std::byte> bytes_;
    std::string file_;
    std::size_t position_ = 0;
};

}  // namespace diffusion::checkpoint
