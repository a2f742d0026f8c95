#include "diffusion/checkpoint/infer_config.h"

#include <algorithm>
#include <cmath>

#include "diffusion/checkpoint/file_error.h"

namespace diffusion::checkpoint {

namespace {

constexpr std::int64_t block_limit = 100;

/// Sizes of tensors by name, with complaints that name the file.
class Shapes {
public:
    Shapes(const TensorTable& table, const std::string& file) : table_(table), file_(file) {}

    std::int64_t size(const std::string& key, std::size_t dimension) const {
        const auto* entry = table_.find(key);
        if (!entry) {
            throw file_error(ErrorReason::missing_keys, file_,
                             "is incomplete: tensor " + key + " is missing");
        }
        if (entry->shape.size() <= dimension || entry->shape[dimension] <= 0) {
            throw file_error(ErrorReason::shape_mismatch, file_,
                             "tensor " + key + " has the shape " + shape_text(entry->shape) +
                                 "; expected at least " + std::to_string(dimension + 1) +
                                 " dimensions");
        }
        return entry->shape[dimension];
    }

    std::size_t rank(const std::string& key) const {
        size(key, 0);
        return table_.find(key)->shape.size();
    }

    bool has(const std::string& key) const { return table_.has(key); }

    /// Levels of a network that halve the picture each.
    std::int64_t levels(const std::string& stem) const {
        constexpr std::int64_t level_limit = 10;
        const auto n = count(stem, ".resnets.0.conv1.weight");
        if (n <= level_limit) return n;
        throw file_error(ErrorReason::unsupported_architecture, file_,
                         "has " + std::to_string(n) + " levels; expected at most " +
                             std::to_string(level_limit));
    }

    /// How many of stem + "0" + end, stem + "1" + end, ... there are.
    std::int64_t count(const std::string& stem, const std::string& end) const {
        std::int64_t n = 0;
        while (n < block_limit && has(stem + std::to_string(n) + end)) ++n;
        return n;
    }

