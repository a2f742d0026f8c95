// atelier_lora_step: seconds and memory of the training steps of a LoRA, as one JSON object.
//   atelier_lora_step --model PATH --resources FOLDER [--size 512] [--rank 16] [--rounds N] [--threads N]
//                     [--recomputes yes|no]
// A step is the trainer's own: noise, the UNet forward and backward, and AdamW; latent and text are known
// before, as they are in training. Memory: the most that is resident during the timed steps.

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "diffusion/training/lora_trainer.h"
#include "diffusion/training/trainee.h"
#include "tests/bench/measure.h"

namespace {

using namespace diffusion;
using namespace diffusion::training;
using Arguments = std::map<std::string, std::string>;

std::string get(const Arguments& arguments, const std::string& name, const std::string& otherwise) {
    const auto found = arguments.find(name);
    return found == arguments.end() ? otherwise : found->second;
}

/// From now on the largest resident memory counts anew (Linux).
void forget_peak() { std::ofstream("/proc/self/clear_refs") << 5; }

/// Bytes; 0 where the system doesn't say.
std::int64_t peak_since() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) return std::stoll(line.substr(6)) * 1024;
    }
    return 0;
}

double seconds_of(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

LoraPicture random_picture(const pipeline::Models& models, std::int64_t side) {
    const auto& space = models.vae->space();
    LoraPicture picture;
    picture.caption = "a red apple on a table, studio light";
    picture.latent = torch::randn({1, space.channels, side / space.factor, side / space.factor});
    picture.original_width = picture.original_height = side;
    picture.bucket = {side, side};
    return picture;
}

nlohmann::json run(const Arguments& arguments) {
    at::set_num_threads(std::stoi(get(arguments, "threads", "2")));
    torch::manual_seed(1);
    const pipeline::Resources resources{get(arguments, "resources", "share/atelier")};
    auto models = pipeline::load_models(get(arguments, "model", ""), resources, {}, [](const auto&) {});
    pipeline::require_codec(models);
    pipeline::read_all_weights(models);
    const auto picture = random_picture(models, std::stoll(get(arguments, "size", "512")));
    models.vae.reset();  // as the trainer does once the latents are made
    LoraTraining options;
    options.rank = std::stoi(get(arguments, "rank", "16"));
    options.has_text_encoder = false;
    options.recomputes = get(arguments, "recomputes", "no") == "yes";
    LoraLesson lesson(models, options, {picture});
    Trainee trainee;
    trainee.add("", lesson.low_rank().factors());
    Rates rates;
    rates.warm_up_steps = 0;
    double last = 0;
    const auto step = [&] {
        auto loss = lesson.loss(trainee.step_count());
        loss.backward();
        trainee.step(rates);
        last = loss.item<double>();
    };
    step();  // makes what stays: moments, averages, the text
    forget_peak();
    std::vector<double> seconds;
    for (int i = std::stoi(get(arguments, "rounds", "1")); i > 0; --i) seconds.push_back(seconds_of(step));
    std::ranges::sort(seconds);
    std::int64_t learning = 0;
    for (const auto& factor : lesson.low_rank().factors().parameters()) learning += factor.numel();
    return {{"step_seconds", bench::median(seconds)}, {"peak_bytes", peak_since()}, {"loss", last},
            {"layers", lesson.low_rank().layer_count()}, {"learning", learning}};
}

}  // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (std::strncmp(argv[i], "--", 2) == 0) arguments[argv[i] + 2] = argv[i + 1];
    }
    if (argc < 2 || argc % 2 == 0 || !arguments.contains("model")) {
        std::cerr << "expected --model PATH and pairs of --name VALUE; see the head of lora_step.cpp\n";
        return 2;
    }
    try {
        std::cout << run(arguments).dump(2) << "\n";
        return 0;
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
}
