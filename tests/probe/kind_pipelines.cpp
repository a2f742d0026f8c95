#include <iostream>

#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/model_files.h"
#include "diffusion/checkpoint/part_files.h"
#include "diffusion/error.h"
#include "diffusion/pipeline/control.h"
#include "diffusion/pipeline/latents.h"
#include "diffusion/pipeline/models.h"
#include "diffusion/pipeline/picture.h"
#include "diffusion/pipeline/predictor.h"
#include "diffusion/sampling/diffusers.h"
#include "diffusion/sampling/schedule.h"
#include "tests/probe/probe.h"
#include "tests/probe/tiny_models.h"

namespace probe {

namespace {

namespace checkpoint = diffusion::checkpoint;
namespace pipeline = diffusion::pipeline;
namespace sampling = diffusion::sampling;
using nlohmann::ordered_json;

/// The networks of tiny/<family>; a family that has no VAE of its own borrows the base family's.
class TinyModel {
public:
    TinyModel(const Options& options, const std::string& family) {
        const auto files = open(options, family);
        unet_ = unet::UNet(files.description.unet.value());
        fill(*unet_, files.unet, options);
        if (files.description.vae) {
            load_vae(files, options);
        } else {
            load_vae(open(options, family == "sdxl-refiner" ? "sdxl" : "sd1"), options);
        }
    }

    unet::UNet& unet() { return unet_; }

    vae::LatentCodec& vae() { return *vae_; }

    static void fill(torch::nn::Module& module, const checkpoint::TensorTable& weights,
                     const Options& options) {
        checkpoint::LoadOptions load;
        load.dtype = torch::kFloat32;
        load.device = torch::Device(options.device);
        checkpoint::load_weights(module, weights, load);
    }

private:
    static checkpoint::ModelFiles open(const Options& options, const std::string& family) {
        for (const char* name : {"model.safetensors", "model.fp16.safetensors", "model.fp16.ckpt"}) {
            const auto file = options.in / "tiny" / family / name;
            if (std::filesystem::exists(file)) {
                return checkpoint::open_model(file, tiny_options(options, family));
            }
        }
        return checkpoint::open_model(options.in / "tiny" / family / "diffusers",
                                      tiny_options(options, family));
    }

    void load_vae(const checkpoint::ModelFiles& files, const Options& options) {
        vae_ = pipeline::make_codec(files.description.vae.value());
        fill(*vae_, files.vae, options);
    }

    unet::UNet unet_{nullptr};
    std::shared_ptr<vae::LatentCodec> vae_;
};

template <typename Value>
void read(const ordered_json& from, const char* key, Value& value) {
    if (from.contains(key) && !from.at(key).is_null()) value = from.at(key).get<Value>();
}

sampling::DiffusersConfig config_of(const ordered_json& run) {
    sampling::DiffusersConfig c;
    const auto& from = run.at("scheduler_config");
    read(run, "scheduler", c.scheduler);
    read(from, "num_train_timesteps", c.num_train_timesteps);
    read(from, "beta_start", c.beta_start);
    read(from, "beta_end", c.beta_end);
    read(from, "beta_schedule", c.beta_schedule);
    read(from, "prediction_type", c.prediction_type);
    read(from, "timestep_spacing", c.timestep_spacing);
    read(from, "steps_offset", c.steps_offset);
    read(from, "use_karras_sigmas", c.use_karras_sigmas);
    read(from, "use_exponential_sigmas", c.use_exponential_sigmas);
    read(from, "use_beta_sigmas", c.use_beta_sigmas);
    read(from, "rescale_betas_zero_snr", c.rescale_betas_zero_snr);
    read(from, "set_alpha_to_one", c.set_alpha_to_one);
    read(from, "final_sigmas_type", c.final_sigmas_type);
    read(from, "algorithm_type", c.algorithm_type);
    read(from, "solver_type", c.solver_type);
    read(from, "solver_order", c.solver_order);
    read(from, "lower_order_final", c.lower_order_final);
    read(from, "euler_at_final", c.euler_at_final);
    read(from, "original_inference_steps", c.original_inference_steps);
    return c;
}

torch::Tensor time_ids(const ordered_json& run, const std::string& prefix, int64_t batch) {
    const std::vector<double> full{run.at("height").get<double>(), run.at("width").get<double>()};
    const auto& call = run.at("call");
    std::vector<double> ids;
    const auto append = [&](const char* name, const std::vector<double>& otherwise) {
        auto values = otherwise;
        read(call, name, values);
        read(call, (prefix + name).c_str(), values);
        ids.insert(ids.end(), values.begin(), values.end());
    };
    append("original_size", full);
    append("crops_coords_top_left", {0, 0});
    if (run.at("family") == "sdxl-refiner") {
        ids.push_back(call.at(prefix + "aesthetic_score").get<double>());
    } else {
        append("target_size", full);
    }
    return torch::tensor(ids).to(torch::kFloat32).unsqueeze(0).expand({batch, -1});
}

/// uint8 [1, H, W, 1 or 3] as the door has it.
diffusion::Image image_from(const torch::Tensor& bytes) {
    return pipeline::image_of(bytes.to(torch::kCPU).expand({1, -1, -1, 3}).contiguous(), 0);
}

class Run {
public:
    Run(const Options& options, const std::string& name, const ordered_json& run)
        : options_(options), name_(name), run_(run),
          tensors_(read_tensors(options, "pipelines/" + name + ".safetensors")),
          model_(options, run.at("family").get<std::string>()), config_(config_of(run)) {
        std::vector<int> custom;
        read(run_.at("call"), "timesteps", custom);
        read(run_.at("call"), "steps", steps_);
        plan_ = sampling::diffusers_run(config_, steps_, custom);
    }

