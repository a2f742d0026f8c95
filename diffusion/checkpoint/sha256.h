#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

namespace diffusion::checkpoint {

/// SHA-256 (FIPS 180-4) of bytes that arrive in pieces.
class Sha256 {
public:
    void add(std::span<const std::byte> bytes);
    /// 64 hexadecimal digits. Ends the sum.
    std::string finish();

private:
    void compress(const std::byte* block);

    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::byte, 64> rest_{};
    std::size_t rest_size_ = 0;
    std::uint64_t length_ = 0;
};

/// Told how many bytes are done; answers false to stop.
using HashProgress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

/// Adds a whole file; false if progress stopped it. Throws diffusion::Error (missing_file).
bool add_file(Sha256& sum, const std::filesystem::path& file, const HashProgress& progress = {});

/// SHA-256 of a whole file; its first 10 digits are the "Model hash" that pictures carry. Empty if
/// progress stopped it. Throws diffusion::Error (missing_file).
std::string sha256_of_file(const std::filesystem::path& file, const HashProgress& progress = {});

/// The hash that old programs wrote: 8 digits over 64 KiB from 1 MiB on. Throws Error (missing_file).
std::string old_hash_of_file(const std::filesystem::path& file);

}  // namespace diffusion::checkpoint
