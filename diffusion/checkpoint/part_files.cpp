#include "diffusion/checkpoint/part_files.h"

#include <algorithm>
#include <array>

#include "diffusion/checkpoint/file_error.h"
#include "diffusion/checkpoint/infer_config.h"
#include "diffusion/checkpoint/key_map.h"
#include "diffusion/checkpoint/model_source_impl.h"

namespace diffusion::checkpoint {

namespace {

struct OtherControl {
    const char* mark;  ///< end of a key
    const char* what;
};

constexpr std::array other_controls{
    OtherControl{"lora_controlnet", "is a Control-LoRA"},
    OtherControl{"difference", "holds differences to another model's weights"},
    OtherControl{"task_embedding", "is a union of several ControlNets"},
};

void refuse_other_controls(const Source& source) {
    for (const auto& other : other_controls) {
        for (const auto& [key, entry] : source.table.tensors) {
            if (!key.ends_with(other.mark)) continue;
            throw file_error(ErrorReason::unsupported_architecture, source.name,
                             std::string(other.what) + ", which is not supported; choose a ControlNet "
                                                       "that is whole in its file");
        }
    }
}

/// By the text it was made for; the small ones for SDXL read no text, but sizes.
ModelFamily control_family(const TensorTable& control, const std::string& name) {
    const bool reads_text =
        std::any_of(control.tensors.begin(), control.tensors.end(), [](const auto& item) {
            return item.first.find(".attn2.") != std::string::npos;
        });
    if (!reads_text && control.has("add_embedding.linear_1.weight")) return ModelFamily::sdxl;
    return infer_family(control, {}, {}, name);
}

}  // namespace

VaeFile open_vae(const std::filesystem::path& path, ModelFamily family, const OpenOptions& options) {
    const auto source = read_source(path);
    auto mapped = map_keys(source.table, family);
    VaeFile file{{}, std::move(mapped[Part::vae])};
    if (file.weights.tensors.empty()) {
        throw file_error(ErrorReason::unsupported_architecture, source.name,
                         "holds no autoencoder; expected a VAE, a TAESD or a model with its VAE");
    }
    const auto* config = source.config("vae");
    file.config = config ? vae_config_of(*config, source.name + "/vae/config.json")
                         : infer_codec_config(file.weights, family, options, source.name);
    return file;
}

std::filesystem::path vae_beside(const std::filesystem::path& model) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(model, error)) return {};
    const auto stem = model.stem();
    for (const char* ending : {".vae.safetensors", ".vae.pt", ".vae.ckpt"}) {
        auto file = model.parent_path() / stem;
        file += ending;
        if (file != model && std::filesystem::is_regular_file(file, error)) return file;
    }
    return {};
}

ControlNetFile open_controlnet(const std::filesystem::path& path, const OpenOptions& options) {
    const auto source = read_source(path);
    refuse_other_controls(source);
    auto mapped = map_keys(source.table, options.family);
    ControlNetFile file;
    file.weights = std::move(mapped[Part::control]);
    if (file.weights.tensors.empty()) {
        throw file_error(ErrorReason::unsupported_architecture, source.name, "holds no ControlNet");
    }
    file.family = options.family ? *options.family : control_family(file.weights, source.name);
    auto known = options;
    if (const auto* config = source.config(control_part)) {
        read_control_config(*config, source.name + "/config.json", known);
    }
    file.config = infer_control_config(file.weights, file.family, known, source.name);
    return file;
}

}  // namespace diffusion::checkpoint