    void txt2img() {
        double end = 1.0;
        read(run_.at("call"), "denoising_end", end);
        const auto part = end < 1 ? plan_.until_step(plan_.steps_before(end)) : plan_;
        finish(part, get("latents") * plan_.init_noise_sigma);
    }

    void img2img() {
        double start = 0.0;
        read(run_.at("call"), "denoising_start", start);
        if (start > 0) {
            finish(plan_.from_step(plan_.steps_before(start)), get("image_latents"));
            return;
        }
        const auto clean = encoded(pixels());
        const auto part = from_strength();
        finish(part, noised(part, clean, take("noise")));
    }

    void controlled() {
        const auto& names = run_.at("call").at("nets");
        for (std::size_t i = 0; i < names.size(); ++i) controls_.push_back(control(i));
        txt2img();
    }

    void inpaint() {
        const bool is_from_noise = run_.at("call").at("strength") == 1.0;
        const bool reads_mask = model_.unet()->config().in_channels != space().channels;
        const auto mask =
            pipeline::mask_of(image_from(get("mask")), extent(), space().factor).to(options_.device);
        const auto corners = pipeline::corner_mask(mask, space().factor);
        torch::Tensor clean;
        if (!is_from_noise || !reads_mask) clean = encoded(pixels());
        const auto noise = take("noise");
        sampling::HeldRegion held;
        if (reads_mask) {
            const auto masked = encoded(pipeline::with_hole(pixels(), mask));
            channels_ = pipeline::inpaint_channels(corners, masked);
        } else {
            held = {clean, noise, corners};
        }
        const auto part = is_from_noise ? plan_ : from_strength();
        finish(part, is_from_noise ? noise * part.init_noise_sigma : noised(part, clean, noise), held);
    }

private:
    /// The i-th value of a setting that is one for all nets or one for each.
    double setting(const char* name, std::size_t i, double otherwise) const {
        const auto& call = run_.at("call");
        if (!call.contains(name)) return otherwise;
        const auto& value = call.at(name);
        return (value.is_array() ? value.at(i) : value).get<double>();
    }

    pipeline::Control control(std::size_t i) {
        const auto stem = "pipelines/controlnet/" + run_.at("call").at("nets").at(i).get<std::string>();
        auto path = options_.in / (stem + ".original.fp16.safetensors");
        if (!std::filesystem::exists(path)) path = options_.in / (stem + ".diffusers");
        const auto family = run_.at("family").get<std::string>();
        const auto file = checkpoint::open_controlnet(path, control_options(options_, family));
        pipeline::Control made;
        made.net = unet::ControlNet(file.config);
        TinyModel::fill(*made.net, file.weights, options_);
        const auto hint = get("control." + std::to_string(i)).to(torch::kFloat32) / 255;
        made.features = made.net->embed_hint(hint.view({-1, hint.size(-3), hint.size(-2), 3}).permute({0, 3, 1, 2}));
        made.strength = setting("controlnet_conditioning_scale", i, 1.0);
        made.start = setting("control_guidance_start", i, 0.0);
        made.end = setting("control_guidance_end", i, 1.0);
        return made;
    }

    sampling::DiffusersRun from_strength() const {
        const auto strength = run_.at("call").at("strength").get<double>();
        return plan_.from_step(sampling::start_step_diffusers(steps_, strength).first_index);
    }

    static torch::Tensor noised(const sampling::DiffusersRun& part, const torch::Tensor& clean,
                                const torch::Tensor& noise) {
        return (clean + noise * part.start_sigma()) * part.signal_scale();
    }

    const vae::LatentSpace& space() { return model_.vae().space(); }

    pipeline::Extent extent() {
        const auto height = run_.at("height").get<int>();
        const auto width = run_.at("width").get<int>();
        return {width, height, width / space().factor, height / space().factor};
    }

    torch::Tensor pixels() {
        return pipeline::pixels_of(image_from(get("image")), extent(), space().factor)
            .to(options_.device);
    }

