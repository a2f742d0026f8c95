#include "diffusion/pipeline/device.h"

#include <gtest/gtest.h>

namespace diffusion::pipeline {
namespace {

constexpr std::int64_t gibibyte = std::int64_t{1} << 30;

TEST(Placement, KeepsWeightsNarrowWhereTheyWouldFillTheMemory) {
    constexpr std::int64_t parameters = gibibyte;  // 4 GiB as float32
    EXPECT_FALSE(fitted({}, parameters, 24 * gibibyte).keeps_narrow);
    EXPECT_FALSE(fitted({}, parameters, 8 * gibibyte).keeps_narrow);
    EXPECT_TRUE(fitted({}, parameters, 7 * gibibyte).keeps_narrow);
    EXPECT_FALSE(fitted({}, parameters, 0).keeps_narrow) << "the system does not say";
    Placement half;
    half.dtype = torch::kFloat16;
    EXPECT_FALSE(fitted(half, parameters, 7 * gibibyte).keeps_narrow);
    half.device = torch::Device(torch::kCUDA, 0);
    EXPECT_FALSE(fitted(half, 100 * parameters, gibibyte).keeps_narrow);
}

TEST(Placement, RefusesADeviceThatIsNotOne) {
    try {
        choose_placement("tpu");
        FAIL();
    } catch (const std::exception& error) {
        EXPECT_NE(std::string(error.what()).find("tpu"), std::string::npos);
    }
}

}  // namespace
}  // namespace diffusion::pipeline
