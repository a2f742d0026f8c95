#pragma once

// Token ids -> hidden states: what the UNet's cross-attention reads. Module names are those of
// transformers' CLIPTextModel(WithProjection).

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include <vector>

#include "clip/config.h"
#include "clip/transformer.h"

namespace clip {

struct TextEncoderOutput {
    std::vector<torch::Tensor> hidden;  ///< layers + 1 tensors [B, T, width]; [0] the embeddings
    torch::Tensor last;                 ///< final layer norm of hidden.back()
    torch::Tensor pooled;               ///< [B, projection_dim] (or [B, width] without projection)
};

class TextEncoderImpl : public torch::nn::Module {
public:
    explicit TextEncoderImpl(const TextEncoderConfig& config);

    /// ids: int64 [B, T], T <= max_positions. The pooled row is that of the first end token.
    TextEncoderOutput forward(const torch::Tensor& ids);

    /// The same from token embeddings [B, T, width] (textual inversion puts its vectors there);
    /// ids still say where the text ends.
    TextEncoderOutput forward_embeddings(const torch::Tensor& embeddings, const torch::Tensor& ids);

    torch::Tensor token_embeddings(const torch::Tensor& ids);
    torch::Tensor final_layer_norm(const torch::Tensor& hidden);
    const TextEncoderConfig& config() const { return config_; }

private:
    TextEncoderConfig config_;
    TextModel text_model{nullptr};
    unet::ops::Linear text_projection{nullptr};
};
TORCH_MODULE(TextEncoder);

}  // namespace clip
