#include "diffusion/checkpoint/byte_reader.h"

#include "diffusion/checkpoint/file_error.h"

namespace diffusion::checkpoint {

ByteReader::ByteReader(std::span<const std::byte> bytes, std::string file)
    : bytes_(bytes), file_(std::move(file)) {}

void ByteReader::seek(std::uint64_t position) {
    if (position > bytes_.size()) {
        throw file_error(ErrorReason::truncated, file_,
                         "refers to byte " + std::to_string(position) + ", but has only " +
                             std::to_string(bytes_.size()));
    }
    position_ = static_cast<std::size_t>(position);
}

std::span<const std::byte> ByteReader::take(std::uint64_t count) {
    if (count > remaining()) {
        throw file_error(ErrorReason::truncated, file_,
                         "ends early: " + std::to_string(count) + " bytes expected at " +
                             std::to_string(position_) + ", " + std::to_string(remaining()) +
                             " left; the download is incomplete or damaged");
    }
    const auto part = bytes_.subspan(position_, static_cast<std::size_t>(count));
    position_ += part.size();
    return part;
}

std::string_view ByteReader::take_text(std::uint64_t count) {
    const auto part = take(count);
    return {reinterpret_cast<const char*>(part.data()), part.size()};
}

std::string_view ByteReader::take_line() {
    const auto rest = bytes_.subspan(position_);
    const std::string_view text{reinterpret_cast<const char*>(rest.data()), rest.size()};
    const auto end = text.find('\n');
    if (end == std::string_view::npos) {
        throw file_error(ErrorReason::truncated, file_, "ends inside a line of text");
    }
    position_ += end + 1;
    return text.substr(0, end);
}

}  // namespace diffusion::checkpoint
