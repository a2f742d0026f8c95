#include "diffusion/adapters/adapter_keys.h"

#include <array>
#include <string_view>

namespace diffusion::adapters {

namespace {

struct Suffix {
    std::string_view text;
    std::string_view factor;
};

/// The first that fits counts; kohya, diffusers (new and old), LyCORIS, ComfyUI.
constexpr std::array suffixes{
    Suffix{".lora_down.weight", "down"},
    Suffix{".lora_up.weight", "up"},
    Suffix{".lora_mid.weight", "mid"},
    Suffix{".lora_up.bias", "up_bias"},
    Suffix{".lora_linear_layer.down.weight", "down"},
    Suffix{".lora_linear_layer.up.weight", "up"},
    Suffix{".lora.down.weight", "down"},
    Suffix{".lora.up.weight", "up"},
    Suffix{"_lora.down.weight", "down"},
    Suffix{"_lora.up.weight", "up"},
    Suffix{".alpha", "alpha"},
    Suffix{".dora_scale", "dora_scale"},
    Suffix{".lora_magnitude_vector", "dora_scale"},
    Suffix{".hada_w1_a", "hada_w1_a"},
    Suffix{".hada_w1_b", "hada_w1_b"},
    Suffix{".hada_w2_a", "hada_w2_a"},
    Suffix{".hada_w2_b", "hada_w2_b"},
    Suffix{".hada_t1", "hada_t1"},
    Suffix{".hada_t2", "hada_t2"},
    Suffix{".lokr_w1", "lokr_w1"},
    Suffix{".lokr_w1_a", "lokr_w1_a"},
    Suffix{".lokr_w1_b", "lokr_w1_b"},
    Suffix{".lokr_w2", "lokr_w2"},
    Suffix{".lokr_w2_a", "lokr_w2_a"},
    Suffix{".lokr_w2_b", "lokr_w2_b"},
    Suffix{".lokr_t2", "lokr_t2"},
    Suffix{".a1.weight", "a1"},
    Suffix{".a2.weight", "a2"},
    Suffix{".b1.weight", "b1"},
    Suffix{".b2.weight", "b2"},
    Suffix{".on_input", "on_input"},
    Suffix{".diff", "diff"},
    Suffix{".diff_b", "diff_b"},
    Suffix{".w_norm", "w_norm"},
    Suffix{".b_norm", "b_norm"},
    Suffix{".set_weight", "set_weight"},
    Suffix{".oft_blocks", "oft_blocks"},
    Suffix{".oft_diag", "oft_diag"},
    Suffix{".rescale", "rescale"},
    Suffix{".bias_indices", "bias_indices"},
    Suffix{".bias_values", "bias_values"},
    Suffix{".bias_size", "bias_size"},
    Suffix{".weight", "ia3"},
};

/// peft puts the adapter's name between these and ".weight" ("lora_A.default.weight").
constexpr std::array peft_marks{
    Suffix{".lora_A.", "down"},
    Suffix{".lora_B.", "up"},
    Suffix{".lora_magnitude_vector.", "dora_scale"},
};

std::optional<AdapterKey> split_peft(const std::string& key) {
    for (const auto& mark : peft_marks) {
        const auto at = key.rfind(mark.text);
        if (at == key.npos) continue;
        const auto rest = std::string_view(key).substr(at + mark.text.size());
        const auto module = key.substr(0, at);
        if (rest.ends_with("weight")) return AdapterKey{module, std::string(mark.factor)};
        if (rest.ends_with("bias") && mark.factor == "up") return AdapterKey{module, "up_bias"};
    }
    return std::nullopt;
}

void replace(std::string& text, std::string_view from, std::string_view to) {
    if (const auto at = text.find(from); at != text.npos) text.replace(at, from.size(), to);
}

void replace_end(std::string& text, std::string_view from, std::string_view to) {
    if (text.ends_with(from)) text.replace(text.size() - from.size(), from.size(), to);
}

/// The first diffusers hung its factors on the attention's processor and not on the layers.
std::string without_processor(std::string module) {
    replace(module, ".processor.", ".");
    if (module.find(".self_attn.") == module.npos) {
        replace_end(module, ".to_out", ".to_out.0");
        return module;
    }
    replace_end(module, ".to_q", ".q_proj");
    replace_end(module, ".to_k", ".k_proj");
    replace_end(module, ".to_v", ".v_proj");
    replace_end(module, ".to_out", ".out_proj");
    return module;
}

}  // namespace

std::optional<AdapterKey> split_adapter_key(const std::string& key) {
    if (const auto peft = split_peft(key)) return peft;
    for (const auto& suffix : suffixes) {
        if (!key.ends_with(suffix.text) || key.size() == suffix.text.size()) continue;
        auto module = key.substr(0, key.size() - suffix.text.size());
        if (suffix.text.front() == '_') module = without_processor(std::move(module));
        return AdapterKey{std::move(module), std::string(suffix.factor)};
    }
    return std::nullopt;
}

}  // namespace diffusion::adapters
