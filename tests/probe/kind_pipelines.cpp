#include <iostream>

#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/model_files.h"
#include "diffusion/error.h"
#include "diffusion/pipeline/models.h"
#include "diffusion/pipeline/picture.h"
#include "diffusion/pipeline/predictor.h"
#include "diffusion/sampling/diffusers.h"
#include "tests/probe/probe.h"
#include "tests/probe/tiny_models.h"

namespace probe {

namespace {

namespace checkpoint = diffusion::checkpoint;
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

    static void fill(torch::nn::Module& module, const checkpoint::TensorTable& weights,
                     const Options& options) {
        checkpoint::LoadOptions load;
        load.dtype = torch::kFloat32;
        load.device = torch::Device(options.device);
        checkpoint::load_weights(module, weights, load);
    }

    void load_vae(const checkpoint::ModelFiles& files, const Options& options) {
        vae_ = diffusion::pipeline::make_codec(files.description.vae.value());
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
    append("target_size", full);
    return torch::tensor(ids).to(torch::kFloat32).unsqueeze(0).expand({batch, -1});
}

class Run {
public:
    Run(const Options& options, const std::string& name, const ordered_json& run)
        : options_(options), name_(name), run_(run),
          tensors_(read_tensors(options, "pipelines/" + name + ".safetensors")),
          model_(options, run.at("family").get<std::string>()) {}

    void txt2img() {
        const auto config = config_of(run_);
        std::vector<int> custom;
        int steps = 0;
        read(run_.at("call"), "timesteps", custom);
        read(run_.at("call"), "steps", steps);
        const auto plan = sampling::diffusers_run(config, steps, custom);
        auto latents = get("latents") * plan.init_noise_sigma;
        latents = plan.sample(denoiser(plan, config), latents, context());
        put("out.latents", latents);
        put("scheduler.timesteps", torch::tensor(plan.timesteps).to(torch::kFloat32));
        if (!plan.sigmas.empty()) {
            put("scheduler.sigmas", torch::tensor(plan.sigmas).to(torch::kFloat32));
        }
        const auto decoded = model_.vae().decode(latents);
        put("out.decoded", decoded);
        put("out.uint8", diffusion::pipeline::to_bytes(decoded));
        write_tensors(options_, "pipelines/" + name_ + ".safetensors", outputs_);
    }

private:
    torch::Tensor get(const std::string& name) const {
        const auto found = tensors_.find(name);
        return found == tensors_.end() ? torch::Tensor() : found->second.to(options_.device);
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

    sampling::Denoiser denoiser(const sampling::DiffusersRun& plan,
                                const sampling::DiffusersConfig& config) {
        sampling::DenoiserOptions denoiser_options;
        denoiser_options.prediction = sampling::prediction_type_of(config.prediction_type);
        read(run_.at("call"), "guidance_scale", denoiser_options.guidance_scale);
        read(run_.at("call"), "guidance_rescale", denoiser_options.guidance_rescale);
        diffusion::pipeline::Guidance guidance;
        guidance.positive = {{conditioning("")}};
        // diffusers guides above 1 only.
        if (denoiser_options.guidance_scale > 1) guidance.unconditional = conditioning("negative_");
        const auto network = diffusion::pipeline::network_of(model_.unet());
        return {diffusion::pipeline::predictor(network, guidance), plan.noise, denoiser_options};
    }

    sampling::SamplerContext context() {
        sampling::SamplerContext context;
        read(run_.at("call"), "eta", context.eta);
        context.noise = [this, next = 0](double, double) mutable {
            const auto& draws = run_.at("draws");
            while (draws.at(static_cast<size_t>(next)) != "sampler_noise") ++next;
            return get("draw." + std::to_string(next++));
        };
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
    Tensors outputs_;
};

}  // namespace

Counts run_pipelines(const Options& options) {
    const torch::InferenceMode inference;
    Counts counts;
    const auto index = read_json(options, "pipelines/index.json");
    ordered_json errors = ordered_json::object();
    for (const auto& [name, run] : index.items()) {
        if (!options.wants(name)) continue;
        if (run.at("kind") != "txt2img") {
            ++counts.unsupported;
            continue;
        }
        try {
            Run(options, name, run).txt2img();
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
