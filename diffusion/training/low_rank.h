#pragma once

// Low-rank additions to the layers of finished networks (Hu et al. 2021), in training. A layer
// computes with W + alpha / rank * up down; only the two factors learn.

#include "diffusion/adapters/patch.h"
#include "diffusion/training_request.h"

#include <torch/nn/module.h>
#include <torch/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "unet/ops/layers.h"

namespace diffusion::training {

class LowRank {
public:
    /// Chooses layers as kohya's trainer does: matrices and 1x1 kernels of the UNet's transformers,
    /// those of residual blocks and resamplers where convolutions learn, attention and MLP of the
    /// text encoders where those learn. up starts at 0, so that the first step sees the model as it
    /// is; down is drawn by the seed. Nothing else of the networks learns from now on. Throws Error
    /// (bad_request) for a rank that is not positive.
    LowRank(const std::vector<adapters::Network>& networks, checkpoint::ModelFamily family,
            const LoraTraining& options);

    ~LowRank() { remove(); }

    LowRank(const LowRank&) = delete;
    LowRank& operator=(const LowRank&) = delete;

    /// The factors under kohya's keys: "lora_unet_...to_q.lora_down.weight" [r, in(, kh, kw)],
    /// "...lora_up.weight" [out, r(, 1, 1)].
    torch::nn::Module& factors() { return *factors_; }

    std::size_t layer_count() const { return layers_.size(); }

    double alpha() const { return alpha_; }

    /// From now on every layer computes with its factors, as they are at each call, and gives them
    /// gradients.
    void install();
    /// The networks compute with their own weights alone again.
    void remove();

private:
    struct Layer {
        std::shared_ptr<torch::nn::Module> owner;
        std::shared_ptr<const unet::ops::WeightSource>* source;  ///< the layer's member
        std::shared_ptr<const unet::ops::WeightSource> own, learning;
    };

    void add(const std::string& name, std::shared_ptr<torch::nn::Module> owner,
             const torch::Tensor& weight, std::uint64_t seed);

    std::shared_ptr<torch::nn::Module> factors_;
    std::vector<Layer> layers_;
    std::int64_t rank_;
    double alpha_;
};

}  // namespace diffusion::training
