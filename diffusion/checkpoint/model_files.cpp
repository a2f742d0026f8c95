#include "diffusion/checkpoint/model_files.h"

#include <algorithm>
#include <array>
#include <map>

#include <nlohmann/json.hpp>

#include "diffusion/checkpoint/diffusers_folder.h"
#include "diffusion/checkpoint/file_error.h"
#include "diffusion/checkpoint/infer_config.h"
#include "diffusion/checkpoint/key_map.h"
#include "diffusion/checkpoint/model_prediction.h"
#include "diffusion/checkpoint/model_source_impl.h"
#include "diffusion/checkpoint/other_families.h"
#include "diffusion/checkpoint/state_dict.h"
#include "diffusion/error.h"

namespace diffusion::checkpoint {

namespace fs = std::filesystem;

namespace {

using nlohmann::json;

[[noreturn]] void refuse(const Source& source, const std::string& text) {
    throw file_error(ErrorReason::unsupported_architecture, source.name, text);
}

void refuse_other_pipeline(const Source& source) {
    const auto* index = source.config("index");
    if (!index || !index->is_object()) return;
    const auto other = other_pipeline(index->value("_class_name", json()).dump());
    if (other) refuse(source, *other);
}

/// Files without a UNet of ours, named where they are known: many bring a VAE and text encoders that
/// are.
void refuse_others(const Source& source, const ModelFiles& files, bool has_control) {
    if (files.unet.has("conv_in.weight") && files.unet.has("conv_out.weight")) return;
    if (has_control) refuse(source, "is a ControlNet, which is used beside a model; choose a model");
    if (const auto other = other_kind(source.table)) refuse(source, *other);
    for (const auto* part : {&files.unet, &files.vae, &files.text_encoder, &files.text_encoder_2}) {
        if (!part->tensors.empty()) return;
    }
    refuse(source, "holds " + std::to_string(source.table.tensors.size()) +
                       " tensors, but no network of Stable Diffusion 1, 2 or XL" +
                       (source.table.tensors.empty()
                            ? std::string()
                            : " (first key: " + source.table.tensors.begin()->first + ")"));
}

void refuse_unsupported_inputs(const Source& source, const ModelFiles& files) {
    if (files.unet.has("class_embedding.weight")) {
        throw file_error(ErrorReason::unsupported_architecture, source.name,
                         "is the x4 upscaler, which is not supported");
    }
    const bool is_xl = files.description.family == ModelFamily::sdxl ||
                       files.description.family == ModelFamily::sdxl_refiner;
    if (!is_xl && files.unet.has("add_embedding.linear_1.weight")) {
        throw file_error(ErrorReason::unsupported_architecture, source.name,
                         "is made for image prompts (unCLIP), which is not supported");
    }
}

/// Families of folders, whose pipeline class says more than widths.
std::optional<ModelFamily> folder_family(const Source& source, const ModelFiles& files) {
    const auto* index = source.config("index");
    if (!index || !index->is_object()) return std::nullopt;
    const auto class_name = index->value("_class_name", json()).dump();
    const auto has = [&](const char* text) { return class_name.find(text) != std::string::npos; };
    if (has("AtelierPipeline")) return ModelFamily::atelier;
    if (has("StableDiffusionXL")) {
        return files.text_encoder.tensors.empty() ? ModelFamily::sdxl_refiner : ModelFamily::sdxl;
    }
    if (!has("StableDiffusion") || has("StableDiffusion3")) return std::nullopt;
    const auto* text = source.config("text_encoder");
    const bool is_open_clip = text && text->is_object() && text->value("hidden_act", json()) == "gelu";
    return is_open_clip ? ModelFamily::sd2 : ModelFamily::sd1;
}

void find_family(const Source& source, const OpenOptions& options, ModelFiles& files) {
    auto family = options.family;
    if (!family) family = folder_family(source, files);
    files.description.family = family ? *family
                                      : infer_family(files.unet, files.text_encoder,
                                                     files.text_encoder_2, source.name);
}

/// SD 2 was trained on the layer before the last; its folders leave the last one out, and so do we
/// with its single files.
void drop_unused_layer(ModelFiles& files) {
    constexpr std::int64_t used_layers = 23;
    auto& config = files.description.text_encoder->config;
    const bool is_full_size = config.width == 1024;
    if (config.layers < 2 || (is_full_size && config.layers <= used_layers)) return;
    config.layers = is_full_size ? used_layers : config.layers - 1;
    config.projection_dim = 0;
    auto& tensors = files.text_encoder.tensors;
    tensors.erase("text_projection.weight");
    const auto stem = "text_model.encoder.layers." + std::to_string(config.layers) + ".";
    std::erase_if(tensors, [&](const auto& item) { return item.first.rfind(stem, 0) == 0; });
}

void describe_text(const Source& source, const OpenOptions& options, ModelFiles& files) {
    const auto describe = [&](const TensorTable& table, const std::string& part,
                              const std::string& tokenizer, bool is_open_clip,
                              const TextEncoderHints& hints) -> std::optional<TextEncoderPart> {
        if (table.tensors.empty()) return std::nullopt;
        const auto* config = source.config(part);
        const auto name = source.name + "/" + part;
        return TextEncoderPart{config ? text_config_of(*config, name + "/config.json")
                                      : infer_text_config(table, is_open_clip, hints, name),
                               find_tokenizer(source.path, tokenizer)};
    };
    auto& description = files.description;
    description.text_encoder =
        describe(files.text_encoder, "text_encoder", "tokenizer",
                 description.family == ModelFamily::sd2, options.text_encoder);
    if (description.family == ModelFamily::sd2 && description.text_encoder &&
        !source.config("text_encoder")) {
        drop_unused_layer(files);
    }
    description.text_encoder_2 =
        describe(files.text_encoder_2, "text_encoder_2", "tokenizer_2", true, options.text_encoder_2);
}

/// SDXL's sizes are embedded beside the pooled text; their width is what remains of the input.
std::optional<std::int64_t> size_embedding_width(const ModelFiles& files) {
    const auto* linear = files.unet.find("add_embedding.linear_1.weight");
    const auto& text = files.description.text_encoder_2;
    if (!linear || linear->shape.size() != 2 || !text || text->config.projection_dim == 0) return {};
    const auto rest = linear->shape[1] - text->config.projection_dim;
    const std::int64_t count = files.description.family == ModelFamily::sdxl_refiner ? 5 : 6;
    return rest > 0 && rest % count == 0 ? std::optional(rest / count) : std::nullopt;
}

/// Numbers of a short tensor of the file.
std::vector<double> numbers_of(const TensorEntry& entry) {
    const auto values = to_tensor(entry).to(torch::kFloat64).flatten().contiguous();
    return {values.data_ptr<double>(), values.data_ptr<double>() + values.numel()};
}

/// Playground v2.5 keeps the mean and deviation of its unscaled latents beside its networks; scaled ones
/// deviate by sigma_data.
void read_statistics(const TensorTable& file, VaeConfig& config) {
    constexpr double sigma_data = 0.5;
    auto* vae = std::get_if<vae::AutoencoderConfig>(&config);
    const auto* mean = file.find("edm_mean");
    const auto* deviation = file.find("edm_std");
    if (!vae || !mean || !deviation) return;
    for (const auto* entry : {mean, deviation}) {
        if (entry->element_count() != vae->latent_channels) return;
    }
    const auto deviations = numbers_of(*deviation);
    for (const auto number : deviations) {
        if (!(number > 0)) return;
    }
    vae->latents_mean = numbers_of(*mean);
    vae->latents_std = deviations;
    vae->scaling_factor = sigma_data;
}

void describe_networks(const Source& source, OpenOptions options, ModelFiles& files) {
    auto& description = files.description;
    if (!options.add_time_dim) options.add_time_dim = size_embedding_width(files);
    if (!files.unet.tensors.empty()) {
        const auto* config = source.config("unet");
        const auto name = source.name + "/unet";
        description.unet = config
                               ? unet_config_of(*config, name + "/config.json")
                               : infer_unet_config(files.unet, description.family, options, name);
    }
    if (!files.vae.tensors.empty()) {
        const auto* config = source.config("vae");
        const auto name = source.name + "/vae";
        description.vae = config ? vae_config_of(*config, name + "/config.json")
                                 : infer_codec_config(files.vae, description.family, options, name);
        if (!config) read_statistics(source.table, *description.vae);
    }
}

std::int64_t native_size_of(const Source& source, const ModelDescription& description) {
    const auto* config = source.config("unet");
    if (config && config->is_object()) {
        const auto size = config->value("sample_size", json());
        if (size.is_number_integer() && size > 0 && size < 4096) {
            return size.get<std::int64_t>() * (description.vae ? factor_of(*description.vae) : 8);
        }
    }
    switch (description.family) {
        case ModelFamily::sd2: return description.prediction() == Prediction::v ? 768 : 512;
        case ModelFamily::sdxl:
        case ModelFamily::sdxl_refiner: return 1024;
        default: return 512;
    }
}

std::string dominant_type(const TensorTable& table) {
    std::map<ElementType, std::int64_t> elements;
    for (const auto& [key, entry] : table.tensors) elements[entry.type] += entry.element_count();
    const auto most = std::max_element(elements.begin(), elements.end(), [](auto& a, auto& b) {
        return a.second < b.second;
    });
    return most == elements.end() ? std::string() : name_of(most->first);
}

void describe_rest(const Source& source, const OpenOptions& options, ModelFiles& files) {
    auto& description = files.description;
    if (const auto* scheduler = source.config("scheduler")) {
        description.scheduler = scheduler_config_of(*scheduler, source.name + "/scheduler");
        auto& prediction = description.scheduler.prediction;
        prediction = options.prediction.value_or(prediction);
        auto& zero_snr = description.scheduler.zero_terminal_snr;
        zero_snr = options.zero_terminal_snr.value_or(zero_snr);
    } else {
        description.scheduler = detect_scheduler(source.table, files.unet, description, options);
    }
    description.native_size = native_size_of(source, description);
    for (const auto* part : {&files.unet, &files.vae, &files.text_encoder, &files.text_encoder_2}) {
        for (const auto& [key, entry] : part->tensors) {
            description.parameter_count += entry.element_count();
        }
        if (description.precision.empty()) description.precision = dominant_type(*part);
    }
    const auto* index = source.config("index");
    description.zeroes_empty_negative =
        index && index->is_object()
            ? index->value("force_zeros_for_empty_prompt", json(false)) == json(true)
            : description.family == ModelFamily::sdxl;
}

}  // namespace

ModelFiles open_model(const fs::path& path, const OpenOptions& options) {
    const auto source = read_source(path);
    refuse_other_pipeline(source);
    auto mapped = map_keys(source.table, options.family);
    ModelFiles files{{},
                     std::move(mapped[Part::unet]),
                     std::move(mapped[Part::vae]),
                     std::move(mapped[Part::text_encoder]),
                     std::move(mapped[Part::text_encoder_2])};
    refuse_others(source, files, !mapped[Part::control].tensors.empty());
    files.description.path = path;
    files.description.metadata = source.table.metadata;
    mapped.unused.resize(std::min<std::size_t>(mapped.unused.size(), 20));
    files.description.unused_keys = std::move(mapped.unused);
    find_family(source, options, files);
    refuse_unsupported_inputs(source, files);
    describe_text(source, options, files);
    describe_networks(source, options, files);
    describe_rest(source, options, files);
    return files;
}

ModelDescription describe_model(const fs::path& path, const OpenOptions& options) {
    return open_model(path, options).description;
}

}  // namespace diffusion::checkpoint
