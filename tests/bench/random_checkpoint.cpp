#include "tests/bench/random_checkpoint.h"

#include <torch/nn/module.h>
#include <torch/types.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "clip/text_encoder.h"
#include "diffusion/checkpoint/safetensors.h"
#include "unet/unet.h"
#include "vae/autoencoder.h"

namespace bench {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

/// Norms get ones and zeros, everything else a deviation of 1 / sqrt(fan in).
void write_weights(const torch::nn::Module& module, const fs::path& file, at::Generator& generator) {
    diffusion::checkpoint::StateDict dict;
    for (const auto& item : module.named_parameters()) {
        const auto& p = item.value();
        auto value = torch::zeros(p.sizes());
        const bool is_norm = item.key().find("norm") != std::string::npos;
        if (p.dim() == 1) {
            if (is_norm && item.key().ends_with("weight")) value.fill_(1);
        } else {
            const auto fan_in = static_cast<double>(p.numel() / p.size(0));
            value.normal_(0, 1 / std::sqrt(fan_in), generator);
        }
        dict.tensors[item.key()] = value.to(torch::kHalf);
    }
    fs::create_directories(file.parent_path());
    diffusion::checkpoint::write_safetensors(file, dict);
}

void write_json(const fs::path& file, const json& document) {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << document.dump(2) << "\n";
}

}  // namespace

void write_random_sd1(const fs::path& folder, std::uint64_t seed) {
    auto generator = at::detail::createCPUGenerator(seed);
    write_weights(*unet::UNet(unet::UNetConfig::sd1()),
                  folder / "unet/diffusion_pytorch_model.safetensors", generator);
    write_weights(*vae::Autoencoder(vae::AutoencoderConfig::sd()),
                  folder / "vae/diffusion_pytorch_model.safetensors", generator);
    write_weights(*clip::TextEncoder(clip::TextEncoderConfig::vit_l()),
                  folder / "text_encoder/model.safetensors", generator);
    write_json(folder / "model_index.json",
               {{"_class_name", "StableDiffusionPipeline"},
                {"scheduler", {"diffusers", "EulerDiscreteScheduler"}},
                {"text_encoder", {"transformers", "CLIPTextModel"}},
                {"unet", {"diffusers", "UNet2DConditionModel"}},
                {"vae", {"diffusers", "AutoencoderKL"}}});
    write_json(folder / "unet/config.json",
               {{"_class_name", "UNet2DConditionModel"},
                {"act_fn", "silu"},
                {"attention_head_dim", 8},
                {"block_out_channels", {320, 640, 1280, 1280}},
                {"cross_attention_dim", 768},
                {"down_block_types",
                 {"CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D",
                  "DownBlock2D"}},
                {"in_channels", 4},
                {"layers_per_block", 2},
                {"norm_num_groups", 32},
                {"out_channels", 4},
                {"sample_size", 64},
                {"up_block_types",
                 {"UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"}}});
    const std::string down = "DownEncoderBlock2D", up = "UpDecoderBlock2D";
    write_json(folder / "vae/config.json",
               {{"_class_name", "AutoencoderKL"},
                {"block_out_channels", {128, 256, 512, 512}},
                {"down_block_types", {down, down, down, down}},
                {"in_channels", 3},
                {"latent_channels", 4},
                {"layers_per_block", 2},
                {"norm_num_groups", 32},
                {"out_channels", 3},
                {"sample_size", 512},
                {"scaling_factor", 0.18215},
                {"up_block_types", {up, up, up, up}}});
    write_json(folder / "text_encoder/config.json",
               {{"architectures", {"CLIPTextModel"}},
                {"hidden_act", "quick_gelu"},
                {"hidden_size", 768},
                {"intermediate_size", 3072},
                {"max_position_embeddings", 77},
                {"model_type", "clip_text_model"},
                {"num_attention_heads", 12},
                {"num_hidden_layers", 12},
                {"projection_dim", 768},
                {"vocab_size", 49408}});
    write_json(folder / "scheduler/scheduler_config.json",
               {{"_class_name", "EulerDiscreteScheduler"},
                {"beta_end", 0.012},
                {"beta_schedule", "scaled_linear"},
                {"beta_start", 0.00085},
                {"num_train_timesteps", 1000},
                {"prediction_type", "epsilon"},
                {"steps_offset", 1},
                {"timestep_spacing", "leading"}});
}

}  // namespace bench
