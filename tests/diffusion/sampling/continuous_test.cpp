// Networks that were trained on a continuous range of noise levels: Playground v2.5 and CosXL.

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "diffusion/error.h"
#include "diffusion/sampling/denoiser.h"
#include "diffusion/sampling/sampler.h"

namespace {

using namespace diffusion::sampling;

/// Data of deviation s: the exact denoiser is x s^2 / (s^2 + sigma^2).
constexpr double deviation = 0.5;

double shrink(double sigma) {
    return deviation * deviation / (deviation * deviation + sigma * sigma);
}

/// What a perfect network answers, by the factors of Karras et al. 2022, table 1: with data of the
/// deviation that they are made for it has nothing to add to the skip connection.
Predictor perfect_network(std::vector<double>& told) {
    return [&told](const torch::Tensor& x_in, const torch::Tensor& timestep) {
        told.push_back(timestep[0].item<double>());
        return Predictions{torch::zeros_like(x_in), {}};
    };
}

DenoiserOptions edm_options() {
    DenoiserOptions options;
    options.prediction = PredictionType::edm;
    options.log_timesteps = true;
    return options;
}

TEST(Continuous, FactorsAreThoseOfThePaper) {
    for (const double sigma : {0.002, 0.5, 3.0, 80.0}) {
        const auto s = scalings(PredictionType::edm, sigma);
        const double root = std::sqrt(sigma * sigma + 0.25);
        EXPECT_NEAR(s.skip, 0.25 / (root * root), 1e-15);
        EXPECT_NEAR(s.out, 0.5 * sigma / root, 1e-15);
        EXPECT_NEAR(s.in, 1 / root, 1e-12);
        // What goes in and what shall come out are of unit variance.
        EXPECT_NEAR(s.in * std::hypot(sigma, 0.5), 1.0, 1e-12);
        const double wanted = std::hypot(0.5 * (1 - s.skip), s.skip * sigma) / s.out;
        EXPECT_NEAR(wanted, 1.0, 1e-12);
    }
}

TEST(Continuous, TheNetworkIsToldAQuarterOfTheLogarithm) {
    std::vector<double> told;
    const Denoiser denoise(perfect_network(told), NoiseSchedule::log_uniform(0.002, 80), edm_options());
    const auto x = torch::full({1, 1, 2, 2}, 3.0, torch::kFloat64);
    for (const double sigma : {0.01, 1.0, 50.0}) {
        const auto found = denoise(x, sigma);
        EXPECT_TRUE(torch::allclose(found, x * shrink(sigma), 1e-12)) << sigma;
        EXPECT_NEAR(told.back(), std::log(sigma) / 4, 1e-12);
    }
}

TEST(Continuous, TheScheduleReachesBothEndsInEvenRatios) {
    const auto noise = NoiseSchedule::log_uniform(0.002, 80);
    ASSERT_EQ(noise.size(), 1000);
    EXPECT_NEAR(noise.sigma_min(), 0.002, 1e-9);
    EXPECT_NEAR(noise.sigma_max(), 80, 1e-9);
    const auto logs = noise.log_sigmas();
    for (size_t i = 2; i < logs.size(); ++i) {
        EXPECT_NEAR(logs[i] - logs[i - 1], logs[1] - logs[0], 1e-6);
    }
    EXPECT_THROW(NoiseSchedule::log_uniform(0, 80), diffusion::Error);
    EXPECT_THROW(NoiseSchedule::log_uniform(80, 0.002), diffusion::Error);
}

TEST(Continuous, EulerFollowsTheExactPathInTheLimit) {
    // From noise level a to b the path scales x by sqrt((s^2 + b^2) / (s^2 + a^2)).
    const double a = 10, b = 0.1;
    const double exact = std::sqrt((deviation * deviation + b * b) / (deviation * deviation + a * a));
    const auto error_with = [&](int steps) {
        std::vector<double> told, sigmas;
        for (int i = 0; i <= steps; ++i) sigmas.push_back(a * std::pow(b / a, double(i) / steps));
        const Denoiser denoise(perfect_network(told), NoiseSchedule::log_uniform(0.002, 80), edm_options());
        const auto x = torch::ones({1, 1, 1, 1}, torch::kFloat64);
        const auto end = find_sampler("Euler").run(denoise, x, sigmas, {});
        return std::abs(end.item<double>() - exact);
    };
    EXPECT_NEAR(error_with(200) / error_with(400), 2.0, 0.1);
}

}  // namespace
