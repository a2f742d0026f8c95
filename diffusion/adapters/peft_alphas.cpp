#include "diffusion/adapters/peft_alphas.h"

#include "diffusion/checkpoint/json_file.h"

#include <cmath>
#include <memory>
#include <span>
#include <string_view>

namespace diffusion::adapters {

namespace {

using nlohmann::json;

/// What the trainer stated, with the network's name before each field; no object where nothing is.
json stated(const AdapterFile& adapter) {
    const auto found = adapter.metadata.find("lora_adapter_metadata");
    if (found != adapter.metadata.end()) {
        return checkpoint::parse_json(std::as_bytes(std::span(found->second)), adapter.name());
    }
    const auto config = adapter.path.parent_path() / "adapter_config.json";
    const bool is_peft = adapter.path.stem() == "adapter_model" && std::filesystem::exists(config);
    return is_peft ? checkpoint::read_json_file(config) : json();
}

/// A module's name without the network's, and the network's with a dot.
struct Place {
    std::string network;
    std::string layer;
};

Place place_of(std::string_view module) {
    constexpr std::string_view wrapper = "base_model.model.";
    if (module.starts_with(wrapper)) module.remove_prefix(wrapper.size());
    for (const std::string_view network : {"unet.", "text_encoder.", "text_encoder_2."}) {
        if (module.starts_with(network)) {
            return {std::string(network), std::string(module.substr(network.size()))};
        }
    }
    return {"", std::string(module)};
}

std::optional<double> alpha_of(const json& settings, const Place& place) {
    const auto pattern = settings.find(place.network + "alpha_pattern");
    if (pattern != settings.end() && pattern->is_object()) {
        for (const auto& [layer, alpha] : pattern->items()) {
            if (alpha.is_number() && place.layer.ends_with(layer)) return alpha.get<double>();
        }
    }
    const auto alpha = settings.find(place.network + "lora_alpha");
    if (alpha == settings.end() || !alpha->is_number()) return std::nullopt;
    return alpha->get<double>();
}

bool is_stabilised(const json& settings, const Place& place) {
    const auto flag = settings.find(place.network + "use_rslora");
    return flag != settings.end() && flag->is_boolean() && flag->get<bool>();
}

FactorEntry number_entry(const std::string& key, double value) {
    const auto stored = std::make_shared<float>(static_cast<float>(value));
    FactorEntry factor{key, {}};
    factor.entry.bytes = std::as_bytes(std::span(stored.get(), 1));
    factor.entry.owner = stored;
    return factor;
}

}  // namespace

void add_peft_alphas(AdapterFile& adapter) {
    const auto settings = stated(adapter);
    if (!settings.is_object()) return;
    for (auto& [module, factors] : adapter.modules) {
        const auto down = factors.find("down");
        if (down == factors.end() || factors.contains("alpha")) continue;
        const auto& shape = down->second.entry.shape;
        const auto place = place_of(module);
        auto alpha = alpha_of(settings, place);
        if (!alpha || shape.empty()) continue;
        // Rank-stabilised LoRA (Kalajdzievski 2023) divides by the root of the rank.
        if (is_stabilised(settings, place)) *alpha *= std::sqrt(static_cast<double>(shape[0]));
        factors["alpha"] = number_entry(module + ".alpha (of the settings)", *alpha);
    }
}

}  // namespace diffusion::adapters
