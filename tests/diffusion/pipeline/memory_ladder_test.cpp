#include "diffusion/pipeline/memory_ladder.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace diffusion::pipeline {
namespace {

/// Weights and the two phases that compute, in any unit.
std::int64_t sampling(const Measures& m) {
    const std::int64_t weights = m.streams_weights ? 10 : m.narrow_weights ? 50 : 100;
    const std::int64_t positions = m.slice == 0 ? 40 : m.slice == 2048 ? 30 : 20;
    return weights + (m.splits_batch ? positions / 2 : positions);
}

std::int64_t decoding(const Measures& m) {
    const std::int64_t weights = m.narrow_weights ? 5 : 100;
    return weights + (m.tile == 0 ? 120 : m.tile / 2);
}

std::int64_t peak(const Measures& m) { return std::max(sampling(m), decoding(m)); }

std::vector<Fallback> taken(std::int64_t limit) { return fallbacks_of(descend({}, limit, 8, peak).measures); }

TEST(MemoryLadder, TakesItsRungsInOrderAsTheLimitShrinks) {
    using enum Fallback;
    EXPECT_EQ(taken(0), std::vector<Fallback>{});
    EXPECT_EQ(taken(220), std::vector<Fallback>{});
    EXPECT_EQ(taken(130), (std::vector{narrow_weights}));
    EXPECT_EQ(taken(95), (std::vector{narrow_weights, tiled_codec}));
    EXPECT_EQ(taken(75), (std::vector{narrow_weights, tiled_codec, sliced_attention}));
    EXPECT_EQ(taken(45), (std::vector{narrow_weights, tiled_codec, sliced_attention, streamed_weights}));
    EXPECT_EQ(taken(20),
              (std::vector{narrow_weights, tiled_codec, sliced_attention, streamed_weights, split_batch}));
}

TEST(MemoryLadder, IsWithinTheLimitWhereItSaysSo) {
    for (std::int64_t limit = 10; limit < 240; limit += 5) {
        const auto found = descend({}, limit, 8, peak);
        EXPECT_EQ(found.peak_bytes, peak(found.measures));
        EXPECT_EQ(found.fits, found.peak_bytes <= limit) << limit;
    }
    EXPECT_FALSE(descend({}, 15, 8, peak).fits);
}

TEST(MemoryLadder, LeavesOutWhatDoesNotHelp) {
    // Decoding is no matter here, so that no picture is cut into tiles for nothing.
    const auto found = descend({}, 75, 8, sampling);
    EXPECT_EQ(found.measures.tile, 0);
    EXPECT_EQ(fallbacks_of(found.measures), (std::vector{Fallback::narrow_weights, Fallback::sliced_attention}));
}

TEST(MemoryLadder, TilesAreNoSmallerThanNeeded) {
    const auto tile_of = [](std::int64_t limit) {
        return descend({}, limit, 8, [](const Measures& m) { return m.tile == 0 ? 1000 : m.tile; }).measures.tile;
    };
    EXPECT_EQ(tile_of(200), 128);
    EXPECT_EQ(tile_of(100), 96);
    EXPECT_EQ(tile_of(40), 32);
}

}  // namespace
}  // namespace diffusion::pipeline
