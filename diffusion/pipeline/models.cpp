#include "diffusion/pipeline/models.h"

#include <fstream>
#include <optional>

#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/part_files.h"
#include "diffusion/error.h"
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
    // The shipped model's own autoencoder is not made of the layers that widen.
    options.keeps_narrow =
        placement.keeps_narrow && !dynamic_cast<const vae::PatchAutoencoderImpl*>(&module);
    options.channels_last = !options.keeps_narrow;
    checkpoint::load_weights(module, weights, options);
    module.eval();
    // A kernel in another order would be a copy; it is put into it for each call instead.
    unet::ops::use_channels_last(module, options.keeps_narrow ? torch::kFloat64 : dtype);
    return options.keeps_narrow ? StoredPages(module, weights) : StoredPages();
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

void load_text(Models& models, const checkpoint::TextEncoderPart& part, const TensorTable& weights,
               const Resources& resources) {
    TextPart loaded;
    loaded.tokenizer = read_tokenizer(part, resources);
    loaded.encoder = clip::TextEncoder(part.config);
    const auto& placement = models.placement;
    models.text_pages.add(fill(*loaded.encoder, weights, placement, placement.text_dtype, "text encoder"));
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
    if (d.family != ModelFamily::sdxl_refiner) {
        load_text(models, needed(d.text_encoder, "text encoder", path), files.text_encoder, resources);
    }
    if (d.family == ModelFamily::sdxl || d.family == ModelFamily::sdxl_refiner) {
        load_text(models, needed(d.text_encoder_2, "second text encoder", path), files.text_encoder_2,
                  resources);
    }
    say("UNet");
    models.unet = unet::UNet(needed(d.unet, "UNet", path));
    models.unet_pages = fill(*models.unet, files.unet, placement, placement.dtype, "UNet");
    models.bytes = bytes_of(*models.unet);
    if (d.vae) {
        say("VAE");
        require_decoder(*d.vae, path);
        models.vae = make_codec(*d.vae);
        models.vae_pages = fill(*models.vae, files.vae, placement, placement.decoder_dtype, vae_part);
        models.bytes += bytes_of(*models.vae);
    }
    for (const auto& part : models.text) models.bytes += bytes_of(*part.encoder);
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
