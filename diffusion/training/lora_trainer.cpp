#include "diffusion/training/lora_trainer.h"

#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/error.h"
#include "diffusion/pipeline/conditioning.h"
#include "diffusion/pipeline/device.h"
#include "diffusion/sampling/noise_schedule.h"
#include "diffusion/training/lora_file.h"
#include "diffusion/training/loss.h"
#include "diffusion/training/run_stage.h"
#include "diffusion/training/seeds.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/utils.h>

#include <algorithm>
#include <filesystem>

namespace diffusion::training {

namespace {

namespace fs = std::filesystem;
using checkpoint::ModelFamily;
using checkpoint::Prediction;

torch::Tensor alphas_of(const checkpoint::SchedulerConfig& config) {
    auto schedule = config.beta_schedule == "linear"
                        ? sampling::NoiseSchedule::linear(config.beta_start, config.beta_end,
                                                          config.train_steps)
                        : sampling::NoiseSchedule::scaled_linear(config.beta_start, config.beta_end,
                                                                 config.train_steps);
    if (config.zero_terminal_snr) {
        schedule = schedule.with_zero_terminal_snr(sampling::a1111_terminal_alpha);
    }
    const auto alphas = schedule.alphas_cumprod();
    return torch::tensor(std::vector<double>(alphas.begin(), alphas.end())).to(torch::kFloat32);
}

void check_model(const pipeline::Models& models) {
    const auto& d = models.description;
    const auto refuse = [&](const std::string& what) {
        throw Error(ErrorKind::bad_request,
                    "model: " + d.path.string() + " is " + what +
                        ", which LoRAs are not trained for here; "
                        "choose a base model of SD 1, SD 2 or SDXL, or the one that ships.");
    };
    if (d.family == ModelFamily::sdxl_refiner) refuse("a refiner");
    if (d.prediction() != Prediction::epsilon && d.prediction() != Prediction::v)
        refuse("an EDM model");
    if (models.unet->config().in_channels != models.unet->config().out_channels) {
        refuse("a model that reads a mask or a picture beside the noise");
    }
}

/// 16 bits on a GPU, of the kind that can't overflow.
pipeline::Placement placement_for(const std::string& device) {
    auto placement = pipeline::choose_placement(device);
    return placement.device.is_cuda()
               ? pipeline::with_precision(placement, "unet=bf16,text=bf16,vae=fp32")
               : placement;
}

fs::path output_of(const LoraTraining& options) {
    const fs::path output(options.output);
    if (output.extension() == ".safetensors") return output;
    throw Error(
        ErrorKind::bad_request,
        "output: expected a name that ends in .safetensors, found \"" + options.output + "\".");
}

void make_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (!error) return;
    throw Error(ErrorKind::cannot_write,
                folder.string() + ": can't be made: " + error.message() + ".");
}

Rates rates_of(const LoraTraining& options) {
    Rates rates;
    rates.learning_rate = options.learning_rate;
    rates.warm_up_steps = 0;
    rates.beta2 = 0.999;
    rates.ema_decay = 0;  // the average is the last state
    rates.batch = std::int64_t{options.batch} * options.accumulation;
    return rates;
}

void check_options(const LoraTraining& options) {
    const auto refuse = [](const char* field, double found) {
        throw Error(ErrorKind::bad_request, std::string(field) + ": expected 1 or more, found " +
                                                std::to_string(found) + ".");
    };
    if (options.batch < 1) refuse("batch", options.batch);
    if (options.accumulation < 1) refuse("accumulation", options.accumulation);
    if (options.rank < 1) refuse("rank", options.rank);
    if (options.extent != 0 && options.extent < 64) refuse("extent / 64", options.extent / 64.0);
    if (!options.pictures) {
        throw Error(ErrorKind::bad_request, "Training a LoRA needs someone who reads pictures.");
    }
}

torch::Tensor time_ids_of(const LoraPicture& p) {
    return torch::tensor({double(p.original_height), double(p.original_width), double(p.crop_top),
                          double(p.crop_left), double(p.bucket.height), double(p.bucket.width)})
        .to(torch::kFloat32);
}

}  // namespace

LoraLesson::LoraLesson(pipeline::Models& models, const LoraTraining& options,
                       std::vector<LoraPicture> pictures)
    : models_((check_model(models), models)),
      options_(options),
      pictures_(std::move(pictures)),
      low_rank_(pipeline::networks_of(models), models.description.family, options),
      parts_(pipeline::encoder_parts(models)),
      alphas_(alphas_of(models.description.scheduler).to(models.placement.device)) {}

