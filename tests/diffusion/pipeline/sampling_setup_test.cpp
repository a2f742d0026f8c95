#include "diffusion/pipeline/sampling_setup.h"

#include <gtest/gtest.h>

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

TEST(SamplingSetup, SaysWhichPredictionItCanNotSample) {
    SchedulerConfig config;
    config.prediction = checkpoint::Prediction::edm;
    EXPECT_THROW(setup_sampling({}, config, false), Error);
}

}  // namespace
}  // namespace diffusion::pipeline
