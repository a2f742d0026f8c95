#include "diffusion/checkpoint/single_file_names.h"

#include <optional>

#include "diffusion/checkpoint/file_error.h"
#include "diffusion/checkpoint/key_rules_impl.h"

namespace diffusion::checkpoint {

namespace {

/// Where the parts of a family's single files lie; an OpenCLIP encoder has names of its own.
struct Prefixes {
    std::string text_encoder;
    std::string text_encoder_2;
    bool is_open_clip = false;  ///< the first; the second always is
};

Prefixes prefixes_of(const ModelDescription& description) {
    switch (description.family) {
        case ModelFamily::sd1: return {"cond_stage_model.transformer.", "", false};
        case ModelFamily::sd2: return {"cond_stage_model.model.", "", true};
        case ModelFamily::sdxl:
            return {"conditioner.embedders.0.transformer.", "conditioner.embedders.1.model.", false};
        case ModelFamily::sdxl_refiner: return {"", "conditioner.embedders.0.model.", false};
        case ModelFamily::atelier: break;
    }
    throw file_error(ErrorReason::unsupported_format, description.path.filename().string(),
                     "is of the Atelier family, whose sizes and vocabulary only a folder can hold; "
                     "convert it to a folder");
}

[[noreturn]] void refuse(const ModelFiles& files, const std::string& part, const std::string& key) {
    throw file_error(ErrorReason::unsupported_architecture,
                     files.description.path.filename().string(),
                     "tensor " + key + " of the " + part + " has no name in a single file");
}

void add_unet(const ModelFiles& files, std::vector<SingleFileTensor>& result) {
    if (files.unet.tensors.empty()) return;
    const auto layers = static_cast<int>(files.description.unet->layers_per_block);
    for (const auto& [key, entry] : files.unet.tensors) {
        const auto name = rules::unet_to_ldm(key, layers, [&](const std::string& other) {
            return files.unet.has(other);
        });
        if (!name) refuse(files, "UNet", key);
        result.push_back({"model.diffusion_model." + *name, {entry}});
    }
}

/// LDM's attention layers are 1x1 convolutions.
TensorEntry as_convolution(TensorEntry entry) {
    entry.shape.insert(entry.shape.end(), {1, 1});
    entry.strides.insert(entry.strides.end(), {1, 1});
    return entry;
}

void add_vae(const ModelFiles& files, std::vector<SingleFileTensor>& result) {
    if (files.vae.tensors.empty()) return;
    const auto* config = std::get_if<vae::AutoencoderConfig>(&*files.description.vae);
    if (!config) refuse(files, "VAE", files.vae.tensors.begin()->first);
    const auto levels = static_cast<int>(config->block_out_channels.size());
    for (const auto& [key, entry] : files.vae.tensors) {
        const auto name = rules::vae_to_ldm(key, levels);
        if (!name) refuse(files, "VAE", key);
        const bool is_matrix = entry.shape.size() == 2 && name->find("attn_1.") != std::string::npos;
        result.push_back({"first_stage_model." + *name, {is_matrix ? as_convolution(entry) : entry}});
    }
}

TensorEntry transposed(TensorEntry entry) {
    std::swap(entry.shape.at(0), entry.shape.at(1));
    std::swap(entry.strides.at(0), entry.strides.at(1));
    return entry;
}

void add_open_clip(const ModelFiles& files, const TensorTable& text, const std::string& prefix,
                   std::vector<SingleFileTensor>& result) {
    for (const auto& [key, entry] : text.tensors) {
        const bool is_later_piece = key.find(".self_attn.k_proj.") != std::string::npos ||
                                    key.find(".self_attn.v_proj.") != std::string::npos;
        if (is_later_piece) continue;
        const auto name = rules::text_to_open_clip(key);
        if (!name) refuse(files, "text encoder", key);
        SingleFileTensor tensor{prefix + *name, {entry}};
        if (*name == "text_projection") tensor.pieces = {transposed(entry)};
        if (const auto cut = key.find(".q_proj."); cut != std::string::npos) {
            for (const char* other : {".k_proj.", ".v_proj."}) {
                const auto piece = key.substr(0, cut) + other + key.substr(cut + 8);
                const auto* found = text.find(piece);
                if (!found || found->shape != entry.shape) refuse(files, "text encoder", piece);
                tensor.pieces.push_back(*found);
            }
        }
        result.push_back(std::move(tensor));
    }
}

void add_text(const ModelFiles& files, const TensorTable& text, const std::string& prefix,
              bool is_open_clip, std::vector<SingleFileTensor>& result) {
    if (is_open_clip) return add_open_clip(files, text, prefix, result);
    for (const auto& [key, entry] : text.tensors) result.push_back({prefix + key, {entry}});
}

}  // namespace

std::vector<SingleFileTensor> single_file_tensors(const ModelFiles& files) {
    const auto prefixes = prefixes_of(files.description);
    std::vector<SingleFileTensor> result;
    add_unet(files, result);
    add_vae(files, result);
    add_text(files, files.text_encoder, prefixes.text_encoder, prefixes.is_open_clip, result);
    add_text(files, files.text_encoder_2, prefixes.text_encoder_2, true, result);
    return result;
}

std::optional<std::string> unet_name_in_single_file(
    const std::string& key, int layers_per_block,
    const std::function<bool(const std::string&)>& has) {
    return rules::unet_to_ldm(key, layers_per_block, has);
}

}  // namespace diffusion::checkpoint
