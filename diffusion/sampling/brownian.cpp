#include "diffusion/sampling/brownian.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace diffusion::sampling {

namespace {

constexpr std::size_t tree_pool = 24;

/// One of the running hashes of numpy's SeedSequence.
class Hash {
public:
    Hash(std::uint32_t start, std::uint32_t step) : constant_(start), step_(step) {}

    std::uint32_t operator()(std::uint32_t value) {
        value ^= constant_;
        constant_ *= step_;
        value *= constant_;
        return value ^ (value >> 16);
    }

private:
    std::uint32_t constant_;
    std::uint32_t step_;
};

std::uint32_t mix(std::uint32_t x, std::uint32_t y) {
    const std::uint32_t r = 0xca01f9ddu * x - 0x4973f715u * y;
    return r ^ (r >> 16);
}

void append_words(std::vector<std::uint32_t>& words, std::uint64_t value) {
    words.push_back(static_cast<std::uint32_t>(value));
    if (value >> 32) words.push_back(static_cast<std::uint32_t>(value >> 32));
}

struct Node {
    double start;
    double end;
    std::uint64_t key;
    std::uint64_t depth;
};

/// Walks down from a node and adds up the increments that make [from, to].
class Walk {
public:
    Walk(std::uint64_t seed, NoiseStream stream, std::vector<std::int64_t> shape)
        : seed_(seed), stream_(stream), shape_(std::move(shape)) {}

    void add(const Node& node, const torch::Tensor& increment, double from, double to) {
        if (from >= to) return;
        if (from <= node.start && to >= node.end) {
            sum = sum.defined() ? sum + increment : increment;
            return;
        }
        const double middle = round_to_six_decimals((node.start + node.end) / 2);
        if (middle <= node.start || middle >= node.end) return;
        const double width = node.end - node.start;
        const auto left =
            increment * ((middle - node.start) / width) +
            normal({node.key, node.depth}) *
                std::sqrt((middle - node.start) * (node.end - middle) / width);
        if (from < middle)
            add({node.start, middle, 2 * node.key, node.depth + 1}, left, from, std::min(to, middle));
        if (to > middle)
            add({middle, node.end, 2 * node.key + 1, node.depth + 1}, increment - left,
                std::max(from, middle), to);
    }

    /// Unit noise of one place in the tree; no place: the root.
    torch::Tensor normal(const std::vector<std::uint64_t>& place) const {
        const auto word = seed_sequence_state(seed_, place, tree_pool, 1).front();
        return noise_generator(stream_, word)->normal(shape_);
    }

    torch::Tensor sum;

private:
    std::uint64_t seed_;
    NoiseStream stream_;
    std::vector<std::int64_t> shape_;
};

double widened(double value) { return static_cast<float>(value); }

}  // namespace

std::vector<std::uint32_t> seed_sequence_state(std::uint64_t entropy,
                                               std::span<const std::uint64_t> spawn_key,
                                               std::size_t pool_size, std::size_t count) {
    std::vector<std::uint32_t> words;
    append_words(words, entropy);
    if (!spawn_key.empty()) words.resize(std::max(words.size(), pool_size), 0);
    for (const auto element : spawn_key) append_words(words, element);

    std::vector<std::uint32_t> pool(pool_size);
    Hash hash(0x43b0d7e5u, 0x931e8875u);
    for (std::size_t i = 0; i < pool_size; ++i) pool[i] = hash(i < words.size() ? words[i] : 0);
    for (std::size_t from = 0; from < pool_size; ++from)
        for (std::size_t to = 0; to < pool_size; ++to)
            if (to != from) pool[to] = mix(pool[to], hash(pool[from]));
    for (std::size_t i = pool_size; i < words.size(); ++i)
        for (auto& word : pool) word = mix(word, hash(words[i]));

    std::vector<std::uint32_t> state(count);
    Hash output(0x8b51f9ddu, 0x58f38dedu);
    for (std::size_t i = 0; i < count; ++i) state[i] = output(pool[i % pool_size]);
    return state;
}

double round_to_six_decimals(double value) {
    // Decimal rounding of the exact binary value; multiplying by 1e6 first would round twice.
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.6f", value);
    return std::strtod(text.data(), nullptr);
}

BrownianNoise::BrownianNoise(std::vector<std::uint64_t> seeds, std::vector<std::int64_t> shape,
                             double sigma_min, double sigma_max, NoiseStream stream)
    : seeds_(std::move(seeds)),
      shape_(std::move(shape)),
      start_(widened(sigma_min)),
      end_(widened(sigma_max)),
      stream_(stream) {
    TORCH_CHECK(0 < start_ && start_ < end_ && end_ < 1e6,
                "Brownian noise: expected 0 < sigma_min < sigma_max, found ", sigma_min, " and ",
                sigma_max);
}

torch::Tensor BrownianNoise::operator()(double sigma, double sigma_next) const {
    const double from = widened(std::min(sigma, sigma_next));
    const double to = widened(std::max(sigma, sigma_next));
    std::vector<torch::Tensor> increments;
    for (const auto seed : seeds_) increments.push_back(increment(seed, from, to));
    const double sign = sigma_next < sigma ? -1.0 : 1.0;
    return torch::stack(increments) * (sign / std::sqrt(to - from));
}

torch::Tensor BrownianNoise::increment(std::uint64_t seed, double from, double to) const {
    Walk walk(seed, stream_, shape_);
    const Node root{round_to_six_decimals(start_), round_to_six_decimals(end_), 0, 0};
    walk.add(root, walk.normal({}) * std::sqrt(end_ - start_),
             std::clamp(round_to_six_decimals(from), root.start, root.end),
             std::clamp(round_to_six_decimals(to), root.start, root.end));
    return walk.sum.defined() ? walk.sum : torch::zeros(shape_);
}

}  // namespace diffusion::sampling
