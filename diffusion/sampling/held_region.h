#pragma once

// Inpainting: the part of a picture that stays as it was given.

#include <torch/types.h>

namespace diffusion::sampling {

struct HeldRegion {
    torch::Tensor clean;    ///< latent of the given picture, [1 or B, C, h, w]; undefined: nothing held
    torch::Tensor noise;    ///< unit noise of that shape; needed above sigma 0 only
    torch::Tensor repaint;  ///< [1, 1, h, w]; 1: made anew, 0: held, between them: mixed

    /// The network sees the held part at its noise level (ComfyUI); otherwise what the sampler made of it.
    bool holds_input = false;

    bool is_empty() const { return !clean.defined(); }

    /// x with the held part, at this noise level, in the place of its own.
    torch::Tensor put_back(const torch::Tensor& x, double sigma) const;
};

}  // namespace diffusion::sampling
