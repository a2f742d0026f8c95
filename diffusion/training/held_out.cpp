#include "diffusion/training/held_out.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "diffusion/training/seeds.h"

namespace diffusion::training {

namespace {

using Pair = std::pair<std::string, std::string>;  // thing and style

const std::string& thing_of(const Caption& caption) {
    if (!caption.hex.empty()) return caption.hex;
    return caption.en.empty() ? caption.ko : caption.en;
}

/// FNV-1a, mixed: the same number for a text on every machine.
std::uint64_t number_of(const std::string& text, std::uint64_t seed) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return mix(seed, hash);
}

/// The keys in an order that the seed decides.
template <typename Key, typename Text>
std::vector<Key> drawn_order(std::vector<Key> keys, std::uint64_t seed, const Text& text_of) {
    std::ranges::sort(keys, {}, [&](const Key& key) {
        return std::pair(number_of(text_of(key), seed), text_of(key));
    });
    return keys;
}

/// Keeps pairs while the thing has another style left; returns the number of pictures.
std::size_t keep_pairs(const std::vector<Caption>& captions, std::size_t wanted, std::uint64_t seed,
                       std::vector<bool>& kept) {
    std::map<Pair, std::vector<std::size_t>> pictures;
    std::map<std::string, int> styles;
    for (std::size_t i = 0; i < captions.size(); ++i) {
        auto& own = pictures[{thing_of(captions[i]), captions[i].style}];
        if (own.empty()) ++styles[thing_of(captions[i])];
        own.push_back(i);
    }
    std::vector<Pair> pairs;
    for (const auto& [pair, own] : pictures) pairs.push_back(pair);
    std::size_t count = 0;
    for (const auto& pair : drawn_order(pairs, seed, [](const Pair& p) { return p.first + '\n' + p.second; })) {
        if (count >= wanted) break;
        if (styles[pair.first] < 2) continue;
        --styles[pair.first];
        for (const auto i : pictures[pair]) kept[i] = true;
        count += pictures[pair].size();
    }
    return count;
}

}  // namespace

std::vector<bool> held_out(const std::vector<Caption>& captions, double share, std::uint64_t seed) {
    std::vector<bool> kept(captions.size(), false);
    if (captions.size() < 2) return kept;
    const auto rounded = static_cast<std::size_t>(std::lround(share * double(captions.size())));
    const auto wanted = std::clamp<std::size_t>(rounded, 1, captions.size() - 1);
    if (keep_pairs(captions, wanted, seed, kept) > 0) return kept;
    std::vector<std::size_t> order(captions.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    order = drawn_order(order, seed, [&](std::size_t i) { return captions[i].file; });
    for (std::size_t i = 0; i < wanted; ++i) kept[order[i]] = true;
    return kept;
}

}  // namespace diffusion::training
