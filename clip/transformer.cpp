#include "clip/transformer.h"

#include "unet/ops/attention.h"

namespace clip {

using unet::ops::Embedding;
using unet::ops::LayerNorm;
using unet::ops::Linear;

SelfAttentionImpl::SelfAttentionImpl(int64_t width, int64_t heads)
    : heads_(heads),
      k_proj(register_module("k_proj", Linear(width, width))),
      v_proj(register_module("v_proj", Linear(width, width))),
      q_proj(register_module("q_proj", Linear(width, width))),
      out_proj(register_module("out_proj", Linear(width, width))) {}

torch::Tensor SelfAttentionImpl::forward(const torch::Tensor& x) {
    return out_proj(unet::ops::attention(q_proj(x), k_proj(x), v_proj(x), heads_, true));
}

MlpImpl::MlpImpl(const TextEncoderConfig& config)
    : activation_(config.activation),
      fc1(register_module("fc1", Linear(config.width, config.mlp_width))),
      fc2(register_module("fc2", Linear(config.mlp_width, config.width))) {}

torch::Tensor MlpImpl::forward(const torch::Tensor& x) {
    const auto h = fc1(x);
    return fc2(activation_ == Activation::quick_gelu ? h * torch::sigmoid(1.702 * h)
                                                     : torch::gelu(h));
}

EncoderLayerImpl::EncoderLayerImpl(const TextEncoderConfig& config)
    : self_attn(register_module("self_attn", SelfAttention(config.width, config.heads))),
      layer_norm1(register_module("layer_norm1", LayerNorm(config.width, config.layer_norm_eps))),
      mlp(register_module("mlp", Mlp(config))),
      layer_norm2(register_module("layer_norm2", LayerNorm(config.width, config.layer_norm_eps))) {}

torch::Tensor EncoderLayerImpl::forward(torch::Tensor x) {
    x = x + self_attn(layer_norm1(x));
    return x + mlp(layer_norm2(x));
}

EmbeddingsImpl::EmbeddingsImpl(const TextEncoderConfig& config)
    : token_embedding(
          register_module("token_embedding", Embedding(config.vocab_size, config.width))),
      position_embedding(
          register_module("position_embedding", Embedding(config.max_positions, config.width))) {}

EncoderImpl::EncoderImpl(const TextEncoderConfig& config) {
    for (int64_t i = 0; i < config.layers; ++i) layers->push_back(EncoderLayer(config));
    register_module("layers", layers);
}

TextModelImpl::TextModelImpl(const TextEncoderConfig& config)
    : embeddings(register_module("embeddings", Embeddings(config))),
      encoder(register_module("encoder", Encoder(config))),
      final_layer_norm(
          register_module("final_layer_norm", LayerNorm(config.width, config.layer_norm_eps))) {}

}  // namespace clip
