#pragma once

// Scenes for training that are put together from codes instead of pixels.

#include <torch/types.h>

#include <cstdint>
#include <span>

#include "diffusion/training/examples.h"
#include "diffusion/training/layer_codes.h"
#include "diffusion/training/partners.h"
#include "diffusion/training/training_config.h"

namespace diffusion::training {

/// Draws what Examples draws of backgrounds, pairs and counts in a hundredth of the time: each thing is whole, or has
/// half the side and lies on whole patches: two beside each other in the middle, the third above two, four in a square.
class Compositions {
public:
    /// from: the pictures that may stand beside another. The captions must outlive it.
    Compositions(const std::vector<Caption>& captions, std::span<const int64_t> from, LayerCodes codes,
                 const Composition& shares);

    /// A scene with this picture and the prompt that says so; the same for the same seed. The latent is undefined,
    /// and the prompt says nothing of a scene, for a picture that isn't cut out. May be called from any thread.
    Example draw(int64_t index, const PromptMix& prompts, std::uint64_t seed) const;

private:
    const std::vector<Caption>& captions_;
    Partners partners_;
    LayerCodes codes_;
    Composition shares_;
};

}  // namespace diffusion::training
