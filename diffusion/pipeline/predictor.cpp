#include "diffusion/pipeline/predictor.h"

#include <map>
#include <utility>

#include "unet/ops/layers.h"

namespace diffusion::pipeline {

namespace {

torch::Tensor for_batch(const torch::Tensor& x, int64_t batch) {
    if (!x.defined() || x.size(0) == batch) return x;
    TORCH_CHECK(x.size(0) == 1, "conditioning of ", x.size(0), " pictures for a batch of ", batch);
    auto sizes = x.sizes().vec();
    sizes[0] = batch;
    return x.expand(sizes);
}

torch::Tensor joined(const std::vector<torch::Tensor>& parts) {
    return parts.size() == 1 || !parts[0].defined() ? parts[0] : torch::cat(parts);
}

/// Several texts for the same latent, one batch after the other.
unet::Conditioning joined(const std::vector<const unet::Conditioning*>& texts, int64_t batch) {
    std::vector<torch::Tensor> contexts, text_embeds, time_ids;
    for (const auto* text : texts) {
        contexts.push_back(for_batch(text->context, batch));
        text_embeds.push_back(for_batch(text->text_embeds, batch));
        time_ids.push_back(for_batch(text->time_ids, batch));
    }
    return {joined(contexts), joined(text_embeds), joined(time_ids)};
}

/// Predictions for all texts, in their order; one call of the network for each length.
std::vector<torch::Tensor> predict_all(const Network& network, const torch::Tensor& x,
                                       const torch::Tensor& timestep,
                                       const std::vector<const unet::Conditioning*>& texts) {
    std::map<int64_t, std::vector<size_t>> by_length;
    for (size_t i = 0; i < texts.size(); ++i) by_length[texts[i]->context.size(1)].push_back(i);
    std::vector<torch::Tensor> predictions(texts.size());
    for (const auto& [length, indices] : by_length) {
        std::vector<const unet::Conditioning*> group;
        for (const auto i : indices) group.push_back(texts[i]);
        const std::vector<torch::Tensor> latents(group.size(), x);
        const std::vector<torch::Tensor> timesteps(group.size(), timestep);
        const auto out = network(joined(latents), joined(timesteps), joined(group, x.size(0)));
        for (size_t k = 0; k < indices.size(); ++k) {
            const auto first = static_cast<int64_t>(k) * x.size(0);
            predictions[indices[k]] = out.slice(0, first, first + x.size(0));
        }
    }
    return predictions;
}

torch::Tensor composed(const std::vector<torch::Tensor>& predictions,
                       const std::vector<WeightedConditioning>& texts,
                       const torch::Tensor& unconditional) {
    if (texts.empty()) return unconditional;
    if (texts.size() == 1 && texts[0].weight == 1.0) return predictions[0];
    // In a step without the negative prompt the first text stands in for it, as in A1111.
    const auto& base = unconditional.defined() ? unconditional : predictions[0];
    auto sum = base;
    for (size_t i = 0; i < texts.size(); ++i)
        sum = sum + (predictions[i] - base) * texts[i].weight;
    return sum;
}

sampling::Predictions predict(const Network& network, const torch::Tensor& x,
                              const torch::Tensor& timestep, const Guidance& guidance) {
    TORCH_CHECK(!guidance.positive.empty() || guidance.unconditional,
                "a prediction needs at least one text");
    std::vector<const unet::Conditioning*> texts;
    for (const auto& part : guidance.positive) texts.push_back(&part.conditioning);
    if (guidance.unconditional) texts.push_back(&*guidance.unconditional);
    const auto predictions = predict_all(network, x, timestep, texts);
    const auto unconditional = guidance.unconditional ? predictions.back() : torch::Tensor();
    return {composed(predictions, guidance.positive, unconditional), unconditional};
}

unet::Conditioning in_type(const unet::Conditioning& given, torch::Dtype dtype) {
    const auto changed = [dtype](const torch::Tensor& x) { return x.defined() ? x.to(dtype) : x; };
    return {changed(given.context), changed(given.text_embeds), given.time_ids, given.guidance};
}

}  // namespace

Network one_by_one(Network network) {
    return [network = std::move(network)](const torch::Tensor& latent, const torch::Tensor& timestep,
                                          const unet::Conditioning& conditioning) {
        const auto count = latent.size(0);
        const auto row = [count](const torch::Tensor& x, int64_t i) {
            return x.defined() && x.size(0) == count ? x.slice(0, i, i + 1) : x;
        };
        std::vector<torch::Tensor> parts;
        for (int64_t i = 0; i < count; ++i) {
            const unet::Conditioning own{row(conditioning.context, i), row(conditioning.text_embeds, i),
                                         row(conditioning.time_ids, i), conditioning.guidance};
            parts.push_back(network(latent.slice(0, i, i + 1).contiguous(), row(timestep, i), own));
        }
        return parts.size() == 1 ? parts[0] : torch::cat(parts);
    };
}

Network network_of(unet::UNet unet) {
    return [unet](const torch::Tensor& latent, const torch::Tensor& timestep,
                  const unet::Conditioning& conditioning) mutable {
        const auto dtype = unet::ops::compute_type(*unet);
        return unet(latent.to(dtype), timestep, in_type(conditioning, dtype)).to(latent.scalar_type());
    };
}

Network with_channels(Network network, torch::Tensor channels) {
    return [network = std::move(network), channels = std::move(channels)](
               const torch::Tensor& latent, const torch::Tensor& timestep,
               const unet::Conditioning& conditioning) {
        // The latent holds the pictures of the batch once for each text.
        const auto times = latent.size(0) / channels.size(0);
        const auto beside = channels.repeat({times, 1, 1, 1}).to(latent.options());
        return network(torch::cat({latent, beside}, 1), timestep, conditioning);
    };
}

Network with_guidance_input(Network network, double scale) {
    return [network = std::move(network), scale](const torch::Tensor& latent, const torch::Tensor& timestep,
                                                 const unet::Conditioning& conditioning) {
        auto told = conditioning;
        told.guidance = torch::full({1}, scale, latent.options().dtype(torch::kFloat32));
        return network(latent, timestep, told);
    };
}

sampling::Predictor predictor(Network network, Guidance guidance) {
    return [network = std::move(network), guidance = std::move(guidance)](
               const torch::Tensor& x, const torch::Tensor& timestep) {
        return predict(network, x, timestep, guidance);
    };
}

sampling::Predictor predictor(Network network, std::function<Guidance(int call)> guidance_at) {
    return [network = std::move(network), guidance_at = std::move(guidance_at), call = 0](
               const torch::Tensor& x, const torch::Tensor& timestep) mutable {
        return predict(network, x, timestep, guidance_at(call++));
    };
}

}  // namespace diffusion::pipeline
