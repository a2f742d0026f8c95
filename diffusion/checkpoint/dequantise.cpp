#include "diffusion/checkpoint/dequantise.h"

#include <array>
#include <cstdint>
#include <cstring>

// The layouts are those of ggml (ggml-common.h); names of fields too: d scale, dmin scale of minima,
// qs quants, qh their high bits.

namespace diffusion::checkpoint {

namespace {

using Bytes = const std::uint8_t*;

float half_at(Bytes at) {
    std::uint16_t half = 0;
    std::memcpy(&half, at, sizeof(half));
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000u) << 16;
    std::uint32_t exponent = half >> 10 & 0x1Fu;
    std::uint32_t fraction = half & 0x3FFu;
    std::uint32_t bits = sign;
    if (exponent == 31) {
        bits |= 0x7F800000u | fraction << 13;
    } else if (exponent != 0) {
        bits |= (exponent + 112) << 23 | fraction << 13;
    } else if (fraction != 0) {
        exponent = 113;
        while ((fraction & 0x400u) == 0) {
            fraction <<= 1;
            --exponent;
        }
        bits |= exponent << 23 | (fraction & 0x3FFu) << 13;
    }
    float value = 0;
    std::memcpy(&value, &bits, sizeof(value));
    return value;
}

/// 32 values of 4 bits: low nibbles first, then high ones.
void q4_0(Bytes block, float* out) {
    const float d = half_at(block);
    for (int i = 0; i < 16; ++i) {
        const int q = block[2 + i];
        out[i] = static_cast<float>((q & 15) - 8) * d;
        out[i + 16] = static_cast<float>((q >> 4) - 8) * d;
    }
}

void q4_1(Bytes block, float* out) {
    const float d = half_at(block);
    const float m = half_at(block + 2);
    for (int i = 0; i < 16; ++i) {
        const int q = block[4 + i];
        out[i] = static_cast<float>(q & 15) * d + m;
        out[i + 16] = static_cast<float>(q >> 4) * d + m;
    }
}

/// The fifth bits of the 32 values in one number.
std::uint32_t high_bits(Bytes at) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, at, sizeof(bits));
    return bits;
}

void q5_0(Bytes block, float* out) {
    const float d = half_at(block);
    const auto qh = high_bits(block + 2);
    for (int i = 0; i < 16; ++i) {
        const int q = block[6 + i];
        out[i] = static_cast<float>(((q & 15) | static_cast<int>(qh >> i & 1) << 4) - 16) * d;
        out[i + 16] =
            static_cast<float>((q >> 4 | static_cast<int>(qh >> (i + 16) & 1) << 4) - 16) * d;
    }
}

void q5_1(Bytes block, float* out) {
    const float d = half_at(block);
    const float m = half_at(block + 2);
    const auto qh = high_bits(block + 4);
    for (int i = 0; i < 16; ++i) {
        const int q = block[8 + i];
        out[i] = static_cast<float>((q & 15) | static_cast<int>(qh >> i & 1) << 4) * d + m;
        out[i + 16] =
            static_cast<float>(q >> 4 | static_cast<int>(qh >> (i + 16) & 1) << 4) * d + m;
    }
}

void q8_0(Bytes block, float* out) {
    const float d = half_at(block);
    for (int i = 0; i < 32; ++i) {
        out[i] = static_cast<float>(static_cast<std::int8_t>(block[2 + i])) * d;
    }
}

void q2_k(Bytes block, float* out) {
    const Bytes scales = block;
    const Bytes qs = block + 16;
    const float d = half_at(block + 80);
    const float dmin = half_at(block + 82);
    for (int group = 0; group < 16; ++group) {
        // 16 values each; 8 groups share 32 bytes, two bits per value and plane.
        const Bytes q = qs + group / 8 * 32 + group % 2 * 16;
        const int shift = group % 8 / 2 * 2;
        const float scale = d * static_cast<float>(scales[group] & 15);
        const float low = dmin * static_cast<float>(scales[group] >> 4);
        for (int i = 0; i < 16; ++i) *out++ = scale * static_cast<float>(q[i] >> shift & 3) - low;
    }
}

/// The 16 six-bit scales that Q3_K packs into 12 bytes.
std::array<int, 16> q3_k_scales(Bytes packed) {
    std::array<int, 16> scales{};
    for (int i = 0; i < 16; ++i) {
        const int low = i < 8 ? packed[i] & 15 : packed[i - 8] >> 4;
        const int high = packed[8 + i % 4] >> (i / 4 * 2) & 3;
        scales[static_cast<std::size_t>(i)] = (low | high << 4) - 32;
    }
    return scales;
}

