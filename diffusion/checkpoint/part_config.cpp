#include "diffusion/checkpoint/config_fields_impl.h"
#include "diffusion/checkpoint/infer_config.h"

namespace diffusion::checkpoint {

namespace {

using nlohmann::json;

constexpr std::size_t level_limit = 10;

std::vector<std::int64_t> level_widths(const Fields& fields) {
    const auto widths = fields.need<std::vector<std::int64_t>>("block_out_channels");
    if (widths.size() > level_limit) {
        throw fields.unsupported("block_out_channels has " + std::to_string(widths.size()) +
                                 " levels; expected at most " + std::to_string(level_limit));
    }
    return fields.per_level("block_out_channels", std::max<std::size_t>(1, widths.size()), 1);
}

/// Whether each block of a list such as ["CrossAttnDownBlock2D", "DownBlock2D"] has attention.
std::vector<bool> block_attention(const Fields& fields, const char* field, std::size_t levels) {
    const auto names = fields.need<std::vector<std::string>>(field);
    if (names.size() != levels) {
        throw fields.unsupported(std::string(field) + " doesn't have one entry per level");
    }
    std::vector<bool> result;
    for (const auto& name : names) {
        const bool crosses = name == "CrossAttnDownBlock2D" || name == "CrossAttnUpBlock2D";
        if (!crosses && name != "DownBlock2D" && name != "UpBlock2D") {
            throw fields.unsupported("uses the block " + name + ", which is not supported");
        }
        result.push_back(crosses);
    }
    return result;
}

/// -1 for what is no number of blocks.
std::int64_t small_depth(const json& entry) {
    const bool is_small = entry.is_number_integer() && entry >= 0 && entry <= 100;
    return is_small ? entry.get<std::int64_t>() : -1;
}

/// Transformer blocks behind each of `count` residual blocks; the entry is one number for all of them
/// or a list.
std::vector<std::int64_t> layer_depths(const Fields& fields, const json& entry, std::size_t count) {
    std::vector<std::int64_t> depths;
    if (entry.is_number_integer()) {
        depths.assign(count, small_depth(entry));
    } else if (entry.is_array()) {
        for (const auto& item : entry) {
            depths.push_back(small_depth(item));
        }
    }
    bool fits = depths.size() == count;
    for (const auto depth : depths) fits = fits && depth >= 0 && depth <= 100;
    if (!fits) throw fields.unsupported("transformer_layers_per_block has an entry " + entry.dump());
    return depths;
}

/// The entry of one level in a field that holds one number for all levels or a list.
json level_entry(const Fields& fields, const char* field, std::size_t level, std::size_t levels) {
    if (!fields.has(field)) return 1;
    const auto& value = fields.raw(field);
    if (!value.is_array()) return value;
    if (value.size() != levels) {
        throw fields.unsupported(std::string(field) + " doesn't have one entry per level");
    }
    return value[level];
}

/// -1: one residual block and no attention, which is what diffusers means by UNetMidBlock2D.
std::int64_t mid_depth_of(const Fields& fields, std::size_t levels) {
    const auto type = fields.get<std::string>("mid_block_type", "UNetMidBlock2DCrossAttn");
    if (type == "UNetMidBlock2D") return -1;
    if (type != "UNetMidBlock2DCrossAttn") {
        throw fields.unsupported("uses the middle block " + type + ", which is not supported");
    }
    const auto entry = level_entry(fields, "transformer_layers_per_block", levels - 1, levels);
    return layer_depths(fields, entry.is_array() && !entry.empty() ? entry.back() : entry, 1)[0];
}

void read_depths(const Fields& fields, unet::UNetConfig& config) {
    const auto levels = config.block_out_channels.size();
    const auto layers = fields.per_level("layers_per_block", levels, 2);
    for (const auto count : layers) {
        if (count > 100) throw fields.unsupported("layers_per_block is " + std::to_string(count));
    }
    const auto down = block_attention(fields, "down_block_types", levels);
    const auto up = block_attention(fields, "up_block_types", levels);
    const bool has_reverse = fields.has("reverse_transformer_layers_per_block");
    config.layers_per_block = layers.front();
    config.down_depth.clear();
    config.up_depth.clear();
    for (std::size_t i = 0; i < levels; ++i) {
        const auto reversed = levels - 1 - i;
        const auto count = static_cast<std::size_t>(layers[i]);
        const auto entry = level_entry(fields, "transformer_layers_per_block", i, levels);
        const auto up_entry =
            has_reverse
                ? level_entry(fields, "reverse_transformer_layers_per_block", reversed, levels)
                : entry;
        config.down_depth.push_back(down[i] ? layer_depths(fields, entry, count)
                                            : std::vector<std::int64_t>(count, 0));
        config.up_depth.push_back(up[reversed] ? layer_depths(fields, up_entry, count + 1)
                                               : std::vector<std::int64_t>(count + 1, 0));
    }
    config.mid_depth = mid_depth_of(fields, levels);
}

void refuse_unknown_features(const Fields& fields) {
    for (const char* field : {"class_embed_type", "encoder_hid_dim_type",
                              "num_class_embeds"}) {
        if (fields.has(field)) {
            throw fields.unsupported(std::string(field) + " is set, which is not supported");
        }
    }
    const auto added = fields.get<std::string>("addition_embed_type", "text_time");
    if (added != "text_time") {
        throw fields.unsupported("addition_embed_type is " + added + ", which is not supported");
    }
}

std::vector<std::array<double, 3>> preview_of(const Fields& fields) {
    return fields.get<std::vector<std::array<double, 3>>>("preview_matrix", {});
}

std::int64_t block_count(const Fields& fields, const char* field, std::int64_t otherwise) {
    const auto count = fields.get<std::int64_t>(field, otherwise);
    if (count >= 0 && count <= 100) return count;
    throw fields.unsupported(std::string(field) + " is " + std::to_string(count) +
                             "; expected 0 to 100");
}

vae::PatchConfig patch_config_of(const Fields& fields) {
    vae::PatchConfig config;
    config.in_channels = fields.size("in_channels", config.in_channels);
    config.latent_channels = fields.size("latent_channels");
    config.factor = fields.size("factor");
    config.detail_factor = fields.size("detail_factor", config.detail_factor);
    config.encoder_width = fields.size("encoder_width", config.encoder_width);
    config.encoder_blocks = block_count(fields, "encoder_blocks", config.encoder_blocks);
    config.decoder_width = fields.size("decoder_width", config.decoder_width);
    config.decoder_blocks = block_count(fields, "decoder_blocks", config.decoder_blocks);
    config.detail_width = fields.size("detail_width", config.detail_width);
    config.detail_blocks = block_count(fields, "detail_blocks", config.detail_blocks);
    config.scaling_factor = fields.need<double>("scaling_factor");
    config.sample_size = fields.size("sample_size", config.sample_size);
    config.preview_matrix = preview_of(fields);
    return config;
}

void check_statistics(const Fields& fields, const vae::AutoencoderConfig& config) {
    const auto count = static_cast<std::size_t>(config.latent_channels);
    const bool has_none = config.latents_mean.empty() && config.latents_std.empty();
    bool fits = config.latents_mean.size() == count && config.latents_std.size() == count;
    for (const auto deviation : config.latents_std) fits = fits && deviation > 0;
    if (fits || has_none) return;
    throw fields.unsupported("latents_mean and latents_std don't have a number, and one above 0, for "
                             "each of " + std::to_string(count) + " latent channels");
}

/// The one width of all levels, which is all that the layers can do with the list.
std::int64_t tiny_width(const Fields& fields, const char* field, std::size_t levels) {
    const auto widths = fields.per_level(field, levels, 64);
    for (const auto width : widths) {
        if (width != widths.front()) {
            throw fields.unsupported(std::string(field) + " has different widths");
        }
    }
    return widths.front();
}

std::vector<std::int64_t> tiny_blocks(const Fields& fields, const char* field,
                                      const std::vector<std::int64_t>& otherwise) {
    const auto blocks = fields.get<std::vector<std::int64_t>>(field, otherwise);
    bool fits = !blocks.empty() && blocks.size() <= 10;
    for (const auto count : blocks) fits = fits && count >= 0 && count <= 100;
    if (!fits) throw fields.unsupported(std::string(field) + " has too many levels or blocks");
    return blocks;
}

vae::TinyConfig tiny_config_of(const Fields& fields) {
    const auto expect = [&](const char* field, const std::string& known) {
        const auto found = fields.get<std::string>(field, known);
        if (found == known) return;
        throw fields.unsupported(std::string(field) + " is " + found + "; expected " + known);
    };
    expect("act_fn", "relu");
    expect("upsample_fn", "nearest");
    if (fields.size("upsampling_scaling_factor", 2) != 2) {
        throw fields.unsupported("upsampling_scaling_factor is not 2");
    }
    vae::TinyConfig config;
    config.in_channels = fields.size("in_channels", 3);
    config.latent_channels = fields.size("latent_channels", 4);
    config.encoder_blocks = tiny_blocks(fields, "num_encoder_blocks", config.encoder_blocks);
    config.decoder_blocks = tiny_blocks(fields, "num_decoder_blocks", config.decoder_blocks);
    if (config.encoder_blocks.size() != config.decoder_blocks.size()) {
        throw fields.unsupported("num_encoder_blocks and num_decoder_blocks differ in length");
    }
    const auto levels = config.encoder_blocks.size();
    config.encoder_width = tiny_width(fields, "encoder_block_out_channels", levels);
    config.decoder_width = tiny_width(fields, "decoder_block_out_channels", levels);
    config.scaling_factor = fields.get<double>("scaling_factor", config.scaling_factor);
    return config;
}

}  // namespace

void read_control_config(const json& config_json, const std::string& file, OpenOptions& options) {
    const Fields fields(config_json, file);
    const auto class_name = fields.get<std::string>("_class_name", "ControlNetModel");
    if (class_name != "ControlNetModel") {
        throw fields.unsupported("describes a " + class_name + "; expected ControlNetModel");
    }
    refuse_unknown_features(fields);
    if (fields.get<bool>("global_pool_conditions", false)) {
        throw fields.unsupported("global_pool_conditions is set, which is not supported");
    }
    if (fields.get<std::string>("controlnet_conditioning_channel_order", "rgb") != "rgb") {
        throw fields.unsupported("reads its hint in another order than red, green, blue");
    }
    options.unet_heads = fields.per_level(
        fields.has("num_attention_heads") ? "num_attention_heads" : "attention_head_dim",
        level_widths(fields).size(), 8);
    options.unet_norm_groups = fields.size("norm_num_groups", 32);
    if (fields.has("addition_time_embed_dim")) {
        options.add_time_dim = fields.size("addition_time_embed_dim");
    }
}

unet::UNetConfig unet_config_of(const json& config_json, const std::string& file) {
    const Fields fields(config_json, file);
    const auto class_name = fields.get<std::string>("_class_name", "UNet2DConditionModel");
    if (class_name != "UNet2DConditionModel") {
        throw fields.unsupported("describes a " + class_name + "; expected UNet2DConditionModel");
    }
    refuse_unknown_features(fields);
    unet::UNetConfig config;
    config.in_channels = fields.size("in_channels", 4);
    config.out_channels = fields.size("out_channels", 4);
    config.block_out_channels = level_widths(fields);
    const auto levels = config.block_out_channels.size();
    read_depths(fields, config);
    // attention_head_dim has meant the number of heads ever since the first release.
    config.heads = fields.per_level(
        fields.has("num_attention_heads") ? "num_attention_heads" : "attention_head_dim", levels, 8);
    config.cross_attention_dim = fields.size("cross_attention_dim", 1280);
    config.linear_projection = fields.get<bool>("use_linear_projection", false);
    config.norm_groups = fields.size("norm_num_groups", 32);
    if (fields.has("addition_embed_type")) {
        config.add_time_dim = fields.size("addition_time_embed_dim");
        config.add_input_dim = fields.size("projection_class_embeddings_input_dim");
    }
    if (fields.has("time_cond_proj_dim")) config.guidance_dim = fields.size("time_cond_proj_dim");
    return config;
}

std::int64_t factor_of(const VaeConfig& config) {
    if (const auto* patch = std::get_if<vae::PatchConfig>(&config)) return patch->factor;
    if (const auto* tiny = std::get_if<vae::TinyConfig>(&config)) return tiny->factor();
    return std::get<vae::AutoencoderConfig>(config).factor();
}

VaeConfig vae_config_of(const json& config_json, const std::string& file) {
    const Fields fields(config_json, file);
    const auto class_name = fields.get<std::string>("_class_name", "AutoencoderKL");
    if (class_name == "PatchAutoencoder") return patch_config_of(fields);
    if (class_name == "AutoencoderTiny") return tiny_config_of(fields);
    if (class_name != "AutoencoderKL") {
        throw fields.unsupported("describes a " + class_name +
                                 "; expected AutoencoderKL, AutoencoderTiny or PatchAutoencoder");
    }
    vae::AutoencoderConfig config;
    config.in_channels = fields.size("in_channels", 3);
    config.out_channels = fields.size("out_channels", 3);
    config.latent_channels = fields.size("latent_channels", 4);
    config.block_out_channels = level_widths(fields);
    config.layers_per_block = fields.size("layers_per_block", 2);
    config.norm_groups = fields.size("norm_num_groups", 32);
    config.scaling_factor = fields.get<double>("scaling_factor", 0.18215);
    config.latents_mean = fields.get<std::vector<double>>("latents_mean", {});
    config.latents_std = fields.get<std::vector<double>>("latents_std", {});
    check_statistics(fields, config);
    config.has_quant_conv = fields.get<bool>("use_quant_conv", true);
    config.has_post_quant_conv = fields.get<bool>("use_post_quant_conv", true);
    config.has_mid_attention = fields.get<bool>("mid_block_add_attention", true);
    return config;
}

clip::TextEncoderConfig text_config_of(const json& config_json, const std::string& file) {
    const Fields fields(config_json, file);
    clip::TextEncoderConfig config;
    config.vocab_size = fields.size("vocab_size");
    config.max_positions = fields.size("max_position_embeddings", 77);
    config.width = fields.size("hidden_size");
    config.layers = fields.size("num_hidden_layers");
    config.heads = fields.size("num_attention_heads");
    config.mlp_width = fields.size("intermediate_size");
    config.layer_norm_eps = fields.get<double>("layer_norm_eps", 1e-5);
    const auto activation = fields.get<std::string>("hidden_act", "quick_gelu");
    if (activation != "quick_gelu" && activation != "gelu") {
        throw fields.unsupported("hidden_act is " + activation + "; expected quick_gelu or gelu");
    }
    config.activation =
        activation == "gelu" ? clip::Activation::gelu : clip::Activation::quick_gelu;
    const auto classes = fields.get<std::vector<std::string>>("architectures", {});
    const bool projects = !classes.empty() && classes.front() == "CLIPTextModelWithProjection";
    config.projection_dim = projects ? fields.size("projection_dim", config.width) : 0;
    // Old folders carry ids of another tokenizer (0, 2, 1); CLIP's marks are its last two words.
    const auto end = fields.get<std::int64_t>("eos_token_id", 2);
    const bool is_stated = end != 2 && end >= 0 && end < config.vocab_size;
    config.end_token = is_stated ? end : config.vocab_size - 1;
    config.start_token = is_stated ? fields.get<std::int64_t>("bos_token_id", config.vocab_size - 2)
                                   : config.vocab_size - 2;
    config.pad_token = is_stated ? fields.get<std::int64_t>("pad_token_id", config.end_token)
                       : config.activation == clip::Activation::gelu ? 0
                                                                     : config.end_token;
    for (const auto token : {config.start_token, config.pad_token}) {
        if (token < 0 || token >= config.vocab_size) {
            throw file_error(ErrorReason::malformed, file,
                             "token id " + std::to_string(token) + " lies outside the vocabulary");
        }
    }
    if (config.width % config.heads != 0) {
        throw file_error(ErrorReason::malformed, file,
                         "num_attention_heads doesn't divide hidden_size");
    }
    return config;
}

SchedulerConfig scheduler_config_of(const json& config_json, const std::string& file) {
    const Fields fields(config_json, file);
    SchedulerConfig config;
    config.class_name = fields.get<std::string>("_class_name", "");
    config.beta_schedule = fields.get<std::string>("beta_schedule", config.beta_schedule);
    if (config.beta_schedule != "scaled_linear" && config.beta_schedule != "linear") {
        throw fields.unsupported("beta_schedule is " + config.beta_schedule +
                                 "; expected scaled_linear or linear");
    }
    config.beta_start = fields.get<double>("beta_start", config.beta_start);
    config.beta_end = fields.get<double>("beta_end", config.beta_end);
    config.train_steps = static_cast<int>(fields.size("num_train_timesteps", config.train_steps));
    const auto prediction = fields.get<std::string>("prediction_type", "epsilon");
    const auto named = prediction_named(prediction);
    if (!named) {
        throw fields.unsupported("prediction_type is " + prediction +
                                 "; expected epsilon or v_prediction");
    }
    config.prediction = *named;
    config.zero_terminal_snr = fields.get<bool>("rescale_betas_zero_snr", false);
    config.timestep_spacing = fields.get<std::string>("timestep_spacing", config.timestep_spacing);
    config.steps_offset = fields.get<int>("steps_offset", 0);
    config.sigma_min = fields.get<double>("sigma_min", config.sigma_min);
    config.sigma_max = fields.get<double>("sigma_max", config.sigma_max);
    if (config.class_name.rfind("EDM", 0) == 0) {
        config.prediction = config.prediction == Prediction::v ? Prediction::edm_v : Prediction::edm;
    }
    return config;
}

}  // namespace diffusion::checkpoint
