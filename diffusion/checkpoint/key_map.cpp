#include "diffusion/checkpoint/key_map.h"

#include <algorithm>
#include <array>

#include "diffusion/checkpoint/key_rules_impl.h"

namespace diffusion::checkpoint {

namespace {

using rules::take;
using rules::take_index;

struct Prefix {
    std::string_view text;
    Part part;
};

constexpr std::array prefixes{
    Prefix{"model.diffusion_model.", Part::unet},
    Prefix{"diffusion_model.", Part::unet},
    Prefix{"unet.", Part::unet},
    Prefix{"control_model.", Part::control},
    Prefix{"first_stage_model.", Part::vae},
    Prefix{"vae.", Part::vae},
    Prefix{"cond_stage_model.1.transformer.", Part::text_encoder_2},
    Prefix{"cond_stage_model.1.model.", Part::text_encoder_2},
    Prefix{"cond_stage_model.transformer.", Part::text_encoder},
    Prefix{"cond_stage_model.model.", Part::text_encoder},
    Prefix{"conditioner.embedders.0.transformer.", Part::text_encoder},
    Prefix{"conditioner.embedders.1.model.", Part::text_encoder_2},
    Prefix{"conditioner.embedders.1.transformer.", Part::text_encoder_2},
    Prefix{"text_encoders.clip_l.transformer.", Part::text_encoder},
    Prefix{"text_encoders.clip_h.transformer.", Part::text_encoder},
    Prefix{"text_encoders.clip_g.transformer.", Part::text_encoder_2},
    Prefix{"clip_l.transformer.", Part::text_encoder},
    Prefix{"clip_h.transformer.", Part::text_encoder},
    Prefix{"clip_g.transformer.", Part::text_encoder_2},
    Prefix{"text_encoder.", Part::text_encoder},
    Prefix{"text_encoder_2.", Part::text_encoder_2},
};

constexpr std::array<std::string_view, 24> ignored_starts{
    "betas", "alphas_cumprod", "sqrt_", "log_one_minus_", "posterior_", "logvar", "lvlb_weights",
    "denoiser.", "embedding_manager.", "lora_", "loss.", "model_ema.", "v_pred", "ztsnr",
    "edm_mean", "edm_std", "edm_vpred.", "cond_stage_model.model.visual.",
    "conditioner.embedders.0.model.visual.", "conditioner.embedders.1.model.visual.",
    "first_stage_model.loss.", "scale_factor", "optimizer.", "global_step"};

constexpr std::array<std::string_view, 4> ignored_ends{"position_ids", "logit_scale", "attn_mask",
                                                       "num_batches_tracked"};

bool starts_with_any(std::string_view key, std::initializer_list<std::string_view> starts) {
    return std::any_of(starts.begin(), starts.end(),
                       [&](std::string_view s) { return key.substr(0, s.size()) == s; });
}

bool is_ldm_unet(std::string_view key) {
    return starts_with_any(key, {"input_blocks.", "middle_block", "output_blocks.", "time_embed.",
                                 "label_emb.", "out.", "zero_convs.", "input_hint_block."});
}

bool is_canonical_unet(std::string_view key) {
    return starts_with_any(key, {"down_blocks.", "mid_block.", "up_blocks.", "conv_in.", "conv_out.",
                                 "conv_norm_out.", "time_embedding.", "add_embedding.",
                                 "class_embedding.", "controlnet_"});
}

bool has_key_like(const TensorTable& file, const std::string& start, std::string_view end = {}) {
    for (auto it = file.tensors.lower_bound(start);
         it != file.tensors.end() && it->first.compare(0, start.size(), start) == 0; ++it) {
        const std::string_view key = it->first;
        if (key.size() >= end.size() && key.substr(key.size() - end.size()) == end) return true;
    }
    return false;
}

/// A wrapper that training tools leave before every key.
std::string common_wrapper(const TensorTable& file) {
    for (const std::string wrapper : {"module.", "_orig_mod."}) {
        const bool is_everywhere =
            !file.tensors.empty() &&
            std::all_of(file.tensors.begin(), file.tensors.end(), [&](const auto& item) {
                return item.first.compare(0, wrapper.size(), wrapper) == 0;
            });
        if (is_everywhere) return wrapper;
    }
    return {};
}

TensorEntry rows(const TensorEntry& entry, std::int64_t begin, std::int64_t count) {
    auto part = entry;
    part.shape[0] = count;
    part.first += begin * entry.strides[0];
    return part;
}

TensorEntry transposed(TensorEntry entry) {
    std::swap(entry.shape[0], entry.shape[1]);
    std::swap(entry.strides[0], entry.strides[1]);
    return entry;
}

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// A packed projection [3d, ...] as q, k and v.
std::vector<MappedTensor> split_projection(Part part, const std::string& key,
                                           const TensorEntry& entry) {
    const auto cut = key.rfind("in_proj_");
    const auto stem = key.substr(0, cut);
    const auto kind = key.substr(cut + 8);
    const auto width = entry.shape[0] / 3;
    std::vector<MappedTensor> result;
    for (int i = 0; i < 3; ++i) {
        constexpr std::array names{"q_proj.", "k_proj.", "v_proj."};
        result.push_back({part, stem + names.at(static_cast<std::size_t>(i)) + kind,
                          rows(entry, i * width, width)});
    }
    return result;
}

bool is_packed_projection(const std::string& key, const TensorEntry& entry) {
    return (ends_with(key, "in_proj_weight") || ends_with(key, "in_proj_bias")) &&
           !entry.shape.empty() && entry.shape[0] > 0 && entry.shape[0] % 3 == 0;
}

bool is_vae_attention_matrix(const std::string& key, const TensorEntry& entry) {
    return entry.shape.size() == 4 && entry.shape[2] == 1 && entry.shape[3] == 1 &&
           key.find("mid_block.attentions.") != std::string::npos;
}

}  // namespace

bool is_ignored_key(const std::string& key) {
    const std::string_view view = key;
    return std::any_of(ignored_starts.begin(), ignored_starts.end(),
                       [&](std::string_view s) { return view.substr(0, s.size()) == s; }) ||
           std::any_of(ignored_ends.begin(), ignored_ends.end(),
                       [&](std::string_view s) { return ends_with(view, s); });
}

KeyMap::KeyMap(const TensorTable& file, std::optional<ModelFamily> family)
    : strip_(common_wrapper(file)) {
    const auto* final_norm = file.find(strip_ + "conditioner.embedders.0.model.ln_final.weight");
    const bool is_sd2_wide = final_norm && final_norm->shape == std::vector<std::int64_t>{1024};
    if (family == ModelFamily::sd2 || (!family && is_sd2_wide)) embedder_0_ = Part::text_encoder;
    has_bare_text_ = file.has(strip_ + "embeddings.token_embedding.weight");
    const auto* bare_norm = file.find(strip_ + "ln_final.weight");
    if (!bare_norm) bare_norm = file.find(strip_ + "text_model.final_layer_norm.weight");
    const bool is_wide = bare_norm && bare_norm->shape == std::vector<std::int64_t>{1280};
    if (family == ModelFamily::sdxl_refiner || is_wide) bare_text_ = Part::text_encoder_2;
    const bool has_tiny_blocks = file.has(strip_ + "3.conv.0.weight");
    is_tiny_encoder_ = has_tiny_blocks && file.has(strip_ + "0.weight");
    is_tiny_decoder_ = has_tiny_blocks && !is_tiny_encoder_;
    has_bare_tiny_vae_ = file.has(strip_ + "encoder.layers.0.weight") ||
                         file.has(strip_ + "decoder.layers.0.weight");
    has_bare_control_ = file.has(strip_ + "zero_convs.0.0.weight") ||
                        file.has(strip_ + "controlnet_cond_embedding.conv_in.weight");
    find_blocks(file);
}

/// Reads off the file where levels begin: after a downsampler, or after an upsampler.
void KeyMap::find_blocks(const TensorTable& file) {
    std::string prefix = strip_;
    for (const std::string candidate : {"model.diffusion_model.", "diffusion_model.", "control_model.",
                                        "unet."}) {
        if (has_key_like(file, strip_ + candidate)) {
            prefix = strip_ + candidate;
            break;
        }
    }
    has_bare_unet_ = prefix == strip_;
    BlockPlace place;
    for (int n = 0; has_key_like(file, prefix + "input_blocks." + std::to_string(n) + "."); ++n) {
        const auto block = prefix + "input_blocks." + std::to_string(n) + ".";
        input_blocks_.push_back(place);
        if (n == 0) continue;
        place = file.has(block + "0.op.weight") ? BlockPlace{place.level + 1, 0}
                                                : BlockPlace{place.level, place.index + 1};
    }
    place = {};
    for (int n = 0; has_key_like(file, prefix + "output_blocks." + std::to_string(n) + "."); ++n) {
        const auto block = prefix + "output_blocks." + std::to_string(n) + ".";
        output_blocks_.push_back(place);
        const bool is_last = file.has(block + "1.conv.weight") || file.has(block + "2.conv.weight");
        place = is_last ? BlockPlace{place.level + 1, 0} : BlockPlace{place.level, place.index + 1};
    }
    int levels = 0;
    for (const std::string vae : {"first_stage_model.", "vae.", ""}) {
        const auto stem = strip_ + vae + "decoder.up.";
        while (levels < 16 && has_key_like(file, stem + std::to_string(levels) + ".")) ++levels;
    }
    if (levels > 0) vae_levels_ = levels;
}

std::optional<KeyMap::Located> KeyMap::locate(const std::string& full_key) const {
    std::string_view key = full_key;
    take(key, strip_);
    if (take(key, "conditioner.embedders.0.model.")) return Located{embedder_0_, std::string(key)};
    for (const auto& prefix : prefixes) {
        if (take(key, prefix.text)) return Located{prefix.part, std::string(key)};
    }
    return locate_bare(std::string(key));
}

std::optional<KeyMap::Located> KeyMap::locate_bare(const std::string& key) const {
    if (is_tiny_encoder_ || is_tiny_decoder_) return Located{Part::vae, key};
    if (has_bare_tiny_vae_ && starts_with_any(key, {"encoder.layers.", "decoder.layers."})) {
        return Located{Part::vae, key};
    }
    if (has_bare_text_ && starts_with_any(key, {"embeddings.", "encoder.layers.", "final_layer_norm."})) {
        return Located{bare_text_, key};
    }
    if (starts_with_any(key, {"text_model.", "transformer.resblocks.", "positional_embedding",
                              "token_embedding.", "ln_final.", "text_projection"})) {
        return Located{bare_text_, key};
    }
    if (starts_with_any(key, {"quant_conv.", "post_quant_conv.", "encoder.conv_", "encoder.down",
                              "encoder.mid", "encoder.norm_out", "decoder.conv_", "decoder.up",
                              "decoder.mid", "decoder.norm_out"})) {
        return Located{Part::vae, key};
    }
    if (has_bare_unet_ && (is_ldm_unet(key) || is_canonical_unet(key))) {
        return Located{has_bare_control_ ? Part::control : Part::unet, key};
    }
    return std::nullopt;
}

std::optional<std::string> KeyMap::translate(const Located& located) const {
    const auto& key = located.rest;
    switch (located.part) {
        case Part::unet:
        case Part::control:
            if (is_ldm_unet(key)) return rules::unet_from_ldm(key, {input_blocks_, output_blocks_});
            return is_canonical_unet(key) ? std::optional(key) : std::nullopt;
        case Part::vae:
            return is_tiny_encoder_ || is_tiny_decoder_ ? rules::tiny_vae(key, is_tiny_decoder_)
                                                        : rules::vae(key, vae_levels_);
        case Part::text_encoder:
        case Part::text_encoder_2: return rules::text(key);
    }
    return std::nullopt;
}

std::vector<MappedTensor> KeyMap::map(const std::string& key, const TensorEntry& entry) const {
    if (is_ignored_key(key)) return {};
    const auto located = locate(key);
    if (!located) return {};
    const auto name = translate(*located);
    if (!name) return {};
    if (is_packed_projection(*name, entry)) return split_projection(located->part, *name, entry);
    // OpenCLIP multiplies from the right by its parameter, transformers from the left by a layer's.
    if (*name == "text_projection" && entry.shape.size() == 2) {
        return {{located->part, "text_projection.weight", transposed(entry)}};
    }
    if (located->part == Part::vae && is_vae_attention_matrix(*name, entry)) {
        auto matrix = entry;
        matrix.shape.resize(2);
        matrix.strides.resize(2);
        return {{located->part, *name, std::move(matrix)}};
    }
    return {{located->part, *name, entry}};
}

MappedFileTensors map_keys(const TensorTable& file, std::optional<ModelFamily> family) {
    const KeyMap map(file, family);
    MappedFileTensors result;
    for (const auto& [key, entry] : file.tensors) {
        auto mapped = map.map(key, entry);
        if (mapped.empty() && !is_ignored_key(key)) result.unused.push_back(key);
        for (auto& tensor : mapped) {
            result[tensor.part].tensors[tensor.key] = std::move(tensor.entry);
        }
    }
    return result;
}

}  // namespace diffusion::checkpoint
