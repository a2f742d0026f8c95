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

TEST(SamplingSetup, SaysWhichPredictionItCanNotSample) {
    SchedulerConfig config;
    config.prediction = checkpoint::Prediction::edm;
    EXPECT_THROW(setup_sampling({}, config, false), Error);
}

}  // namespace
}  // namespace diffusion::pipeline
