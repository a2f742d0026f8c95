#include "diffusion/checkpoint/sha256.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "diffusion/checkpoint/mapped_file.h"

namespace diffusion::checkpoint {

namespace {

constexpr std::array<std::uint32_t, 64> round_constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

std::uint32_t big_endian(const std::byte* at) {
    std::uint32_t value = 0;
    std::memcpy(&value, at, sizeof(value));
    return __builtin_bswap32(value);
}

}  // namespace

void Sha256::compress(const std::byte* block) {
    std::array<std::uint32_t, 64> w;
    for (std::size_t i = 0; i < 16; ++i) w[i] = big_endian(block + 4 * i);
    for (std::size_t i = 16; i < 64; ++i) {
        const auto a = w[i - 15];
        const auto b = w[i - 2];
        w[i] = w[i - 16] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ a >> 3) + w[i - 7] +
               (std::rotr(b, 17) ^ std::rotr(b, 19) ^ b >> 10);
    }
    auto [a, b, c, d, e, f, g, h] = state_;
    for (std::size_t i = 0; i < 64; ++i) {
        const auto t1 = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                        ((e & f) ^ (~e & g)) + round_constants[i] + w[i];
        const auto t2 = (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) +
                        ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + t2;
    }
    const std::array<std::uint32_t, 8> added{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) state_[i] += added[i];
}

void Sha256::add(std::span<const std::byte> bytes) {
    length_ += bytes.size();
    while (!bytes.empty()) {
        if (rest_size_ == 0 && bytes.size() >= 64) {
            compress(bytes.data());
            bytes = bytes.subspan(64);
            continue;
        }
        const auto count = std::min(bytes.size(), 64 - rest_size_);
        std::memcpy(rest_.data() + rest_size_, bytes.data(), count);
        rest_size_ += count;
        bytes = bytes.subspan(count);
        if (rest_size_ < 64) return;
        compress(rest_.data());
        rest_size_ = 0;
    }
}

std::string Sha256::finish() {
    const std::uint64_t bits = length_ * 8;
    std::array<std::byte, 72> padding{};
    padding[0] = std::byte{0x80};
    const std::size_t zeros = (119 - rest_size_) % 64;
    for (std::size_t i = 0; i < 8; ++i) {
        padding[1 + zeros + i] = static_cast<std::byte>(bits >> (56 - 8 * i) & 0xFF);
    }
    add(std::span(padding).first(zeros + 9));
    constexpr const char* digits = "0123456789abcdef";
    std::string text;
    for (const auto word : state_) {
        for (int shift = 28; shift >= 0; shift -= 4) text += digits[word >> shift & 15];
    }
    return text;
}

bool add_file(Sha256& sum, const std::filesystem::path& file, const HashProgress& progress) {
    constexpr std::size_t piece = 8u << 20;
    const auto mapped = MappedFile::open(file);
    const auto bytes = mapped->bytes();
    for (std::size_t done = 0; done < bytes.size(); done += piece) {
        if (progress && !progress(done, bytes.size())) return false;
        const auto part = bytes.subspan(done, std::min(piece, bytes.size() - done));
        sum.add(part);
        mapped->drop(part);
    }
    return true;
}

std::string sha256_of_file(const std::filesystem::path& file, const HashProgress& progress) {
    Sha256 sum;
    return add_file(sum, file, progress) ? sum.finish() : std::string();
}

std::string old_hash_of_file(const std::filesystem::path& file) {
    constexpr std::size_t offset = 0x100000;
    constexpr std::size_t length = 0x10000;
    const auto mapped = MappedFile::open(file);
    const auto bytes = mapped->bytes();
    Sha256 sum;
    if (bytes.size() > offset) {
        sum.add(bytes.subspan(offset, std::min(length, bytes.size() - offset)));
    }
    return sum.finish().substr(0, 8);
}

}  // namespace diffusion::checkpoint
