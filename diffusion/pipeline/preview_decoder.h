#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "diffusion/image.h"
#include "diffusion/pipeline/models.h"

namespace diffusion::pipeline {

/// Makes a picture of a latent [1, C, h, w] that is still being denoised, or none if it isn't time for one.
using PreviewMaker = std::function<Image(const torch::Tensor& denoised)>;

/// Previews by a distilled decoder (TAESD) instead of by a matrix: sharper, and some hundred times the
/// work. One is used where it lies in the folders under the name that its maker gave it: taesd_decoder or
/// taesdxl_decoder.
class PreviewDecoder {
public:
    explicit PreviewDecoder(std::vector<std::string> folders) : folders_(std::move(folders)) {}

    /// Empty where there is none for the model's latents. What it returns takes a twentieth of the time
    /// that passes. Throws Error where the file is damaged.
    PreviewMaker maker_for(const Models& models);

private:
    std::filesystem::path find(checkpoint::ModelFamily family) const;

    std::vector<std::string> folders_;
    std::filesystem::path file_;  ///< of codec_
    Placement placement_;
    std::shared_ptr<vae::LatentCodec> codec_;
};

}  // namespace diffusion::pipeline
