#include "diffusion/adapters/module_names.h"

#include "diffusion/checkpoint/single_file_names.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace diffusion::adapters {

namespace {

using checkpoint::Part;

struct Prefix {
    Part part;
    std::string_view text;
};

/// Before names with dots.
constexpr Prefix dotted[] = {
    {Part::unet, ""},
    {Part::unet, "unet."},
    {Part::unet, "diffusion_model."},
    {Part::unet, "model.diffusion_model."},
    {Part::text_encoder, ""},
    {Part::text_encoder, "text_encoder."},
    {Part::text_encoder, "clip_l.transformer."},
    {Part::text_encoder, "clip_h.transformer."},
    {Part::text_encoder, "text_encoders.clip_l.transformer."},
    {Part::text_encoder, "text_encoders.clip_h.transformer."},
    {Part::text_encoder_2, "text_encoder_2."},
    {Part::text_encoder_2, "clip_g.transformer."},
    {Part::text_encoder_2, "text_encoders.clip_g.transformer."},
};

/// Before names with underscores.
constexpr Prefix underscored[] = {
    {Part::unet, "lora_unet_"},
    {Part::unet, "lycoris_"},
    {Part::unet, "lycoris_unet_"},
    {Part::text_encoder, "lora_te_"},
    {Part::text_encoder, "lora_te1_"},
    {Part::text_encoder, "lycoris_te_"},
    {Part::text_encoder, "lycoris_te1_"},
    {Part::text_encoder_2, "lora_te2_"},
    {Part::text_encoder_2, "lycoris_te2_"},
};

/// A refiner's only text encoder is the second.
constexpr std::string_view lone_dotted[] = {"", "text_encoder."};
constexpr std::string_view lone_underscored[] = {"lora_te_", "lora_te1_"};

std::string with_underscores(std::string name) {
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
}

std::string layer_of(const std::string& key) {
    const auto dot = key.rfind('.');
    return dot == key.npos ? std::string() : key.substr(0, dot);
}

/// Residual blocks on one level of the way down.
int layers_per_block(const std::set<std::string>& keys) {
    int count = 0;
    while (keys.contains("down_blocks.0.resnets." + std::to_string(count) + ".conv1.weight"))
        ++count;
    return count;
}

}  // namespace

void ModuleNames::add_layer(const ModuleName& module, const std::string& spelled) {
    for (const auto& prefix : dotted) {
        if (prefix.part == module.part)
            modules_.emplace(std::string(prefix.text) + spelled, module);
    }
    const auto flat = with_underscores(spelled);
    for (const auto& prefix : underscored) {
        if (prefix.part == module.part) modules_.emplace(std::string(prefix.text) + flat, module);
    }
    if (module.part != Part::text_encoder_2 || has_first_encoder_) return;
    for (const auto prefix : lone_dotted) modules_.emplace(std::string(prefix) + spelled, module);
    for (const auto prefix : lone_underscored) modules_.emplace(std::string(prefix) + flat, module);
}

void ModuleNames::add(Part part, const std::vector<std::string>& keys) {
    const std::set<std::string> all(keys.begin(), keys.end());
    const int layers = layers_per_block(all);
    has_first_encoder_ = has_first_encoder_ || part == Part::text_encoder;
    for (const auto& key : keys) {
        const ModuleName module{part, layer_of(key)};
        if (module.name.empty() || !key.ends_with(".weight")) continue;
        add_layer(module, module.name);
        if (part != Part::unet) continue;
        const auto ldm = checkpoint::unet_name_in_single_file(
            key, layers, [&](const std::string& other) { return all.contains(other); });
        if (ldm) add_layer(module, layer_of(*ldm));
    }
}

const ModuleName* ModuleNames::find(const std::string& spelled) const {
    for (const std::string_view wrapper : {"", "base_model.model."}) {
        if (!spelled.starts_with(wrapper)) continue;
        const auto found = modules_.find(spelled.substr(wrapper.size()));
        if (found != modules_.end()) return &found->second;
    }
    return nullptr;
}

}  // namespace diffusion::adapters
