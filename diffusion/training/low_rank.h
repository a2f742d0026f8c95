#pragma once

// Low-rank additions to the layers of finished networks (Hu et al. 2021), in training. A layer
// computes with W + alpha / rank * up down; only the two factors learn.

#include "diffusion/adapters/patch.h"
#include "diffusion/training_request.h"

#include <torch/nn/module.h>
#include <torch/types.h>

#include <memory>
#include <string>
#include <vector>

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

    /// Gives every layer the weight that its factors make of it now, with its graph: before each
    /// forward whose gradients are wanted.
    void install();
    /// Puts the networks' own weights back.
    void remove();

private:
    struct Layer {
        std::shared_ptr<torch::nn::Module> owner;
        torch::Tensor* weight;  ///< the layer's member
        torch::Tensor original;
        torch::Tensor down, up;
    };

    void add(const std::string& name, std::shared_ptr<torch::nn::Module> owner,
             torch::Tensor& weight, std::uint64_t seed);

    std::shared_ptr<torch::nn::Module> factors_;
    std::vector<Layer> layers_;
    std::int64_t rank_;
    double alpha_;
};

}  // namespace diffusion::training
