#include "diffusion/pipeline/models.h"

#include <fstream>
#include <optional>

#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/part_files.h"
#include "diffusion/error.h"
#include "diffusion/pipeline/part_size.h"
#include "unet/ops/layers.h"
#include "vae/autoencoder.h"
#include "vae/patch_autoencoder.h"
#include "vae/tiny_autoencoder.h"

namespace diffusion::pipeline {

namespace {

using checkpoint::ModelFamily;
using checkpoint::TensorTable;

template <typename Part>
const Part& needed(const std::optional<Part>& part, const std::string& name,
                   const std::filesystem::path& path) {
    if (part) return *part;
    throw Error(ErrorKind::unsupported_model,
                path.string() + ": expected a whole model, but found no " + name +
                    " in it; choose a checkpoint that holds UNet, text encoder and VAE.");
}

constexpr const char* vae_part = "VAE";

StoredPages fill(torch::nn::Module& module, const TensorTable& weights, const Placement& placement,
                 torch::Dtype dtype, const std::string& part) {
    checkpoint::LoadOptions options;
    options.dtype = dtype;
    options.device = placement.device;
    options.part = part;
    options.channels_last = true;
    // The shipped model's own autoencoder is not made of the layers that read their weights.
    const bool reads = placement.device.is_cpu() && !dynamic_cast<const vae::PatchAutoencoderImpl*>(&module);
    const auto layers = layer_weights(module);
    options.stays = [&](const std::string& name, const checkpoint::TensorEntry& entry) {
        return reads && layers.contains(name) &&
               (placement.keeps_narrow ? may_stay(name, entry, dtype) : stays_until_used(name, entry));
    };
    checkpoint::load_weights(module, weights, options);
    module.eval();
    if (!placement.device.is_cpu()) unet::ops::use_channels_last(module, dtype);
    return reads ? StoredPages(module, weights, dtype, !placement.keeps_narrow) : StoredPages();
}

std::ifstream open_file(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        throw Error(ErrorKind::missing_file,
                    file.string() + ": the tokenizer's file can't be opened; it belongs to the "
                                    "model or to the program's own resources.");
    }
    return stream;
}

clip::Tokenizer read_folder(const std::filesystem::path& folder) {
    auto vocabulary = open_file(folder / "vocab.json");
    auto merges = open_file(folder / "merges.txt");
    clip::TokenizerFiles files{&vocabulary, &merges, nullptr, nullptr};
    std::ifstream special(folder / "special_tokens_map.json");
    std::ifstream config(folder / "tokenizer_config.json");
    if (special) files.special_tokens_map = &special;
    if (config) files.config = &config;
    return clip::Tokenizer::from_folder(files);
}

std::shared_ptr<const clip::Tokenizer> read_tokenizer(const checkpoint::TextEncoderPart& part,
                                                      const Resources& resources) {
    const auto source = part.tokenizer_folder.empty() ? resources.clip_merges()
                                                      : part.tokenizer_folder;
    try {
        if (!part.tokenizer_folder.empty()) {
            return std::make_shared<clip::Tokenizer>(read_folder(source));
        }
        auto merges = open_file(source);
        return std::make_shared<clip::Tokenizer>(clip::Tokenizer::from_clip_merges(merges));
    } catch (const clip::TokenizerError& error) {
        throw Error(ErrorKind::corrupt_file, source.string() + ": " + error.what());
    }
}

/// A text encoder of the file: what is known of it, and its weights.
struct FoundEncoder {
    const checkpoint::TextEncoderPart& part;
    const TensorTable& weights;
};

/// In the order that the UNet reads them. Throws Error (unsupported_model) where one is absent.
std::vector<FoundEncoder> encoders_of(const checkpoint::ModelFiles& files, const std::filesystem::path& path) {
    const auto& d = files.description;
    std::vector<FoundEncoder> found;
    if (d.family != ModelFamily::sdxl_refiner)
        found.push_back({needed(d.text_encoder, "text encoder", path), files.text_encoder});
    if (d.family == ModelFamily::sdxl || d.family == ModelFamily::sdxl_refiner)
        found.push_back({needed(d.text_encoder_2, "second text encoder", path), files.text_encoder_2});
    return found;
}

StoredPages fill_encoder(clip::TextEncoder& encoder, const FoundEncoder& found, const Placement& placement) {
    encoder = clip::TextEncoder(found.part.config);
    return fill(*encoder, found.weights, placement, placement.text_dtype, "text encoder");
}

void load_text(Models& models, const FoundEncoder& found, const Resources& resources) {
    TextPart loaded;
    loaded.tokenizer = read_tokenizer(found.part, resources);
    models.text_pages.add(fill_encoder(loaded.encoder, found, models.placement));
    models.text.push_back(std::move(loaded));
}

void require_decoder(const checkpoint::VaeConfig& config, const std::filesystem::path& path) {
    const auto* tiny = std::get_if<vae::TinyConfig>(&config);
    if (!tiny || !tiny->decoder_blocks.empty()) return;
    throw Error(ErrorKind::unsupported_model,
                path.string() + ": expected a decoder, but this is the encoder of a TAESD; choose "
                                "the file of its decoder.");
}

/// 4 channels of 8x8 pixels, as a sentence has it.
std::string shape_of(std::int64_t channels, std::int64_t factor) {
    const auto side = std::to_string(factor);
    return std::to_string(channels) + " channels for every " + side + "x" + side + " pixels";
}

}  // namespace

