#include "diffusion/upscale/rrdb.h"

#include <string>
#include <vector>

namespace diffusion::upscale {

namespace {

using unet::ops::Conv2d;
using unet::ops::conv3x3;

constexpr double slope = 0.2;          // of the leaky rectifiers
constexpr double residual_share = 0.2;  // so that deep stacks stay trainable (section 3.1)

torch::Tensor leaky(const torch::Tensor& x) { return torch::leaky_relu(x, slope); }

/// Five convolutions, each of which sees the input and all results before it.
class DenseBlockImpl : public torch::nn::Module {
public:
    explicit DenseBlockImpl(const RrdbConfig& config) {
        for (int64_t i = 0; i < 5; ++i) {
            const auto out = i < 4 ? config.growth : config.width;
            convs_.push_back(register_module("conv" + std::to_string(i + 1),
                                             conv3x3(config.width + i * config.growth, out)));
        }
    }

    torch::Tensor forward(const torch::Tensor& x) {
        std::vector<torch::Tensor> seen{x};
        for (size_t i = 0; i < 4; ++i) seen.push_back(leaky(convs_[i](torch::cat(seen, 1))));
        return x + residual_share * convs_[4](torch::cat(seen, 1));
    }

private:
    std::vector<Conv2d> convs_;
};
TORCH_MODULE(DenseBlock);

class RrdbBlockImpl : public torch::nn::Module {
public:
    explicit RrdbBlockImpl(const RrdbConfig& config)
        : rdb1(register_module("rdb1", DenseBlock(config))),
          rdb2(register_module("rdb2", DenseBlock(config))),
          rdb3(register_module("rdb3", DenseBlock(config))) {}

    torch::Tensor forward(const torch::Tensor& x) {
        return x + residual_share * rdb3(rdb2(rdb1(x)));
    }

private:
    DenseBlock rdb1, rdb2, rdb3;
};
TORCH_MODULE(RrdbBlock);

}  // namespace

int64_t RrdbConfig::fold() const { return in_channels == 48 ? 4 : in_channels == 12 ? 2 : 1; }

RrdbImpl::RrdbImpl(const RrdbConfig& config)
    : config_(config),
      conv_first(register_module("conv_first", conv3x3(config.in_channels, config.width))),
      conv_body(register_module("conv_body", conv3x3(config.width, config.width))) {
    for (int64_t i = 0; i < config.blocks; ++i) body->push_back(RrdbBlock(config));
    register_module("body", body);
    for (int64_t i = 1; i <= config.doublings; ++i) {
        conv_up_.push_back(
            register_module("conv_up" + std::to_string(i), conv3x3(config.width, config.width)));
    }
    conv_hr = register_module("conv_hr", conv3x3(config.width, config.width));
    conv_last = register_module("conv_last", conv3x3(config.width, 3));
}

int64_t RrdbImpl::scale() const { return (int64_t{1} << config_.doublings) / config_.fold(); }

torch::Tensor RrdbImpl::forward(const torch::Tensor& pixels) {
    TORCH_CHECK(pixels.dim() == 4 && pixels.size(1) == 3, "upscaler: pixels ", pixels.sizes());
    const auto folded =
        torch::pixel_unshuffle(mirrored_to_multiple(pixels, config_.fold()), config_.fold());
    const auto first = conv_first(folded.contiguous(torch::MemoryFormat::ChannelsLast));
    auto x = first;
    for (const auto& block : *body) x = block->as<RrdbBlockImpl>()->forward(x);
    x = first + conv_body(x);
    for (auto& conv : conv_up_) {
        x = leaky(conv(torch::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)})));
    }
    x = conv_last(leaky(conv_hr(x)));
    return x.slice(2, 0, pixels.size(2) * scale()).slice(3, 0, pixels.size(3) * scale());
}

}  // namespace diffusion::upscale
