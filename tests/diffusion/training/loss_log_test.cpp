#include "diffusion/training/loss_log.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace diffusion::training {
namespace {

namespace fs = std::filesystem;

class LossLogTest : public testing::Test {
protected:
    ~LossLogTest() override { fs::remove(file_); }

    fs::path file_ = fs::temp_directory_path() / ("atelier_losses_" + std::to_string(::getpid()) + ".csv");
};

TEST_F(LossLogTest, GoesOnWhereTheStateStands) {
    LossLog first(file_, 0);
    for (int step = 0; step < 5; ++step) first.add(step, 0.1 * step);
    first.write();
    // Killed: the state of step 3 is the last one that was saved.
    LossLog second(file_, 3);
    ASSERT_EQ(second.points().size(), 3U);
    second.add(3, 7);
    second.write();
    const LossLog third(file_, 100);
    ASSERT_EQ(third.points().size(), 4U);
    EXPECT_EQ(third.points()[3], (LossPoint{3, 7}));
    EXPECT_NEAR(third.points()[2].loss, 0.2, 1e-9);
}

TEST_F(LossLogTest, LeavesOutWhatIsNoLoss) {
    std::ofstream(file_) << "0,0.5\nnonsense\n-1,0.5\n1,nan\n2\n3,0.25\n";
    const LossLog log(file_, 10);
    ASSERT_EQ(log.points().size(), 2U);
    EXPECT_EQ(log.points()[1], (LossPoint{3, 0.25}));
    EXPECT_TRUE(LossLog(file_.string() + ".none", 10).points().empty());
}

/// How far down the line is in the column, or -1.
int line_at(const Image& curve, int x) {
    for (int y = 0; y < curve.height; ++y) {
        const auto at = (static_cast<std::size_t>(y) * curve.width + x) * 3;
        if (curve.pixels[at] == 40 && curve.pixels[at + 1] == 92 && curve.pixels[at + 2] == 200) return y;
    }
    return -1;
}

TEST(LossCurve, FallsWithTheLosses) {
    std::vector<LossPoint> points;
    for (int step = 0; step < 1000; ++step) points.push_back({step, 1.0 / (1 + 0.01 * step)});
    const auto curve = loss_curve(points);
    ASSERT_EQ(curve.pixels.size(), std::size_t(curve.width) * curve.height * 3);
    const int begin = line_at(curve, 80), middle = line_at(curve, 350), end = line_at(curve, 690);
    ASSERT_GE(begin, 0);
    EXPECT_LT(begin, middle);
    EXPECT_LT(middle, end);
}

TEST(LossCurve, IsDrawnOfAnything) {
    EXPECT_FALSE(loss_curve({}).is_empty());
    for (const double loss : {0.0, 1e-9, 1e9, -3.0}) {
        const std::vector<LossPoint> one{{5, loss}}, same(200, LossPoint{7, loss});
        EXPECT_FALSE(loss_curve(one).is_empty());
        EXPECT_FALSE(loss_curve(same).is_empty());
    }
}

}  // namespace
}  // namespace diffusion::training
