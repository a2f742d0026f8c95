#include "diffusion/training/model_lesson.h"

#include <ATen/Parallel.h>
#include <torch/utils.h>

#include <algorithm>
#include <future>
#include <optional>

#include "diffusion/training/loss.h"
#include "unet/ops/bfloat16_products.h"
#include "unet/ops/recompute.h"

namespace diffusion::training {

namespace {

/// The same weights, with gradients of their own.
void share_weights(const ModelNetworks& from, const ModelNetworks& to) {
    const auto given = from.modules(), taking = to.modules();
    for (size_t i = 0; i < given.size(); ++i) {
        const auto weights = given[i]->parameters(), own = taking[i]->parameters();
        for (size_t p = 0; p < weights.size(); ++p) own[p].set_data(weights[p].data());
    }
}

}  // namespace

std::vector<torch::nn::Module*> ModelNetworks::modules() const {
    std::vector<torch::nn::Module*> all{unet.ptr().get(), text_encoder.ptr().get()};
    if (text_pictures) all.push_back(text_pictures.ptr().get());
    return all;
}

ModelBatch ModelBatch::rows(int64_t begin, int64_t end) const {
    const auto cut = [&](const torch::Tensor& x) { return x.defined() ? x.slice(0, begin, end) : x; };
    return {cut(latents), cut(ids), cut(noise), cut(timesteps)};
}

ModelLesson::ModelLesson(ModelNetworks networks, const ModelTraining& config, double power, int workers,
                         const std::function<ModelNetworks()>& make)
    : team_{std::move(networks)}, config_(config), power_(power) {
    alphas_ = training_alphas().to(team_[0].unet.ptr()->parameters().front().device());
    for (int i = 1; i < workers; ++i) {
        team_.push_back(make());
        share_weights(team_[0], team_.back());
    }
}

torch::Tensor ModelLesson::loss_of(const ModelNetworks& networks, const ModelBatch& batch, bool text_alone) const {
    const auto context = networks.text_encoder.ptr()->forward(batch.ids).last;
    const auto text_loss = [&] {  // the share of the latents that the text alone doesn't say
        return torch::mse_loss(networks.text_pictures.ptr()->forward(context), batch.latents) / power_;
    };
    if (text_alone) return text_loss();
    const auto noisy = add_noise(batch.latents, batch.noise, batch.timesteps, alphas_, config_.snr_limit);
    const auto prediction = networks.unet.ptr()->forward(noisy.noisy, batch.timesteps.to(torch::kFloat32), {context, {}, {}});
    const auto loss = weighted_loss(prediction, noisy) / power_;
    return config_.text_weight > 0 ? loss + config_.text_weight * text_loss() : loss;
}

torch::Tensor ModelLesson::learn_rows(const ModelNetworks& networks, const ModelBatch& rows, bool text_alone,
                                      double share) const {
    std::optional<unet::ops::Recompute> recompute;  // both of this thread
    std::optional<unet::ops::Bfloat16Products> rounded;
    if (config_.recomputes) recompute.emplace();
    if (config_.bfloat16) rounded.emplace();
    const auto loss = share * loss_of(networks, rows, text_alone);
    loss.backward();
    return loss.detach();
}

torch::Tensor ModelLesson::learn(const ModelBatch& batch, bool text_alone, double share) const {
    const auto count = batch.latents.size(0), workers = std::min<int64_t>(count, std::ssize(team_));
    const auto learn_part = [&](int64_t i) {
        const auto begin = count * i / workers, end = count * (i + 1) / workers;
        return learn_rows(team_[static_cast<size_t>(i)], batch.rows(begin, end), text_alone,
                          share * double(end - begin) / double(count));
    };
    std::vector<std::future<torch::Tensor>> others;
    for (int64_t i = 1; i < workers; ++i)
        others.push_back(std::async(std::launch::async, [&learn_part, i] {
            at::init_num_threads();  // as many as the thread that began training has: one
            return learn_part(i);
        }));
    auto sum = learn_part(0);
    for (size_t i = 0; i < others.size(); ++i) {
        sum = sum + others[i].get();
        gather(team_[i + 1]);
    }
    return sum;
}

void ModelLesson::gather(const ModelNetworks& from) const {
    const auto own = team_[0].modules(), others = from.modules();
    for (size_t i = 0; i < own.size(); ++i) {
        auto weights = own[i]->parameters(), given = others[i]->parameters();
        for (size_t p = 0; p < weights.size(); ++p) {
            auto& gradient = weights[p].mutable_grad();
            auto& part = given[p].mutable_grad();
            if (part.defined()) gradient = gradient.defined() ? gradient + part : part;
            part = torch::Tensor();
        }
    }
}

}  // namespace diffusion::training
