#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diffusion/checkpoint/key_map.h"

// Rule tables of key_map.cpp, one function per naming; keys come without the part's prefix.

namespace diffusion::checkpoint::rules {

struct UNetBlocks {
    const std::vector<BlockPlace>& input;
    const std::vector<BlockPlace>& output;
};

/// LDM UNet (and the ControlNet made of its first half) -> diffusers.
std::optional<std::string> unet_from_ldm(std::string_view key, const UNetBlocks& blocks);
/// LDM or older diffusers autoencoder -> diffusers.
std::optional<std::string> vae(std::string_view key, int levels);
/// OpenCLIP, transformers, with or without `text_model.` -> transformers. A packed projection keeps
/// its name (`...self_attn.in_proj_weight`).
std::optional<std::string> text(std::string_view key);
/// Distilled autoencoder, decoder or encoder file of numbered layers -> diffusers.
std::optional<std::string> tiny_vae(std::string_view key, bool is_decoder);

/// The inverses, for canonical keys. has: whether the network has another key, which tells where LDM
/// counts an upsampler.
std::optional<std::string> unet_to_ldm(std::string_view key, int layers_per_block,
                                       const std::function<bool(const std::string&)>& has);
std::optional<std::string> vae_to_ldm(std::string_view key, int levels);
/// The first of three packed projections (`...self_attn.q_proj.weight`) gives the name of all.
std::optional<std::string> text_to_open_clip(std::string_view key);

/// If text begins with prefix: cuts it off and says yes.
bool take(std::string_view& text, std::string_view prefix);
/// If text begins with a number and a dot: cuts both off. At most 999.
std::optional<int> take_index(std::string_view& text);

}  // namespace diffusion::checkpoint::rules