void q3_k(Bytes block, float* out) {
    const Bytes hmask = block;
    const Bytes qs = block + 32;
    const auto scales = q3_k_scales(block + 96);
    const float d = half_at(block + 108);
    for (int group = 0; group < 16; ++group) {
        const Bytes q = qs + group / 8 * 32 + group % 2 * 16;
        const Bytes mask = hmask + group % 2 * 16;
        const int shift = group % 8 / 2 * 2;
        const int bit = group / 2;
        const float scale = d * static_cast<float>(scales[static_cast<std::size_t>(group)]);
        for (int i = 0; i < 16; ++i) {
            const int low = q[i] >> shift & 3;
            *out++ = scale * static_cast<float>(low - ((mask[i] >> bit & 1) != 0 ? 0 : 4));
        }
    }
}

struct ScaleAndMin {
    float scale;
    float min;
};

/// Scale and minimum of one of the 8 sub-blocks of Q4_K and Q5_K.
ScaleAndMin k_scale(Bytes packed, int j) {
    if (j < 4) {
        return {static_cast<float>(packed[j] & 63), static_cast<float>(packed[j + 4] & 63)};
    }
    return {static_cast<float>((packed[j + 4] & 15) | packed[j - 4] >> 6 << 4),
            static_cast<float>(packed[j + 4] >> 4 | packed[j] >> 6 << 4)};
}

void q4_k(Bytes block, float* out) {
    const float d = half_at(block);
    const float dmin = half_at(block + 2);
    for (int j = 0; j < 8; ++j) {
        const auto [scale, min] = k_scale(block + 4, j);
        const Bytes q = block + 16 + j / 2 * 32;
        const int shift = j % 2 * 4;
        for (int i = 0; i < 32; ++i) {
            *out++ = d * scale * static_cast<float>(q[i] >> shift & 15) - dmin * min;
        }
    }
}

void q5_k(Bytes block, float* out) {
    const float d = half_at(block);
    const float dmin = half_at(block + 2);
    const Bytes qh = block + 16;
    for (int j = 0; j < 8; ++j) {
        const auto [scale, min] = k_scale(block + 4, j);
        const Bytes q = block + 48 + j / 2 * 32;
        const int shift = j % 2 * 4;
        for (int i = 0; i < 32; ++i) {
            const int value = (q[i] >> shift & 15) | (qh[i] >> j & 1) << 4;
            *out++ = d * scale * static_cast<float>(value) - dmin * min;
        }
    }
}

void q6_k(Bytes block, float* out) {
    const float d = half_at(block + 208);
    for (int half = 0; half < 2; ++half) {
        const Bytes ql = block + half * 64;
        const Bytes qh = block + 128 + half * 32;
        const Bytes scales = block + 192 + half * 8;
        for (int part = 0; part < 4; ++part) {
            for (int i = 0; i < 32; ++i) {
                const int low = ql[i + part % 2 * 32] >> (part / 2 * 4) & 15;
                const int value = (low | (qh[i] >> (part * 2) & 3) << 4) - 32;
                const auto scale = static_cast<std::int8_t>(scales[part * 2 + i / 16]);
                *out++ = d * static_cast<float>(scale) * static_cast<float>(value);
            }
        }
    }
}

using Unpack = void (*)(Bytes, float*);

Unpack unpack_of(ElementType type) {
    switch (type) {
        case ElementType::q4_0: return q4_0;
        case ElementType::q4_1: return q4_1;
        case ElementType::q5_0: return q5_0;
        case ElementType::q5_1: return q5_1;
        case ElementType::q8_0: return q8_0;
        case ElementType::q2_k: return q2_k;
        case ElementType::q3_k: return q3_k;
        case ElementType::q4_k: return q4_k;
        case ElementType::q5_k: return q5_k;
        case ElementType::q6_k: return q6_k;
        default: return nullptr;
    }
}

}  // namespace

void dequantise(ElementType type, std::span<const std::byte> bytes, std::span<float> values) {
    const auto unpack = unpack_of(type);
    const auto block = block_of(type);
    const auto* data = reinterpret_cast<Bytes>(bytes.data());
    const auto count = bytes.size() / static_cast<std::size_t>(block.bytes);
    if (!unpack || values.size() != count * static_cast<std::size_t>(block.elements)) return;
    for (std::size_t i = 0; i < count; ++i) {
        unpack(data + i * static_cast<std::size_t>(block.bytes),
               values.data() + i * static_cast<std::size_t>(block.elements));
    }
}

}  // namespace diffusion::checkpoint
