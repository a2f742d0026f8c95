#include <cmath>
#include <vector>

#include "diffusion/error.h"
#include "diffusion/sampling/diffusers.h"
#include "diffusion/sampling/guidance.h"
#include "diffusion/sampling/sampler.h"
#include "diffusion/sampling/schedule.h"
#include "tests/probe/probe.h"

namespace probe {

namespace {

using namespace diffusion::sampling;
using Json = nlohmann::ordered_json;

double level(double sigma) { return std::sqrt(1.0 + sigma * sigma); }

/// The analytic denoiser of the cases: a mixture of Gaussians per pixel, always in float64.
class Mixture {
public:
    explicit Mixture(const Tensors& common)
        : means_(common.at("means").to(torch::kFloat64)),
          variance_(std::pow(common.at("std").item<double>(), 2)),
          conditional_(common.at("weights_cond").to(torch::kFloat64)),
          unconditional_(common.at("weights_uncond").to(torch::kFloat64)) {}

    torch::Tensor conditional(const torch::Tensor& x, double sigma) const {
        return denoised(x, sigma, conditional_);
    }

    torch::Tensor unconditional(const torch::Tensor& x, double sigma) const {
        return denoised(x, sigma, unconditional_);
    }

private:
    torch::Tensor denoised(const torch::Tensor& x, double sigma, const torch::Tensor& weights) const {
        const auto wide = x.to(torch::kFloat64);
        const double v = variance_ + sigma * sigma;
        const auto distance = (wide.unsqueeze(1) - means_.unsqueeze(0)).square().sum(2);
        const auto logits = weights.log().view({1, -1, 1, 1}) - distance / (2 * v);
        const auto centre = (torch::softmax(logits, 1).unsqueeze(2) * means_.unsqueeze(0)).sum(1);
        return ((wide * variance_ + centre * (sigma * sigma)) / v).to(x.scalar_type());
    }

    torch::Tensor means_;
    double variance_;
    torch::Tensor conditional_;
    torch::Tensor unconditional_;
};

/// What every case needs and what it leaves.
struct Case {
    Json row;
    const Mixture& mixture;
    const Tensors& common;
    std::vector<double> calls = {};
    std::vector<torch::Tensor> trajectory = {};
    bool step_done = false;
    torch::Tensor final = {};

    double argument(const char* name, double otherwise) const {
        for (const char* group : {"args", "step_args"})
            if (row.contains(group) && row[group].is_object()) return row[group].value(name, otherwise);
        return otherwise;
    }

    bool has_guidance() const { return row.contains("cfg") && !row["cfg"].is_null(); }
    double guidance() const { return has_guidance() ? row["cfg"].get<double>() : 1.0; }

    torch::Tensor start() const {
        const bool is_single = row.value("precision", "float64") == "float32";
        return common.at("x_init").to(is_single ? torch::kFloat32 : torch::kFloat64);
    }

    /// Draw number i of the reference, which draws before the same network call as we do.
    torch::Tensor noise() const {
        for (size_t i = 0; i < row["draws"].size(); ++i)
            if (row["draws"][i][0].get<size_t>() == calls.size())
                return common.at("noise_bank")[static_cast<int64_t>(i)];
        throw diffusion::Error(diffusion::ErrorKind::internal,
                               "noise was asked for after " + std::to_string(calls.size()) +
                                   " calls, where the reference draws none");
    }

    SamplerContext context() {
        SamplerContext knobs;
        knobs.noise = [this](double, double) { return noise(); };
        knobs.eta = argument("eta", -1.0);
        knobs.s_churn = argument("s_churn", 0.0);
        knobs.s_tmin = argument("s_tmin", 0.0);
        knobs.s_tmax = argument("s_tmax", 1e300);
        knobs.s_noise = argument("s_noise", 1.0);
        knobs.rtol = argument("rtol", 0.05);
        knobs.atol = argument("atol", 0.0078);
        for (const auto* name : {"order", "max_order", "max_stage"})
            knobs.order = static_cast<int>(argument(name, knobs.order));
        return knobs;
    }

