#include <array>
#include <utility>

#include "diffusion/checkpoint/key_rules_impl.h"

namespace diffusion::checkpoint::rules {

namespace {

struct Rename {
    std::string_view from;
    std::string_view to;
};

constexpr std::array unet_stems{
    Rename{"time_embed.0.", "time_embedding.linear_1."},
    Rename{"time_embed.2.", "time_embedding.linear_2."},
    Rename{"time_embed.cond_proj.", "time_embedding.cond_proj."},
    Rename{"label_emb.0.0.", "add_embedding.linear_1."},
    Rename{"label_emb.0.2.", "add_embedding.linear_2."},
    Rename{"label_emb.weight", "class_embedding.weight"},
    Rename{"input_blocks.0.0.", "conv_in."},
    Rename{"out.0.", "conv_norm_out."},
    Rename{"out.2.", "conv_out."},
    Rename{"middle_block_out.0.", "controlnet_mid_block."},
    Rename{"input_hint_block.0.", "controlnet_cond_embedding.conv_in."},
    Rename{"input_hint_block.14.", "controlnet_cond_embedding.conv_out."},
};

constexpr std::array resnet_names{
    Rename{"in_layers.0.", "norm1."},        Rename{"in_layers.2.", "conv1."},
    Rename{"emb_layers.1.", "time_emb_proj."}, Rename{"out_layers.0.", "norm2."},
    Rename{"out_layers.3.", "conv2."},       Rename{"skip_connection.", "conv_shortcut."},
};

constexpr std::array vae_stems{
    Rename{"norm_out.", "conv_norm_out."},
    Rename{"mid.block_1.", "mid_block.resnets.0."},
    Rename{"mid.block_2.", "mid_block.resnets.1."},
    Rename{"mid.attn_1.", "mid_block.attentions.0."},
};

constexpr std::array vae_attention_names{
    Rename{"norm.", "group_norm."}, Rename{"q.", "to_q."},          Rename{"k.", "to_k."},
    Rename{"v.", "to_v."},          Rename{"proj_out.", "to_out.0."}, Rename{"query.", "to_q."},
    Rename{"key.", "to_k."},        Rename{"value.", "to_v."},      Rename{"proj_attn.", "to_out.0."},
};

constexpr std::array open_clip_stems{
    Rename{"positional_embedding", "text_model.embeddings.position_embedding.weight"},
    Rename{"token_embedding.", "text_model.embeddings.token_embedding."},
    Rename{"ln_final.", "text_model.final_layer_norm."},
};

constexpr std::array open_clip_names{
    Rename{"ln_1.", "layer_norm1."},     Rename{"ln_2.", "layer_norm2."},
    Rename{"mlp.c_fc.", "mlp.fc1."},     Rename{"mlp.c_proj.", "mlp.fc2."},
    Rename{"attn.", "self_attn."},
};

std::string join(std::string_view a, std::string_view b) {
    return std::string(a).append(b);
}

std::string numbered(std::string_view stem, int level, std::string_view kind, int index,
                     std::string_view rest) {
    return join(stem, std::to_string(level)) + "." + join(kind, std::to_string(index)) + "." +
           std::string(rest);
}

template <typename Table>
std::optional<std::string> renamed(std::string_view key, const Table& table) {
    for (const auto& rule : table) {
        if (take(key, rule.from)) return join(rule.to, key);
    }
    return std::nullopt;
}

/// The inverse of renamed, by the same table; of two names that mean one, the first.
template <typename Table>
std::optional<std::string> named_back(std::string_view key, const Table& table) {
    for (const auto& rule : table) {
        if (take(key, rule.to)) return join(rule.from, key);
    }
    return std::nullopt;
}

bool is_transformer(std::string_view key) {
    for (const std::string_view start : {"norm.", "proj_in.", "proj_out.", "transformer_blocks."}) {
        if (key.substr(0, start.size()) == start) return true;
    }
    return false;
}

std::optional<std::string> input_block(std::string_view key, const UNetBlocks& blocks) {
    const auto block = take_index(key);
    const auto slot = take_index(key);
    if (!block || !slot || static_cast<std::size_t>(*block) >= blocks.input.size()) return {};
    const auto place = blocks.input[static_cast<std::size_t>(*block)];
    if (take(key, "op.")) return numbered("down_blocks.", place.level, "downsamplers.", 0,
                                          join("conv.", key));
    if (is_transformer(key)) {
        return numbered("down_blocks.", place.level, "attentions.", place.index, key);
    }
    const auto name = renamed(key, resnet_names);
    if (!name) return {};
    return numbered("down_blocks.", place.level, "resnets.", place.index, *name);
}

std::optional<std::string> output_block(std::string_view key, const UNetBlocks& blocks) {
    const auto block = take_index(key);
    const auto slot = take_index(key);
    if (!block || !slot || static_cast<std::size_t>(*block) >= blocks.output.size()) return {};
    const auto place = blocks.output[static_cast<std::size_t>(*block)];
    if (key.substr(0, 5) == "conv.") {
        return numbered("up_blocks.", place.level, "upsamplers.", 0, key);
    }
    if (is_transformer(key)) {
        return numbered("up_blocks.", place.level, "attentions.", place.index, key);
    }
    const auto name = renamed(key, resnet_names);
    if (!name) return {};
    return numbered("up_blocks.", place.level, "resnets.", place.index, *name);
}

std::optional<std::string> middle_block(std::string_view key) {
    const auto slot = take_index(key);
    if (!slot) return {};
    if (is_transformer(key)) return join("mid_block.attentions.0.", key);
    const auto name = renamed(key, resnet_names);
    if (!name) return {};
    return join(*slot == 0 ? "mid_block.resnets.0." : "mid_block.resnets.1.", *name);
}

/// Residual blocks and resamplers of one LDM level: `block.j.`, `downsample.conv.`.
std::optional<std::string> vae_level(std::string_view key) {
    if (take(key, "block.")) {
        const auto index = take_index(key);
        if (!index) return {};
        if (take(key, "nin_shortcut.")) return join("resnets." + std::to_string(*index) +
                                                    ".conv_shortcut.", key);
        return join("resnets." + std::to_string(*index) + ".", key);
    }
    if (take(key, "downsample.conv.")) return join("downsamplers.0.conv.", key);
    if (take(key, "upsample.conv.")) return join("upsamplers.0.conv.", key);
    return {};
}

std::optional<std::string> vae_half(std::string_view key, int levels) {
    constexpr std::string_view attention = "mid_block.attentions.0.";
    std::string name(key);
    if (auto stem = renamed(key, vae_stems)) name = *stem;
    std::string_view rest = name;
    if (take(rest, attention)) {
        return join(attention, renamed(rest, vae_attention_names).value_or(std::string(rest)));
    }
    const bool is_down = take(rest, "down.");
    if (!is_down && !take(rest, "up.")) return name;
    const auto level = take_index(rest);
    const auto inner = vae_level(rest);
    if (!level || *level >= levels || !inner) return {};
    // LDM counts the decoder's levels from the picture, diffusers in the order they run.
    if (is_down) return "down_blocks." + std::to_string(*level) + "." + *inner;
    return "up_blocks." + std::to_string(levels - 1 - *level) + "." + *inner;
}

/// What follows a block's number: "resnets.1.conv1.weight" of level i, layer j -> "0.in_layers.2.weight".
std::optional<std::string> block_to_ldm(std::string_view key, int& index) {
    const bool is_attention = take(key, "attentions.");
    if (!is_attention && !take(key, "resnets.")) return {};
    const auto number = take_index(key);
    if (!number) return {};
    index = *number;
    if (is_attention) return join("1.", key);
    const auto name = named_back(key, resnet_names);
    if (!name) return {};
    return "0." + *name;
}

std::optional<std::string> mid_to_ldm(std::string_view key) {
    int index = 0;
    const bool is_attention = key.substr(0, 11) == "attentions.";
    const auto name = block_to_ldm(key, index);
    if (!name || index > 1) return {};
    const int slot = is_attention ? 1 : 2 * index;
    return "middle_block." + std::to_string(slot) + name->substr(1);
}

std::optional<std::string> vae_level_to_ldm(std::string_view key) {
    if (take(key, "downsamplers.0.conv.")) return join("downsample.conv.", key);
    if (take(key, "upsamplers.0.conv.")) return join("upsample.conv.", key);
    if (!take(key, "resnets.")) return {};
    const auto index = take_index(key);
    if (!index) return {};
    const auto stem = "block." + std::to_string(*index) + ".";
    return take(key, "conv_shortcut.") ? join(stem + "nin_shortcut.", key) : join(stem, key);
}

std::optional<std::string> vae_half_to_ldm(std::string_view key, int levels) {
    std::string_view rest = key;
    if (take(rest, "mid_block.attentions.0.")) {
        const auto name = named_back(rest, vae_attention_names);
        if (!name) return {};
        return "mid.attn_1." + *name;
    }
    if (const auto name = named_back(key, vae_stems)) return name;
    const bool is_down = take(rest, "down_blocks.");
    if (!is_down && !take(rest, "up_blocks.")) return std::string(key);
    const auto level = take_index(rest);
    const auto inner = vae_level_to_ldm(rest);
    if (!level || *level >= levels || !inner) return {};
    if (is_down) return "down." + std::to_string(*level) + "." + *inner;
    return "up." + std::to_string(levels - 1 - *level) + "." + *inner;
}

}  // namespace

bool take(std::string_view& text, std::string_view prefix) {
    if (text.substr(0, prefix.size()) != prefix) return false;
    text.remove_prefix(prefix.size());
    return true;
}

std::optional<int> take_index(std::string_view& text) {
    int value = 0;
    std::size_t digits = 0;
    while (digits < text.size() && digits < 3 && text[digits] >= '0' && text[digits] <= '9') {
        value = value * 10 + (text[digits++] - '0');
    }
    if (digits == 0 || digits >= text.size() || text[digits] != '.') return std::nullopt;
    text.remove_prefix(digits + 1);
    return value;
}

std::optional<std::string> unet_from_ldm(std::string_view key, const UNetBlocks& blocks) {
    if (const auto name = renamed(key, unet_stems)) return name;
    if (take(key, "input_blocks.")) return input_block(key, blocks);
    if (take(key, "output_blocks.")) return output_block(key, blocks);
    if (take(key, "middle_block.")) return middle_block(key);
    if (take(key, "zero_convs.")) {
        const auto index = take_index(key);
        if (!index || !take(key, "0.")) return {};
        return join("controlnet_down_blocks." + std::to_string(*index) + ".", key);
    }
    if (take(key, "input_hint_block.")) {
        const auto index = take_index(key);
        if (!index || *index % 2 != 0) return {};
        return join("controlnet_cond_embedding.blocks." + std::to_string(*index / 2 - 1) + ".", key);
    }
    return {};
}

std::optional<std::string> vae(std::string_view key, int levels) {
    if (key.substr(0, 11) == "quant_conv." || key.substr(0, 16) == "post_quant_conv.") {
        return std::string(key);
    }
    for (const std::string_view half : {"encoder.", "decoder."}) {
        if (!take(key, half)) continue;
        const auto name = vae_half(key, levels);
        if (!name) return {};
        return join(half, *name);
    }
    return {};
}

std::optional<std::string> text(std::string_view key) {
    if (key.substr(0, 11) == "text_model." || key.substr(0, 15) == "text_projection") {
        return std::string(key);
    }
    for (const std::string_view flat : {"embeddings.", "encoder.", "final_layer_norm."}) {
        if (key.substr(0, flat.size()) == flat) return join("text_model.", key);
    }
    if (const auto name = renamed(key, open_clip_stems)) return name;
    if (!take(key, "transformer.resblocks.")) return {};
    const auto layer = take_index(key);
    const auto name = renamed(key, open_clip_names);
    if (!layer || !name) return {};
    return "text_model.encoder.layers." + std::to_string(*layer) + "." + *name;
}

std::optional<std::string> tiny_vae(std::string_view key, bool is_decoder) {
    const auto layer = take_index(key);
    if (!layer || (is_decoder && *layer == 0)) return {};
    // The decoder file counts the clamp of its input as layer 0.
    const int index = is_decoder ? *layer - 1 : *layer;
    return join(is_decoder ? "decoder.layers." : "encoder.layers.", std::to_string(index)) + "." +
           std::string(key);
}

std::optional<std::string> unet_to_ldm(std::string_view key, int layers_per_block,
                                       const std::function<bool(const std::string&)>& has) {
    const int blocks = layers_per_block + 1;
    if (take(key, "mid_block.")) return mid_to_ldm(key);
    const bool is_down = take(key, "down_blocks.");
    if (!is_down && !take(key, "up_blocks.")) return named_back(key, unet_stems);
    const auto level = take_index(key);
    if (!level) return {};
    const int first = *level * blocks;
    if (take(key, "downsamplers.0.conv.")) {
        return join("input_blocks." + std::to_string(first + blocks) + ".0.op.", key);
    }
    if (take(key, "upsamplers.0.")) {
        const bool attends = has("up_blocks." + std::to_string(*level) + ".attentions." +
                                 std::to_string(layers_per_block) + ".proj_in.weight");
        return join("output_blocks." + std::to_string(first + layers_per_block) +
                        (attends ? ".2." : ".1."), key);
    }
    int index = 0;
    const auto name = block_to_ldm(key, index);
    if (!name) return {};
    const int number = first + index + (is_down ? 1 : 0);
    return (is_down ? "input_blocks." : "output_blocks.") + std::to_string(number) + "." + *name;
}

std::optional<std::string> vae_to_ldm(std::string_view key, int levels) {
    if (key.substr(0, 11) == "quant_conv." || key.substr(0, 16) == "post_quant_conv.") {
        return std::string(key);
    }
    for (const std::string_view half : {"encoder.", "decoder."}) {
        if (!take(key, half)) continue;
        const auto name = vae_half_to_ldm(key, levels);
        if (!name) return {};
        return join(half, *name);
    }
    return {};
}

std::optional<std::string> text_to_open_clip(std::string_view key) {
    if (key == "text_projection.weight") return "text_projection";
    if (const auto name = named_back(key, open_clip_stems)) return name;
    if (!take(key, "text_model.encoder.layers.")) return {};
    const auto layer = take_index(key);
    if (!layer) return {};
    const auto stem = "transformer.resblocks." + std::to_string(*layer) + ".";
    if (take(key, "self_attn.q_proj.")) return join(stem + "attn.in_proj_", key);
    const auto name = named_back(key, open_clip_names);
    if (!name) return {};
    return stem + *name;
}

}  // namespace diffusion::checkpoint::rules
