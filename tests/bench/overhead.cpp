// atelier_overhead: what the product's own code around the network costs, as one JSON object.
//   atelier_overhead [--steps N] [--rounds N]
// Every sampler of the table makes a 512x512 picture (latent 4x64x64, one thread) with a network that
// answers at once: schedule, noise, guidance and the sampler are what is left. The prompt is read and
// planned once per picture.

#include <torch/types.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "diffusion/pipeline/conditioning.h"
#include "diffusion/pipeline/picture_noise.h"
#include "diffusion/pipeline/sampling_setup.h"
#include "diffusion/sampling/sampler.h"
#include "diffusion/text/attention.h"

namespace {

using namespace diffusion;

constexpr auto prompt =
    "masterpiece, (best quality:1.2), [a red apple:a green pear:0.4] on a [wooden|stone] table, "
    "studio light, (((detailed))), soft shadows AND a bowl of fruit :0.3, by a window # a comment";

double seconds_of(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double median_of(std::vector<double> seconds) {
    std::sort(seconds.begin(), seconds.end());
    return seconds[seconds.size() / 2];
}

void make_picture(const GenerationRequest& request, const torch::Tensor& answer) {
    const auto setup = pipeline::setup_sampling(request, {}, false);
    auto options = setup.denoise;
    sampling::Denoiser denoise(
        [&](const torch::Tensor&, const torch::Tensor&) { return sampling::Predictions{answer, answer}; },
        setup.noise, options);
    if (!setup.timesteps.empty()) denoise.set_timesteps(setup.sigmas, setup.timesteps);
    const auto noise = pipeline::picture_noise(request, setup, {0, 1}, {4, 64, 64}, 8, torch::kCPU);
    auto context = setup.knobs;
    context.noise = noise.steps;
    setup.sample(denoise, noise.first * setup.start_scale, context, {});
}

void read_prompt(const GenerationRequest& request) {
    const auto plans = pipeline::plan_prompts(request, request.steps, false);
    for (const auto& part : plans.positive.parts)
        for (const auto& text : part.texts) parse_attention(text.text);
}

}  // namespace

int main(int argc, char** argv) {
    GenerationRequest request;
    request.prompt = prompt;
    request.seed = 1;
    request.steps = 20;
    int rounds = 9;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (std::string(argv[i]) == "--steps") request.steps = std::stoi(argv[i + 1]);
        if (std::string(argv[i]) == "--rounds") rounds = std::stoi(argv[i + 1]);
    }
    at::set_num_threads(1);
    const torch::InferenceMode inference;
    const auto answer = torch::randn({1, 4, 64, 64});
    const auto median = [rounds](const std::function<void()>& work) {
        std::vector<double> seconds;
        for (int round = 0; round < rounds; ++round) seconds.push_back(seconds_of(work));
        return median_of(std::move(seconds));
    };
    nlohmann::ordered_json out;
    const double reading = median([&] { read_prompt(request); });
    out["prompt_ms"] = reading * 1e3;
    double most = 0;
    for (const auto& row : sampling::samplers()) {
        request.sampler = row.name;
        const double step = (median([&] { make_picture(request, answer); }) + reading) / request.steps;
        out["step_ms"][row.name] = step * 1e3;
        most = std::max(most, step);
    }
    out["slowest_step_ms"] = most * 1e3;
    std::cout << out.dump(1) << "\n";
    return 0;
}
