#include "diffusion/training/low_rank.h"

#include "diffusion/checkpoint/single_file_names.h"
#include "diffusion/error.h"
#include "diffusion/training/seeds.h"
#include "unet/ops/layers.h"
#include "unet/ops/low_rank.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace diffusion::training {

namespace {

using checkpoint::ModelFamily;
using checkpoint::Part;

/// One of the two matrices, so that its key ends as kohya's do.
class FactorImpl : public torch::nn::Module {
public:
    explicit FactorImpl(const torch::Tensor& value) { register_parameter("weight", value); }
};

bool contains(const std::string& text, const char* part) {
    return text.find(part) != text.npos;
}

bool learns(Part part, const std::string& layer, const LoraTraining& options) {
    if (part != Part::unet) return contains(layer, ".self_attn.") || contains(layer, ".mlp.");
    if (contains(layer, "attentions.")) return true;
    return options.has_convolutions &&
           (contains(layer, "resnets.") || contains(layer, "downsamplers.") ||
            contains(layer, "upsamplers."));
}

/// SDXL's LoRAs have LDM's names, all others those of diffusers.
class KohyaNames {
public:
    KohyaNames(const adapters::Network& network, ModelFamily family, bool has_two_encoders)
        : part_(network.part),
          is_ldm_(family == ModelFamily::sdxl),
          has_two_encoders_(has_two_encoders) {
        for (const auto& item : network.module->named_parameters()) keys_.insert(item.key());
        while (keys_.contains("down_blocks.0.resnets." + std::to_string(blocks_) + ".conv1.weight"))
            ++blocks_;
    }

    std::string operator()(const std::string& layer) const {
        auto name = layer;
        if (part_ == Part::unet && is_ldm_) {
            const auto ldm = checkpoint::unet_name_in_single_file(
                layer + ".weight", blocks_,
                [&](const std::string& key) { return keys_.contains(key); });
            if (ldm) name = ldm->substr(0, ldm->size() - std::string(".weight").size());
        }
        std::replace(name.begin(), name.end(), '.', '_');
        return prefix() + name;
    }

private:
    std::string prefix() const {
        if (part_ == Part::unet) return "lora_unet_";
        if (part_ == Part::text_encoder_2) return "lora_te2_";
        return has_two_encoders_ ? "lora_te1_" : "lora_te_";
    }

    Part part_;
    bool is_ldm_;
    bool has_two_encoders_;
    std::set<std::string> keys_;
    int blocks_ = 0;
};

using Source = std::shared_ptr<const unet::ops::WeightSource>;

/// Weight and source of a linear layer or a convolution; null for any other module.
struct Members {
    const torch::Tensor* weight = nullptr;
    Source* source = nullptr;
};

Members members_of(torch::nn::Module& module) {
    if (auto* linear = module.as<unet::ops::LinearImpl>()) return {&linear->weight, &linear->source};
    if (auto* convolution = module.as<unet::ops::Conv2dImpl>())
        return {&convolution->weight, &convolution->source};
    return {};
}

}  // namespace

LowRank::LowRank(const std::vector<adapters::Network>& networks, ModelFamily family,
                 const LoraTraining& options)
    : factors_(std::make_shared<torch::nn::Module>()), rank_(options.rank), alpha_(options.alpha) {
    if (options.rank < 1) {
        throw Error(ErrorKind::bad_request,
                    "rank: expected 1 or more, found " + std::to_string(options.rank) + ".");
    }
    const bool has_two = networks.size() > 2;
    for (const auto& network : networks) {
        for (auto& parameter : network.module->parameters()) parameter.requires_grad_(false);
        if (network.part != Part::unet && !options.has_text_encoder) continue;
        const KohyaNames name_of(network, family, has_two);
        for (const auto& item : network.module->named_modules()) {
            const auto* weight = members_of(*item.value()).weight;
            if (!weight || !learns(network.part, item.key(), options)) continue;
            add(name_of(item.key()), item.value(), *weight, mix(options.seed, layers_.size()));
        }
    }
}

/// down as a linear layer of its size starts (He et al. 2015, as PyTorch draws it): up to 1 /
/// sqrt(in).
void LowRank::add(const std::string& name, std::shared_ptr<torch::nn::Module> owner,
                  const torch::Tensor& weight, std::uint64_t seed) {
    auto down_sizes = weight.sizes().vec();
    down_sizes[0] = rank_;
    std::vector<std::int64_t> up_sizes(down_sizes.size(), 1);
    up_sizes[0] = weight.size(0);
    up_sizes[1] = rank_;
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    const double bound = 1.0 / std::sqrt(double(weight.numel() / weight.size(0)));
    auto down = (torch::rand(down_sizes, generator) * (2 * bound) - bound).to(weight.device());
    auto up = torch::zeros(up_sizes).to(weight.device());
    const auto pair = std::make_shared<torch::nn::Module>();
    pair->register_module("lora_down", std::make_shared<FactorImpl>(down));
    pair->register_module("lora_up", std::make_shared<FactorImpl>(up));
    factors_->register_module(name, pair);
    const auto named = pair->named_parameters();
    auto* source = members_of(*owner).source;
    const auto learning = std::make_shared<unet::ops::LowRankAddition>(
        *source, named["lora_down.weight"], named["lora_up.weight"], alpha_ / static_cast<double>(rank_));
    layers_.push_back({std::move(owner), source, *source, learning});
}

void LowRank::install() {
    for (auto& layer : layers_) *layer.source = layer.learning;
}

void LowRank::remove() {
    for (auto& layer : layers_) *layer.source = layer.own;
}

}  // namespace diffusion::training