std::vector<adapters::Network> networks_of(const Models& models) {
    std::vector<adapters::Network> networks{{checkpoint::Part::unet, models.unet.ptr()}};
    const bool is_refiner = models.description.family == ModelFamily::sdxl_refiner;
    for (std::size_t i = 0; i < models.text.size(); ++i) {
        const bool is_second = is_refiner || i == 1;
        networks.push_back({is_second ? checkpoint::Part::text_encoder_2 : checkpoint::Part::text_encoder,
                            models.text[i].encoder.ptr()});
    }
    return networks;
}

std::int64_t bytes_of(const torch::nn::Module& module) {
    std::int64_t bytes = 0;
    for (const auto& p : module.parameters()) bytes += static_cast<std::int64_t>(p.nbytes());
    return bytes;
}

std::shared_ptr<vae::LatentCodec> make_codec(const checkpoint::VaeConfig& config) {
    if (const auto* patch = std::get_if<vae::PatchConfig>(&config)) {
        return vae::PatchAutoencoder(*patch).ptr();
    }
    if (const auto* tiny = std::get_if<vae::TinyConfig>(&config)) {
        return vae::TinyAutoencoder(*tiny).ptr();
    }
    return vae::Autoencoder(std::get<vae::AutoencoderConfig>(config)).ptr();
}

Models load_models(const std::filesystem::path& path, const Resources& resources,
                   const Placement& placement,
                   const std::function<void(const std::string&)>& say,
                   std::optional<ModelFamily> family) {
    const auto files = checkpoint::open_model(path, checkpoint::as_family(family));
    const auto& d = files.description;
    Models models;
    models.description = d;
    models.placement = placement;

    say("text encoder");
    for (const auto& found : encoders_of(files, path)) load_text(models, found, resources);
    say("UNet");
    models.unet = unet::UNet(needed(d.unet, "UNet", path));
    models.unet_pages = fill(*models.unet, files.unet, placement, placement.dtype, "UNet");
    models.bytes = bytes_of(*models.unet) + models.unet_pages.growth();
    if (d.vae) {
        say("VAE");
        require_decoder(*d.vae, path);
        models.vae = make_codec(*d.vae);
        models.vae_pages = fill(*models.vae, files.vae, placement, placement.decoder_dtype, vae_part);
        models.bytes += bytes_of(*models.vae) + models.vae_pages.growth();
    }
    for (const auto& part : models.text) models.bytes += bytes_of(*part.encoder);
    models.bytes += models.text_pages.growth();
    models.patch = std::make_shared<adapters::Patch>(networks_of(models), d.family);
    return models;
}

unet::UNet load_unet(const std::filesystem::path& path, const Placement& placement,
                     std::optional<ModelFamily> family) {
    const auto files = checkpoint::open_model(path, checkpoint::as_family(family));
    unet::UNet unet(needed(files.description.unet, "UNet", path));
    fill(*unet, files.unet, placement, placement.dtype, "UNet");
    return unet;
}

std::vector<clip::TextEncoder> load_encoders(const std::filesystem::path& path, const Placement& placement,
                                             std::optional<ModelFamily> family) {
    const auto files = checkpoint::open_model(path, checkpoint::as_family(family));
    std::vector<clip::TextEncoder> encoders;
    for (const auto& found : encoders_of(files, path)) fill_encoder(encoders.emplace_back(nullptr), found, placement);
    return encoders;
}

void read_all_weights(const Models& models) {
    for (const auto& part : models.text) unet::ops::settle_weights(*part.encoder.ptr());
    unet::ops::settle_weights(*models.unet.ptr());
    if (models.vae) unet::ops::settle_weights(*models.vae);
}

void require_codec(const Models& models) {
    if (models.vae) return;
    throw Error(ErrorKind::unsupported_model,
                models.description.path.string() +
                    ": expected a whole model, but found no VAE in it; choose a checkpoint that holds "
                    "one, or name another file for the VAE.");
}

void require_same_space(const vae::LatentSpace& found, const Models& models,
                        const std::filesystem::path& path) {
    const auto channels = models.unet->config().out_channels;
    const auto factor = models.vae ? models.vae->space().factor : found.factor;
    if (found.channels == channels && found.factor == factor) return;
    throw Error(ErrorKind::bad_request,
                "vae: " + path.string() + " decodes " + shape_of(found.channels, found.factor) +
                    ", expected " + shape_of(channels, factor) + " as the model makes them.");
}

std::shared_ptr<vae::LatentCodec> load_codec(const std::filesystem::path& path,
                                             const Models& models) {
    const auto file = checkpoint::open_vae(path, models.description.family);
    require_decoder(file.config, path);
    auto codec = make_codec(file.config);
    fill(*codec, file.weights, models.placement, models.placement.decoder_dtype, vae_part);
    return codec;
}

}  // namespace diffusion::pipeline