    /// A network of the mixture: predicts noise (or v) from the scaled latent and the timestep.
    Predictor predictor(PredictionType type) {
        return [this, type, plain = NoiseSchedule::scaled_linear()](const torch::Tensor& x_in,
                                                                    const torch::Tensor& timestep) {
            const double t = timestep[0].item<double>();
            const double sigma = plain.sigma_of(t);
            calls.push_back(t);
            const auto x = x_in * level(sigma);
            const auto output = [&](const torch::Tensor& denoised) {
                const auto noise = (x - denoised) / sigma;
                if (type == PredictionType::epsilon) return noise;
                return (noise - denoised * sigma) / level(sigma);
            };
            Predictions result{output(mixture.conditional(x, sigma)), {}};
            if (has_guidance()) result.unconditional = output(mixture.unconditional(x, sigma));
            return result;
        };
    }
};

/// Samplers by sigmas: the mixture is the denoiser.
void run_sigmas(Case& work, const SamplerRow& sampler, const std::vector<double>& sigmas) {
    const Denoiser denoise(std::function<Denoised(const torch::Tensor&, double)>(
        [&](const torch::Tensor& x, double sigma) {
            if (work.step_done) work.trajectory.push_back(x);
            work.step_done = false;
            work.calls.push_back(sigma);
            auto denoised = work.mixture.conditional(x, sigma);
            if (!work.has_guidance()) return Denoised{denoised, {}};
            auto unconditional = work.mixture.unconditional(x, sigma);
            return Denoised{guided(denoised, unconditional, work.guidance()), unconditional};
        }));
    auto context = work.context();
    context.on_step = [&](const Step&) { work.step_done = true; };
    work.final = sampler.run(denoise, work.start() * sigmas[0], sigmas, context);
    work.trajectory.push_back(work.final);
}

/// A1111's samplers by timesteps: latents and states scaled down with the signal.
void run_timesteps(Case& work, const SamplerRow& sampler, const TimestepSchedule& schedule,
                   double guidance_scale, bool lower_order_final) {
    Denoiser denoise(work.predictor(PredictionType::epsilon), NoiseSchedule::scaled_linear(),
                     {.guidance_scale = guidance_scale});
    denoise.set_timesteps(schedule.sigmas, schedule.timesteps);
    auto context = work.context();
    context.lower_order_final = lower_order_final;
    context.on_step = [&](const Step& step) {
        work.trajectory.push_back(step.x / level(schedule.sigmas[step.index + 1]));
    };
    const auto x = work.start() * level(schedule.sigmas.front());
    work.final = sampler.run(denoise, x, schedule.sigmas, context) / level(schedule.sigmas.back());
}

/// The name's variant: unipc_bh2, unipc_bh1_order2, unipc_bh1_logsnr, unipc_bh1_quad.
void run_unipc(Case& work, const std::vector<int>& timesteps) {
    const std::string name = work.row["sampler"];
    auto used = timesteps;
    if (work.row["args"].value("is_img2img", false))
        used.resize(std::max<size_t>(2, 2 * used.size() / 3));
    const bool is_part = used.size() != timesteps.size();
    const auto skip = name.ends_with("logsnr") ? UniPCSkip::log_snr
                      : name.ends_with("quad") ? UniPCSkip::time_quadratic
                                               : UniPCSkip::time_uniform;
    const auto schedule =
        unipc_schedule(static_cast<int>(used.size()), NoiseSchedule::scaled_linear(),
                       is_part ? used.back() : -1, skip);
    if (name.ends_with("order2")) work.row["args"]["order"] = 2;
    const auto& sampler = find_sampler(name.starts_with("unipc_bh2") ? "unipc_bh2" : "unipc_bh1");
    run_timesteps(work, sampler, schedule, work.guidance(), !name.ends_with("quad"));
}

/// ComfyUI's UniPC shows scaled states, the first before any step, and returns an unscaled one.
void run_comfy_unipc(Case& work, std::vector<double> sigmas) {
    sigmas = comfyui_unipc_sigmas(sigmas);
    const Denoiser denoise([&](const torch::Tensor& x, double sigma) {
        work.calls.push_back(sigma);
        return work.mixture.conditional(x, sigma);
    });
    auto context = work.context();
    context.order = std::min(3, static_cast<int>(sigmas.size()) - 2);
    const auto x = work.start() * sigmas[0];
    work.trajectory.push_back(x / level(sigmas[0]));
    context.on_step = [&](const Step& step) {
        work.trajectory.push_back(step.x / level(sigmas[step.index + 1]));
    };
    const std::string variant = work.row["args"].value("variant", "bh1");
    work.final = find_sampler("unipc_" + variant).run(denoise, x, sigmas, context);
    // Its last callback covers two steps.
    work.trajectory.erase(work.trajectory.end() - 2);
    work.trajectory.back() = work.final;
}

void run_lcm(Case& work, const std::vector<double>& sigmas) {
    const Denoiser denoise(work.predictor(PredictionType::epsilon), NoiseSchedule::scaled_linear(),
                           {.distilled_steps = 50});
    auto context = work.context();
    context.on_step = [&](const Step& step) { work.trajectory.push_back(step.x); };
    const auto x = work.start() * sigmas[0];
    work.final = find_sampler("LCM").run(denoise, x, sigmas, context);
}

const std::map<std::string, std::string> diffusers_classes = {
    {"ddim", "DDIMScheduler"},
    {"ddpm", "DDPMScheduler"},
    {"pndm", "PNDMScheduler"},
    {"lms", "LMSDiscreteScheduler"},
    {"euler_ancestral", "EulerAncestralDiscreteScheduler"},
    {"euler", "EulerDiscreteScheduler"},
    {"heun", "HeunDiscreteScheduler"},
    {"kdpm2_ancestral", "KDPM2AncestralDiscreteScheduler"},
    {"kdpm2", "KDPM2DiscreteScheduler"},
    {"dpmpp_2m", "DPMSolverMultistepScheduler"},
    {"dpmpp_3m", "DPMSolverMultistepScheduler"},
    {"dpmpp_2s", "DPMSolverSinglestepScheduler"},
    {"deis", "DEISMultistepScheduler"},
    {"unipc", "UniPCMultistepScheduler"},
    {"lcm", "LCMScheduler"},
    {"tcd", "TCDScheduler"}};

/// The class with the longest name that the case's begins with.
std::string class_of(const std::string& sampler) {
    const auto name = sampler.substr(std::string("diffusers_").size());
    std::string found;
    std::string scheduler;
    for (const auto& [prefix, full] : diffusers_classes)
        if (name.starts_with(prefix) && prefix.size() > found.size()) {
            found = prefix;
            scheduler = full;
        }
    return scheduler;
}

DiffusersConfig config_of(const Json& row) {
    DiffusersConfig config;
    const auto& given = row["config"];
    const auto read = [&given](const char* name, auto& field) {
        if (given.contains(name)) field = given[name].get<std::decay_t<decltype(field)>>();
    };
    config.scheduler = class_of(row["sampler"]);
    config.steps_offset = 0;
    config.set_alpha_to_one = true;
    read("prediction_type", config.prediction_type);
    read("timestep_spacing", config.timestep_spacing);
    read("steps_offset", config.steps_offset);
    read("use_karras_sigmas", config.use_karras_sigmas);
    read("use_exponential_sigmas", config.use_exponential_sigmas);
    read("use_beta_sigmas", config.use_beta_sigmas);
    read("rescale_betas_zero_snr", config.rescale_betas_zero_snr);
    read("set_alpha_to_one", config.set_alpha_to_one);
    read("final_sigmas_type", config.final_sigmas_type);
    read("algorithm_type", config.algorithm_type);
    read("solver_type", config.solver_type);
    read("solver_order", config.solver_order);
    read("lower_order_final", config.lower_order_final);
    read("euler_at_final", config.euler_at_final);
    return config;
}

void run_diffusers(Case& work) {
    const auto config = config_of(work.row);
    const auto run = diffusers_run(config, work.row["n"]);
    const auto type = prediction_type_of(config.prediction_type);
    const Denoiser denoise(work.predictor(type), run.noise, {.prediction = type});
    auto context = work.context();
    context.on_step = [&](const Step& step) { work.trajectory.push_back(step.x); };
    work.final = run.sample(denoise, work.start() * run.init_noise_sigma, context);
    work.row["timesteps"] = run.timesteps;
    if (!run.sigmas.empty()) work.row["sigmas"] = run.sigmas;
    work.row["init_noise_sigma"] = run.init_noise_sigma;
}

/// Names of the cases that differ from those of the samplers' table.
std::string table_name(const std::string& sampler) {
    static const std::map<std::string, std::string> names = {{"comfy_dpmpp_sde", "dpmpp_sde"},
                                                             {"comfy_heun", "heun"}};
    const auto found = names.find(sampler);
    return found == names.end() ? sampler : found->second;
}

void run_case(Case& work) {
    const std::string sampler = work.row["sampler"];
    if (sampler.starts_with("diffusers_")) return run_diffusers(work);
    if (work.row.contains("timesteps")) {
        const auto timesteps = work.row["timesteps"].get<std::vector<int>>();
        if (sampler.starts_with("unipc")) run_unipc(work, timesteps);
        else {
            const auto scale = work.guidance() / (sampler == "ddim_cfgpp" ? 12.5 : 1.0);
            run_timesteps(work, find_sampler(sampler),
                          timestep_schedule(timesteps, NoiseSchedule::scaled_linear()), scale, true);
        }
        work.row["model_calls"] = work.calls;
        return;
    }
    const auto sigmas = work.row["sigmas"].get<std::vector<double>>();
    if (sampler == "a1111_lcm") {
        run_lcm(work, sigmas);
        work.row["model_timesteps"] = work.calls;
        return;
    }
    if (sampler.starts_with("comfy_uni_pc")) run_comfy_unipc(work, sigmas);
    else run_sigmas(work, find_sampler(table_name(sampler)), sigmas);
    work.row["model_calls"] = work.calls;
}

void run_common(const Options& options, const Tensors& common, const Mixture& mixture) {
    const auto x = common.at("x_init").to(torch::kFloat64);
    std::vector<torch::Tensor> denoised;
    const auto sigmas = common.at("probe_sigma");
    for (int64_t i = 0; i < sigmas.numel(); ++i) {
        const double sigma = sigmas[i].item<double>();
        denoised.push_back(mixture.conditional(x * (1 + sigma), sigma));
    }
    std::vector<torch::Tensor> noises;
    const auto schedule = NoiseSchedule::scaled_linear();
    const auto timesteps = common.at("probe_eps_t");
    for (int64_t i = 0; i < timesteps.numel(); ++i) {
        const double sigma = schedule.sigma_of(timesteps[i].item<double>());
        const auto scaled = x * level(sigma);
        noises.push_back((scaled - mixture.conditional(scaled, sigma)) / sigma);
    }
    write_tensors(options, "samplers/common.safetensors",
                  {{"probe_denoised", torch::stack(denoised)}, {"probe_eps", torch::stack(noises)}});
}

void run_guidance(const Options& options) {
    const auto given = read_tensors(options, "samplers/guidance.safetensors");
    const auto conditional = given.at("cond");
    const auto unconditional = given.at("uncond");
    Tensors tensors;
    tensors["cfg_1"] = guided(conditional, unconditional, 1.0);
    tensors["cfg_7_5"] = guided(conditional, unconditional, 7.5);
    tensors["and_1_0.6_cfg_7"] = guided(
        joined({conditional, given.at("cond_b")}, {1.0, 0.6}, unconditional), unconditional, 7.0);
    for (const auto* share : {"0.0", "0.5", "0.7", "1.0"})
        tensors[std::string("diffusers_rescale_") + share] =
            rescaled(tensors["cfg_7_5"], conditional, std::stod(share));
    write_tensors(options, "samplers/guidance.safetensors", tensors);
}

}  // namespace

Counts run_samplers(const Options& options) {
    Counts counts;
    const auto common = read_tensors(options, "samplers/common.safetensors");
    const Mixture mixture(common);
    run_common(options, common, mixture);
    if (std::filesystem::exists(options.in / "samplers/guidance.safetensors")) run_guidance(options);
    auto document = read_json(options, "samplers/index.json");
    std::map<std::string, Tensors> files;
    Json errors = Json::object();
    for (auto& row : document["cases"]) {
        const std::string name = row["case"];
        if (!options.wants(name)) continue;
        Case work{row, mixture, common};
        try {
            run_case(work);
            auto& tensors = files[row["file"].get<std::string>()];
            tensors[name + "/final"] = work.final.contiguous();
            if (!work.trajectory.empty())
                tensors[name + "/traj"] = torch::stack(work.trajectory).to(torch::kFloat32);
            row = work.row;
            ++counts.computed;
        } catch (...) {
            errors[name] = row["error"] = current_error();
            ++counts.failed;
        }
    }
    for (const auto& [file, tensors] : files) write_tensors(options, "samplers/" + file, tensors);
    write_json(options, "samplers/index.json", document);
    if (!errors.empty()) write_json(options, "samplers/errors.json", errors);
    return counts;
}

}  // namespace probe
