#include <cmath>
#include <vector>

#include "diffusion/sampling/diffusers.h"
#include "diffusion/sampling/noise_schedule.h"
#include "diffusion/sampling/prediction.h"
#include "diffusion/sampling/sampler.h"
#include "diffusion/sampling/schedule.h"
#include "tests/probe/probe.h"

namespace probe {

namespace {

using namespace diffusion::sampling;
using Json = nlohmann::ordered_json;

torch::Tensor table(std::span<const double> values, torch::ScalarType type = torch::kFloat32) {
    return torch::tensor(std::vector<double>(values.begin(), values.end()), torch::kFloat64).to(type);
}

/// As diffusers spells its tables: the last alpha-bar as each class keeps it.
torch::Tensor with_last_alpha(const NoiseSchedule& noise, double last) {
    auto alphas = table(noise.with_zero_terminal_snr(1e-12).alphas_cumprod(), torch::kFloat64);
    alphas[-1] = last;
    return alphas.to(torch::kFloat32);
}

void write_tables(const Options& options) {
    const auto noise = NoiseSchedule::scaled_linear();
    const auto zero_snr = NoiseSchedule::scaled_linear(0.00085, 0.012, 1000, true);
    const auto half = noise.downcast_to_half();
    Tensors tensors;
    tensors["alphas_cumprod_f64"] = table(noise.alphas_cumprod(), torch::kFloat64);
    tensors["sigmas_f64"] = table(noise.sigmas(), torch::kFloat64);
    for (const auto* name : {"alphas_cumprod", "alphas_cumprod_f32", "diffusers_alphas_cumprod"})
        tensors[name] = table(noise.alphas_cumprod());
    for (const auto* name : {"sigmas", "sigmas_f32", "forge_sigmas"})
        tensors[name] = table(noise.sigmas());
    tensors["log_sigmas"] = table(noise.log_sigmas());
    tensors["forge_ztsnr_sigmas"] = table(zero_snr.sigmas());
    tensors["downcast_alphas_cumprod"] = table(half.alphas_cumprod());
    tensors["downcast_sigmas"] = table(half.sigmas());
    tensors["diffusers_ztsnr_alphas_cumprod"] = with_last_alpha(noise, 0.0);
    tensors["diffusers_euler_ztsnr_alphas_cumprod"] = with_last_alpha(noise, 1.0 / (1 << 24));
    const auto given = read_tensors(options, "schedules/tables.safetensors");
    const auto sigmas = given.at("v_scalings_sigma").to(torch::kFloat64);
    auto rows = torch::empty({3, sigmas.numel()}, torch::kFloat64);
    for (int64_t i = 0; i < sigmas.numel(); ++i) {
        const auto factors = scalings(PredictionType::v, sigmas[i].item<double>());
        rows[0][i] = factors.skip;
        rows[1][i] = factors.out;
        rows[2][i] = factors.in;
    }
    tensors["v_scalings"] = rows;
    write_tensors(options, "schedules/tables.safetensors", tensors);
}

Json sigma_t(Json document) {
    // k-diffusion's, as A1111 wraps its models.
    const auto noise = NoiseSchedule::scaled_linear().rounded_to_single();
    for (const auto* name : {"t_fractional", "t_quantized", "t_forge_nearest", "sigma_of_t"})
        document[name] = Json::array();
    for (const auto& item : document["sigma"]) {
        const double sigma = item;
        document["t_fractional"].push_back(noise.timestep_of(sigma));
        document["t_quantized"].push_back(noise.nearest_timestep(sigma));
        document["t_forge_nearest"].push_back(noise.nearest_timestep(sigma));
    }
    for (const auto& t : document["t"])
        document["sigma_of_t"].push_back(noise.sigma_of(t.get<double>()));
    return document;
}

Compatibility compatibility_of(const std::string& family) {
    if (family == "forge") return Compatibility::forge;
    if (family == "comfy") return Compatibility::comfyui;
    return Compatibility::a1111;
}

Json sigma_list(Json row) {
    const std::string model = row["model"];
    ScheduleOptions options;
    options.compatibility = compatibility_of(row["family"]);
    const bool is_a1111 = options.compatibility == Compatibility::a1111;
    const bool ends_in_noise = model == "sd-ztsnr";
    auto noise = NoiseSchedule::scaled_linear();
    if (is_a1111) noise = noise.rounded_to_single();
    if (ends_in_noise) noise = noise.with_zero_terminal_snr(a1111_terminal_alpha);
    options.is_sdxl = model == "sdxl";
    options.sigma_min = row.value("sigma_min", 0.0);
    options.sigma_max = row.value("sigma_max", 0.0);
    options.rho = row.value("rho", 0.0);
    options.alpha = row.value("alpha", 0.6);
    options.beta = row.value("beta", 0.6);
    options.discard_penultimate = row.value("discard_next_to_last_sigma", false);
    row["sigmas"] = make_schedule(row["schedule"].get<std::string>(), row["n"], noise, options);
    return row;
}

Json diffusers_list(Json row, const Json& config) {
    DiffusersConfig settings;
    settings.scheduler = row["scheduler"];
    settings.num_train_timesteps = config.value("num_train_timesteps", 1000);
    settings.beta_start = config.value("beta_start", 0.00085);
    settings.beta_end = config.value("beta_end", 0.012);
    settings.beta_schedule = config.value("beta_schedule", "scaled_linear");
    settings.timestep_spacing = row["spacing"];
    settings.steps_offset = row["steps_offset"];
    settings.use_karras_sigmas = row.value("use_karras_sigmas", false);
    settings.use_exponential_sigmas = row.value("use_exponential_sigmas", false);
    settings.use_beta_sigmas = row.value("use_beta_sigmas", false);
    settings.original_inference_steps = row.value("original_inference_steps", 50);
    const auto run = diffusers_run(settings, row["n"]);
    row["timesteps"] = run.timesteps;
    if (!run.sigmas.empty()) row["sigmas"] = run.sigmas;
    row["init_noise_sigma"] = run.init_noise_sigma;
    return row;
}

Json start_of(const StartStep& start) {
    return {{"schedule_steps", start.schedule_steps},
            {"t_enc", start.t_enc},
            {"first_index", start.first_index}};
}

Json image_start(Json row) {
    const int steps = row["steps"];
    const double strength = row["denoising"];
    row["a1111"] = start_of(start_step_a1111(steps, strength));
    row["a1111_fix_steps"] = start_of(start_step_a1111(steps, strength, true));
    row["a1111_hires_explicit"] = start_of(start_step_a1111(steps, strength, true));
    const auto diffusers = start_step_diffusers(steps, strength);
    const auto timesteps =
        diffusers_run({.scheduler = "DDIMScheduler"}, steps).timesteps;
    Json first = Json::array();
    for (int i = diffusers.first_index; i < std::min(diffusers.first_index + 3, steps); ++i)
        first.push_back(static_cast<int>(timesteps[i]));
    row["diffusers"] = {{"first_index", diffusers.first_index},
                        {"steps_run", steps - diffusers.first_index},
                        {"timesteps", first}};
    if (strength > 0) {
        const auto comfy = start_step_comfyui(steps, strength);
        row["comfy"] = {{"schedule_steps", comfy.schedule_steps},
                        {"keep_last", comfy.schedule_steps - comfy.first_index + 1}};
    }
    return row;
}

template <class Function>
void each_row(const Options& options, const std::string& file, const char* list, Counts& counts,
              const Function& function) {
    if (!std::filesystem::exists(options.in / file)) return;
    auto document = read_json(options, file);
    for (auto& row : document[list]) {
        try {
            row = function(row, document);
            ++counts.computed;
        } catch (...) {
            row["error"] = current_error();
            ++counts.failed;
        }
    }
    write_json(options, file, document);
}

}  // namespace

Counts run_schedules(const Options& options) {
    Counts counts;
    if (std::filesystem::exists(options.in / "schedules/tables.safetensors")) {
        write_tables(options);
        ++counts.computed;
    }
    if (std::filesystem::exists(options.in / "schedules/sigma_t.json")) {
        write_json(options, "schedules/sigma_t.json",
                   sigma_t(read_json(options, "schedules/sigma_t.json")));
        ++counts.computed;
    }
    each_row(options, "schedules/sigma_lists.json", "lists", counts,
             [](const Json& row, const Json&) { return sigma_list(row); });
    each_row(options, "schedules/diffusers_timesteps.json", "lists", counts,
             [](const Json& row, const Json& document) {
                 return diffusers_list(row, document.value("config", Json::object()));
             });
    each_row(options, "schedules/a1111_timesteps.json", "lists", counts,
             [](Json row, const Json&) {
                 row["timesteps"] = a1111_timesteps(row["steps"]);
                 return row;
             });
    each_row(options, "schedules/img2img_cuts.json", "cuts", counts,
             [](const Json& row, const Json&) { return image_start(row); });
    return counts;
}

}  // namespace probe
