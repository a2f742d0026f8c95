#include "diffusion/checkpoint/write_config.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "diffusion/checkpoint/infer_config.h"
#include "diffusion/error.h"

namespace diffusion::checkpoint {

namespace {

using nlohmann::ordered_json;

using Depths = std::vector<std::int64_t>;

bool attends(const Depths& depths) {
    return std::any_of(depths.begin(), depths.end(), [](std::int64_t d) { return d > 0; });
}

bool is_even(const Depths& depths) {
    return std::all_of(depths.begin(), depths.end(),
                       [&](std::int64_t d) { return d == depths.front(); });
}

/// One number where all layers agree, else one per layer. A level without attention has none; the last
/// one's entry is the middle block's too.
ordered_json depth_entry(const Depths& depths, bool is_last, std::int64_t mid_depth) {
    if (!attends(depths)) return is_last ? std::max<std::int64_t>(mid_depth, 1) : 1;
    return is_even(depths) ? ordered_json(depths.front()) : ordered_json(depths);
}

void add_depths(const unet::UNetConfig& config, ordered_json& json) {
    const auto levels = config.down_depth.size();
    auto down_types = ordered_json::array(), up_types = ordered_json::array();
    auto down = ordered_json::array(), up = ordered_json::array();
    bool is_mirrored = true;
    for (std::size_t i = 0; i < levels; ++i) {
        const auto& up_depths = config.up_depth.at(levels - 1 - i);
        down_types.push_back(attends(config.down_depth[i]) ? "CrossAttnDownBlock2D" : "DownBlock2D");
        up_types.push_back(attends(up_depths) ? "CrossAttnUpBlock2D" : "UpBlock2D");
        down.push_back(depth_entry(config.down_depth[i], i + 1 == levels, config.mid_depth));
        up.push_back(depth_entry(up_depths, i == 0, config.mid_depth));
    }
    for (std::size_t i = 0; i < levels; ++i) is_mirrored = is_mirrored && up[i] == down[levels - 1 - i];
    json["down_block_types"] = down_types;
    json["mid_block_type"] = config.mid_depth < 0 ? "UNetMidBlock2D" : "UNetMidBlock2DCrossAttn";
    json["up_block_types"] = up_types;
    json["transformer_layers_per_block"] = down;
    if (!is_mirrored) json["reverse_transformer_layers_per_block"] = up;
}

ordered_json patch_json_of(const vae::PatchConfig& config) {
    return {{"_class_name", "PatchAutoencoder"},
            {"in_channels", config.in_channels},
            {"latent_channels", config.latent_channels},
            {"factor", config.factor},
            {"detail_factor", config.detail_factor},
            {"encoder_width", config.encoder_width},
            {"encoder_blocks", config.encoder_blocks},
            {"decoder_width", config.decoder_width},
            {"decoder_blocks", config.decoder_blocks},
            {"detail_width", config.detail_width},
            {"detail_blocks", config.detail_blocks},
            {"scaling_factor", config.scaling_factor},
            {"sample_size", config.sample_size},
            {"preview_matrix", config.preview_matrix}};
}

std::string pipeline_class(const ModelDescription& description) {
    const auto inputs = description.unet ? description.unet->in_channels : 4;
    const std::string suffix = inputs == 9   ? "InpaintPipeline"
                               : inputs == 8 ? "InstructPix2PixPipeline"
                                             : "Pipeline";
    switch (description.family) {
        case ModelFamily::sd1:
        case ModelFamily::sd2: return "StableDiffusion" + suffix;
        case ModelFamily::sdxl: return "StableDiffusionXL" + suffix;
        case ModelFamily::sdxl_refiner: return "StableDiffusionXLImg2ImgPipeline";
        case ModelFamily::atelier: break;
    }
    return "AtelierPipeline";
}

bool has_edm_noise(const SchedulerConfig& config) {
    return config.prediction == Prediction::edm || config.prediction == Prediction::edm_v;
}

std::string scheduler_class(const SchedulerConfig& config) {
    if (!config.class_name.empty()) return config.class_name;
    return has_edm_noise(config) ? "EDMEulerScheduler" : "EulerDiscreteScheduler";
}

const char* text_class(const TextEncoderPart& part) {
    return part.config.projection_dim > 0 ? "CLIPTextModelWithProjection" : "CLIPTextModel";
}

}  // namespace

ordered_json config_json_of(const unet::UNetConfig& config, std::int64_t sample_size) {
    ordered_json json{{"_class_name", "UNet2DConditionModel"},
                      {"act_fn", "silu"},
                      {"attention_head_dim", config.heads},
                      {"block_out_channels", config.block_out_channels},
                      {"center_input_sample", false},
                      {"cross_attention_dim", config.cross_attention_dim},
                      {"downsample_padding", 1},
                      {"flip_sin_to_cos", true},
                      {"freq_shift", 0},
                      {"in_channels", config.in_channels},
                      {"layers_per_block", config.layers_per_block},
                      {"mid_block_scale_factor", 1},
                      {"norm_eps", 1e-05},
                      {"norm_num_groups", config.norm_groups},
                      {"out_channels", config.out_channels},
                      {"sample_size", sample_size},
                      {"use_linear_projection", config.linear_projection}};
    add_depths(config, json);
    if (config.has_added_conditioning()) {
        json["addition_embed_type"] = "text_time";
        json["addition_time_embed_dim"] = config.add_time_dim;
        json["projection_class_embeddings_input_dim"] = config.add_input_dim;
    }
    if (config.guidance_dim > 0) json["time_cond_proj_dim"] = config.guidance_dim;
    const auto text = json.dump();
    if (unet_config_of(nlohmann::json::parse(text), "unet/config.json") == config) return json;
    throw Error(ErrorKind::unsupported_model,
                "The UNet has sizes that a diffusers folder can't state; convert it to a single file.",
                ErrorReason::unsupported_architecture);
}

ordered_json config_json_of(const VaeConfig& config, std::int64_t sample_size) {
    if (const auto* patch = std::get_if<vae::PatchConfig>(&config)) return patch_json_of(*patch);
    const auto* convolutional = std::get_if<vae::AutoencoderConfig>(&config);
    if (!convolutional) {
        throw Error(ErrorKind::unsupported_model, "A distilled VAE can't be written in a folder.",
                    ErrorReason::unsupported_architecture);
    }
    const auto& vae = *convolutional;
    const std::vector<std::string> down(vae.block_out_channels.size(), "DownEncoderBlock2D");
    const std::vector<std::string> up(vae.block_out_channels.size(), "UpDecoderBlock2D");
    ordered_json json{{"_class_name", "AutoencoderKL"},
                      {"act_fn", "silu"},
                      {"block_out_channels", vae.block_out_channels},
                      {"down_block_types", down},
                      {"in_channels", vae.in_channels},
                      {"latent_channels", vae.latent_channels},
                      {"layers_per_block", vae.layers_per_block},
                      {"mid_block_add_attention", vae.has_mid_attention},
                      {"norm_num_groups", vae.norm_groups},
                      {"out_channels", vae.out_channels},
                      {"sample_size", sample_size},
                      {"scaling_factor", vae.scaling_factor},
                      {"up_block_types", up},
                      {"use_post_quant_conv", vae.has_post_quant_conv},
                      {"use_quant_conv", vae.has_quant_conv}};
    if (!vae.latents_std.empty()) {
        json["latents_mean"] = vae.latents_mean;
        json["latents_std"] = vae.latents_std;
    }
    return json;
}

ordered_json config_json_of(const clip::TextEncoderConfig& config) {
    const bool projects = config.projection_dim > 0;
    return {{"architectures", {projects ? "CLIPTextModelWithProjection" : "CLIPTextModel"}},
            {"model_type", "clip_text_model"},
            {"vocab_size", config.vocab_size},
            {"max_position_embeddings", config.max_positions},
            {"hidden_size", config.width},
            {"num_hidden_layers", config.layers},
            {"num_attention_heads", config.heads},
            {"intermediate_size", config.mlp_width},
            {"hidden_act", config.activation == clip::Activation::gelu ? "gelu" : "quick_gelu"},
            {"layer_norm_eps", config.layer_norm_eps},
            {"projection_dim", config.projection_dim},
            {"bos_token_id", config.start_token},
            {"eos_token_id", config.end_token},
            {"pad_token_id", config.pad_token}};
}

ordered_json config_json_of(const SchedulerConfig& config) {
    const bool is_v = config.prediction == Prediction::v || config.prediction == Prediction::edm_v;
    ordered_json json{{"_class_name", scheduler_class(config)},
                      {"beta_end", config.beta_end},
                      {"beta_schedule", config.beta_schedule},
                      {"beta_start", config.beta_start},
                      {"num_train_timesteps", config.train_steps},
                      {"prediction_type", is_v ? "v_prediction" : "epsilon"},
                      {"rescale_betas_zero_snr", config.zero_terminal_snr},
                      {"steps_offset", config.steps_offset},
                      {"timestep_spacing", config.timestep_spacing}};
    if (has_edm_noise(config)) {
        json["sigma_min"] = config.sigma_min;
        json["sigma_max"] = config.sigma_max;
        json["sigma_data"] = config.prediction == Prediction::edm ? 0.5 : 1.0;
    }
    return json;
}

ordered_json model_index_of(const ModelDescription& description) {
    ordered_json index{{"_class_name", pipeline_class(description)}};
    if (description.zeroes_empty_negative) index["force_zeros_for_empty_prompt"] = true;
    const auto add_text = [&](const std::optional<TextEncoderPart>& part, const std::string& number) {
        if (!part) return;
        index["text_encoder" + number] = {"transformers", text_class(*part)};
        index["tokenizer" + number] = {"transformers", "CLIPTokenizer"};
    };
    index["scheduler"] = {"diffusers", scheduler_class(description.scheduler)};
    add_text(description.text_encoder, "");
    add_text(description.text_encoder_2, "_2");
    if (description.unet) index["unet"] = {"diffusers", "UNet2DConditionModel"};
    if (description.vae) {
        const bool is_patch = std::holds_alternative<vae::PatchConfig>(*description.vae);
        index["vae"] = is_patch ? ordered_json{"atelier", "PatchAutoencoder"}
                                : ordered_json{"diffusers", "AutoencoderKL"};
    }
    return index;
}

}  // namespace diffusion::checkpoint
