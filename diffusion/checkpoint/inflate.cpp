#include "diffusion/checkpoint/inflate.h"

#include <algorithm>
#include <array>

#include "diffusion/checkpoint/file_error.h"

namespace diffusion::checkpoint {

namespace {

constexpr int longest_code = 15;

/// Deflate expands at most 1032 times; a claim beyond that is a lie.
constexpr std::uint64_t largest_ratio = 1032;

/// A canonical Huffman code by the count of codes of each length.
class Huffman {
public:
    explicit Huffman(std::span<const std::uint8_t> lengths) : symbols_(lengths.size()) {
        for (const auto length : lengths) ++counts_[length];
        counts_[0] = 0;
        std::array<int, longest_code + 2> offsets{};
        for (std::size_t i = 1; i <= longest_code; ++i) offsets[i + 1] = offsets[i] + counts_[i];
        for (std::size_t i = 0; i < lengths.size(); ++i) {
            if (lengths[i] != 0) {
                symbols_[static_cast<std::size_t>(offsets[lengths[i]]++)] = static_cast<int>(i);
            }
        }
    }

    /// The next symbol, or -1 where the bits are no code.
    template <typename NextBit>
    int decode(NextBit&& next_bit) const {
        int code = 0;
        int first = 0;
        int index = 0;
        for (std::size_t length = 1; length <= longest_code; ++length) {
            code |= next_bit();
            const int count = counts_[length];
            if (code < first) return -1;  // more codes than bits can tell apart
            if (code - first < count) return symbols_[static_cast<std::size_t>(index + code - first)];
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        return -1;
    }

private:
    std::array<int, longest_code + 1> counts_{};
    std::vector<int> symbols_;
};

constexpr std::array<int, 29> length_base{3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                          31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr std::array<int, 29> length_extra{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                           2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr std::array<int, 30> distance_base{
    1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
    193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
constexpr std::array<int, 30> distance_extra{0, 0, 0, 0, 1, 1, 2, 2,  3,  3,  4,  4,  5,  5,  6,
                                             6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13};

class Inflater {
public:
    Inflater(std::span<const std::byte> packed, std::uint64_t size, const std::string& file)
        : packed_(packed), size_(size), file_(file) {}

    std::vector<std::byte> run() {
        // Grows with what is really unpacked, not with what the archive claims.
        output_.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(size_, 1u << 20)));
        bool is_last = false;
        while (!is_last) {
            is_last = bits(1) != 0;
            switch (bits(2)) {
                case 0: stored(); break;
                case 1: compressed(fixed_lengths(), Huffman(std::vector<std::uint8_t>(30, 5))); break;
                case 2: dynamic(); break;
                default: broken();
            }
        }
        if (output_.size() != size_) broken();
        return std::move(output_);
    }

private:
    [[noreturn]] void broken() const {
        throw file_error(ErrorReason::malformed, file_, "holds compressed data that is broken");
    }

    int bit() {
        if (bit_position_ / 8 >= packed_.size()) {
            throw file_error(ErrorReason::truncated, file_, "ends inside compressed data");
        }
        const auto byte = std::to_integer<int>(packed_[bit_position_ / 8]);
        return byte >> (bit_position_++ % 8) & 1;
    }

    int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; ++i) value |= bit() << i;
        return value;
    }

    int symbol(const Huffman& code) {
        const int value = code.decode([this] { return bit(); });
        if (value < 0) broken();
        return value;
    }

    void put(std::byte value) {
        if (output_.size() >= size_) broken();
        output_.push_back(value);
    }

    void stored() {
        bit_position_ = (bit_position_ + 7) / 8 * 8;
        const int length = bits(16);
        if ((bits(16) ^ 0xFFFF) != length) broken();
        for (int i = 0; i < length; ++i) put(static_cast<std::byte>(bits(8)));
    }

    static Huffman fixed_lengths() {
        std::vector<std::uint8_t> lengths(288, 8);
        std::fill(lengths.begin() + 144, lengths.begin() + 256, std::uint8_t{9});
        std::fill(lengths.begin() + 256, lengths.begin() + 280, std::uint8_t{7});
        return Huffman(lengths);
    }

    void dynamic() {
        constexpr std::array<std::size_t, 19> order{16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                    11, 4,  12, 3, 13, 2, 14, 1, 15};
        const auto literals = static_cast<std::size_t>(bits(5)) + 257;
        const auto distances = static_cast<std::size_t>(bits(5)) + 1;
        const auto codes = static_cast<std::size_t>(bits(4)) + 4;
        std::vector<std::uint8_t> code_lengths(19, 0);
        for (std::size_t i = 0; i < codes; ++i) {
            code_lengths[order[i]] = static_cast<std::uint8_t>(bits(3));
        }
        const auto lengths = read_lengths(Huffman(code_lengths), literals + distances);
        const std::span<const std::uint8_t> all(lengths);
        compressed(Huffman(all.first(literals)), Huffman(all.subspan(literals)));
    }

    std::vector<std::uint8_t> read_lengths(const Huffman& code, std::size_t count) {
        std::vector<std::uint8_t> lengths;
        while (lengths.size() < count) {
            const int value = symbol(code);
            if (value < 16) {
                lengths.push_back(static_cast<std::uint8_t>(value));
                continue;
            }
            if (value == 16 && lengths.empty()) broken();
            const std::uint8_t repeated = value == 16 ? lengths.back() : std::uint8_t{0};
            const int times = value == 16 ? 3 + bits(2) : value == 17 ? 3 + bits(3) : 11 + bits(7);
            lengths.insert(lengths.end(), static_cast<std::size_t>(times), repeated);
        }
        if (lengths.size() != count) broken();
        return lengths;
    }

    void compressed(const Huffman& literals, const Huffman& distances) {
        for (;;) {
            const int value = symbol(literals);
            if (value == 256) return;
            if (value < 256) {
                put(static_cast<std::byte>(value));
                continue;
            }
            const auto length_code = static_cast<std::size_t>(value - 257);
            if (length_code >= length_base.size()) broken();
            const int length = length_base[length_code] + bits(length_extra[length_code]);
            const auto distance_code = static_cast<std::size_t>(symbol(distances));
            if (distance_code >= distance_base.size()) broken();
            copy(length, static_cast<std::size_t>(distance_base[distance_code] +
                                                  bits(distance_extra[distance_code])));
        }
    }

    void copy(int length, std::size_t distance) {
        if (distance > output_.size()) broken();
        for (int i = 0; i < length; ++i) put(output_[output_.size() - distance]);
    }

    std::span<const std::byte> packed_;
    std::uint64_t size_;
    const std::string& file_;
    std::size_t bit_position_ = 0;
    std::vector<std::byte> output_;
};

}  // namespace

std::vector<std::byte> inflate(std::span<const std::byte> packed, std::uint64_t size,
                               const std::string& file) {
    if (size / largest_ratio > packed.size()) {
        throw file_error(ErrorReason::limit_exceeded, file,
                         "claims that " + std::to_string(packed.size()) +
                             " compressed bytes give " + std::to_string(size));
    }
    return Inflater(packed, size, file).run();
}

}  // namespace diffusion::checkpoint
