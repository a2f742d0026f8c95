#include <iostream>

#include "clip/text_encoder.h"
#include "diffusion/checkpoint/key_map.h"
#include "diffusion/checkpoint/load_weights.h"
#include "tests/probe/probe.h"
#include "unet/controlnet.h"
#include "unet/unet.h"
#include "vae/autoencoder.h"
#include "vae/tiny_autoencoder.h"

namespace probe {

namespace {

using diffusion::checkpoint::ElementType;
using diffusion::checkpoint::KeyMap;
using diffusion::checkpoint::TensorEntry;
using diffusion::checkpoint::TensorTable;
using Json = nlohmann::ordered_json;

Json keys_of(const torch::nn::Module& module) {
    auto keys = Json::object();
    for (const auto& [key, tensor] : diffusion::checkpoint::state_dict_of(module).tensors) {
        keys[key] = tensor.sizes().vec();
    }
    return keys;
}

struct Network {
    const char* name;
    std::function<Json()> keys;
};

Json unet_keys(const unet::UNetConfig& config) { return keys_of(*unet::UNet(config)); }
Json control_keys(const unet::ControlNetConfig& config) { return keys_of(*unet::ControlNet(config)); }
Json text_keys(const clip::TextEncoderConfig& config) { return keys_of(*clip::TextEncoder(config)); }

const std::vector<Network>& networks() {
    static const std::vector<Network> all{
        {"sd15_unet", [] { return unet_keys(unet::UNetConfig::sd1()); }},
        {"sd15_inpaint_unet", [] { return unet_keys(unet::UNetConfig::sd1().with_in_channels(9)); }},
        {"sd21_unet", [] { return unet_keys(unet::UNetConfig::sd2()); }},
        {"sdxl_base_unet", [] { return unet_keys(unet::UNetConfig::sdxl()); }},
        {"sdxl_refiner_unet", [] { return unet_keys(unet::UNetConfig::sdxl_refiner()); }},
        {"vae", [] { return keys_of(*vae::Autoencoder(vae::AutoencoderConfig::sd())); }},
        {"clip_l", [] { return text_keys(clip::TextEncoderConfig::vit_l()); }},
        {"openclip_h", [] { return text_keys(clip::TextEncoderConfig::open_clip_h()); }},
        {"openclip_bigg", [] { return text_keys(clip::TextEncoderConfig::open_clip_bigg()); }},
        {"controlnet_sd15", [] { return control_keys(unet::ControlNetConfig::sd1()); }},
        {"controlnet_sdxl", [] { return control_keys(unet::ControlNetConfig::sdxl()); }},
        {"taesd", [] { return keys_of(*vae::TinyAutoencoder(vae::TinyConfig{})); }},
    };
    return all;
}

/// A table of the keys and shapes alone; no tensor has bytes.
TensorTable table_of(const Json& keys) {
    TensorTable table;
    for (const auto& [key, shape] : keys.items()) {
        if (!shape.is_array()) continue;
        TensorEntry entry;
        entry.type = ElementType::f16;
        entry.shape = shape.get<std::vector<std::int64_t>>();
        entry.strides = diffusion::checkpoint::contiguous_strides(entry.shape);
        table.tensors[key] = entry;
    }
    return table;
}

Json mapped(const Json& keys) {
    const auto table = table_of(keys);
    const KeyMap map(table);
    auto result = Json::object();
    for (const auto& [key, shape] : keys.items()) {
        const auto* entry = table.find(key);
        if (!entry) continue;
        auto targets = Json::array();
        for (const auto& tensor : map.map(key, *entry)) {
            targets.push_back({tensor.key, tensor.entry.shape});
        }
        result[key] = targets;
    }
    return result;
}

Json mapped_extras(const Json& document) {
    auto result = Json::object();
    for (const char* group : {"sd1_sd2", "sdxl"}) {
        if (document.contains(group)) result[group] = mapped(document.at(group));
    }
    return result;
}

}  // namespace

Counts run_keys(const Options& options) {
    Counts counts;
    const auto count = [&](const std::string& name, const std::function<Json()>& make) {
        if (!options.wants(name)) return;
        try {
            write_json(options, "keys/" + name, make());
            ++counts.computed;
        } catch (...) {
            std::cerr << name << ": " << current_error().dump() << '\n';
            ++counts.failed;
        }
    };
    for (const auto& network : networks()) {
        count(std::string(network.name) + ".diffusers.json", network.keys);
    }
    for (const auto& item : std::filesystem::directory_iterator(options.in / "keys")) {
        const auto name = item.path().filename().string();
        if (name == "extras.json") {
            count(name, [&] { return mapped_extras(read_json(options, "keys/" + name)); });
        } else if (name.find(".original") != std::string::npos) {
            count(name, [&] { return mapped(read_json(options, "keys/" + name)); });
        }
    }
    return counts;
}

}  // namespace probe