    const std::string& file() const { return file_; }

private:
    const TensorTable& table_;
    std::string file_;
};

constexpr const char* resnet_mark = ".conv1.weight";
constexpr const char* transformer_mark = ".attn1.to_q.weight";

std::string down(std::int64_t level) { return "down_blocks." + std::to_string(level); }
std::string up(std::int64_t level) { return "up_blocks." + std::to_string(level); }

/// Transformer blocks behind each residual block of one level.
std::vector<std::int64_t> depths(const Shapes& shapes, const std::string& block) {
    std::vector<std::int64_t> result;
    const auto resnets = shapes.count(block + ".resnets.", resnet_mark);
    for (std::int64_t j = 0; j < resnets; ++j) {
        result.push_back(shapes.count(
            block + ".attentions." + std::to_string(j) + ".transformer_blocks.", transformer_mark));
    }
    return result;
}

std::int64_t mid_depth(const Shapes& shapes) {
    if (!shapes.has("mid_block.resnets.1.conv1.weight")) return -1;
    return shapes.count("mid_block.attentions.0.transformer_blocks.", transformer_mark);
}

/// The first transformer of the network, wherever it is.
std::string first_attention(const Shapes& shapes, std::int64_t levels) {
    for (std::int64_t i = 0; i < levels; ++i) {
        const auto name = down(i) + ".attentions.0.";
        if (shapes.has(name + "proj_in.weight")) return name;
    }
    return "mid_block.attentions.0.";
}

std::vector<std::int64_t> family_heads(ModelFamily family,
                                       const std::vector<std::int64_t>& channels) {
    std::vector<std::int64_t> heads;
    for (const auto width : channels) {
        heads.push_back(family == ModelFamily::sd1 ? 8 : std::max<std::int64_t>(1, width / 64));
    }
    return heads;
}

void check_heads(const unet::UNetConfig& config, const std::string& file) {
    const auto& widths = config.block_out_channels;
    bool fits = config.heads.size() == widths.size();
    for (std::size_t i = 0; fits && i < widths.size(); ++i) {
        fits = config.heads[i] > 0 && widths[i] % config.heads[i] == 0;
    }
    if (fits) return;
    throw file_error(ErrorReason::shape_mismatch, file,
                     "attention heads " + shape_text(config.heads) +
                         " don't divide the channels " + shape_text(widths));
}

/// Everything of a UNet but its way up, which a ControlNet lacks.
unet::UNetConfig way_down(const Shapes& shapes, ModelFamily family, const OpenOptions& options) {
    unet::UNetConfig config;
    config.in_channels = shapes.size("conv_in.weight", 1);
    const auto levels = shapes.levels("down_blocks.");
    shapes.size(down(0) + ".resnets.0.conv1.weight", 0);
    config.block_out_channels.clear();
    config.down_depth.clear();
    config.up_depth.clear();
    for (std::int64_t i = 0; i < levels; ++i) {
        config.block_out_channels.push_back(shapes.size(down(i) + ".resnets.0.conv1.weight", 0));
        config.down_depth.push_back(depths(shapes, down(i)));
    }
    config.layers_per_block = static_cast<std::int64_t>(config.down_depth.front().size());
    config.mid_depth = mid_depth(shapes);
    config.norm_groups = options.unet_norm_groups.value_or(32);
    config.heads = options.unet_heads.empty() ? family_heads(family, config.block_out_channels)
                                              : options.unet_heads;
    if (shapes.has("add_embedding.linear_1.weight")) {
        config.add_input_dim = shapes.size("add_embedding.linear_1.weight", 1);
        config.add_time_dim = options.add_time_dim.value_or(256);
    }
    if (shapes.has("time_embedding.cond_proj.weight"))
        config.guidance_dim = shapes.size("time_embedding.cond_proj.weight", 1);
    check_heads(config, shapes.file());
    return config;
}

void read_attention(const Shapes& shapes, unet::UNetConfig& config) {
    const auto levels = static_cast<std::int64_t>(config.block_out_channels.size());
    const auto attention = first_attention(shapes, levels);
    config.cross_attention_dim =
        shapes.size(attention + "transformer_blocks.0.attn2.to_k.weight", 1);
    config.linear_projection = shapes.rank(attention + "proj_in.weight") == 2;
}

/// Numbered layers of one half of a distilled autoencoder. size throws where no convolution is next.
class TinyLayers {
public:
    TinyLayers(const Shapes& shapes, const std::string& half, std::int64_t first)
        : shapes_(shapes), stem_(half + ".layers."), next_(first) {}

    /// Residual blocks from here on.
    std::int64_t blocks() {
        std::int64_t count = 0;
        while (shapes_.has(stem_ + std::to_string(next_) + ".conv.0.weight")) ++count, ++next_;
        return count;
    }
    bool is_convolution() const { return shapes_.has(key("weight")); }
    bool has_bias() const { return shapes_.has(key("bias")); }
    std::int64_t size(std::size_t dimension) const { return shapes_.size(key("weight"), dimension); }
    void pass() { ++next_; }

private:
    std::string key(const char* name) const { return stem_ + std::to_string(next_) + "." + name; }

