#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "clip/text_encoder.h"
#include "clip/tokenizer.h"
#include "diffusion/checkpoint/model_files.h"
#include "diffusion/pipeline/device.h"
#include "unet/unet.h"
#include "vae/latent_codec.h"

namespace diffusion::pipeline {

struct TextPart {
    clip::TextEncoder encoder{nullptr};
    std::shared_ptr<const clip::Tokenizer> tokenizer;
};

/// The networks that one request needs, loaded and on their device.
struct Models {
    checkpoint::ModelDescription description;
    Placement placement;
    std::vector<TextPart> text;  ///< one, or SDXL's two: CLIP-L and bigG
    unet::UNet unet{nullptr};
    std::shared_ptr<vae::LatentCodec> vae;
    std::int64_t bytes = 0;  ///< of all weights
};

/// Where the program's own files lie.
struct Resources {
    std::filesystem::path folder;  ///< holds model/ and clip/

    std::filesystem::path shipped_model() const { return folder / "model"; }
    std::filesystem::path clip_merges() const { return folder / "clip/bpe_simple_vocab_16e6.txt"; }
};

/// Builds the networks that the file describes and fills them, part by part, so that no more than
/// one part lies in memory twice. say is told what is being read. Throws Error: missing_file,
/// corrupt_file, or unsupported_model where a part that makes pictures is absent.
Models load_models(const std::filesystem::path& path, const Resources& resources,
                   const Placement& placement,
                   const std::function<void(const std::string& part)>& say);

/// The autoencoder a config describes, its weights untouched.
std::shared_ptr<vae::LatentCodec> make_codec(const checkpoint::VaeConfig& config);

}  // namespace diffusion::pipeline
