#include "diffusion/sampling/diffusers.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "diffusion/error.h"
#include "diffusion/sampling/algorithms.h"
#include "diffusion/sampling/diffusers_samplers.h"
#include "diffusion/sampling/diffusers_schedule.h"

namespace diffusion::sampling {

namespace {

/// Stands for an alpha of exactly 0, which has no sigma: far below what float32 can tell from it.
constexpr double vanishing_alpha = 1e-20;
/// What the classes with a list of sigmas put in its place.
constexpr double smallest_half = 1.0 / (1 << 24);

/// sqrt(alpha) of a noise level.
double signal_at(double sigma) { return 1.0 / std::sqrt(1.0 + sigma * sigma); }

/// sqrt(1 + sigma^2), or sigma alone, of the first sigma: where the Euler family starts.
double first_noise(const DiffusersConfig& config, const std::vector<double>& sigmas) {
    const double max = *std::ranges::max_element(sigmas);
    return config.timestep_spacing == "leading" ? std::sqrt(max * max + 1) : max;
}

double final_sigma(const DiffusersConfig& config, const NoiseSchedule& noise) {
    if (config.final_sigmas_type == "zero") return 0.0;
    if (config.final_sigmas_type == "sigma_min") return noise.sigma_min();
    throw Error(ErrorKind::bad_request,
                "final_sigmas_type: expected zero or sigma_min, found \"" +
                    config.final_sigmas_type + "\"");
}

/// Classes that keep x at noise level sigma: Euler, Euler a, LMS, Heun, the two of DPM2.
DiffusersRun sigma_run(const DiffusersConfig& config, int steps, const std::vector<int>& custom) {
    DiffusersRun run;
    const bool is_dpm2 = config.scheduler.starts_with("KDPM2");
    run.noise = diffusers_noise(config, smallest_half);
    const auto spaced = spaced_steps(config, steps, custom, run.noise, {.rounds_converted = is_dpm2});
    run.timesteps = run.walk_timesteps = spaced.timesteps;
    run.walk = spaced.sigmas;
    const bool has_final = config.scheduler == "EulerDiscreteScheduler";
    run.walk.push_back(has_final ? final_sigma(config, run.noise) : 0.0);
    // float32 as the classes keep them: at 4096, where zero terminal SNR begins, half a unit in the
    // last place shows in the picture.
    for (double& sigma : run.walk) sigma = static_cast<float>(sigma);
    run.init_noise_sigma = first_noise(config, run.walk);
    run.sigmas = run.walk;
    return run;
}

/// Two calls a step: every timestep but the first is listed twice, or with the one in the middle.
void interleave(DiffusersRun& run, const std::function<double(size_t)>& between) {
    const auto& walk = run.walk;
    run.timesteps = {run.walk_timesteps[0]};
    run.sigmas = {walk[0]};
    for (size_t i = 1; i < run.walk_timesteps.size(); ++i) {
        run.timesteps.push_back(between ? between(i) : run.walk_timesteps[i]);
        run.timesteps.push_back(run.walk_timesteps[i]);
        run.sigmas.insert(run.sigmas.end(), 2, walk[i]);
    }
    run.sigmas.insert(run.sigmas.end(), between ? 3 : 1, 0.0);
}

/// Where a step from this timestep ends that counts back by the training stride.
double counted_back(const DiffusersConfig& config, const NoiseSchedule& noise, double t, int steps) {
    const double before = t - config.num_train_timesteps / steps;
    if (before >= 0) return noise.sigma_of(before);
    return config.set_alpha_to_one ? 0.0 : noise.sigma_min();
}

/// DDIM, DDPM and PNDM: whole timesteps, latents scaled down with the signal.
DiffusersRun counting_run(const DiffusersConfig& config, int steps,
                          const std::vector<int>& custom) {
    DiffusersRun run;
    auto plain = config;
    plain.use_karras_sigmas = plain.use_exponential_sigmas = plain.use_beta_sigmas = false;
    run.noise = diffusers_noise(config, vanishing_alpha);
    run.variance_preserving = true;
    run.timesteps =
        spaced_steps(plain, steps, custom, run.noise, {.whole_timesteps = true}).timesteps;
    run.walk_timesteps = run.timesteps;
    for (const double t : run.timesteps) {
        run.walk.push_back(run.noise.sigma_of(t));
        run.step_ends.push_back(counted_back(config, run.noise, t, steps));
    }
    run.walk.push_back(run.step_ends.back());
    return run;
}

/// The second call is made twice: once to correct the first step, once for the second step.
DiffusersRun pndm_run(const DiffusersConfig& config, int steps, const std::vector<int>& custom) {
    auto run = counting_run(config, steps, custom);
    const auto repeat_second = [](std::vector<double>& list) {
        list.insert(list.begin() + 1, list[1]);
    };
    if (run.timesteps.size() > 1)
        for (auto* list : {&run.timesteps, &run.walk_timesteps, &run.walk, &run.step_ends})
            repeat_second(*list);
    run.sampler = [ends = run.step_ends, stride = config.num_train_timesteps / steps](
                      const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                      const SamplerContext&) {
        const auto last_ends = std::span(ends).last(sigmas.size() - 1);
        return diffusers_plms(denoise, std::move(x), sigmas, last_ends, stride);
    };
    run.step_ends.clear();
    return run;
}

/// DPM-Solver, DEIS and UniPC: latents scaled down, a list of sigmas.
DiffusersRun solver_run(const DiffusersConfig& config, int steps, const std::vector<int>& custom,
                        const SpacingRules& rules) {
    DiffusersRun run;
    run.noise = diffusers_noise(config, smallest_half);
    run.variance_preserving = true;
    const auto spaced = spaced_steps(config, steps, custom, run.noise, rules);
    run.timesteps = run.walk_timesteps = spaced.timesteps;
    run.walk = spaced.sigmas;
    const bool is_converted =
        config.use_karras_sigmas || config.use_exponential_sigmas || config.use_beta_sigmas;
    if (config.scheduler == "DEISMultistepScheduler")
        run.walk.push_back(is_converted ? run.walk.back() : run.noise.sigma_min());
    else
        run.walk.push_back(final_sigma(config, run.noise));
    run.sigmas = run.walk;
    return run;
}

bool is_short(const DiffusersConfig& config, const DiffusersRun& run) {
    return config.lower_order_final && run.timesteps.size() < 15;
}

DiffusersRun multistep_run(const DiffusersConfig& config, int steps,
                           const std::vector<int>& custom) {
    auto run = solver_run(config, steps, custom,
                          {.counts_one_more = true, .whole_timesteps = true,
                           .rounds_converted = true, .full_range = true});
    const bool is_sde = config.algorithm_type == "sde-dpmsolver++";
    if (!is_sde && config.algorithm_type != "dpmsolver++")
        throw Error(ErrorKind::bad_request,
                    "algorithm_type: expected dpmsolver++ or sde-dpmsolver++, found \"" +
                        config.algorithm_type + "\"");
    const MultistepOptions options{.order = config.solver_order,
                                   .heun = config.solver_type == "heun",
                                   .eta = is_sde ? 1.0 : 0.0,
                                   .first_order_last = is_short(config, run),
                                   .euler_last = config.euler_at_final};
    run.sampler = [options](const Denoiser& denoise, torch::Tensor x,
                            std::span<const double> sigmas, const SamplerContext& context) {
        return dpmpp_multistep(denoise, std::move(x), sigmas, context, options);
    };
    return run;
}

DiffusersRun singlestep_run(const DiffusersConfig& config, int steps,
                            const std::vector<int>& custom) {
    auto even = config;
    even.timestep_spacing = "linspace";
    auto run = solver_run(even, steps, custom,
                          {.counts_one_more = true, .whole_timesteps = true,
                           .rounds_converted = true, .full_range = true});
    if (config.solver_order > 2 || config.algorithm_type != "dpmsolver++")
        throw Error(ErrorKind::bad_request,
                    "solver_order, algorithm_type: DPMSolverSinglestepScheduler is supported with "
                    "orders 1 and 2 of dpmsolver++, found order " +
                        std::to_string(config.solver_order) + " of \"" + config.algorithm_type +
                        "\"");
    const bool heun = config.solver_type == "heun";
    run.sampler = [order = config.solver_order, heun](
                      const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                      const SamplerContext& context) {
        return diffusers_singlestep(denoise, std::move(x), sigmas, context, order, heun);
    };
    return run;
}

DiffusersRun deis_run(const DiffusersConfig& config, int steps, const std::vector<int>& custom) {
    auto run = solver_run(config, steps, custom,
                          {.counts_one_more = true, .whole_timesteps = true,
                           .rounds_converted = true, .full_range = true});
    if (config.solver_order > 3)
        throw Error(ErrorKind::bad_request, "solver_order: expected 1 to 3, found " +
                                                std::to_string(config.solver_order));
    run.sampler = [order = config.solver_order, lowers = is_short(config, run)](
                      const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                      const SamplerContext& context) {
        return diffusers_deis(denoise, std::move(x), sigmas, context, order, lowers);
    };
    return run;
}

DiffusersRun unipc_run(const DiffusersConfig& config, int steps, const std::vector<int>& custom) {
    auto run = solver_run(config, steps, custom,
                          {.counts_one_more = true, .whole_timesteps = true,
                           .rounds_converted = true, .full_range = true});
    // "midpoint" is what other classes call their default; this one's is bh2.
    const UniPCOptions options{.bh2 = config.solver_type != "bh1",
                               .order = config.solver_order,
                               .lower_order_final = config.lower_order_final};
    run.sampler = [options](const Denoiser& denoise, torch::Tensor x,
                            std::span<const double> sigmas, const SamplerContext& context) {
        return unipc(denoise, std::move(x), sigmas, context, options);
    };
    return run;
}

/// LCM and TCD.
DiffusersRun consistency_run(const DiffusersConfig& config, int steps,
                             const std::vector<int>& custom) {
    DiffusersRun run;
    run.noise = diffusers_noise(config, vanishing_alpha);
    run.variance_preserving = true;
    run.timesteps = custom.empty() ? consistency_timesteps(config, steps)
                                   : std::vector<double>(custom.begin(), custom.end());
    run.walk_timesteps = run.timesteps;
    for (const double t : run.timesteps) run.walk.push_back(run.noise.sigma_of(t));
    const bool is_tcd = config.scheduler == "TCDScheduler";
    run.walk.push_back(is_tcd ? run.noise.sigma_min() : 0.0);
    run.sampler = is_tcd ? sample_tcd : diffusers_lcm;
    return run;
}

}  // namespace

DiffusersRun diffusers_run(const DiffusersConfig& config, int steps,
                           const std::vector<int>& custom_timesteps) {
    const int count = custom_timesteps.empty() ? steps : static_cast<int>(custom_timesteps.size());
    if (count < 1 || count > config.num_train_timesteps)
        throw Error(ErrorKind::bad_request, "steps: expected 1 to " +
                                                std::to_string(config.num_train_timesteps) +
                                                ", found " + std::to_string(count));
    for (const int t : custom_timesteps)
        if (t < 0 || t >= config.num_train_timesteps)
            throw Error(ErrorKind::bad_request,
                        "timesteps: expected 0 to " +
                            std::to_string(config.num_train_timesteps - 1) + ", found " +
                            std::to_string(t));
    const auto& name = config.scheduler;
    if (name == "DPMSolverMultistepScheduler") return multistep_run(config, count, custom_timesteps);
    if (name == "DPMSolverSinglestepScheduler")
        return singlestep_run(config, count, custom_timesteps);
    if (name == "DEISMultistepScheduler") return deis_run(config, count, custom_timesteps);
    if (name == "UniPCMultistepScheduler") return unipc_run(config, count, custom_timesteps);
    if (name == "PNDMScheduler") return pndm_run(config, count, custom_timesteps);
    if (name == "LCMScheduler" || name == "TCDScheduler")
        return consistency_run(config, count, custom_timesteps);
    if (name == "DDIMScheduler" || name == "DDPMScheduler") {
        auto ends = config;
        if (name == "DDPMScheduler") ends.set_alpha_to_one = true;
        auto run = counting_run(ends, count, custom_timesteps);
        run.sampler = name == "DDPMScheduler" ? sample_ddpm : sample_ddim;
        return run;
    }
    auto run = sigma_run(config, count, custom_timesteps);
    if (name == "EulerDiscreteScheduler") run.sampler = diffusers_euler;
    else if (name == "EulerAncestralDiscreteScheduler") run.sampler = sample_euler_ancestral;
    else if (name == "LMSDiscreteScheduler") run.sampler = sample_lms;
    else if (name == "HeunDiscreteScheduler") {
        run.sampler = sample_heun;
        interleave(run, nullptr);
    } else if (name == "KDPM2DiscreteScheduler") {
        run.sampler = sample_dpm_2;
        interleave(run, [noise = run.noise, walk = run.walk](size_t i) {
            return noise.timestep_of(std::sqrt(walk[i - 1] * walk[i]));
        });
    } else if (name == "KDPM2AncestralDiscreteScheduler") {
        run.sampler = sample_dpm_2_ancestral;
        interleave(run, [noise = run.noise, walk = run.walk](size_t i) {
            return noise.timestep_of(
                std::sqrt(walk[i - 1] * ancestral_split(walk[i - 1], walk[i], 1.0).down));
        });
    } else {
        throw Error(ErrorKind::bad_request, "scheduler: \"" + name + "\" is not known");
    }
    return run;
}

DiffusersRun DiffusersRun::from_step(int first_index) const {
    DiffusersRun part = *this;
    const auto first = std::clamp<std::ptrdiff_t>(first_index, 0, std::ssize(walk_timesteps) - 1);
    part.walk.erase(part.walk.begin(), part.walk.begin() + first);
    part.walk_timesteps.erase(part.walk_timesteps.begin(), part.walk_timesteps.begin() + first);
    if (!part.step_ends.empty())
        part.step_ends.erase(part.step_ends.begin(), part.step_ends.begin() + first);
    return part;
}

DiffusersRun DiffusersRun::until_step(int step_count) const {
    DiffusersRun part = *this;
    const auto count = static_cast<size_t>(
        std::clamp<std::ptrdiff_t>(step_count, 1, std::ssize(walk_timesteps)));
    part.walk.resize(count + 1);
    part.walk_timesteps.resize(count);
    if (!part.step_ends.empty()) part.step_ends.resize(count);
    return part;
}

int DiffusersRun::steps_before(double share) const {
    const double cutoff = std::nearbyint(noise.size() * (1 - share));
    return static_cast<int>(
        std::ranges::count_if(walk_timesteps, [&](double t) { return t >= cutoff; }));
}

double DiffusersRun::signal_scale() const {
    return variance_preserving ? signal_at(walk.front()) : 1.0;
}

torch::Tensor DiffusersRun::sample(Denoiser denoise, torch::Tensor latents, SamplerContext context,
                                   const HeldRegion& held) const {
    denoise.set_timesteps(walk, walk_timesteps);
    const auto scale = [this](double sigma) {
        return variance_preserving ? signal_at(sigma) : 1.0;
    };
    // scheduler.step returns what the network is shown next; so every call but the first reports.
    Step last{-1, 0.0, {}, {}};
    Denoiser watched(std::function<Denoised(const torch::Tensor&, double)>(
        [&, on_step = context.on_step](const torch::Tensor& x, double sigma) {
            if (last.index >= 0) {
                // Into the sampler's own latent: its step starts from what was put back.
                if (!held.is_empty()) torch::Tensor(x).copy_(held.put_back(x, sigma));
                on_step({last.index, last.sigma, x * scale(sigma), last.denoised});
            }
            auto denoised = denoise.evaluate(x, sigma);
            last = {last.index + 1, sigma, {}, denoised.guided};
            return denoised;
        }), {}, noise);
    watched.set_timesteps(walk, walk_timesteps);
    const auto on_step = std::exchange(context.on_step, [](const Step&) {});

    auto x = latents / scale(walk.front());
    double end = walk.back();
    if (step_ends.empty()) {
        x = sampler(watched, x, walk, context);
    } else {
        for (size_t i = 0; i < step_ends.size(); ++i) {
            if (i > 0) x = x * (scale(end) / scale(walk[i]));
            end = step_ends[i];
            x = sampler(watched, x, std::vector<double>{walk[i], end}, context);
        }
    }
    x = x * scale(end);
    if (!held.is_empty()) x = held.put_back(x, 0.0);
    if (last.index >= 0) on_step({last.index, last.sigma, x, last.denoised});
    return x;
}

}  // namespace diffusion::sampling
