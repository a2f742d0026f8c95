#include "diffusion/pipeline/generate.h"

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <type_traits>

#include "diffusion/error.h"
#include "diffusion/pipeline/conditioning.h"
#include "diffusion/pipeline/picture.h"
#include "diffusion/request_fields.h"
#include "diffusion/sampling/brownian.h"
#include "diffusion/sampling/noise.h"
#include "vae/latent_preview.h"

namespace diffusion::pipeline {

namespace {

/// Small latents leave a CPU's cores waiting for each other, so that a few pictures together cost
/// less than one by one; large ones fill them alone, and their memory counts.
int batch_limit(const Models& models, const Extent& extent) {
    const auto area = extent.latent_width * extent.latent_height;
    if (models.placement.device.is_cuda()) return area <= 64 * 64 ? 4 : 1;
    return area <= 32 * 32 ? 4 : 1;
}

sampling::NoiseSource noise_source(const SamplingSetup& setup,
                                   const std::vector<std::uint64_t>& seeds,
                                   const std::vector<std::int64_t>& shape,
                                   const std::shared_ptr<sampling::ImageNoise>& noise,
                                   const torch::Device& device) {
    if (setup.brownian) {
        const auto last = setup.sigmas.back() > 0 ? setup.sigmas.end() : setup.sigmas.end() - 1;
        const auto tree = std::make_shared<const sampling::BrownianNoise>(
            seeds, shape, *std::min_element(setup.sigmas.begin(), last),
            *std::max_element(setup.sigmas.begin(), last));
        return [tree, device](double sigma, double next) { return (*tree)(sigma, next).to(device); };
    }
    return [noise, device](double, double) { return noise->next().to(device); };
}

Image preview_of(vae::LatentCodec& codec, const torch::Tensor& denoised) {
    return image_of(codec.preview(denoised.slice(0, 0, 1)), 0);
}

/// The middle of the decoded canvas.
torch::Tensor cut(const torch::Tensor& bytes, const Extent& extent) {
    const auto top = (bytes.size(1) - extent.height) / 2;
    const auto left = (bytes.size(2) - extent.width) / 2;
    return bytes.slice(1, top, top + extent.height).slice(2, left, left + extent.width);
}

struct Batch {
    int first = 0;
    int count = 1;
};

/// What all batches of a request share.
struct Job {
    Models& models;
    const GenerationRequest& request;
    const SamplingSetup& setup;
    Extent extent;
    const GivenPicture& given;
    const GuidancePlan& guidance;
    std::stop_token stop;
};

/// Counts its calls from 0, so that each batch needs its own.
sampling::Denoiser new_denoiser(const Job& job, const torch::Tensor& channels) {
    sampling::DenoiserOptions options;
    options.prediction = job.setup.prediction;
    options.guidance_scale = job.request.guidance_scale;
    options.guidance_rescale = job.request.guidance_rescale;
    options.stop = job.stop;
    auto network = network_of(job.models.unet);
    if (channels.defined()) network = with_channels(network, channels);
    const auto guidance_at = [&guidance = job.guidance](int call) { return guidance.at(call); };
    sampling::Denoiser denoise(predictor(network, guidance_at), job.setup.noise, options);
    if (!job.setup.timesteps.empty()) denoise.set_timesteps(job.setup.sigmas, job.setup.timesteps);
    return denoise;
}

torch::Tensor sample_batch(const Job& job, const Batch& batch, ProgressMeter& meter) {
    const auto& [models, request, setup, extent, given, guidance, stop] = job;
    const auto device = models.placement.device;
    const auto seeds =
        sampling::batch_seeds(static_cast<std::uint64_t>(request.seed + batch.first), batch.count);
    const std::vector<std::int64_t> shape{models.vae->space().channels, extent.latent_height,
                                          extent.latent_width};
    sampling::ImageNoiseOptions options;
    options.seeds = seeds;
    const auto noise = std::make_shared<sampling::ImageNoise>(options, shape);
    const auto first = noise->next().to(device);
    const auto clean = given.latents(seeds);
    auto x = first * setup.start_scale;
    if (clean.defined()) x = x + clean * setup.start_signal;
    if (setup.step_count == 0) return x;

    const auto channels = given.channels(seeds);
    sampling::HeldRegion held;
    // diffusers leaves it to an inpainting model to keep the rest.
    const bool holds = given.has_mask() && !(setup.follows_diffusers && channels.defined());
    if (holds) held = {clean, first, given.repaint()};
    sampling::SamplerContext context;
    context.noise = noise_source(setup, seeds, shape, noise, device);
    context.on_step = [&](const sampling::Step& step) {
        meter.stepped(step.index + 1, preview_of(*models.vae, step.denoised));
    };
    return setup.sample(new_denoiser(job, channels), x, context, held);
}

Result result_of(const GenerationRequest& request, const SamplingSetup& setup, int index) {
    Result result;
    result.request = request;
    result.request.seed = request.seed + index;
    result.request.count = 1;
    result.request.sampler = setup.sampler_name;
    result.request.schedule = setup.schedule_name;
    return result;
}

void check_finite(const torch::Tensor& decoded) {
    if (decoded.isfinite().all().item<bool>()) return;
    throw Error(ErrorKind::internal,
                "The model made numbers that are not finite, so there is no picture to show. Its "
                "weights may be damaged, or too large for 16-bit arithmetic.",
                ErrorReason::non_finite);
}

template <typename Member>
void check_range(const FieldInfo& info, const Member& value) {
    if constexpr (std::is_arithmetic_v<Member>) {
        const auto number = static_cast<double>(value);
        if (!info.range || (info.automatic && number == *info.automatic)) return;
        if (number >= info.range->low && number <= info.range->high) return;
        std::ostringstream message;
        message.precision(17);
        message << info.name << ": expected " << info.range->low << " to " << info.range->high
                << ", found " << value << ".";
        throw Error(ErrorKind::bad_request, message.str());
    }
}

}  // namespace

void check_ranges(const GenerationRequest& request) {
    visit_request_fields(
        [&](const FieldInfo& info, auto member) { check_range(info, request.*member); });
}

Extent extent_of(const GenerationRequest& request, const Models& models) {
    const auto native = static_cast<int>(models.description.native_size);
    const auto factor = models.vae->space().factor;
    Extent extent;
    extent.width = request.width > 0 ? request.width : native;
    extent.height = request.height > 0 ? request.height : native;
    extent.latent_width = (extent.width + factor - 1) / factor;
    extent.latent_height = (extent.height + factor - 1) / factor;
    return extent;
}

void generate(Models& models, const GenerationRequest& request, const SamplingSetup& setup,
              const GivenImages& images, ProgressMeter& meter, const Listener& listener) {
    const auto extent = extent_of(request, models);
    meter.encoding();
    const bool needs_unconditional = request.guidance_scale != 1.0 || setup.needs_unconditional;
    const auto guidance =
        plan_guidance(models, request, extent, setup.call_count, needs_unconditional);
    const GivenPicture given(models, images, extent, !setup.follows_diffusers);
    const Job job{models, request, setup, extent, given, guidance, listener.stop};

    const int limit = batch_limit(models, extent);
    for (Batch batch; batch.first < request.count; batch.first += batch.count) {
        batch.count = std::min(limit, request.count - batch.first);
        meter.begin_batch(batch.first, batch.count);
        const auto latent = sample_batch(job, batch, meter);
        if (listener.stop.stop_requested()) throw Cancelled{};
        meter.decoding();
        for (int i = 0; i < batch.count; ++i) {
            const auto decoded =
                models.vae->decode(latent.slice(0, i, i + 1).to(models.placement.decoder_dtype));
            check_finite(decoded);
            auto result = result_of(request, setup, batch.first + i);
            result.request.width = extent.width;
            result.request.height = extent.height;
            result.image = image_of(cut(to_bytes(given.pasted(decoded)), extent), 0);
            result.seconds = meter.seconds();
            if (listener.on_picture) listener.on_picture(result);
        }
        meter.end_batch();
    }
    meter.finished();
}

}  // namespace diffusion::pipeline
