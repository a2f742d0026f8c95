#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace diffusion::checkpoint {

/// Unpacks a raw deflate stream (RFC 1951) of known size. Throws diffusion::Error (malformed,
/// truncated) when the stream is broken or gives another size.
std::vector<std::byte> inflate(std::span<const std::byte> packed, std::uint64_t size,
                               const std::string& file);

}  // namespace diffusion::checkpoint
