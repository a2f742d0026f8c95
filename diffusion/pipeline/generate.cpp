#include "diffusion/pipeline/generate.h"

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <type_traits>

#include "diffusion/error.h"
#include "diffusion/pipeline/conditioning.h"
#include "diffusion/pipeline/finite_guard.h"
#include "diffusion/pipeline/guidance_rule.h"
#include "diffusion/pipeline/picture.h"
#include "diffusion/pipeline/picture_noise.h"
#include "diffusion/pipeline/profile.h"
#include "diffusion/pipeline/step_journal.h"
#include "diffusion/request_fields.h"
#include "vae/latent_preview.h"

namespace diffusion::pipeline {

namespace {

Image preview_of(vae::LatentCodec& codec, const torch::Tensor& denoised) {
    return image_of(codec.preview(denoised.slice(0, 0, 1)), 0);
}

/// The middle of the decoded canvas.
torch::Tensor cut(const torch::Tensor& bytes, const Extent& extent) {
    const auto top = (bytes.size(1) - extent.height) / 2;
    const auto left = (bytes.size(2) - extent.width) / 2;
    return bytes.slice(1, top, top + extent.height).slice(2, left, left + extent.width);
}

using Batch = PictureRange;

/// What all batches of a request share.
struct Job {
    Models& models;
    const GenerationRequest& request;
    const SamplingSetup& setup;
    Extent extent;
    const GivenPicture& given;
    const GuidancePlan& guidance;
    const Listener& listener;
    FiniteGuard& guard;
};

/// All that a batch's answers depend on.
std::string journal_key(const Job& job, const Batch& batch) {
    std::ostringstream key;
    key.precision(17);
    visit_request_fields([&](const FieldInfo& info, auto member) {
        key << info.name << '=' << job.request.*member << '\n';
    });
    key << job.listener.origin << "\npictures " << batch.first << " and " << batch.count << " on "
        << job.models.placement.device.str() << ' ' << job.models.placement.dtype;
    return key.str();
}

/// Counts its calls from 0, so that each batch needs its own.
sampling::Denoiser new_denoiser(const Job& job, const torch::Tensor& channels, StepJournal& journal) {
    auto options = job.setup.denoise;
    options.stop = job.listener.stop;
    const auto level = std::make_shared<double>(0.0);
    options.on_call = [level](double sigma) { *level = sigma; };
    auto network = job.guard.network();
    if (job.models.unet->config().guidance_dim > 0)
        network = with_guidance_input(network, job.request.guidance_scale);
    if (job.listener.splits_batch) network = one_by_one(network);
    if (channels.defined()) network = with_channels(network, channels);
    const auto guidance_at = [&guidance = job.guidance, rule = GuidanceRule(job.request, job.setup),
                              level, known = static_cast<int>(journal.known())](int call) {
        auto texts = guidance.at(known + call);
        if (rule.skips(known + call, *level)) texts.unconditional.reset();
        return texts;
    };
    sampling::Denoiser denoise(journal.recorded(predictor(network, guidance_at)), job.setup.noise, options);
    if (!job.setup.timesteps.empty()) denoise.set_timesteps(job.setup.sigmas, job.setup.timesteps);
    return denoise;
}

torch::Tensor sample_batch(const Job& job, const Batch& batch, ProgressMeter& meter) {
    const auto& [models, request, setup, extent, given, guidance, listener, guard] = job;
    const auto device = models.placement.device;
    const auto seeds = picture_seeds(request, batch);
    const std::vector<std::int64_t> shape{models.vae->space().channels, extent.latent_height,
                                          extent.latent_width};
    const auto noise =
        picture_noise(request, setup, batch, shape, models.vae->space().factor, device);
    const auto first = noise.first.to(device);
    const auto clean = given.latents(seeds);
    auto x = first * setup.start_scale;
    if (clean.defined()) x = x + clean * setup.start_signal;
    if (setup.step_count == 0) return x;

    const auto channels = given.channels(seeds);
    sampling::HeldRegion held;
    // diffusers leaves it to an inpainting model to keep the rest.
    const bool holds = given.has_mask() && !(setup.follows_diffusers && channels.defined());
    if (holds) held = {clean, first, given.repaint(), setup.holds_input};
    auto context = setup.knobs;
    context.noise = noise.steps;
    context.on_step = [&](const sampling::Step& step) {
        if (!listener.wants_previews) return meter.stepped(step.index + 1, {});
        meter.stepped(step.index + 1, listener.preview ? listener.preview(step.denoised.slice(0, 0, 1))
                                                       : preview_of(*models.vae, step.denoised));
    };
    StepJournal journal(listener.from.journal, listener.from.journal.empty() ? "" : journal_key(job, batch));
    return setup.sample(new_denoiser(job, channels, journal), x, context, held);
}

Result result_of(const GenerationRequest& request, const SamplingSetup& setup, int index) {
    Result result;
    result.request = with_profile_rules(request_of_picture(request, index));
    result.request.sampler = setup.sampler_name;
    result.request.schedule = setup.schedule_name;
    if (setup.typed_steps > 0) result.request.steps = setup.typed_steps;
    return result;
}

template <typename Member>
void check_range(const FieldInfo& info, const Member& value) {
    if constexpr (std::is_same_v<Member, std::string>) {
        if (!is_choice(info, value))
            throw Error(ErrorKind::bad_request, refusal_of_choice(info, value));
    } else if constexpr (!std::is_same_v<Member, bool>) {
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
              const GivenImages& images, PromptNetworks& networks, ProgressMeter& meter,
              const Listener& listener) {
    const auto extent = extent_of(request, models);
    meter.encoding();
    const bool needs_unconditional =
        setup.denoise.guidance_scale != 1.0 || setup.needs_unconditional;
    const auto guidance =
        plan_guidance(models, request, extent, setup.call_count, needs_unconditional, &networks,
                      listener.on_warning);
    const GivenPicture given(models, images, extent, !setup.follows_diffusers);
    FiniteGuard guard(models, listener.on_warning);
    const Job job{models, request, setup, extent, given, guidance, listener, guard};

    const int limit = std::max(listener.pictures_at_once, 1);
    for (Batch batch; batch.first < request.count; batch.first += batch.count) {
        batch.count = std::min(limit, request.count - batch.first);
        // Whole batches are made again even for one picture: its neighbours decide its last digits.
        if (batch.first + batch.count <= listener.from.pictures_done) continue;
        meter.begin_batch(batch.first, batch.count);
        // A CPU waits for nothing; a kept journal reads every answer anyway.
        guard.check_calls(models.placement.device.is_cpu() || !listener.from.journal.empty());
        auto latent = sample_batch(job, batch, meter);
        if (!guard.accepts(latent)) latent = sample_batch(job, batch, meter);
        if (listener.stop.stop_requested()) throw Cancelled{};
        meter.decoding();
        for (int i = std::max(0, listener.from.pictures_done - batch.first); i < batch.count; ++i) {
            const auto decoded = guard.decoded(latent.slice(0, i, i + 1));
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
