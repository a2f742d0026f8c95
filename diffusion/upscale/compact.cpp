#include "diffusion/upscale/compact.h"

#include <memory>
#include <string>

namespace diffusion::upscale {

using unet::ops::conv3x3;

CompactImpl::CompactImpl(const CompactConfig& config) : config_(config) {
    const auto layers = register_module("body", std::make_shared<torch::nn::Module>());
    int number = 0;
    const auto name = [&] { return std::to_string(number++); };
    for (int64_t i = 0; i <= config.convolutions; ++i) {
        convs_.push_back(
            layers->register_module(name(), conv3x3(i == 0 ? 3 : config.width, config.width)));
        auto activation = layers->register_module(name(), std::make_shared<torch::nn::Module>());
        slopes_.push_back(activation->register_parameter("weight", torch::empty({config.width})));
    }
    convs_.push_back(
        layers->register_module(name(), conv3x3(config.width, 3 * config.scale * config.scale)));
}

torch::Tensor CompactImpl::forward(const torch::Tensor& pixels) {
    TORCH_CHECK(pixels.dim() == 4 && pixels.size(1) == 3, "upscaler: pixels ", pixels.sizes());
    auto x = pixels.contiguous(torch::MemoryFormat::ChannelsLast);
    for (size_t i = 0; i < slopes_.size(); ++i) x = torch::prelu(convs_[i](x), slopes_[i]);
    x = torch::pixel_shuffle(convs_.back()(x), config_.scale);
    return x + torch::upsample_nearest2d(pixels, {x.size(2), x.size(3)});
}

}  // namespace diffusion::upscale
