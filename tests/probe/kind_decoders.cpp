#include <functional>
#include <iostream>

#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/part_files.h"
#include "diffusion/upscale/upscaler.h"
#include "tests/probe/probe.h"
#include "vae/tiny_autoencoder.h"

namespace probe {

namespace {

namespace checkpoint = diffusion::checkpoint;

vae::TinyAutoencoder load_tiny(const Options& options, const std::string& name) {
    const auto file =
        checkpoint::open_vae(options.in / "decoders" / name, checkpoint::ModelFamily::sd1);
    vae::TinyAutoencoder net(std::get<vae::TinyConfig>(file.config));
    checkpoint::LoadOptions load;
    load.dtype = torch::kFloat32;
    load.device = torch::Device(options.device);
    load.part = "tiny autoencoder";
    checkpoint::load_weights(*net, file.weights, load);
    return net;
}

void run_tiny(const Options& options, const std::string& name) {
    auto net = load_tiny(options, name);
    const auto inputs = read_tensors(options, "decoders/taesd.vectors.safetensors");
    const auto input = [&](const char* key) { return inputs.at(key).to(options.device); };
    const auto on_cpu = [](const torch::Tensor& value) {
        return value.to(torch::kCPU).contiguous();
    };
    Tensors outputs;
    if (!net->config().decoder_blocks.empty()) {
        const auto pixels = net->decode(input("decode.latent"));
        outputs["decode.image_pm1"] = on_cpu(pixels);
        outputs["decode.image_01"] = on_cpu((pixels + 1) / 2);
    }
    if (!net->config().encoder_blocks.empty()) {
        const auto latent = net->encode(input("encode.image_01") * 2 - 1).mean;
        outputs["encode.latent"] = on_cpu(latent * net->space().scaling_factor);
    }
    write_tensors(options, "decoders/" + name + ".out.safetensors", outputs);
}

void run_upscaler(const Options& options, const std::string& file, const std::string& inputs) {
    auto net = diffusion::upscale::load_upscaler(options.in / "decoders" / file,
                                                 torch::Device(options.device));
    const auto in = read_tensors(options, "decoders/" + inputs + ".vectors.safetensors").at("in");
    const auto out = net->forward(in.to(options.device)).to(torch::kCPU).contiguous();
    write_tensors(options, "decoders/" + file + ".out.safetensors", {{"out", out}});
}

constexpr const char* tiny_files[] = {"taesd.diffusers", "taesd_decoder.safetensors",
                                      "taesd_decoder.pth", "taesd_encoder.safetensors"};

}  // namespace

Counts run_decoders(const Options& options) {
    const torch::InferenceMode inference;
    Counts counts;
    auto errors = nlohmann::ordered_json::object();
    const auto run = [&](const std::string& name, const std::function<void()>& work) {
        if (!std::filesystem::exists(options.in / "decoders" / name) || !options.wants(name)) return;
        try {
            work();
            ++counts.computed;
        } catch (...) {
            errors[name] = current_error();
            std::cerr << name << ": " << errors[name].dump() << '\n';
            ++counts.failed;
        }
    };
    for (const std::string name : tiny_files) run(name, [&] { run_tiny(options, name); });
    const auto index = read_json(options, "decoders/index.json");
    for (const auto& [inputs, upscaler] : index.items()) {
        if (!upscaler.contains("files")) continue;
        for (const std::string name : upscaler.at("files")) {
            run(name, [&, stem = inputs] { run_upscaler(options, name, stem); });
        }
    }
    if (!errors.empty()) write_json(options, "decoders/errors.json", errors);
    return counts;
}

}  // namespace probe
