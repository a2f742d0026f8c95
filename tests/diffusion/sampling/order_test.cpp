// Samplers against closed answers. For a Gaussian target of deviation s the exact denoiser is
// x s^2 / (s^2 + sigma^2) and the path of the ODE is x(sigma) ~ sqrt(s^2 + sigma^2); for a point
// mass the denoiser is the point.

#include <torch/utils.h>
#include <gtest/gtest.h>

#include <cmath>

#include "diffusion/error.h"
#include "diffusion/sampling/sampler.h"
#include "diffusion/sampling/schedule_formulas.h"

namespace diffusion::sampling {
namespace {

constexpr double deviation = 0.7;

Denoiser gaussian() {
    return Denoiser([](const torch::Tensor& x, double sigma) {
        return x * (deviation * deviation / (deviation * deviation + sigma * sigma));
    });
}

torch::Tensor one() { return torch::ones({1, 4, 2, 2}, torch::kFloat64); }

/// Error at the end of a descent between two positive sigmas.
double error_after(const char* sampler, int steps) {
    const auto sigmas = karras_sigmas(steps + 1, 0.1, 10.0);
    SamplerContext context;
    context.eta = 0.0;
    const auto spread = [](double sigma) { return std::hypot(deviation, sigma); };
    const auto x = find_sampler(sampler).run(gaussian(), one(), sigmas, context);
    return std::abs(x[0][0][0][0].item<double>() - spread(0.1) / spread(10.0));
}

struct Order {
    const char* sampler;
    double order;
    int steps;  ///< enough to be in the range where the order shows
};

class OrderTest : public testing::TestWithParam<Order> {};

TEST_P(OrderTest, DoublingTheStepsDividesTheErrorByTwoToTheOrder) {
    const auto& [sampler, order, steps] = GetParam();
    const double ratio = error_after(sampler, steps) / error_after(sampler, 2 * steps);
    EXPECT_NEAR(std::log2(ratio), order, 0.1 * order) << sampler;
}

// DPM++ 3M begins with a step of first order, whose error of second order remains.
INSTANTIATE_TEST_SUITE_P(
    Deterministic, OrderTest,
    testing::Values(Order{"Euler", 1, 100}, Order{"Euler a", 1, 100}, Order{"DDIM", 1, 100},
                    Order{"HeunPP2", 1, 100}, Order{"Gradient estimation", 1, 100},
                    Order{"Heun", 2, 50}, Order{"DPM2", 2, 50}, Order{"DPM2 a", 2, 50},
                    Order{"DPM++ 2M", 2, 50}, Order{"DPM++ 2M SDE", 2, 50},
                    Order{"DPM++ 2M SDE Heun", 2, 50}, Order{"DPM++ 2S a", 2, 50},
                    Order{"DPM++ SDE", 2, 50}, Order{"DPM++ 3M SDE", 2, 50},
                    Order{"RES multistep", 2, 50}, Order{"SEEDS-2", 2, 50}, Order{"UniPC", 2, 100},
                    Order{"SEEDS-3", 3, 50}));

TEST(PointMass, SamplersReachThePointInOneStepToZero) {
    const auto point = one() * 0.3;
    const Denoiser denoise([&](const torch::Tensor&, double) { return point; });
    const std::vector<double> sigmas = {10.0, 0.0};
    for (const auto* name : {"Euler", "Euler a", "Heun", "DPM++ 2M", "DDIM", "DPM2", "LCM"}) {
        const auto x = find_sampler(name).run(denoise, one() * 10, sigmas, {});
        EXPECT_LT((x - point).abs().max().item<double>(), 1e-14) << name;
    }
}

TEST(PointMass, EulerStaysOnTheStraightLine) {
    const auto point = one() * 0.3;
    const Denoiser denoise([&](const torch::Tensor&, double) { return point; });
    const auto sigmas = karras_sigmas(8, 0.1, 10.0);
    const auto x = find_sampler("Euler").run(denoise, point + one() * 10, sigmas, {});
    EXPECT_LT((x - point - one() * 0.1).abs().max().item<double>(), 1e-13);
}

/// Mean and variance of many pictures: an SDE sampler keeps the spread of a Gaussian target.
class SpreadTest : public testing::TestWithParam<const char*> {};

TEST_P(SpreadTest, StochasticSamplersEndWithTheTargetsVariance) {
    torch::manual_seed(7);
    torch::set_num_threads(1);  // small tensors: threads cost more than they bring
    const std::vector<int64_t> shape = {64, 4, 16, 16};
    SamplerContext context;
    context.noise = [&](double, double) { return torch::randn(shape, torch::kFloat64); };
    auto sigmas = karras_sigmas(60, 0.02, 20.0);
    sigmas.push_back(0.0);
    const auto start =
        torch::randn(shape, torch::kFloat64) * std::hypot(deviation, sigmas.front());
    const auto x = find_sampler(GetParam()).run(gaussian(), start, sigmas, context);
    EXPECT_NEAR(x.mean().item<double>(), 0.0, 0.01);
    // Methods of first order in the noise are still some percent off after 60 steps.
    EXPECT_NEAR(x.std().item<double>(), deviation, 0.08 * deviation);
}

INSTANTIATE_TEST_SUITE_P(Stochastic, SpreadTest,
                         testing::Values("Euler a", "DPM2 a", "DPM++ 2S a", "DPM++ SDE",
                                         "DPM++ 2M SDE", "DPM++ 2M SDE Heun", "DPM++ 3M SDE",
                                         "DDPM", "ER-SDE", "SA-Solver", "SA-Solver PECE", "SEEDS-2",
                                         "SEEDS-3", "RES multistep a"));

TEST(Samplers, KeepTheTypeOfTheLatentAndReportEveryStep) {
    auto sigmas = karras_sigmas(6, 0.03, 14.6);
    sigmas.push_back(0.0);
    for (const auto& row : samplers()) {
        for (const auto type : {torch::kFloat32, torch::kFloat64}) {
            int reported = 0;
            SamplerContext context;
            context.noise = [](double, double) { return torch::ones({1, 4, 2, 2}); };
            context.on_step = [&](const Step& step) {
                EXPECT_EQ(step.index, reported++) << row.name;
                EXPECT_TRUE(step.denoised.defined()) << row.name;
            };
            const Denoiser denoise(
                std::function<Denoised(const torch::Tensor&, double)>([](const torch::Tensor& x,
                                                                         double) {
                    return Denoised{x * 0.5, x * 0.4};
                }));
            const auto x = row.run(denoise, one().to(type), sigmas, context);
            EXPECT_EQ(x.scalar_type(), type) << row.name;
            EXPECT_TRUE(torch::isfinite(x).all().item<bool>()) << row.name;
            EXPECT_GT(reported, 2) << row.name;
        }
    }
}

TEST(Samplers, StopBeforeTheNextCallWhenTheJobIsCancelled) {
    std::stop_source source;
    int calls = 0;
    const Denoiser denoise(
        [&](const torch::Tensor& x, double) {
            if (++calls == 3) source.request_stop();
            return x * 0.5;
        },
        source.get_token());
    const auto sigmas = karras_sigmas(20, 0.1, 10.0);
    EXPECT_THROW(find_sampler("Euler").run(denoise, one(), sigmas, {}), Cancelled);
    EXPECT_EQ(calls, 3);
}

}  // namespace
}  // namespace diffusion::sampling