TextConditioning LoraLesson::encoded(const std::string& caption, int least_chunks) {
    EncodeOptions encode;
    encode.emphasis = Emphasis::none;  // a caption's brackets are brackets
    encode.least_chunks = least_chunks;
    if (options_.has_text_encoder) return encode_prompt(caption, parts_, encode);
    const auto key = std::pair(caption, least_chunks);
    if (!known_texts_.contains(key)) {
        const torch::NoGradGuard no_grad;
        known_texts_[key] = encode_prompt(caption, parts_, encode);
    }
    return known_texts_.at(key);
}

/// Captions of one batch in as many chunks as the longest has.
std::vector<TextConditioning> LoraLesson::texts(const std::vector<std::size_t>& chosen) {
    std::vector<TextConditioning> made;
    std::int64_t longest = 0;
    for (const auto i : chosen) {
        made.push_back(encoded(pictures_[i].caption, 1));
        longest = std::max(longest, made.back().context.size(1));
    }
    const auto positions = parts_.front().encoder->config().max_positions;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        if (made[i].context.size(1) == longest) continue;
        made[i] = encoded(pictures_[chosen[i]].caption, static_cast<int>(longest / positions));
    }
    return made;
}

unet::Conditioning LoraLesson::conditioning(const std::vector<std::size_t>& chosen) {
    std::vector<torch::Tensor> contexts, pooled, ids;
    for (const auto& text : texts(chosen)) {
        contexts.push_back(text.context);
        if (text.pooled.defined()) pooled.push_back(text.pooled);
    }
    unet::Conditioning c{torch::cat(contexts).to(models_.placement.dtype), {}, {}};
    if (!models_.unet->config().has_added_conditioning()) return c;
    for (const auto i : chosen) ids.push_back(time_ids_of(pictures_[i]));
    c.text_embeds = torch::cat(pooled).to(models_.placement.dtype);
    c.time_ids = torch::stack(ids).to(models_.placement.device);
    return c;
}

torch::Tensor LoraLesson::batch_loss(const std::vector<std::size_t>& chosen, std::uint64_t seed) {
    const auto device = models_.placement.device;
    std::vector<torch::Tensor> latents;
    for (const auto i : chosen) latents.push_back(pictures_[i].latent);
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
                     conditioning(chosen));
    return weighted_loss(prediction.to(torch::kFloat32), batch);
}

torch::Tensor LoraLesson::loss(std::int64_t step) {
    torch::Tensor sum;
    for (int i = 0; i < options_.accumulation; ++i) {
        // A graph is used up by its backward; the next batch needs a new one.
        low_rank_.install();
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

void train_lora(const TrainRequest& request, const pipeline::Resources& resources,
                const TrainProgressCallback& report, std::stop_token stop) {
    const auto& options = request.lora;
    check_options(options);
    const auto output = output_of(options);
    if (request.work_folder.empty()) {
        throw Error(ErrorKind::bad_request, "Training needs a work folder for its state.");
    }
    make_folder(request.work_folder);
    if (output.has_parent_path()) make_folder(output.parent_path());
    const auto say = [&](const std::string& message) {
        TrainProgress progress;
        progress.stage = TrainingStage::lora;
        progress.message = message;
        if (report) report(progress);
    };
    const fs::path model =
        options.model.empty() ? resources.shipped_model() : fs::path(options.model);
    auto models =
        pipeline::load_models(model, resources, placement_for(request.device),
                              [&](const std::string& part) { say("reading the " + part); });
    pipeline::require_codec(models);
    auto pictures =
        encode_folder(options, models, fs::path(request.work_folder) / "latents.safetensors", say);
    const auto extent = options.extent > 0 ? options.extent : models.description.native_size;
    models.vae.reset();
    LoraLesson lesson(models, options, std::move(pictures));
    Trainee trainee;
    trainee.add("", lesson.low_rank().factors());
    const auto state = state_file(request, "lora");
    if (fs::exists(state)) trainee.load(checkpoint::read_safetensors(state), state.string());
    StageWork work;
    work.name = "lora";
    work.rates = rates_of(options);
    work.loss = [&](std::int64_t step) { return lesson.loss(step); };
    run_stage(request, work, trainee, report, stop);
    write_lora(output, lesson.low_rank(), options, models.description,
               {trainee.step_count(), lesson.picture_count(), extent});
    say("wrote " + output.string());
}

}  // namespace diffusion::training
