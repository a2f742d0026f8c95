#include "diffusion/adapters/adapter_file.h"

#include "diffusion/adapters/adapter_keys.h"
#include "diffusion/adapters/peft_alphas.h"
#include "diffusion/checkpoint/file_error.h"
#include "diffusion/checkpoint/open_table.h"

#include <cstdint>

namespace diffusion::adapters {

namespace {

using checkpoint::ModelFamily;

/// A plain ".weight" is a factor beside "on_input" only: whole models have such keys, too.
void drop_plain_weights(AdapterFile& adapter) {
    for (auto module = adapter.modules.begin(); module != adapter.modules.end();) {
        auto& factors = module->second;
        const auto plain = factors.find("ia3");
        if (plain != factors.end() && !factors.contains("on_input")) {
            adapter.unused.push_back(plain->second.key);
            factors.erase(plain);
        }
        module = factors.empty() ? adapter.modules.erase(module) : std::next(module);
    }
}

std::optional<ModelFamily> family_of_metadata(const AdapterFile& adapter) {
    const auto value = [&](const char* key) {
        const auto found = adapter.metadata.find(key);
        return found == adapter.metadata.end() ? std::string() : found->second;
    };
    const auto base = value("ss_base_model_version");
    const auto architecture = value("modelspec.architecture");
    if (base.starts_with("sdxl_") || architecture.starts_with("stable-diffusion-xl")) {
        return ModelFamily::sdxl;
    }
    if (base.starts_with("atelier")) return ModelFamily::atelier;
    if (value("ss_v2") == "True" || base.starts_with("sd_v2") ||
        architecture.starts_with("stable-diffusion-v2")) {
        return ModelFamily::sd2;
    }
    if (base.starts_with("sd_v1") || architecture.starts_with("stable-diffusion-v1")) {
        return ModelFamily::sd1;
    }
    return std::nullopt;
}

/// The width of the text that a cross-attention reads.
std::int64_t context_width(const AdapterFile& adapter) {
    for (const auto& [module, factors] : adapter.modules) {
        const bool reads_text = module.ends_with("attn2_to_k") || module.ends_with("attn2.to_k");
        if (!reads_text) continue;
        for (const char* name : {"down", "hada_w1_b", "diff"}) {
            const auto factor = factors.find(name);
            if (factor == factors.end() || factor->second.entry.shape.size() < 2) continue;
            return factor->second.entry.shape[1];
        }
    }
    return 0;
}

}  // namespace

AdapterFile open_adapter(const std::filesystem::path& path) {
    auto table = checkpoint::open_table(path);
    AdapterFile adapter;
    adapter.path = path;
    adapter.metadata = std::move(table.metadata);
    for (auto& [key, entry] : table.tensors) {
        if (const auto split = split_adapter_key(key)) {
            adapter.modules[split->module][split->factor] = {key, std::move(entry)};
        } else {
            adapter.unused.push_back(key);
        }
    }
    drop_plain_weights(adapter);
    add_peft_alphas(adapter);
    if (!adapter.modules.empty()) return adapter;
    throw checkpoint::file_error(ErrorReason::unsupported_architecture, adapter.name(),
                                 "holds no adapter (LoRA or one of its relatives)");
}

std::optional<ModelFamily> family_of(const AdapterFile& adapter) {
    if (const auto family = family_of_metadata(adapter)) return family;
    switch (context_width(adapter)) {
        case 768:
            return ModelFamily::sd1;
        case 1024:
            return ModelFamily::sd2;
        case 2048:
            return ModelFamily::sdxl;
        default:
            break;
    }
    for (const auto& [module, factors] : adapter.modules) {
        if (module.starts_with("lora_te2_") || module.starts_with("text_encoder_2.")) {
            return ModelFamily::sdxl;
        }
    }
    return std::nullopt;
}

}  // namespace diffusion::adapters
