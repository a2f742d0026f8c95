#pragma once

#include <cstdint>
#include <vector>

#include "diffusion/pipeline/latents.h"
#include "diffusion/pipeline/models.h"
#include "diffusion/request.h"
#include "diffusion/training_request.h"

namespace diffusion::pipeline {

/// The pictures that a request names, as the files have them; empty where it names none.
struct GivenImages {
    Image initial;
    Image mask;
};

/// Throws Error: what the source throws; bad_request for a mask without a picture, or one of another
/// size than the picture.
GivenImages read_images(const GenerationRequest& request, const PictureSource& source);

/// A given picture and mask, encoded once for all pictures of a request. What is absent stays
/// undefined.
class GivenPicture {
public:
    /// softens: the mask as A1111 takes it, blurred and rounded; otherwise as diffusers does.
    /// Throws Error (unsupported_model) for a UNet whose input is neither a latent nor a latent with
    /// a mask and a masked picture.
    GivenPicture(Models& models, const GivenImages& images, const Extent& extent, bool softens);

    bool has_mask() const { return repaint_.defined(); }

    /// Clean latents, one for each seed: [B, channels, h, w]; undefined without a picture.
    torch::Tensor latents(const std::vector<std::uint64_t>& seeds) const;

    /// [1, 1, h, w], 1: made anew; undefined without a mask.
    const torch::Tensor& repaint() const { return repaint_; }

    /// What an inpainting model reads beside the latent, [B, 1 + channels, h, w]; undefined for other
    /// models. Without a picture everything is to be painted.
    torch::Tensor channels(const std::vector<std::uint64_t>& seeds) const;

    /// Decoded pixels with the given ones back outside of a softened mask; without one as they are.
    torch::Tensor pasted(const torch::Tensor& decoded) const;

private:
    torch::Tensor drawn(const vae::Moments& moments, const std::vector<std::uint64_t>& seeds) const;

    vae::LatentSpace space_;
    torch::Tensor pixels_;
    torch::Tensor overlay_;  // [1, 1, H, W], 1: the new picture shows
    torch::Tensor repaint_;
    torch::Tensor corner_mask_;  // of an inpainting model
    vae::Moments moments_;
    vae::Moments masked_moments_;
};

}  // namespace diffusion::pipeline
