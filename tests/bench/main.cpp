// atelier_bench: how fast the product's own code is on this machine, as one JSON object.
//   atelier_bench make-checkpoint FOLDER [--seed N]
//   atelier_bench --model PATH --resources FOLDER [--size WxH] [--rounds N] [--threads N]
//                 [--device auto|cpu|cuda] [--only load|step] [--weights wide|narrow]
//   atelier_bench memory --model PATH --resources FOLDER [--size WxH] [--steps N] [--threads N]
//                 [--memory auto|fast|saving] [--limit MIB] [--precision LIST] [--count N]
//   atelier_bench soak --models PATH,PATH,... --resources FOLDER [--sizes WxH,WxH,...] [--pictures N]
//                 [--steps N] [--threads N] [--memory ...] [--limit MIB]
// memory: what the engine plans for a picture and what it takes. soak: the peak of picture after picture.
// Besides the product it measures a large matrix product and a large convolution in the same run:
// "fraction" is what the CFG step reaches of the faster one's rate.

#include <torch/cuda.h>
#include <torch/types.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "diffusion/engine.h"
#include "diffusion/error.h"
#include "diffusion/pipeline/conditioning.h"
#include "diffusion/pipeline/picture.h"
#include "diffusion/pipeline/predictor.h"
#include "diffusion/pipeline/work_count.h"
#include "tests/bench/measure.h"
#include "tests/bench/memory.h"
#include "tests/bench/random_checkpoint.h"
#include "unet/ops/cpu_memory.h"

namespace {

using nlohmann::json;
using diffusion::pipeline::Models;

struct Arguments {
    std::map<std::string, std::string> values;

    std::string get(const std::string& name, const std::string& otherwise) const {
        const auto found = values.find(name);
        return found == values.end() ? otherwise : found->second;
    }
};

json spread(const std::vector<double>& seconds) {
    return {{"median", bench::median(seconds)}, {"min", seconds.front()}, {"max", seconds.back()}};
}

struct Setting {
    diffusion::GenerationRequest request;
    diffusion::pipeline::Extent extent;
    int rounds = 3;
};

torch::Tensor noise_for(const Models& models, const Setting& setting) {
    return torch::randn({1, models.vae->space().channels, setting.extent.latent_height,
                         setting.extent.latent_width},
                        torch::TensorOptions().device(models.placement.device));
}

diffusion::pipeline::Guidance guidance_of(Models& models, const Setting& setting) {
    return diffusion::pipeline::plan_guidance(models, setting.request, setting.extent, 1, true).at(0);
}

void measure_step(Models& models, const Setting& setting, json& out) {
    const auto guidance = guidance_of(models, setting);
    const auto predict =
        diffusion::pipeline::predictor(diffusion::pipeline::network_of(models.unet), guidance);
    const auto x = noise_for(models, setting);
    const auto t = torch::tensor({500.0f}).to(x.device());
    const auto seconds = bench::time_rounds(setting.rounds, [&] {
        predict(x, t);
        if (x.is_cuda()) torch::cuda::synchronize();
    });
    const auto flops = diffusion::pipeline::unet_work(models.unet->config(), setting.extent.latent_height,
                                         setting.extent.latent_width,
                                         guidance.unconditional->context.size(1), 2);
    out["cfg_step_seconds"] = spread(seconds);
    out["cfg_step_gflop"] = flops / 1e9;
    out["cfg_step_gflops"] = flops / bench::median(seconds) / 1e9;
}

void measure_others(Models& models, const Setting& setting, json& out) {
    out["encode_seconds"] = spread(bench::time_rounds(setting.rounds, [&] {
        guidance_of(models, setting);
    }));
    const auto latent = noise_for(models, setting).to(models.placement.decoder_dtype);
    out["decode_seconds"] = spread(bench::time_rounds(
        setting.rounds, [&] { diffusion::pipeline::to_bytes(models.vae->decode(latent)); }));
}

/// A fresh engine: open, load, encode, every step, decode.
void measure_first_image(const Arguments& arguments, const Setting& setting, json& out) {
    diffusion::EngineOptions options;
    options.resource_folder = arguments.get("resources", "share/atelier");
    options.device = arguments.get("device", "auto");
    const auto begin = std::chrono::steady_clock::now();
    const std::unique_ptr<diffusion::Engine> engine(atelier_create_engine(options));
    engine->generate(setting.request, {}, {}, {});
    out["first_image_seconds"] =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    out["first_image_steps"] = setting.request.steps;
}

diffusion::EngineOptions engine_options(const Arguments& arguments) {
    diffusion::EngineOptions options;
    options.resource_folder = arguments.get("resources", "share/atelier");
    options.device = arguments.get("device", "auto");
    options.threads = std::stoi(arguments.get("threads", "0"));
    options.memory = arguments.get("memory", "auto");
    options.precision = arguments.get("precision", "auto");
    options.memory_limit = std::stoll(arguments.get("limit", "0")) << 20;
    return options;
}

diffusion::GenerationRequest plain_request(const Arguments& arguments) {
    diffusion::GenerationRequest request;
    request.model = arguments.get("model", "");
    request.prompt = "a red apple on a table, studio light";
    request.seed = 1;
    request.steps = std::stoi(arguments.get("steps", "1"));
    request.count = std::stoi(arguments.get("count", "1"));
    request.sampler = "Euler";
    bench::set_size(request, arguments.get("size", "0x0"));
    return request;
}

std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> items;
    std::istringstream stream(list);
    for (std::string item; std::getline(stream, item, ',');) items.push_back(item);
    return items;
}

