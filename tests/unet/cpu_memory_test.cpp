#include "unet/ops/cpu_memory.h"

#include <gtest/gtest.h>
#include <torch/types.h>

#include <thread>
#include <vector>

namespace unet::ops {
namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;

torch::Tensor tensor_of(std::size_t bytes) {
    return torch::empty({static_cast<int64_t>(bytes)}, torch::kUInt8);
}

class BlockCache : public testing::Test {
protected:
    void SetUp() override {
        use_block_cache();
        empty_block_cache();
        before_ = block_cache_state().used;
    }
    void TearDown() override { set_block_cache_limit(1024 * mebibyte); }

    std::size_t used() const { return block_cache_state().used - before_; }
    std::size_t before_ = 0;
};

TEST_F(BlockCache, HandsTheSameBlockOutAgain) {
    auto first = tensor_of(8 * mebibyte);
    void* const address = first.data_ptr();
    EXPECT_EQ(used(), 8 * mebibyte);
    first.reset();
    EXPECT_EQ(used(), 0u);
    EXPECT_EQ(block_cache_state().waiting, 8 * mebibyte);
    const auto second = tensor_of(8 * mebibyte - 5);
    EXPECT_EQ(second.data_ptr(), address);
    EXPECT_EQ(block_cache_state().waiting, 0u);
}

TEST_F(BlockCache, DoesNotSpendALargeBlockOnASmallTensor) {
    tensor_of(16 * mebibyte).reset();
    const auto small = tensor_of(2 * mebibyte);
    EXPECT_EQ(block_cache_state().waiting, 16 * mebibyte);
    EXPECT_EQ(used(), 2 * mebibyte);
}

TEST_F(BlockCache, KeepsNoMoreThanItsLimitAndTheYoungest) {
    set_block_cache_limit(10 * mebibyte);
    auto a = tensor_of(6 * mebibyte), b = tensor_of(7 * mebibyte);
    a.reset();
    b.reset();
    EXPECT_EQ(block_cache_state().waiting, 7 * mebibyte);
    set_block_cache_limit(0);
    EXPECT_EQ(block_cache_state().waiting, 0u);
    tensor_of(6 * mebibyte).reset();
    EXPECT_EQ(block_cache_state().waiting, 0u);
}

TEST_F(BlockCache, SmallTensorsAreNotItsBusiness) {
    const auto small = tensor_of(1000);
    EXPECT_EQ(used(), 0u);
}

TEST_F(BlockCache, ServesSeveralThreads) {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([t] {
            for (int i = 0; i < 50; ++i) {
                auto own = torch::full({static_cast<int64_t>(mebibyte) * (1 + (i + t) % 3)}, t, torch::kUInt8);
                ASSERT_TRUE((own == t).all().item<bool>());
            }
        });
    }
    threads.clear();
    EXPECT_EQ(used(), 0u);
}

TEST_F(BlockCache, ImpossibleSizesAreAnError) {
    EXPECT_THROW(tensor_of(std::size_t{1} << 56), c10::Error);
    EXPECT_EQ(used(), 0u);
}

}  // namespace
}  // namespace unet::ops
