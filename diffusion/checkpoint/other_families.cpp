#include "diffusion/checkpoint/other_families.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace diffusion::checkpoint {

namespace {

struct Mark {
    std::string_view text;  ///< of a key, at its begin or behind a dot; or of a class name
    std::string_view name;
};

/// In this order: the first mark that any key has decides.
constexpr std::array family_marks{
    Mark{"joint_blocks.", "Stable Diffusion 3"},
    Mark{"txt_in.individual_token_refiner.", "HunyuanVideo"},
    Mark{"distilled_guidance_layer.", "Chroma"},
    Mark{"double_blocks.", "FLUX (or a model built like it)"},
    Mark{"single_transformer_blocks.", "FLUX (or a model built like it)"},
    Mark{"cap_embedder.", "Lumina"},
    Mark{"double_layers.", "AuraFlow"},
    Mark{"adaln_single.", "PixArt (or a model built like it)"},
    Mark{"transformer_blocks.0.img_mod.", "Qwen-Image"},
    Mark{"clip_txt_pooled_mapper.", "Stable Cascade"},
    Mark{"effnet_mapper.", "Stable Cascade"},
    Mark{"transformer_blocks.0.attn.to_q.", "a transformer such as Stable Diffusion 3"},
    Mark{"blocks.0.attn", "a diffusion transformer"},
    Mark{"blocks.0.self_attn.", "a diffusion transformer such as Wan"},
};

constexpr std::array helper_marks{
    Mark{"lora_up.weight", "a LoRA"},
    Mark{"lora_A.weight", "a LoRA"},
    Mark{"lora_B.weight", "a LoRA"},
    Mark{"lora.up.weight", "a LoRA"},
    Mark{"hada_w1_a", "a LoHa adapter"},
    Mark{"lokr_w1", "a LoKr adapter"},
    Mark{"oft_blocks", "an OFT adapter"},
    Mark{"ip_adapter.", "an IP-Adapter"},
    Mark{"motion_modules.", "a motion module"},
    Mark{"string_to_param.", "an embedding"},
    Mark{"emb_params", "an embedding"},
    Mark{"body.0.rdb1.", "an upscaler"},
    Mark{"RRDB_trunk.", "an upscaler"},
};

constexpr std::array pipelines{
    Mark{"StableDiffusion3", "Stable Diffusion 3"},
    Mark{"StableVideo", "Stable Video Diffusion"},
    Mark{"StableCascade", "Stable Cascade"},
    Mark{"Flux", "FLUX"},
    Mark{"PixArt", "PixArt"},
    Mark{"Kandinsky", "Kandinsky"},
    Mark{"AuraFlow", "AuraFlow"},
    Mark{"Hunyuan", "Hunyuan"},
    Mark{"Lumina", "Lumina"},
    Mark{"QwenImage", "Qwen-Image"},
    Mark{"Chroma", "Chroma"},
    Mark{"Sana", "Sana"},
    Mark{"Wan", "Wan"},
    Mark{"IFPipeline", "DeepFloyd IF"},
};

bool has_mark(std::string_view key, std::string_view mark) {
    for (auto at = key.find(mark); at != key.npos; at = key.find(mark, at + 1)) {
        if (at == 0 || key[at - 1] == '.') return true;
    }
    return false;
}

template <typename Marks>
std::optional<std::string> first_of(const Marks& marks, const TensorTable& file) {
    for (const Mark& mark : marks) {
        const bool is_there =
            std::any_of(file.tensors.begin(), file.tensors.end(),
                        [&](const auto& item) { return has_mark(item.first, mark.text); });
        if (is_there) return std::string(mark.name);
    }
    return std::nullopt;
}

std::string of_another_family(const std::string& name) {
    return "is of another family: " + name + "; supported are Stable Diffusion 1, 2 and XL";
}

}  // namespace

std::optional<std::string> other_kind(const TensorTable& file) {
    if (const auto helper = first_of(helper_marks, file)) {
        return "is " + *helper + ", which is used beside a model";
    }
    if (const auto family = first_of(family_marks, file)) return of_another_family(*family);
    return std::nullopt;
}

std::optional<std::string> other_pipeline(const std::string& class_name) {
    for (const auto& mark : pipelines) {
        if (class_name.find(mark.text) != class_name.npos) {
            return of_another_family(std::string(mark.name));
        }
    }
    return std::nullopt;
}

}  // namespace diffusion::checkpoint
