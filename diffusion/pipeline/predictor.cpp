#include "diffusion/pipeline/predictor.h"

#include <utility>

namespace diffusion::pipeline {

namespace {

torch::Tensor for_batch(const torch::Tensor& x, int64_t batch) {
    if (!x.defined() || x.size(0) == batch) return x;
    TORCH_CHECK(x.size(0) == 1, "conditioning of ", x.size(0), " pictures for a batch of ", batch);
    return x.expand(
        [&] {
            auto sizes = x.sizes().vec();
            sizes[0] = batch;
            return sizes;
        }());
}

unet::Conditioning for_batch(const unet::Conditioning& c, int64_t batch) {
    return {for_batch(c.context, batch), for_batch(c.text_embeds, batch),
            for_batch(c.time_ids, batch)};
}

torch::Tensor joined(const torch::Tensor& a, const torch::Tensor& b) {
    return a.defined() ? torch::cat({a, b}) : a;
}

unet::Conditioning joined(const unet::Conditioning& a, const unet::Conditioning& b) {
    return {joined(a.context, b.context), joined(a.text_embeds, b.text_embeds),
            joined(a.time_ids, b.time_ids)};
}

}  // namespace

sampling::Predictor unet_predictor(unet::UNet unet, GuidancePair pair) {
    return [unet, pair = std::move(pair)](const torch::Tensor& x_in,
                                          const torch::Tensor& timestep) mutable {
        const auto dtype = unet->parameters().front().scalar_type();
        const auto batch = x_in.size(0);
        const auto x = x_in.to(dtype);
        const auto conditional = for_batch(pair.conditional, batch);
        if (!pair.unconditional) {
            return sampling::Predictions{unet(x, timestep, conditional).to(x_in.scalar_type()), {}};
        }
        const auto both = joined(for_batch(*pair.unconditional, batch), conditional);
        const auto out = unet(torch::cat({x, x}), torch::cat({timestep, timestep}), both)
                             .to(x_in.scalar_type());
        return sampling::Predictions{out.slice(0, batch), out.slice(0, 0, batch)};
    };
}

}  // namespace diffusion::pipeline
