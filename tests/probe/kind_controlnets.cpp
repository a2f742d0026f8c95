#include <iostream>

#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/part_files.h"
#include "tests/probe/probe.h"
#include "tests/probe/tiny_models.h"
#include "unet/controlnet.h"
#include "unet/unet.h"

namespace probe {

namespace {

namespace checkpoint = diffusion::checkpoint;

template <typename Network, typename Config>
Network load(const Options& options, const Config& config, const checkpoint::TensorTable& weights) {
    Network network(config);
    checkpoint::LoadOptions load;
    load.dtype = torch::kFloat32;
    load.device = torch::Device(options.device);
    checkpoint::load_weights(*network, weights, load);
    return network;
}

unet::UNet load_unet(const Options& options, const std::string& family) {
    const auto folder = options.in / "tiny" / family;
    const auto whole = folder / "model.safetensors";
    const auto files =
        checkpoint::open_model(std::filesystem::exists(whole) ? whole : folder / "model.fp16.safetensors",
                               tiny_options(options, family));
    return load<unet::UNet>(options, files.description.unet.value(), files.unet);
}

/// "sd1_a.diffusers" or "sd1_a.original.fp16.safetensors"
void run_net(const Options& options, const std::string& name) {
    const std::string folder = "pipelines/controlnet/";
    const auto family = name.substr(0, name.find('_'));
    const auto file =
        checkpoint::open_controlnet(options.in / folder / name, control_options(options, family));
    auto net = load<unet::ControlNet>(options, file.config, file.weights);
    const auto inputs =
        read_tensors(options, folder + name.substr(0, name.find('.')) + ".vectors.safetensors");
    const auto input = [&](const char* key) {
        const auto found = inputs.find(key);
        return found == inputs.end() ? torch::Tensor() : found->second.to(options.device);
    };
    const unet::Conditioning conditioning{input("context"), input("text_embeds"), input("time_ids")};
    const auto timestep = input("timestep").reshape({-1});
    const auto features = net->embed_hint(input("hint"));
    const auto control = net(input("sample"), timestep, conditioning, features);
    Tensors outputs{{"hint_features", features}, {"mid", control.mid}};
    for (size_t i = 0; i < control.down.size(); ++i) {
        outputs["down." + std::to_string(i)] = control.down[i];
    }
    outputs["unet_out"] =
        load_unet(options, family)(input("sample"), timestep, conditioning, &control);
    for (auto& [key, value] : outputs) value = value.to(torch::kCPU).contiguous();
    write_tensors(options, folder + name + ".out.safetensors", outputs);
}

}  // namespace

Counts run_controlnets(const Options& options) {
    const torch::InferenceMode inference;
    Counts counts;
    const auto folder = options.in / "pipelines/controlnet";
    if (!std::filesystem::is_directory(folder)) return counts;
    for (const auto& item : std::filesystem::directory_iterator(folder)) {
        const auto name = item.path().filename().string();
        if (name.find(".vectors.") != std::string::npos || !options.wants(name)) continue;
        try {
            run_net(options, name);
            ++counts.computed;
        } catch (...) {
            std::cerr << name << ": " << current_error().dump() << '\n';
            ++counts.failed;
        }
    }
    return counts;
}

}  // namespace probe