json run_command(const std::string& command, const Arguments& arguments) {
    const auto options = engine_options(arguments);
    const auto request = plain_request(arguments);
    if (command == "memory") return bench::measure_memory(options, request);
    return bench::soak(options, request, split(arguments.get("models", "")),
                       split(arguments.get("sizes", "256x256,512x512,384x640,320x448")),
                       std::stoi(arguments.get("pictures", "50")));
}

json run(const Arguments& arguments) {
    const auto threads = std::stoi(arguments.get("threads", "0"));
    if (threads > 0) at::set_num_threads(threads);
    Setting setting;
    setting.rounds = std::stoi(arguments.get("rounds", "3"));
    setting.request = plain_request(arguments);
    auto placement = diffusion::pipeline::choose_placement(arguments.get("device", "auto"));
    placement.keeps_narrow = arguments.get("weights", "wide") == "narrow";
    const diffusion::pipeline::Resources resources{arguments.get("resources", "share/atelier")};
    const auto path = setting.request.model.empty() ? resources.shipped_model()
                                                    : std::filesystem::path(setting.request.model);
    unet::ops::use_block_cache();  // as the engine does
    json out{{"model", path.string()}, {"threads", at::get_num_threads()}};
    {
        const auto begin = std::chrono::steady_clock::now();
        auto models = diffusion::pipeline::load_models(path, resources, placement, [](const auto&) {});
        diffusion::pipeline::require_codec(models);
        const auto seconds = [&] {
            return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        };
        out["load_seconds"] = seconds();
        diffusion::pipeline::read_all_weights(models);
        out["load_and_read_seconds"] = seconds();
        out["weight_bytes"] = models.bytes;
        if (arguments.get("only", "") == "load") return out;
        setting.extent = diffusion::pipeline::extent_of(setting.request, models);
        out["size"] = {setting.extent.width, setting.extent.height};
        const torch::InferenceMode inference;
        const auto ceilings = bench::measure_ceilings(placement.device);
        out["ceiling_matmul_gflops"] = ceilings.matmul / 1e9;
        out["ceiling_convolution_gflops"] = ceilings.convolution / 1e9;
        measure_step(models, setting, out);
        out["cfg_step_fraction"] = out["cfg_step_gflops"].get<double>() / (std::max(ceilings.matmul, ceilings.convolution) / 1e9);
        if (arguments.get("only", "") != "step") measure_others(models, setting, out);
    }
    if (arguments.get("only", "") != "step") measure_first_image(arguments, setting, out);
    out["peak_memory_bytes"] = bench::peak_memory();
    return out;
}

Arguments parse(int argc, char** argv, int first) {
    Arguments arguments;
    for (int i = first; i + 1 < argc; i += 2) {
        if (std::strncmp(argv[i], "--", 2) != 0) {
            throw diffusion::Error(diffusion::ErrorKind::bad_request,
                                   std::string("expected --name VALUE, found ") + argv[i]);
        }
        arguments.values[argv[i] + 2] = argv[i + 1];
    }
    return arguments;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (argc >= 3 && std::strcmp(argv[1], "make-checkpoint") == 0) {
            const auto arguments = parse(argc, argv, 3);
            if (argv[2][0] == '-') {
                throw diffusion::Error(diffusion::ErrorKind::bad_request,
                                       std::string("expected a folder, found ") + argv[2]);
            }
            bench::write_random_sd1(argv[2], std::stoull(arguments.get("seed", "1")));
            return 0;
        }
        const std::string command = argc > 1 ? argv[1] : "";
        if (command == "memory" || command == "soak") {
            std::cout << run_command(command, parse(argc, argv, 2)).dump(2) << "\n";
            return 0;
        }
        std::cout << run(parse(argc, argv, 1)).dump(2) << "\n";
        return 0;
    } catch (const diffusion::Error& error) {
        std::cerr << error.what() << "\n";
        return error.kind() == diffusion::ErrorKind::bad_request ? 2 : 1;
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
}
