#include "diffusion/training/pictures.h"

#include <gtest/gtest.h>

#include <numeric>
#include <set>

namespace diffusion::training {
namespace {

TEST(Pictures, BecomeTensorsAndBack) {
    Image image{2, 1, 3, {0, 127, 255, 10, 20, 30}};
    const auto tensor = to_tensor(image);
    EXPECT_EQ(tensor.sizes(), torch::IntArrayRef({3, 1, 2}));
    EXPECT_FLOAT_EQ(tensor[0][0][0].item<float>(), -1.0f);
    EXPECT_FLOAT_EQ(tensor[2][0][0].item<float>(), 1.0f);
    EXPECT_EQ(to_image(tensor), image);
}

TEST(Pictures, ComeOnceInEveryEpoch) {
    std::vector<int64_t> from(50);
    std::iota(from.begin(), from.end(), 100);
    std::vector<int64_t> first_epoch, second_epoch;
    for (int64_t step = 0; step < 10; ++step) {
        for (const auto i : batch_of_step(from, step, 10, 1)) {
            (step < 5 ? first_epoch : second_epoch).push_back(i);
        }
    }
    EXPECT_EQ(std::set<int64_t>(first_epoch.begin(), first_epoch.end()).size(), 50U);
    EXPECT_EQ(std::set<int64_t>(second_epoch.begin(), second_epoch.end()).size(), 50U);
    EXPECT_NE(first_epoch, second_epoch);
    EXPECT_NE(first_epoch, from);
}

TEST(Pictures, OfAStepDependOnNothingElse) {
    std::vector<int64_t> from(33);
    std::iota(from.begin(), from.end(), 0);
    EXPECT_EQ(batch_of_step(from, 7, 8, 1), batch_of_step(from, 7, 8, 1));
    EXPECT_NE(batch_of_step(from, 7, 8, 1), batch_of_step(from, 7, 8, 2));
}

}  // namespace
}  // namespace diffusion::training
