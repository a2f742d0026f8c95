// Nothing inside a step waits for the device. Two nets catch what does: tensors without values (torch's
// meta device), where every read of a number and every copy to the host throws, and a count of LibTorch's
// one operator that reads a number, under all that steps are made of, on a GPU where there is one.

#include <ATen/record_function.h>
#include <torch/cuda.h>
#include <torch/types.h>
#include <torch/utils.h>
#include <gtest/gtest.h>

#include <memory>
#include <string_view>
#include <vector>

#include "diffusion/sampling/denoiser.h"
#include "diffusion/sampling/diffusers.h"
#include "diffusion/sampling/held_region.h"
#include "diffusion/sampling/sampler.h"
#include "diffusion/sampling/schedule_formulas.h"

namespace diffusion::sampling {
namespace {

/// Reads of numbers on this thread while it lives.
class CountedReads {
public:
    CountedReads() {
        reads_ = 0;
        handle_ = at::addThreadLocalCallback(
            at::RecordFunctionCallback([](const at::RecordFunction& function)
                                           -> std::unique_ptr<at::ObserverContext> {
                if (std::string_view(function.name()) == "aten::_local_scalar_dense") ++reads_;
                return nullptr;
            }).scopes({at::RecordScope::FUNCTION}));
    }

    ~CountedReads() { at::removeCallback(handle_); }

    CountedReads(const CountedReads&) = delete;
    CountedReads& operator=(const CountedReads&) = delete;

    int count() const { return reads_; }

private:
    static thread_local int reads_;
    at::CallbackHandle handle_;
};

thread_local int CountedReads::reads_ = 0;

torch::Device fastest() { return torch::cuda::is_available() ? torch::kCUDA : torch::kCPU; }

torch::Tensor latent(torch::Device device) {
    const auto options = torch::dtype(torch::kFloat32).device(device);
    return device.is_meta() ? torch::empty({2, 4, 8, 8}, options) : torch::randn({2, 4, 8, 8}, options);
}

/// Guided predictions of a network, as pictures are made.
Denoiser guided_denoiser(const DenoiserOptions& options, int& calls) {
    return Denoiser(
        [&calls](const torch::Tensor& x, const torch::Tensor& timestep) {
            EXPECT_EQ(timestep.device().type(), x.device().type());
            ++calls;
            return Predictions{x * 0.1, x * 0.2};
        },
        NoiseSchedule::scaled_linear(), options);
}

std::vector<double> sigmas_of(int steps) {
    auto sigmas = karras_sigmas(steps, 0.03, 14.6);
    sigmas.push_back(0.0);
    return sigmas;
}

/// Ways in which steps are made beside the sampler.
struct Way {
    const char* name;
    DenoiserOptions options;
    bool is_held = false;
    bool holds_input = false;
};

std::vector<Way> ways(bool has_deviation) {
    std::vector<Way> all(4, {"guided", {.guidance_scale = 7.0}});
    all[1].name = "A1111's inpainting";
    all[1].is_held = true;
    all[2].name = "ComfyUI's inpainting";
    all[2].is_held = all[2].holds_input = all[2].options.rounded_timesteps = true;
    all[3].name = "distilled";
    all[3].options.distilled_steps = 50;
    if (!has_deviation) return all;
    all.push_back({"rescaled", {.guidance_scale = 7.0, .guidance_rescale = 0.7}});
    all.push_back({"rescaled as v", {.guidance_scale = 7.0, .guidance_rescale = 0.7, .rescales_v = true}});
    return all;
}

/// Returns the calls of the network.
int run(const SamplerRow& row, const Way& way, torch::Device device) {
    int calls = 0;
    auto denoise = guided_denoiser(way.options, calls);
    if (way.is_held)
        denoise.hold({latent(device), latent(device), latent(device).slice(1, 0, 1), way.holds_input});
    SamplerContext context;
    context.s_churn = 4;
    context.noise = [device](double, double) { return latent(device); };
    row.run(denoise, latent(device), sigmas_of(24), context);
    return calls;
}

TEST(RoundTrips, ReadingAValueIsSeen) {
    EXPECT_ANY_THROW(latent(torch::kMeta).sum().item<float>());
    EXPECT_ANY_THROW(latent(torch::kMeta).to(torch::kCPU));
    const CountedReads reads;
    const auto x = latent(fastest());
    EXPECT_EQ(reads.count(), 0);
    EXPECT_TRUE(x.isfinite().all().item<bool>());
    EXPECT_EQ(reads.count(), 1);
    EXPECT_TRUE((x.max() > x.min()).is_nonzero());
    EXPECT_EQ(reads.count(), 2);
}

/// Its steps are as long as their errors allow, so that it has to read those.
bool is_adaptive(const SamplerRow& row) { return row.name == "DPM adaptive"; }

TEST(RoundTrips, NoSamplerReadsWhatItComputes) {
    // LibTorch has no deviation of tensors without values, which rescaled guidance takes.
    for (const auto& way : ways(false))
        for (const auto& row : samplers()) {
            if (is_adaptive(row)) continue;
            EXPECT_NO_THROW(EXPECT_GE(run(row, way, torch::kMeta), 20)) << row.name << ", " << way.name;
        }
}

TEST(RoundTrips, NoReadIsCountedInAnyStep) {
    for (const auto& way : ways(true))
        for (const auto& row : samplers()) {
            const CountedReads reads;
            const int calls = run(row, way, fastest());
            if (is_adaptive(row)) {
                EXPECT_GT(reads.count(), 0);
                EXPECT_LE(reads.count(), calls) << way.name;
            } else {
                EXPECT_GE(calls, 20) << row.name << ", " << way.name;
                EXPECT_EQ(reads.count(), 0) << row.name << ", " << way.name;
            }
        }
}

TEST(RoundTrips, DiffusersClassesReadNothing) {
    for (const char* name :
         {"DDIMScheduler", "DDPMScheduler", "PNDMScheduler", "LMSDiscreteScheduler",
          "EulerDiscreteScheduler", "EulerAncestralDiscreteScheduler", "HeunDiscreteScheduler",
          "KDPM2DiscreteScheduler", "KDPM2AncestralDiscreteScheduler", "DPMSolverMultistepScheduler",
          "DPMSolverSinglestepScheduler", "DEISMultistepScheduler", "UniPCMultistepScheduler",
          "LCMScheduler", "TCDScheduler"}) {
        const auto made = diffusers_run({.scheduler = name}, 20);
        const auto device = torch::Device(torch::kMeta);
        int calls = 0;
        SamplerContext context;
        context.noise = [device](double, double) { return latent(device); };
        const auto denoise = guided_denoiser({.guidance_scale = 7.0}, calls);
        EXPECT_NO_THROW(made.sample(denoise, latent(device), context)) << name;
        EXPECT_GE(calls, 20) << name;
    }
}

}  // namespace
}  // namespace diffusion::sampling
