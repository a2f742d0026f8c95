#include "diffusion/pipeline/sampling_setup.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "diffusion/error.h"

namespace diffusion::pipeline {
namespace {

using checkpoint::SchedulerConfig;

std::string message_of(const GenerationRequest& request) {
    try {
        setup_sampling(request, SchedulerConfig{}, false);
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::bad_request);
        return error.what();
    }
    return "";
}

TEST(SamplingSetup, AutomaticBecomesTheSamplersOwnSchedule) {
    GenerationRequest request;
    request.sampler = "DPM++ 2M";
    request.steps = 12;
    const auto setup = setup_sampling(request, SchedulerConfig{}, false);
    EXPECT_EQ(setup.schedule_name, "Karras");
    EXPECT_EQ(setup.step_count, 12);
    EXPECT_DOUBLE_EQ(setup.start_scale, setup.sigmas.front());
    EXPECT_EQ(setup.sigmas.back(), 0);
}

TEST(SamplingSetup, AcceptsTheNamesOfOtherPrograms) {
    GenerationRequest request;
    request.sampler = "euler_ancestral";
    EXPECT_EQ(setup_sampling(request, SchedulerConfig{}, false).sampler_name, "Euler a");
    request.sampler = "DPM++ 2M Karras";
    const auto setup = setup_sampling(request, SchedulerConfig{}, false);
    EXPECT_EQ(setup.sampler_name, "DPM++ 2M");
    EXPECT_EQ(setup.schedule_name, "Karras");
}

TEST(SamplingSetup, NamesTheFieldThatIsWrong) {
    GenerationRequest request;
    request.sampler = "Eulr";
    EXPECT_NE(message_of(request).find("sampler"), std::string::npos);
    EXPECT_NE(message_of(request).find("Eulr"), std::string::npos);
    request = {};
    request.schedule = "Karas";
    EXPECT_NE(message_of(request).find("Karas"), std::string::npos);
    request = {};
    request.compatibility = "Photoshop";
    EXPECT_NE(message_of(request).find("Photoshop"), std::string::npos);
}

TEST(SamplingSetup, DiffusersStartsLeadingEulerAtItsOwnScale) {
    GenerationRequest request;
    request.sampler = "Euler";
    request.steps = 8;
    request.compatibility = "diffusers";
    const auto setup = setup_sampling(request, SchedulerConfig{}, false);
    // sqrt(sigma_max^2 + 1) of the leading timesteps 876, 751, ..., 1.
    EXPECT_NEAR(setup.start_scale, 7.4393630027771, 1e-4);
    EXPECT_EQ(setup.step_count, 8);
}

GenerationRequest changes_a_picture(double strength) {
    GenerationRequest request;
    request.sampler = "Euler";
    request.steps = 10;
    request.initial_image = "a.png";
    request.denoise_strength = strength;
    return request;
}

TEST(SamplingSetup, APictureTakesTheEndOfTheSchedule) {
    auto request = changes_a_picture(0.6);
    const auto setup = setup_sampling(request, SchedulerConfig{}, false);
    // A1111: int(0.6 * 10) + 1 steps.
    EXPECT_EQ(setup.step_count, 7);
    EXPECT_EQ(setup.start_signal, 1);
    EXPECT_EQ(setup.start_scale, setup.sigmas.front());
    request.initial_image.clear();
    const auto whole = setup_sampling(request, SchedulerConfig{}, false);
    EXPECT_EQ(whole.start_signal, 0);
    EXPECT_EQ(std::vector(whole.sigmas.begin() + 3, whole.sigmas.end()), setup.sigmas);
    EXPECT_EQ(whole.call_count, setup.call_count);
}

TEST(SamplingSetup, TimestepsAreCountedFromTheirEnd) {
    auto request = changes_a_picture(0.6);
    request.sampler = "DDIM";
    const auto setup = setup_sampling(request, SchedulerConfig{}, false);
    // 601, 501, ..., 1
    EXPECT_EQ(setup.timesteps.front(), 601);
    EXPECT_EQ(setup.step_count, 6);
    EXPECT_EQ(setup.start_scale, setup.sigmas.front());
}

TEST(SamplingSetup, DiffusersRunsItsShareOfTheSteps) {
    auto request = changes_a_picture(0.6);
    request.compatibility = "diffusers";
    const auto setup = setup_sampling(request, SchedulerConfig{}, false);
    EXPECT_EQ(setup.step_count, 6);
    EXPECT_EQ(setup.start_scale, setup.sigmas.front());
    request.sampler = "DPM++ 2M";
    const auto scaled = setup_sampling(request, SchedulerConfig{}, false);
    const auto sigma = scaled.sigmas.front();
    EXPECT_NEAR(scaled.start_signal, 1 / std::sqrt(1 + sigma * sigma), 1e-12);
    EXPECT_NEAR(scaled.start_scale, sigma / std::sqrt(1 + sigma * sigma), 1e-12);
    request.sampler = "Heun";
    EXPECT_EQ(setup_sampling(request, SchedulerConfig{}, false).step_count, 11);
}

TEST(SamplingSetup, FullStrengthInpaintingOfDiffusersStartsFromNoise) {
    auto request = changes_a_picture(1.0);
    request.compatibility = "diffusers";
    EXPECT_GT(setup_sampling(request, SchedulerConfig{}, false).start_signal, 0);
    request.mask = "b.png";
    EXPECT_EQ(setup_sampling(request, SchedulerConfig{}, false).start_signal, 0);
}

TEST(SamplingSetup, NoStrengthMakesNoStep) {
    for (const char* profile : {"Atelier", "diffusers"}) {
        auto request = changes_a_picture(0.0);
        request.compatibility = profile;
        const auto setup = setup_sampling(request, SchedulerConfig{}, false);
        EXPECT_EQ(setup.step_count, 0);
        EXPECT_EQ(setup.start_signal, 1);
        EXPECT_EQ(setup.start_scale, 0);
    }
}

TEST(SamplingSetup, TimestepSamplersBeginWithUnitNoise) {
    GenerationRequest request;
    request.sampler = "DDIM";
    const auto setup = setup_sampling(request, SchedulerConfig{}, false);
    // Their latents are x / sqrt(1 + sigma^2).
    EXPECT_DOUBLE_EQ(setup.start_scale, std::hypot(1.0, setup.sigmas.front()));
}

SamplingSetup setup_as(const char* profile, const GenerationRequest& given) {
    auto request = given;
    request.compatibility = profile;
    return setup_sampling(request, SchedulerConfig{}, false);
}

GenerationRequest with_sampler(const char* sampler, int steps = 10) {
    GenerationRequest request;
    request.sampler = sampler;
    request.steps = steps;
    return request;
}

TEST(SamplingSetup, ComfyUIRoundsTimestepsAndBeginsAboveItsFirstSigma) {
    const auto comfy = setup_as("ComfyUI", with_sampler("Euler"));
    EXPECT_TRUE(comfy.denoise.rounded_timesteps);
    EXPECT_EQ(comfy.schedule_name, "Normal");
    EXPECT_DOUBLE_EQ(comfy.start_scale, std::hypot(1.0, comfy.sigmas.front()));
    const auto a1111 = setup_as("A1111", with_sampler("Euler"));
    EXPECT_FALSE(a1111.denoise.rounded_timesteps);
    EXPECT_DOUBLE_EQ(a1111.start_scale, a1111.sigmas.front());
}

TEST(SamplingSetup, ComfyUIStretchesTheScheduleForAPicture) {
    const auto setup = setup_as("ComfyUI", changes_a_picture(0.4));
    EXPECT_EQ(setup.step_count, 10);
    auto whole = with_sampler("Euler", 25);
    const auto sigmas = setup_as("ComfyUI", whole).sigmas;
    EXPECT_EQ(setup.sigmas, std::vector(sigmas.end() - 11, sigmas.end()));
    EXPECT_DOUBLE_EQ(setup.start_scale, setup.sigmas.front());
    EXPECT_TRUE(setup.holds_input);
}

TEST(SamplingSetup, ComfyUIsUniPCWalksTheScheduleItIsGiven) {
    const auto comfy = setup_as("ComfyUI", with_sampler("UniPC", 8));
    EXPECT_TRUE(comfy.timesteps.empty());
    EXPECT_DOUBLE_EQ(comfy.sigmas.back(), 0.001);
    EXPECT_EQ(comfy.step_count, 8);
    EXPECT_EQ(comfy.knobs.order, 3);
    const auto a1111 = setup_as("A1111", with_sampler("UniPC", 8));
    // Eight points of a thousand, in continuous time.
    EXPECT_EQ(a1111.step_count, 8);
    EXPECT_NEAR(a1111.timesteps.front(), 999, 1e-9);
    EXPECT_NEAR(a1111.timesteps.back(), 0, 1e-9);
}

TEST(SamplingSetup, A1111sModelsKeepTheirLevelsInFloat32) {
    GenerationRequest request;
    request.sampler = "Euler";
    request.schedule = "Uniform";
    const auto lowest = [&](const char* compatibility) {
        request.compatibility = compatibility;
        return setup_sampling(request, SchedulerConfig{}, false).lowest_sigma;
    };
    EXPECT_NEAR(lowest("A1111"), 0.029167535, 3e-9);
    EXPECT_NEAR(lowest("Atelier"), 0.029167158, 3e-9);
}

TEST(SamplingSetup, A1111sLCMKnowsFiftyLevels) {
    const auto setup = setup_as("A1111", with_sampler("LCM", 4));
    EXPECT_EQ(setup.denoise.distilled_steps, 50);
    const auto& table = setup.noise.sigmas();
    EXPECT_DOUBLE_EQ(setup.sigmas.front(), table[999]);
    EXPECT_NEAR(setup.sigmas[3], table[19], 1e-12);
    EXPECT_EQ(setup_as("ComfyUI", with_sampler("LCM", 4)).denoise.distilled_steps, 0);
}

TEST(SamplingSetup, A1111NoisesAPictureForTheTimestepAbove) {
    auto request = changes_a_picture(0.6);
    request.sampler = "DDIM";
    const auto setup = setup_as("A1111", request);
    EXPECT_EQ(setup.timesteps.front(), 501);
    EXPECT_EQ(setup.step_count, 5);
    const double above = setup.noise.sigma_of(601);
    const double alpha = 1 / (1 + above * above);
    const double to_sampler = std::hypot(1.0, setup.sigmas.front());
    EXPECT_NEAR(setup.start_signal, std::sqrt(alpha) * to_sampler, 1e-12);
    EXPECT_NEAR(setup.start_scale, std::sqrt(1 - alpha) * to_sampler, 1e-12);
}

TEST(SamplingSetup, OneStepOfDDIMIsAStep) {
    EXPECT_EQ(setup_as("Atelier", with_sampler("DDIM", 1)).step_count, 1);
    auto request = changes_a_picture(0.1);
    request.sampler = "DDIM";
    EXPECT_EQ(setup_as("A1111", request).step_count, 1);
}

TEST(SamplingSetup, A1111GivesItsShareOfFreshNoiseToDPMFast) {
    EXPECT_EQ(setup_as("A1111", with_sampler("DPM fast")).knobs.eta, 1);
    EXPECT_LT(setup_as("Atelier", with_sampler("DPM fast")).knobs.eta, 0);
}

TEST(SamplingSetup, DDIMCFGIsTypedInTheRangeOfOrdinaryGuidance) {
    auto request = with_sampler("DDIM CFG++");
    request.guidance_scale = 7.5;
    EXPECT_DOUBLE_EQ(setup_as("Atelier", request).denoise.guidance_scale, 0.6);
    EXPECT_DOUBLE_EQ(setup_as("A1111", request).denoise.guidance_scale, 0.6);
}

TEST(SamplingSetup, TakesATypedListOfSigmas) {
    auto request = with_sampler("Euler", 20);
    request.schedule = "14.6, 7.2; 3 1.5,0";
    const auto setup = setup_as("Atelier", request);
    EXPECT_EQ(setup.sigmas, (std::vector<double>{14.6, 7.2, 3, 1.5, 0}));
    EXPECT_EQ(setup.schedule_name, "14.6, 7.2, 3, 1.5, 0");
    EXPECT_EQ(setup.typed_steps, 4);
    EXPECT_EQ(setup.step_count, 4);
    // What is recorded makes the same schedule.
    request.schedule = setup.schedule_name;
    EXPECT_EQ(setup_as("Atelier", request).sigmas, setup.sigmas);
    request.schedule = "3, 7, 0";
    EXPECT_NE(message_of(request).find("descend"), std::string::npos);
}

TEST(SamplingSetup, AScheduleThatIsChosenReplacesTheTimestepsOfDDIM) {
    auto request = with_sampler("DDIM");
    request.schedule = "Karras";
    EXPECT_EQ(setup_as("Atelier", request).schedule_name, "Karras");
    EXPECT_TRUE(setup_as("Atelier", request).timesteps.empty());
    EXPECT_FALSE(setup_as("A1111", request).timesteps.empty());
}

TEST(SamplingSetup, KnobsOfTheScheduleChangeIt) {
    const auto plain = setup_as("Atelier", with_sampler("Euler"));
    const auto changed = [&](auto change, const char* schedule) {
        auto request = with_sampler("Euler");
        request.schedule = schedule;
        const auto before = setup_as("Atelier", request);
        change(request);
        const auto after = setup_as("Atelier", request);
        return before.sigmas != after.sigmas || before.start_scale != after.start_scale;
    };
    using R = GenerationRequest;
    EXPECT_TRUE(changed([](R& r) { r.sigma_min = 0.1; }, "Karras"));
    EXPECT_TRUE(changed([](R& r) { r.sigma_max = 9; }, "Exponential"));
    EXPECT_TRUE(changed([](R& r) { r.rho = 5; }, "Karras"));
    EXPECT_TRUE(changed([](R& r) { r.rho = 2; }, "Polyexponential"));
    EXPECT_TRUE(changed([](R& r) { r.beta_alpha = 0.8; }, "Beta"));
    EXPECT_TRUE(changed([](R& r) { r.beta_beta = 0.8; }, "Beta"));
    EXPECT_TRUE(changed([](R& r) { r.discard_penultimate = true; }, "Karras"));
    EXPECT_TRUE(changed([](R& r) { r.sgm_noise_multiplier = true; }, "Karras"));
    EXPECT_TRUE(changed([](R& r) { r.noise_schedule = "Zero Terminal SNR"; }, "Karras"));
    EXPECT_TRUE(changed([](R& r) { r.downcast_alphas = true; }, "Karras"));
    EXPECT_FALSE(changed([](R& r) { r.rho = 5; }, "Uniform"));
    auto wrong = with_sampler("Euler");
    wrong.sigma_min = 5;
    wrong.sigma_max = 2;
    EXPECT_NE(message_of(wrong).find("sigma_min"), std::string::npos);
}

TEST(SamplingSetup, KnobsOfUniPCChangeIt) {
    auto request = with_sampler("UniPC");
    const auto plain = setup_as("Atelier", request);
    request.unipc_skip_type = "logSNR";
    EXPECT_NE(setup_as("Atelier", request).sigmas, plain.sigmas);
    request.unipc_order = 2;
    request.unipc_lower_order_final = false;
    EXPECT_EQ(setup_as("Atelier", request).knobs.order, 2);
    EXPECT_FALSE(setup_as("Atelier", request).knobs.lower_order_final);
}

TEST(SamplingSetup, APredictionCanBeSaidByHand) {
    auto request = with_sampler("Euler");
    EXPECT_EQ(setup_as("Atelier", request).denoise.prediction, sampling::PredictionType::epsilon);
    request.prediction = "v";
    EXPECT_EQ(setup_as("Atelier", request).denoise.prediction, sampling::PredictionType::v);
    EXPECT_EQ(setup_as("diffusers", request).denoise.prediction, sampling::PredictionType::v);
}

TEST(SamplingSetup, DiffusersRunsEveryClassOfItsOwn) {
    for (const char* sampler :
         {"Euler", "Euler a", "Heun", "LMS", "DPM2", "DPM2 a", "DPM++ 2M", "DPM++ 2M SDE", "DEIS",
          "UniPC", "DDIM", "DDPM", "PLMS", "LCM", "TCD"})
        EXPECT_GT(setup_as("diffusers", with_sampler(sampler)).step_count, 0) << sampler;
    auto request = with_sampler("Restart");
    request.compatibility = "diffusers";
    EXPECT_NE(message_of(request).find("Restart"), std::string::npos);
    request = with_sampler("DDIM");
    request.compatibility = "diffusers";
    request.schedule = "Karras";
    EXPECT_NE(message_of(request).find("schedule"), std::string::npos);
}

TEST(SamplingSetup, TheTreeOfAPictureSpansTheWholeScheduleInA1111) {
    auto request = changes_a_picture(0.5);
    request.sampler = "DPM++ SDE";
    const auto a1111 = setup_as("A1111", request);
    EXPECT_GT(a1111.highest_sigma, a1111.sigmas.front());
    const auto comfy = setup_as("ComfyUI", request);
    EXPECT_EQ(comfy.highest_sigma, comfy.sigmas.front());
}

TEST(SamplingSetup, ModelsOfAContinuousRangePredictInTheirOwnWay) {
    SchedulerConfig config;
    config.prediction = checkpoint::Prediction::edm;
    EXPECT_EQ(setup_sampling({}, config, false).denoise.prediction, sampling::PredictionType::edm);
    config.prediction = checkpoint::Prediction::edm_v;
    EXPECT_EQ(setup_sampling({}, config, false).denoise.prediction, sampling::PredictionType::v);
}

}  // namespace
}  // namespace diffusion::pipeline
