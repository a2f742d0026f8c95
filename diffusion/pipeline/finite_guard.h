#pragma once

// Numbers that overflow in a narrow type become infinite, and the picture black. The guard looks at
// every text, every answer of the UNet and every picture; one that is not finite is made again, from the
// same finite latent, by the network in the next wider type, which is then kept. Adapters go with it.

#include <functional>
#include <string>
#include <vector>

#include "diffusion/pipeline/models.h"
#include "diffusion/pipeline/predictor.h"
#include "diffusion/text/prompt_encoder.h"

namespace diffusion::pipeline {

class FiniteGuard {
public:
    /// warn is told in one sentence when a network is replaced; it may be empty.
    FiniteGuard(Models& models, std::function<void(const std::string&)> warn);

    using Encode = std::function<TextConditioning(std::vector<EncoderPart>& parts)>;

    /// What encode makes of the text encoders. Throws Error (internal, non_finite) where the wider type
    /// is not wide enough, or there is none behind float64.
    TextConditioning encoded(const Encode& encode);

    /// The UNet, with the adapters that the model has now. Throws Error as encoded() does.
    Network network();

    /// Whether network() looks at each answer, as it begins. To look is to read from the device in the
    /// middle of a step; without it the caller asks accepts() of the latent, and samples again.
    void check_calls(bool checks) { checks_calls_ = checks; }

    /// False where the latent is not finite and could not be known to be so: from now on network() looks.
    bool accepts(const torch::Tensor& latent);

    /// Pixels of a latent, not clamped. Throws Error as encoded() does.
    torch::Tensor decoded(const torch::Tensor& latent);

private:
    void widen_text();
    void widen_unet();
    void widen_codec();
    bool can_widen(torch::Dtype dtype) const;

    Models& models_;
    std::function<void(const std::string&)> warn_;
    bool checks_calls_ = true;
};

}  // namespace diffusion::pipeline
