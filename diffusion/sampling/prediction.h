#pragma once

// What a network predicts, turned into its estimate of the clean latent. A new prediction type is
// one value here and one case in prediction.cpp.

#include <torch/types.h>

#include <string_view>

namespace diffusion::sampling {

/// edm: Karras et al. 2022 with data that deviates by 0.5, as Playground v2.5 scales its latents.
enum class PredictionType { epsilon, v, edm };

/// "epsilon", "v" and diffusers' "v_prediction". Throws Error (bad_request) for anything else.
PredictionType prediction_type_of(std::string_view name);

/// Factors of Karras et al. 2022, table 1: denoised = skip * x + out * network(in * x, timestep).
struct Scalings {
    double skip;
    double out;
    double in;
};

Scalings scalings(PredictionType type, double sigma);

/// x at noise level sigma, the network's output for it -> denoised, in the type of x.
torch::Tensor denoised_of(PredictionType type, const torch::Tensor& x, const torch::Tensor& output,
                          double sigma);

}  // namespace diffusion::sampling
