#pragma once

// What the rest of the program knows of an autoencoder, whichever it is: pixels in, scaled latents
// out, and back. Nothing outside vae/ assumes a factor of 8 or 4 channels.

#include <torch/nn/module.h>
#include <torch/types.h>

#include <array>
#include <vector>

namespace vae {

/// The shape and scale of a latent space.
struct LatentSpace {
    int64_t channels = 4;
    int64_t factor = 8;           ///< pixels per latent pixel, in each direction
    double scaling_factor = 1.0;  ///< latent = scaling_factor * mean
    /// One row per channel: how much red, green and blue (-1 ... 1) one unit of it shows in a
    /// preview; the last row is the constant.
    std::vector<std::array<double, 3>> preview_matrix;
};

/// Mean and log variance of the posterior, unscaled, [B, channels, h, w].
struct Moments {
    torch::Tensor mean;
    torch::Tensor logvar;
};

class LatentCodec : public torch::nn::Module {
public:
    using torch::nn::Module::Module;
    virtual const LatentSpace& space() const = 0;
    /// pixels [B, 3, H, W] in -1 ... 1, H and W multiples of the factor.
    virtual Moments encode(const torch::Tensor& pixels) = 0;
    /// latent: scaled, [B, channels, h, w]. Returns pixels, not clamped.
    virtual torch::Tensor decode(const torch::Tensor& latent) = 0;
    /// A rough picture of a latent that costs next to nothing: uint8 [B, h, w, 3] on the CPU, of any
    /// size. By default one product with the space's preview matrix per latent pixel.
    virtual torch::Tensor preview(const torch::Tensor& latent);
};

}  // namespace vae
