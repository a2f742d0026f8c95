#pragma once

// What the model stage learns by: the loss of a batch, and its gradients on several cores.

#include <torch/types.h>

#include <functional>
#include <vector>

#include "clip/text_encoder.h"
#include "diffusion/training/text_pictures.h"
#include "diffusion/training/training_config.h"
#include "unet/unet.h"

namespace diffusion::training {

/// What learns. text_pictures is empty where nothing is taught by it.
struct ModelNetworks {
    unet::UNet unet{nullptr};
    clip::TextEncoder text_encoder{nullptr};
    TextPictures text_pictures{nullptr};

    /// All of them in this order, without those that are empty.
    std::vector<torch::nn::Module*> modules() const;
};

/// One batch, drawn: a row for each picture.
struct ModelBatch {
    torch::Tensor latents;    ///< [B, C, h, w]
    torch::Tensor ids;        ///< int64 [B, T]
    torch::Tensor noise;      ///< as latents; undefined, as the timesteps, while the text learns alone
    torch::Tensor timesteps;  ///< int64 [B]

    ModelBatch rows(int64_t begin, int64_t end) const;
};

class ModelLesson {
public:
    /// Losses are measured by power, the latents' mean square. With several workers (CPU only) make is called
    /// for each but the first: networks of the same sizes, which then share the first's weights.
    ModelLesson(ModelNetworks networks, const ModelTraining& config, double power, int workers,
                const std::function<ModelNetworks()>& make);

    /// With its graph.
    torch::Tensor loss(const ModelBatch& batch, bool text_alone) const { return loss_of(team_[0], batch, text_alone); }

    /// Adds share times the loss's gradients to the weights' and returns share times the loss. Each worker has
    /// rows of the batch and a core of its own: a step of small maps gains little from cores that share its
    /// products. What is drawn is the same for any number of workers; sums differ in their last bits.
    torch::Tensor learn(const ModelBatch& batch, bool text_alone, double share) const;

private:
    torch::Tensor loss_of(const ModelNetworks& networks, const ModelBatch& batch, bool text_alone) const;
    torch::Tensor learn_rows(const ModelNetworks& networks, const ModelBatch& rows, bool text_alone, double share) const;
    void gather(const ModelNetworks& from) const;

    std::vector<ModelNetworks> team_;
    ModelTraining config_;
    double power_;
    torch::Tensor alphas_;
};

}  // namespace diffusion::training
