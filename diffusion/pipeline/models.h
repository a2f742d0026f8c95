#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "clip/text_encoder.h"
#include "clip/tokenizer.h"
#include "diffusion/adapters/patch.h"
#include "diffusion/checkpoint/model_files.h"
#include "diffusion/pipeline/device.h"
#include "diffusion/pipeline/stored_pages.h"
#include "unet/unet.h"
#include "vae/latent_codec.h"

namespace diffusion::pipeline {

struct TextPart {
    clip::TextEncoder encoder{nullptr};
    std::shared_ptr<const clip::Tokenizer> tokenizer;
};

/// Networks of the next wider type, once a narrower one was found to overflow.
struct WiderParts {
    std::vector<clip::TextEncoder> text;  ///< all of the model's, or none
    unet::UNet unet{nullptr};
    std::shared_ptr<vae::LatentCodec> vae;
    std::shared_ptr<adapters::Patch> text_patch, unet_patch;  ///< adapters on those that are there
};

/// The networks that one request needs, loaded and on their device.
struct Models {
    checkpoint::ModelDescription description;
    Placement placement;
    std::vector<TextPart> text;  ///< one, or SDXL's two: CLIP-L and bigG
    unet::UNet unet{nullptr};
    std::shared_ptr<vae::LatentCodec> vae;  ///< null where the model has none of its own
    std::filesystem::path vae_path;  ///< of another file; empty: the model's own
    std::string codec_warning;       ///< why the other file may not fit, in a sentence; or empty
    std::shared_ptr<WiderParts> wider = std::make_shared<WiderParts>();
    std::int64_t bytes = 0;  ///< of all weights
    std::shared_ptr<adapters::Patch> patch;  ///< what adapters make of text encoders and UNet
    StoredPages text_pages, unet_pages, vae_pages;  ///< what stayed in the file
};

/// Where the program's own files lie.
struct Resources {
    std::filesystem::path folder;  ///< holds model/ and clip/

    std::filesystem::path shipped_model() const { return folder / "model"; }
    std::filesystem::path clip_merges() const { return folder / "clip/bpe_simple_vocab_16e6.txt"; }
};

/// Builds the networks that the file describes and fills them. On the CPU matrices and kernels stay in the
/// mapped file until a layer's first call makes its weight of them, or longer (Placement::keeps_narrow),
/// so that loading touches the small tensors only and what isn't used is never read; nowhere lies more
/// than one weight twice. say is told what is being read. Throws Error: missing_file,
/// corrupt_file, or unsupported_model where the UNet or a text encoder is absent.
Models load_models(const std::filesystem::path& path, const Resources& resources,
                   const Placement& placement,
                   const std::function<void(const std::string& part)>& say,
                   std::optional<checkpoint::ModelFamily> family = {});

/// Reads now what layers would read at their first call: before training, or to measure it.
void read_all_weights(const Models& models);

/// The UNet alone, or the text encoders. Throws Error as load_models does.
unet::UNet load_unet(const std::filesystem::path& path, const Placement& placement,
                     std::optional<checkpoint::ModelFamily> family);
std::vector<clip::TextEncoder> load_encoders(const std::filesystem::path& path, const Placement& placement,
                                             std::optional<checkpoint::ModelFamily> family);

/// An autoencoder from another file for this model's latents: a VAE, the one of another model, or a
/// TAESD. Throws Error: missing_file, corrupt_file, or unsupported_model where it can't decode.
std::shared_ptr<vae::LatentCodec> load_codec(const std::filesystem::path& path, const Models& models);

/// Throws Error (bad_request) where the latents of the autoencoder from path are of another shape than
/// the model's.
void require_same_space(const vae::LatentSpace& found, const Models& models,
                        const std::filesystem::path& path);

/// Throws Error (unsupported_model) where there is no autoencoder at all.
void require_codec(const Models& models);

/// UNet and text encoders, as adapters know them.
std::vector<adapters::Network> networks_of(const Models& models);

std::int64_t bytes_of(const torch::nn::Module& module);

/// The autoencoder a config describes, its weights untouched.
std::shared_ptr<vae::LatentCodec> make_codec(const checkpoint::VaeConfig& config);

}  // namespace diffusion::pipeline
