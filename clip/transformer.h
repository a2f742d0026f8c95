#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include "clip/config.h"
#include "unet/ops/layers.h"

namespace clip {

/// Causal self-attention over the tokens of a chunk.
class SelfAttentionImpl : public torch::nn::Module {
public:
    SelfAttentionImpl(int64_t width, int64_t heads);
    /// x [B, T, width].
    torch::Tensor forward(const torch::Tensor& x);

private:
    int64_t heads_;
    unet::ops::Linear k_proj, v_proj, q_proj, out_proj;
};
TORCH_MODULE(SelfAttention);

class MlpImpl : public torch::nn::Module {
public:
    explicit MlpImpl(const TextEncoderConfig& config);
    torch::Tensor forward(const torch::Tensor& x);

private:
    Activation activation_;
    unet::ops::Linear fc1, fc2;
};
TORCH_MODULE(Mlp);

/// Pre-norm encoder layer: attention and MLP, each added to its input.
class EncoderLayerImpl : public torch::nn::Module {
public:
    explicit EncoderLayerImpl(const TextEncoderConfig& config);
    torch::Tensor forward(torch::Tensor x);

private:
    SelfAttention self_attn;
    unet::ops::LayerNorm layer_norm1;
    Mlp mlp;
    unet::ops::LayerNorm layer_norm2;
};
TORCH_MODULE(EncoderLayer);

class EmbeddingsImpl : public torch::nn::Module {
public:
    explicit EmbeddingsImpl(const TextEncoderConfig& config);

    unet::ops::Embedding token_embedding, position_embedding;
};
TORCH_MODULE(Embeddings);

class EncoderImpl : public torch::nn::Module {
public:
    explicit EncoderImpl(const TextEncoderConfig& config);

    torch::nn::ModuleList layers;
};
TORCH_MODULE(Encoder);

/// The part of the checkpoint below the prefix `text_model`.
class TextModelImpl : public torch::nn::Module {
public:
    explicit TextModelImpl(const TextEncoderConfig& config);

    Embeddings embeddings;
    Encoder encoder;
    unet::ops::LayerNorm final_layer_norm;
};
TORCH_MODULE(TextModel);

}  // namespace clip
