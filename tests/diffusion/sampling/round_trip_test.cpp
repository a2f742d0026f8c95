// Nothing inside a step waits for the device: the samplers run on tensors without values (torch's meta
// device), where every read of a number by the host throws.

#include <torch/utils.h>
#include <gtest/gtest.h>

#include "diffusion/sampling/denoiser.h"
#include "diffusion/sampling/sampler.h"
#include "diffusion/sampling/schedule_formulas.h"

namespace diffusion::sampling {
namespace {

const auto valueless = torch::dtype(torch::kFloat32).device(torch::kMeta);

torch::Tensor latent() { return torch::empty({2, 4, 8, 8}, valueless); }

/// Guided predictions of a network, as pictures are made. (The rescaling of guidance is left out:
/// LibTorch has no deviation of tensors without values.)
Denoiser guided_denoiser(int& calls) {
    DenoiserOptions options;
    options.guidance_scale = 7.0;
    return Denoiser(
        [&calls](const torch::Tensor& x, const torch::Tensor& timestep) {
            EXPECT_TRUE(timestep.is_meta());
            ++calls;
            return Predictions{x * 0.1, x * 0.2};
        },
        NoiseSchedule::scaled_linear(), options);
}

TEST(RoundTrips, ReadingAValueIsSeen) {
    EXPECT_ANY_THROW(latent().sum().item<float>());
    EXPECT_ANY_THROW(latent().to(torch::kCPU));
}

TEST(RoundTrips, NoSamplerReadsWhatItComputes) {
    auto sigmas = karras_sigmas(24, 0.03, 14.6);
    sigmas.push_back(0.0);
    for (const auto& row : samplers()) {
        // Its steps are as long as their errors allow, so that it has to read those.
        if (row.name == "DPM adaptive") continue;
        int calls = 0;
        SamplerContext context;
        context.s_churn = 4;
        context.noise = [](double, double) { return latent(); };
        const auto denoise = guided_denoiser(calls);
        EXPECT_NO_THROW(row.run(denoise, latent(), sigmas, context)) << row.name;
        EXPECT_GE(calls, 20) << row.name;
    }
}

}  // namespace
}  // namespace diffusion::sampling
