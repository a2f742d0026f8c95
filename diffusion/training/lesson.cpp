#include "diffusion/training/lesson.h"

#include "diffusion/error.h"
#include "diffusion/pipeline/predictor.h"
#include "diffusion/sampling/sampler.h"
#include "diffusion/sampling/schedule.h"
#include "diffusion/training/loss.h"
#include "diffusion/training/pictures.h"
#include "diffusion/training/seeds.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/utils.h>

#include <algorithm>
#include <optional>

#include "unet/ops/recompute.h"

namespace diffusion::training {

namespace {

using checkpoint::ModelFamily;
using checkpoint::Prediction;

constexpr int sample_steps = 20;
constexpr double sample_guidance = 6.0;

sampling::NoiseSchedule schedule_of(const checkpoint::SchedulerConfig& config) {
    auto schedule = config.beta_schedule == "linear"
                        ? sampling::NoiseSchedule::linear(config.beta_start, config.beta_end,
                                                          config.train_steps)
                        : sampling::NoiseSchedule::scaled_linear(config.beta_start, config.beta_end,
                                                                 config.train_steps);
    return config.zero_terminal_snr ? schedule.with_zero_terminal_snr(sampling::a1111_terminal_alpha)
                                    : schedule;
}

torch::Tensor alphas_of(const checkpoint::SchedulerConfig& config) {
    const auto schedule = schedule_of(config);
    const auto alphas = schedule.alphas_cumprod();
    return torch::tensor(std::vector<double>(alphas.begin(), alphas.end())).to(torch::kFloat32);
}

torch::Tensor time_ids_of(const LoraPicture& p) {
    return torch::tensor({double(p.original_height), double(p.original_width), double(p.crop_top),
                          double(p.crop_left), double(p.bucket.height), double(p.bucket.width)})
        .to(torch::kFloat32);
}

/// A picture of the model's own size, for samples.
LoraPicture square_of(std::int64_t side) {
    LoraPicture picture;
    picture.bucket = {side, side};
    picture.original_width = picture.original_height = side;
    return picture;
}

}  // namespace

void check_model(const pipeline::Models& models) {
    const auto& d = models.description;
    const auto refuse = [&](const std::string& what) {
        throw Error(ErrorKind::bad_request,
                    "model: " + d.path.string() + " is " + what +
                        ", which LoRAs and embeddings are not trained for here; "
                        "choose a base model of SD 1, SD 2 or SDXL, or the one that ships.");
    };
    if (d.family == ModelFamily::sdxl_refiner) refuse("a refiner");
    if (d.prediction() != Prediction::epsilon && d.prediction() != Prediction::v)
        refuse("an EDM model");
    if (models.unet->config().in_channels != models.unet->config().out_channels) {
        refuse("a model that reads a mask or a picture beside the noise");
    }
}

Lesson::Lesson(pipeline::Models& models, const LessonOptions& options,
               std::vector<LoraPicture> pictures, CaptionEncoder encode, std::function<void()> prepare)
    : models_((check_model(models), models)),
      options_(options),
      pictures_(std::move(pictures)),
      encode_(std::move(encode)),
      prepare_(std::move(prepare)),
      alphas_(alphas_of(models.description.scheduler).to(models.placement.device)) {}

/// All in as many chunks as the longest has.
std::vector<TextConditioning> Lesson::texts(const std::vector<std::string>& captions) {
    std::vector<TextConditioning> made;
    std::int64_t longest = 0;
    for (const auto& caption : captions) {
        made.push_back(encode_(caption, 1));
        longest = std::max(longest, made.back().context.size(1));
    }
    const auto positions = models_.text.front().encoder->config().max_positions;
    for (std::size_t i = 0; i < captions.size(); ++i) {
        if (made[i].context.size(1) == longest) continue;
        made[i] = encode_(captions[i], static_cast<int>(longest / positions));
    }
    return made;
}

unet::Conditioning Lesson::conditioning(const std::vector<TextConditioning>& texts,
                                        const std::vector<LoraPicture>& pictures) const {
    std::vector<torch::Tensor> contexts, pooled, ids;
    for (const auto& text : texts) {
        contexts.push_back(text.context);
        if (text.pooled.defined()) pooled.push_back(text.pooled);
    }
    unet::Conditioning c;
    c.context = torch::cat(contexts).to(models_.placement.dtype);
    if (!models_.unet->config().has_added_conditioning()) return c;
    for (const auto& picture : pictures) ids.push_back(time_ids_of(picture));
    c.text_embeds = torch::cat(pooled).to(models_.placement.dtype);
    c.time_ids = torch::stack(ids).to(models_.placement.device);
    return c;
}

torch::Tensor Lesson::batch_loss(const std::vector<std::size_t>& chosen, std::uint64_t seed) {
    const auto device = models_.placement.device;
    std::vector<LoraPicture> pictures;
    std::vector<torch::Tensor> latents;
    std::vector<std::string> captions;
    for (const auto i : chosen) {
        pictures.push_back(pictures_[i]);
        latents.push_back(pictures_[i].latent);
        captions.push_back(pictures_[i].caption);
    }
    const auto clean = torch::cat(latents);
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    const auto timesteps =
        torch::randint(alphas_.size(0), {clean.size(0)}, generator, torch::kInt64);
    auto noise = torch::randn(clean.sizes(), generator);
    if (options_.noise_offset > 0) {
        noise = noise + options_.noise_offset *
                            torch::randn({clean.size(0), clean.size(1), 1, 1}, generator);
    }
    const bool predicts_v = models_.description.prediction() == Prediction::v;
    const auto batch = noised(clean.to(device), noise.to(device), timesteps.to(device), alphas_,
                              predicts_v, options_.snr_limit);
    const auto prediction =
        models_.unet(batch.noisy.to(models_.placement.dtype), timesteps.to(device, torch::kFloat32),
                     conditioning(texts(captions), pictures));
    return weighted_loss(prediction.to(torch::kFloat32), batch);
}

torch::Tensor Lesson::loss(std::int64_t step) {
    std::optional<unet::ops::Recompute> recompute;
    if (options_.recomputes) recompute.emplace();
    torch::Tensor sum;
    for (int i = 0; i < options_.accumulation; ++i) {
        if (prepare_) prepare_();
        const auto place = step * options_.accumulation + i;
        const auto chosen = bucket_batch(pictures_, place, options_.batch, options_.seed);
        auto part = batch_loss(chosen, mix(options_.seed, static_cast<std::uint64_t>(place))) /
                    options_.accumulation;
        const bool is_last = i + 1 == options_.accumulation;
        if (!is_last) part.backward();
        if (!is_last) part = part.detach();
        sum = sum.defined() ? sum + part : part;
    }
    return sum;
}

std::vector<Image> Lesson::samples() {
    const torch::NoGradGuard no_grad;
    if (prepare_) prepare_();
    auto prompts = options_.sample_prompts;
    if (prompts.empty())
        for (std::size_t i = 0; i < std::min<std::size_t>(4, pictures_.size()); ++i)
            prompts.push_back(pictures_[i].caption);
    const auto& space = models_.vae->space();
    const auto side = (options_.extent > 0 ? options_.extent : models_.description.native_size) /
                      space.factor * space.factor;
    const auto schedule = schedule_of(models_.description.scheduler);
    const auto sigmas = sampling::make_schedule("Karras", sample_steps, schedule);
    sampling::DenoiserOptions how;
    how.prediction = models_.description.prediction() == Prediction::v ? sampling::PredictionType::v
                                                                       : sampling::PredictionType::epsilon;
    how.guidance_scale = sample_guidance;
    std::vector<Image> pictures;
    for (const auto& prompt : prompts) {
        const auto both = texts({prompt, ""});
        const auto told = [&](std::size_t i) { return conditioning({both[i]}, {square_of(side)}); };
        const sampling::Denoiser denoise(
            pipeline::predictor(pipeline::network_of(models_.unet), pipeline::Guidance{{{told(0)}}, told(1)}),
            schedule, how);
        auto generator = at::make_generator<at::CPUGeneratorImpl>(options_.seed + pictures.size());
        const auto noise =
            torch::randn({1, space.channels, side / space.factor, side / space.factor}, generator);
        const auto latent = sampling::find_sampler("DPM++ 2M")
                                .run(denoise, noise.to(models_.placement.device) * sigmas.front(), sigmas, {});
        pictures.push_back(to_image(
            models_.vae->decode(latent.to(models_.placement.decoder_dtype)).squeeze(0)));
    }
    return pictures;
}

}  // namespace diffusion::training
