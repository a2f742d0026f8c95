#pragma once

#include <torch/types.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "diffusion/sampling/noise.h"

namespace diffusion::sampling {

/// Some pictures of a batch.
struct BatchPart {
    std::int64_t size = 1;   ///< pictures in the batch
    std::int64_t first = 0;  ///< of the part
    std::int64_t count = 1;
};

/// Noise of a batch that one generator draws whole, as ComfyUI and diffusers do: what a picture gets
/// depends on its place and on how many there are.
class BatchNoise {
public:
    /// shape: [C, H, W] of one latent.
    BatchNoise(NoiseStream stream, std::uint64_t seed, BatchPart part,
               std::vector<std::int64_t> shape);

    /// float32 [count, C, H, W] on the CPU: the part of the next draw.
    torch::Tensor next();

private:
    std::unique_ptr<NoiseGenerator> generator_;
    BatchPart part_;
    std::vector<std::int64_t> shape_;  // of the batch
};

}  // namespace diffusion::sampling
