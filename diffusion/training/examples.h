#pragma once

// What training shows of a picture: the picture changed by chance, and a prompt that says what was done.

#include <torch/types.h>

#include <cstdint>
#include <span>
#include <string>

#include "diffusion/training/pack.h"
#include "diffusion/training/partners.h"
#include "diffusion/training/seeds.h"
#include "diffusion/training/training_config.h"

namespace diffusion::training {

struct Example {
    torch::Tensor pixels;  ///< float32 [3, extent, extent] in -1 ... 1; undefined: the picture as it is
    std::string prompt;
    torch::Tensor latent = {};  ///< float32 [C, h, w], scaled, of a picture that was put together from codes
};

/// float32 [3] in -1 ... 1: the colour, a little varied.
torch::Tensor shade_of(const Background& background, Chance& chance);

class Examples {
public:
    /// from: the pictures that may stand beside another. The pack must outlive it.
    Examples(const Pack& pack, std::span<const int64_t> from, const Augmentation& augmentation);

    /// Mirrored, and if it is cut out (the pack knows what of the square it covers) smaller and elsewhere,
    /// on a coloured background, beside a second thing, or two to four times; the same for the same seed. May be called from
    /// any thread.
    Example draw(int64_t index, const PromptMix& prompts, std::uint64_t seed) const;

    /// `count` squares of `extent` pixels from such pictures, placed by chance in steps of 8:
    /// [count, 3, extent, extent].
    torch::Tensor crops(std::span<const int64_t> from, int64_t count, int64_t extent,
                        std::uint64_t seed) const;

private:
    /// The picture with its cover, mirrored or not.
    torch::Tensor turned(int64_t index, Chance& chance) const;

    const Pack& pack_;
    Partners partners_;
    Augmentation augmentation_;
};

}  // namespace diffusion::training
