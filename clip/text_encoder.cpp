#include "clip/text_encoder.h"

namespace clip {

TextEncoderImpl::TextEncoderImpl(const TextEncoderConfig& config)
    : config_(config), text_model(register_module("text_model", TextModel(config))) {
    if (config.projection_dim > 0) {
        text_projection = register_module(
            "text_projection", unet::ops::Linear(config.width, config.projection_dim, false));
    }
}

torch::Tensor TextEncoderImpl::token_embeddings(const torch::Tensor& ids) {
    return text_model->embeddings->token_embedding(ids);
}

torch::Tensor TextEncoderImpl::final_layer_norm(const torch::Tensor& hidden) {
    return text_model->final_layer_norm(hidden);
}

TextEncoderOutput TextEncoderImpl::forward(const torch::Tensor& ids) {
    return forward_embeddings(token_embeddings(ids), ids);
}

TextEncoderOutput TextEncoderImpl::forward_embeddings(const torch::Tensor& embeddings,
                                                      const torch::Tensor& ids) {
    const auto length = embeddings.size(1);
    TORCH_CHECK(ids.dim() == 2 && ids.size(1) == length && length <= config_.max_positions,
                "TextEncoder: ids ", ids.sizes(), ", embeddings ", embeddings.sizes(), ", at most ",
                config_.max_positions, " positions");
    const auto& positions = text_model->embeddings->position_embedding->weight;
    auto x = embeddings + positions.slice(0, 0, length);
    TextEncoderOutput output;
    output.hidden.push_back(x);
    for (const auto& layer : *text_model->encoder->layers) {
        x = layer->as<EncoderLayerImpl>()->forward(x);
        output.hidden.push_back(x);
    }
    output.last = final_layer_norm(x);
    // argmax gives the first of equals, hence the first end token.
    const auto end = (ids == config_.end_token).to(torch::kInt).argmax(1);
    const auto row = torch::arange(ids.size(0), end.options());
    output.pooled = output.last.index({row, end});
    if (text_projection) output.pooled = text_projection(output.pooled);
    return output;
}

}  // namespace clip