    torch::Tensor encoded(const torch::Tensor& pixels) {
        return pipeline::draw_latent(pipeline::encode_pixels(model_.vae(), pixels),
                                     take("vae_posterior"), space());
    }

    void finish(const sampling::DiffusersRun& part, const torch::Tensor& start,
                const sampling::HeldRegion& held = {}) {
        const auto latents = part.sample(denoiser(), start, context(), held);
        put("out.latents", latents);
        put("scheduler.timesteps", torch::tensor(plan_.timesteps).to(torch::kFloat32));
        if (!plan_.sigmas.empty()) {
            put("scheduler.sigmas", torch::tensor(plan_.sigmas).to(torch::kFloat32));
        }
        const auto decoded = model_.vae().decode(latents);
        put("out.decoded", decoded);
        put("out.uint8", pipeline::to_bytes(decoded));
        write_tensors(options_, "pipelines/" + name_ + ".safetensors", outputs_);
    }

    torch::Tensor get(const std::string& name) const {
        const auto found = tensors_.find(name);
        return found == tensors_.end() ? torch::Tensor() : found->second.to(options_.device);
    }

    /// The next of the run's random tensors that is of this kind.
    torch::Tensor take(const char* kind) {
        const auto& draws = run_.at("draws");
        while (draws.at(next_draw_) != kind) ++next_draw_;
        return get("draw." + std::to_string(next_draw_++));
    }

    void put(const std::string& name, const torch::Tensor& value) {
        outputs_[name] = value.to(torch::kCPU).contiguous();
    }

    unet::Conditioning conditioning(const std::string& prefix) const {
        unet::Conditioning c{get(prefix + "prompt_embeds"), get(prefix + "pooled_prompt_embeds"), {}};
        if (c.text_embeds.defined()) {
            c.time_ids = time_ids(run_, prefix, c.context.size(0)).to(options_.device);
        }
        return c;
    }

    sampling::Denoiser denoiser() {
        sampling::DenoiserOptions denoiser_options;
        denoiser_options.prediction = sampling::prediction_type_of(config_.prediction_type);
        read(run_.at("call"), "guidance_scale", denoiser_options.guidance_scale);
        read(run_.at("call"), "guidance_rescale", denoiser_options.guidance_rescale);
        pipeline::Guidance guidance;
        guidance.positive = {{conditioning("")}};
        // diffusers guides above 1 only.
        if (denoiser_options.guidance_scale > 1) guidance.unconditional = conditioning("negative_");
        auto network = pipeline::network_of(model_.unet());
        if (!controls_.empty()) {
            bool guesses = false;
            read(run_.at("call"), "guess_mode", guesses);
            network = pipeline::with_controls(model_.unet(), controls_, steps_, guesses);
        }
        if (channels_.defined()) network = pipeline::with_channels(network, channels_);
        return {pipeline::predictor(network, guidance), plan_.noise, denoiser_options};
    }

    sampling::SamplerContext context() {
        sampling::SamplerContext context;
        read(run_.at("call"), "eta", context.eta);
        context.noise = [this](double, double) { return take("sampler_noise"); };
        context.on_step = [this](const sampling::Step& step) {
            put("step." + std::to_string(step.index), step.x);
        };
        return context;
    }

    const Options& options_;
    std::string name_;
    const ordered_json& run_;
    Tensors tensors_;
    TinyModel model_;
    sampling::DiffusersConfig config_;
    int steps_ = 0;
    sampling::DiffusersRun plan_;
    std::vector<pipeline::Control> controls_;
    torch::Tensor channels_;  // that an inpainting model reads beside the latent
    std::size_t next_draw_ = 0;
    Tensors outputs_;
};

/// How a kind of run is made; null where the product can't.
using Method = void (Run::*)();

Method method_of(const std::string& kind) {
    if (kind == "txt2img") return &Run::txt2img;
    if (kind == "img2img") return &Run::img2img;
    if (kind == "inpaint") return &Run::inpaint;
    if (kind == "controlnet") return &Run::controlled;
    return nullptr;
}

}  // namespace

Counts run_pipelines(const Options& options) {
    const torch::InferenceMode inference;
    Counts counts;
    const auto index = read_json(options, "pipelines/index.json");
    ordered_json errors = ordered_json::object();
    for (const auto& [name, run] : index.items()) {
        if (!options.wants(name)) continue;
        const auto method = method_of(run.at("kind").get<std::string>());
        if (!method) {
            ++counts.unsupported;
            continue;
        }
        try {
            (Run(options, name, run).*method)();
            ++counts.computed;
        } catch (const std::exception& error) {
            errors[name + ".safetensors"] = current_error();
            std::cerr << name << ": " << error.what() << "\n";
            ++counts.failed;
        }
    }
    if (!errors.empty()) write_json(options, "pipelines/errors.json", errors);
    return counts;
}

}  // namespace probe
