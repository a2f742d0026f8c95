#include <torch/utils.h>
#include <gtest/gtest.h>

#include <cmath>

#include "diffusion/error.h"
#include "diffusion/sampling/denoiser.h"
#include "diffusion/sampling/diffusers.h"
#include "diffusion/sampling/guidance.h"

namespace diffusion::sampling {
namespace {

torch::Tensor latent() {
    torch::manual_seed(3);
    return torch::randn({2, 4, 8, 8}, torch::kFloat64);
}

/// A perfect network for one known clean latent and noise.
Predictor perfect(PredictionType type, const torch::Tensor& clean, const torch::Tensor& noise,
                  double sigma) {
    const double scale = 1 / std::sqrt(1 + sigma * sigma);
    const auto output =
        type == PredictionType::epsilon ? noise : (noise - clean * sigma) * scale;
    return [output](const torch::Tensor&, const torch::Tensor&) { return Predictions{output, {}}; };
}

TEST(Denoiser, RecoversTheCleanLatentFromBothPredictionTypes) {
    const auto clean = latent();
    const auto noise = torch::randn_like(clean);
    for (const auto type : {PredictionType::epsilon, PredictionType::v})
        for (const double sigma : {0.05, 1.0, 14.6}) {
            const Denoiser denoise(perfect(type, clean, noise, sigma),
                                   NoiseSchedule::scaled_linear(), {.prediction = type});
            const auto found = denoise(clean + noise * sigma, sigma);
            EXPECT_LT((found - clean).abs().max().item<double>(), 1e-12);
        }
}

TEST(Denoiser, ShowsTheNetworkAUnitLatentAndItsTimestep) {
    torch::Tensor seen;
    torch::Tensor timestep;
    const Denoiser denoise(
        [&](const torch::Tensor& x, const torch::Tensor& t) {
            seen = x;
            timestep = t;
            return Predictions{torch::zeros_like(x), {}};
        },
        NoiseSchedule::scaled_linear(), {});
    const auto x = latent().to(torch::kFloat32);
    denoise(x, 3.0);
    EXPECT_LT((seen - x / std::sqrt(10.0)).abs().max().item<float>(), 1e-6f);
    EXPECT_EQ(timestep.sizes(), (std::vector<int64_t>{2}));
    EXPECT_EQ(timestep.scalar_type(), torch::kFloat32);
    EXPECT_NEAR(denoise.schedule().sigma_of(timestep[1].item<double>()), 3.0, 1e-3);
}

TEST(Denoiser, RoundsTimestepsWhenAsked) {
    const auto predict = [](const torch::Tensor& x, const torch::Tensor&) {
        return Predictions{x, {}};
    };
    const Denoiser rounded(predict, NoiseSchedule::scaled_linear(), {.rounded_timesteps = true});
    const double t = rounded.timestep_of(3.0);
    EXPECT_EQ(t, std::round(t));
    Denoiser listed(predict, NoiseSchedule::scaled_linear(), {});
    listed.set_timesteps(std::vector<double>{3.0}, std::vector<double>{123.0});
    EXPECT_EQ(listed.timestep_of(3.0), 123.0);
    EXPECT_NE(listed.timestep_of(3.1), 123.0);
}

TEST(Denoiser, GuidesByThePredictionsOnBothHalves) {
    const auto x = latent();
    const auto conditional = torch::randn_like(x);
    const auto unconditional = torch::randn_like(x);
    const Denoiser denoise(
        [&](const torch::Tensor&, const torch::Tensor&) {
            return Predictions{conditional, unconditional};
        },
        NoiseSchedule::scaled_linear(), {.guidance_scale = 7.5});
    const auto both = denoise.both(x, 2.0);
    const auto by_hand = x - (unconditional + (conditional - unconditional) * 7.5) * 2.0;
    EXPECT_LT((both.guided - by_hand).abs().max().item<double>(), 1e-12);
    EXPECT_LT((both.unconditional - (x - unconditional * 2.0)).abs().max().item<double>(), 1e-12);
}

TEST(Denoiser, RefusesToInventAnUnconditionalPrediction) {
    const Denoiser denoise([](const torch::Tensor& x, double) { return x; });
    EXPECT_THROW(denoise.both(latent(), 1.0), c10::Error);
}

TEST(Guidance, RescaledFullyHasTheDeviationOfTheConditional) {
    const auto conditional = latent();
    const auto strong = guided(conditional, torch::randn_like(conditional), 12.0);
    const auto result = rescaled(strong, conditional, 1.0);
    for (int64_t i = 0; i < 2; ++i)
        EXPECT_NEAR(result[i].std().item<double>(), conditional[i].std().item<double>(), 1e-12);
    EXPECT_TRUE(torch::equal(rescaled(strong, conditional, 0.0), strong));
}

TEST(Guidance, OfOnePromptJoinedWithWeightOneIsThatPrompt) {
    const auto conditional = latent();
    const auto unconditional = torch::randn_like(conditional);
    EXPECT_LT((joined({conditional}, {1.0}, unconditional) - conditional).abs().max().item<double>(),
              1e-12);
}

TEST(DiffusersRun, ReportsOnceForEveryCallAndEndsAtItsLatents) {
    for (const auto* name : {"EulerDiscreteScheduler", "HeunDiscreteScheduler", "DDIMScheduler",
                             "PNDMScheduler", "DPMSolverMultistepScheduler",
                             "UniPCMultistepScheduler", "LCMScheduler"}) {
        const auto run = diffusers_run({.scheduler = name}, 6);
        const Denoiser denoise(
            [](const torch::Tensor& x, const torch::Tensor&) { return Predictions{x * 0.9, {}}; },
            run.noise, {});
        SamplerContext context;
        context.noise = [](double, double) { return torch::zeros({2, 4, 8, 8}); };
        std::vector<torch::Tensor> states;
        context.on_step = [&](const Step& step) { states.push_back(step.x); };
        const auto out = run.sample(denoise, latent() * run.init_noise_sigma, context);
        ASSERT_EQ(states.size(), run.timesteps.size()) << name;
        EXPECT_LT((states.back() - out).abs().max().item<double>(), 1e-12) << name;
    }
}

TEST(DiffusersRun, FromAStepOnIsTheRestOfTheWholeRun) {
    for (const auto* name : {"EulerDiscreteScheduler", "DDIMScheduler"}) {
        const auto run = diffusers_run({.scheduler = name}, 6);
        const Denoiser denoise(
            [](const torch::Tensor& x, const torch::Tensor&) { return Predictions{x * 0.9, {}}; },
            run.noise, {});
        std::vector<torch::Tensor> states;
        SamplerContext context;
        context.on_step = [&](const Step& step) { states.push_back(step.x); };
        const auto whole = run.sample(denoise, latent() * run.init_noise_sigma, context);
        const auto rest = run.from_step(2).sample(denoise, states[1], {});
        EXPECT_LT((whole - rest).abs().max().item<double>(), 1e-12) << name;
    }
}

TEST(Denoiser, WithoutASecondHalfTheFirstStandsIn) {
    const Predictor alone = [](const torch::Tensor& x, const torch::Tensor&) {
        return Predictions{x * 0.5, {}};
    };
    const Denoiser plain(alone, NoiseSchedule::scaled_linear(), {.guidance_scale = 7});
    EXPECT_ANY_THROW(plain.both(latent(), 2.0));
    const Denoiser standing_in(alone, NoiseSchedule::scaled_linear(),
                               {.guidance_scale = 7, .conditional_stands_in = true});
    const auto both = standing_in.both(latent(), 2.0);
    EXPECT_TRUE(torch::equal(both.guided, both.unconditional));
    EXPECT_TRUE(torch::equal(both.guided, plain(latent(), 2.0)));
}

TEST(Denoiser, SaysWhichSigmaItIsAskedFor) {
    std::vector<double> asked;
    DenoiserOptions options;
    options.on_call = [&](double sigma) { asked.push_back(sigma); };
    const Denoiser denoise(
        [](const torch::Tensor& x, const torch::Tensor&) { return Predictions{x, {}}; },
        NoiseSchedule::scaled_linear(), options);
    denoise(latent(), 3.0);
    denoise(latent(), 0.5);
    EXPECT_EQ(asked, (std::vector<double>{3.0, 0.5}));
}

/// What ComfyUI's RescaleCFG node computes, in the terms of its source: denoised latents in and out.
torch::Tensor comfy_rescale(const torch::Tensor& x, const torch::Tensor& with, const torch::Tensor& without,
                            double sigma, double scale, double share) {
    const double level = std::sqrt(sigma * sigma + 1);
    const auto shown = x / (sigma * sigma + 1);
    const auto v = [&](const torch::Tensor& denoised) { return (shown - denoised) * level / sigma; };
    const auto guided_v = v(without) + (v(with) - v(without)) * scale;
    const auto deviation = [](const torch::Tensor& t) { return t.std({1, 2, 3}, true, true); };
    const auto even = guided_v * (deviation(v(with)) / deviation(guided_v));
    return shown - (even * share + guided_v * (1 - share)) * sigma / level;
}

TEST(Denoiser, RescalesVAsComfyUIDoes) {
    const auto with = latent();
    const auto without = torch::randn_like(with);
    const auto x = torch::randn_like(with) * 3;
    const double sigma = 2.5;
    DenoiserOptions options;
    options.guidance_scale = 6;
    options.guidance_rescale = 0.7;
    options.rescales_v = true;
    const Denoiser denoise(
        [&](const torch::Tensor&, const torch::Tensor&) { return Predictions{with, without}; },
        NoiseSchedule::scaled_linear(), options);
    const auto expected = comfy_rescale(x, x - with * sigma, x - without * sigma, sigma, 6, 0.7);
    EXPECT_LT((denoise(x, sigma) - expected).abs().max().item<double>(), 1e-12);
    options.prediction = PredictionType::v;
    const Denoiser of_v(
        [&](const torch::Tensor&, const torch::Tensor&) { return Predictions{with, without}; },
        NoiseSchedule::scaled_linear(), options);
    const auto clean = [&](const torch::Tensor& v) {
        return denoised_of(PredictionType::v, x, v, sigma);
    };
    const auto expected_v = comfy_rescale(x, clean(with), clean(without), sigma, 6, 0.7);
    EXPECT_LT((of_v(x, sigma) - expected_v).abs().max().item<double>(), 1e-12);
}

TEST(Denoiser, ShowsTheHeldPartAtItsNoiseLevel) {
    const auto clean = latent();
    const auto noise = torch::randn_like(clean);
    const auto repaint = torch::zeros({1, 1, 8, 8}, torch::kFloat64);
    torch::Tensor seen;
    Denoiser denoise([&](const torch::Tensor& x, double) {
        seen = x;
        return x * 0.1;
    });
    denoise.hold({clean, noise, repaint, true});
    const auto x = torch::randn_like(clean);
    EXPECT_TRUE(torch::equal(denoise(x, 2.0), clean));
    EXPECT_LT((seen - (clean + noise * 2.0)).abs().max().item<double>(), 1e-12);
    denoise.hold({clean, noise, repaint});
    denoise(x, 2.0);
    EXPECT_TRUE(torch::equal(seen, x));
}

}  // namespace
}  // namespace diffusion::sampling
