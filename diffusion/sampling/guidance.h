#pragma once

// Classifier-free guidance (Ho & Salimans 2022): how predictions with and without the prompt become
// one. All functions are linear in what they are given, so they serve predictions and denoised
// latents alike.

#include <torch/types.h>

#include <vector>

namespace diffusion::sampling {

/// unconditional + scale * (conditional - unconditional).
torch::Tensor guided(const torch::Tensor& conditional, const torch::Tensor& unconditional,
                     double scale);

/// Several prompts joined by AND: the one conditional prediction that stands for all of them,
/// unconditional + sum of weight * (part - unconditional).
torch::Tensor joined(const std::vector<torch::Tensor>& parts, const std::vector<double>& weights,
                     const torch::Tensor& unconditional);

/// Lin et al. 2023, section 3.4: pulls the standard deviation of each picture's guided prediction
/// towards that of its conditional one; rescale 0 leaves it, 1 makes them equal.
torch::Tensor rescaled(const torch::Tensor& guided_prediction, const torch::Tensor& conditional,
                       double rescale);

}  // namespace diffusion::sampling