    const Shapes& shapes_;
    std::string stem_;
    std::int64_t next_;
};

void read_tiny_encoder(const Shapes& shapes, vae::TinyConfig& config) {
    TinyLayers layers(shapes, "encoder", 0);
    config.encoder_width = layers.size(0);
    config.in_channels = layers.size(1);
    do {
        layers.pass();
        config.encoder_blocks.push_back(layers.blocks());
    } while (!layers.has_bias() && layers.size(0) > 0);
    config.latent_channels = layers.size(0);
}

void read_tiny_decoder(const Shapes& shapes, vae::TinyConfig& config) {
    TinyLayers layers(shapes, "decoder", 0);
    config.decoder_width = layers.size(0);
    config.latent_channels = layers.size(1);
    layers.pass();  // to the activation
    do {
        layers.pass();
        config.decoder_blocks.push_back(layers.blocks());
        if (layers.is_convolution()) break;
        layers.pass();  // doubling
    } while (layers.size(0) > 0);
    config.in_channels = layers.size(0);
}

}  // namespace

unet::UNetConfig infer_unet_config(const TensorTable& unet, ModelFamily family,
                                   const OpenOptions& options, const std::string& file) {
    const Shapes shapes(unet, file);
    auto config = way_down(shapes, family, options);
    config.out_channels = shapes.size("conv_out.weight", 0);
    const auto levels = static_cast<std::int64_t>(config.block_out_channels.size());
    for (std::int64_t i = levels; i-- > 0;) config.up_depth.push_back(depths(shapes, up(i)));
    read_attention(shapes, config);
    return config;
}

unet::ControlNetConfig infer_control_config(const TensorTable& control, ModelFamily family,
                                            const OpenOptions& options, const std::string& file) {
    const Shapes shapes(control, file);
    const std::string hint = "controlnet_cond_embedding.";
    unet::ControlNetConfig config;
    config.unet = way_down(shapes, family, options);
    const auto levels = static_cast<std::int64_t>(config.unet.block_out_channels.size());
    // The small ones for SDXL have no attention at all.
    if (shapes.has(first_attention(shapes, levels) + "proj_in.weight")) {
        read_attention(shapes, config.unet);
    }
    config.hint_channels = shapes.size(hint + "conv_in.weight", 1);
    config.hint_widths = {shapes.size(hint + "conv_in.weight", 0)};
    const auto convolutions = shapes.count(hint + "blocks.", ".weight");
    for (std::int64_t i = 1; i < convolutions; i += 2) {
        config.hint_widths.push_back(
            shapes.size(hint + "blocks." + std::to_string(i) + ".weight", 0));
    }
    return config;
}

vae::TinyConfig infer_tiny_config(const TensorTable& vae, const std::string& file) {
    constexpr std::size_t level_limit = 10;
    const Shapes shapes(vae, file);
    vae::TinyConfig config;
    config.encoder_blocks.clear();
    config.decoder_blocks.clear();
    if (shapes.has("encoder.layers.0.weight")) read_tiny_encoder(shapes, config);
    if (shapes.has("decoder.layers.0.weight")) read_tiny_decoder(shapes, config);
    const auto down_count = config.encoder_blocks.size(), up_count = config.decoder_blocks.size();
    const bool agrees = down_count == 0 || up_count == 0 || down_count == up_count;
    if (!agrees || std::max(down_count, up_count) > level_limit) {
        throw file_error(ErrorReason::shape_mismatch, file,
                         "has an encoder of " + std::to_string(down_count) +
                             " levels and a decoder of " + std::to_string(up_count) +
                             "; expected the same number, at most " + std::to_string(level_limit));
    }
    return config;
}

VaeConfig infer_codec_config(const TensorTable& vae, ModelFamily family, const OpenOptions& options,
                             const std::string& file) {
    const bool is_tiny = vae.has("encoder.layers.0.weight") || vae.has("decoder.layers.0.weight");
    if (is_tiny) return infer_tiny_config(vae, file);
    return infer_vae_config(vae, family, options, file);
}

vae::AutoencoderConfig infer_vae_config(const TensorTable& vae, ModelFamily family,
                                        const OpenOptions& options, const std::string& file) {
    const Shapes shapes(vae, file);
    const bool is_sdxl = family == ModelFamily::sdxl || family == ModelFamily::sdxl_refiner;
    auto config = is_sdxl ? vae::AutoencoderConfig::sdxl() : vae::AutoencoderConfig::sd();
    config.in_channels = shapes.size("encoder.conv_in.weight", 1);
    config.out_channels = shapes.size("decoder.conv_out.weight", 0);
    config.latent_channels = shapes.size("decoder.conv_in.weight", 1);
    const auto levels = shapes.levels("encoder.down_blocks.");
    config.block_out_channels.clear();
    for (std::int64_t i = 0; i < levels; ++i) {
        config.block_out_channels.push_back(
            shapes.size("encoder." + down(i) + ".resnets.0.conv1.weight", 0));
    }
    shapes.size("encoder." + down(0) + ".resnets.0.conv1.weight", 0);
    config.layers_per_block = shapes.count("encoder." + down(0) + ".resnets.", resnet_mark);
    config.has_quant_conv = shapes.has("quant_conv.weight");
    config.has_post_quant_conv = shapes.has("post_quant_conv.weight");
    config.has_mid_attention = shapes.has("decoder.mid_block.attentions.0.to_q.weight");
    config.norm_groups = options.vae_norm_groups.value_or(config.norm_groups);
    config.scaling_factor = options.scaling_factor.value_or(config.scaling_factor);
    return config;
}

clip::TextEncoderConfig infer_text_config(const TensorTable& text, bool is_open_clip,
                                          const TextEncoderHints& hints, const std::string& file) {
    const Shapes shapes(text, file);
    const std::string embeddings = "text_model.embeddings.";
    clip::TextEncoderConfig config;
    config.vocab_size = shapes.size(embeddings + "token_embedding.weight", 0);
    config.width = shapes.size(embeddings + "token_embedding.weight", 1);
    config.max_positions = shapes.size(embeddings + "position_embedding.weight", 0);
    config.layers = shapes.count("text_model.encoder.layers.", ".mlp.fc1.weight");
    config.mlp_width = shapes.size("text_model.encoder.layers.0.mlp.fc1.weight", 0);
    config.projection_dim =
        shapes.has("text_projection.weight") ? shapes.size("text_projection.weight", 0) : 0;
    config.heads = hints.heads.value_or(std::max<std::int64_t>(1, config.width / 64));
    config.activation = hints.activation.value_or(is_open_clip ? clip::Activation::gelu
                                                               : clip::Activation::quick_gelu);
    // The two marks of CLIP's vocabulary are its last words.
    config.start_token = config.vocab_size - 2;
    config.end_token = config.vocab_size - 1;
    config.pad_token = is_open_clip ? 0 : config.end_token;
    if (config.width % config.heads != 0) {
        throw file_error(ErrorReason::shape_mismatch, file,
                         std::to_string(config.heads) + " attention heads don't divide the width " +
                             std::to_string(config.width) + " of the text encoder");
    }
    return config;
}

ModelFamily infer_family(const TensorTable& unet, const TensorTable& text_encoder,
                         const TensorTable& text_encoder_2, const std::string& file) {
    const Shapes shapes(unet, file);
    if (unet.tensors.empty()) {
        if (!text_encoder_2.tensors.empty()) return ModelFamily::sdxl;
        const auto* norm = text_encoder.find("text_model.final_layer_norm.weight");
        const bool is_sd2 = norm && norm->shape == std::vector<std::int64_t>{1024};
        return is_sd2 ? ModelFamily::sd2 : ModelFamily::sd1;
    }
    const auto levels = shapes.levels("down_blocks.");
    const auto context =
        shapes.size(first_attention(shapes, levels) + "transformer_blocks.0.attn2.to_k.weight", 1);
    switch (context) {
        case 768: return ModelFamily::sd1;
        case 1024: return ModelFamily::sd2;
        case 2048: return ModelFamily::sdxl;
        case 1280: return ModelFamily::sdxl_refiner;
        default: break;
    }
    throw file_error(ErrorReason::unsupported_architecture, file,
                     "has a UNet for text of width " + std::to_string(context) +
                         ", which is none of the known families (SD 1: 768, SD 2: 1024, SDXL: 2048, "
                         "SDXL refiner: 1280); name the family by hand (--family) if you know it");
}

SchedulerConfig family_scheduler(ModelFamily) { return {}; }

}  // namespace diffusion::checkpoint
