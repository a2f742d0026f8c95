#pragma once

// What a denoising network is trained for: from a noisy latent, the v of Salimans and Ho 2022.

#include <torch/types.h>

namespace diffusion::training {

/// alpha-bar of the 1000 training timesteps, betas linear in their roots from 0.00085 to 0.012
/// (Rombach et al. 2022), as sampling has them. float32 [1000].
torch::Tensor training_alphas();

/// int64 [count] of 0..999: 1000 u^power for a uniform u of 0, 0.001 ... 0.999. A power above 1 draws little noise
/// more often.
torch::Tensor draw_timesteps(int64_t count, double power, const at::Generator& generator);

/// One training example per row of the batch.
struct NoisyBatch {
    torch::Tensor noisy;     ///< sqrt(a) latent + sqrt(1 - a) noise
    torch::Tensor target;    ///< v = sqrt(a) noise - sqrt(1 - a) latent
    torch::Tensor weight;    ///< [B]
};

/// latents, noise [B, C, h, w]; timesteps int64 [B]. The weight is min(snr + 1, limit) / (snr + 1):
/// min-SNR (Hang et al. 2023) with the one that v brings, so that the noisiest steps, where the text
/// decides what is drawn, keep weight 1.
NoisyBatch add_noise(const torch::Tensor& latents, const torch::Tensor& noise,
                     const torch::Tensor& timesteps, const torch::Tensor& alphas, double snr_limit);

/// The same for networks that others trained: the target is v, or the noise itself. The weight is
/// min(snr, limit) over what a squared error of the target is worth, snr for noise and snr + 1 for v
/// (Hang et al. 2023); 1 where limit is 0.
NoisyBatch noised(const torch::Tensor& latents, const torch::Tensor& noise,
                  const torch::Tensor& timesteps, const torch::Tensor& alphas, bool predicts_v,
                  double snr_limit);

/// Mean over the batch of weight * mean square error.
torch::Tensor weighted_loss(const torch::Tensor& prediction, const NoisyBatch& batch);

}  // namespace diffusion::training
