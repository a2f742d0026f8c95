#pragma once

// Numbers that overflow in a narrow type become infinite, and the picture black. The guard looks at
// every answer of the UNet and at every picture; one that is not finite is made again, from the same
// finite latent, by the network in the next wider type, which is then kept.

#include <functional>
#include <string>

#include "diffusion/pipeline/models.h"
#include "diffusion/pipeline/predictor.h"

namespace diffusion::pipeline {

class FiniteGuard {
public:
    /// warn is told in one sentence when a network is replaced; it may be empty.
    FiniteGuard(Models& models, std::function<void(const std::string&)> warn);

    /// The UNet. Throws Error (internal, non_finite) where the wider type is not wide enough, or there
    /// is none: behind float64, and with adapters, which belong to the narrow weights.
    Network network();

    /// Pixels of a latent, not clamped. Throws Error as network() does.
    torch::Tensor decoded(const torch::Tensor& latent);

private:
    bool is_adapted() const;
    void widen_unet();
    void widen_codec();
    bool can_widen(torch::Dtype dtype) const;

    Models& models_;
    std::function<void(const std::string&)> warn_;
};

}  // namespace diffusion::pipeline
