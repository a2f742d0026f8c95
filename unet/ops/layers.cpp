#include "unet/ops/layers.h"

#include <torch/utils.h>

#include "unet/ops/convolution.h"
#include "unet/ops/linear.h"
#include "unet/ops/low_rank.h"
#include "unet/ops/norm.h"

namespace unet::ops {

namespace {

/// The weight in the type of x; a convolution's gets channels-last order on the way.
torch::Tensor in_type_of(const torch::Tensor& x, const torch::Tensor& weight) {
    if (weight.scalar_type() == x.scalar_type()) return weight;
    const auto format = weight.dim() == 4 ? torch::MemoryFormat::ChannelsLast : torch::MemoryFormat::Contiguous;
    return weight.to(x.scalar_type(), false, false, format);
}

/// The source of the layer's weight; null where the weight is used as it is.
template <typename Layer>
std::shared_ptr<const WeightSource> source_of(const Layer& layer) {
    return layer.source && layer.source->stands_for(layer.weight) ? layer.source : nullptr;
}

template <typename Layer>
torch::Tensor read_weight(const Layer& layer, torch::Dtype dtype) {
    const auto source = source_of(layer);
    return source ? source->read(dtype) : layer.weight;
}

/// Puts the weight into its layer where it is to be read once.
template <typename Layer>
void settle(Layer& layer) {
    const auto source = source_of(layer);
    if (!source || !source->once()) return;
    // What is a tensor for training stays one, also in the middle of a picture.
    const torch::InferenceMode as_before(layer.weight.is_inference());
    const torch::NoGradGuard no_grad;
    layer.weight.set_data(source->read(*source->once()));
    source->let_go();
}

/// What one call computes with; as long as it lives the source keeps it.
template <typename Layer>
class UsedWeight {
public:
    UsedWeight(const torch::Tensor& x, Layer& layer) {
        settle(layer);
        source_ = source_of(layer);
        value = in_type_of(x, source_ ? source_->read(x.scalar_type()) : layer.weight);
    }
    ~UsedWeight() {
        value.reset();
        if (source_) source_->let_go();
    }
    UsedWeight(const UsedWeight&) = delete;
    UsedWeight& operator=(const UsedWeight&) = delete;

private:
    std::shared_ptr<const WeightSource> source_;

public:
    torch::Tensor value;
};

/// What the layer learns beside its weight; null where it learns nothing of low rank.
template <typename Layer>
const LowRankAddition* addition_of(const Layer& layer) {
    return dynamic_cast<const LowRankAddition*>(layer.source.get());
}

/// y with the addition's product, where there is one.
torch::Tensor added_to(const torch::Tensor& y, const torch::Tensor& x, const LowRankAddition* addition) {
    if (!addition) return y;
    const auto dtype = x.scalar_type();
    const auto low = linear(x, addition->down(dtype), torch::Tensor{});
    return linear_add(low, addition->scaled_up(dtype), {}, y);
}

torch::Tensor added_to(const torch::Tensor& y, const torch::Tensor& x, const LowRankAddition* addition,
                       int64_t stride, int64_t padding) {
    if (!addition) return y;
    const auto dtype = x.scalar_type();
    const auto low = conv2d(x, addition->down(dtype), torch::Tensor{}, stride, padding);
    return conv2d_add(low, addition->scaled_up(dtype), {}, 1, 0, y);
}

}  // namespace

LinearImpl::LinearImpl(int64_t in, int64_t out, bool with_bias)
    : weight(register_parameter("weight", torch::empty({out, in}))) {
    if (with_bias) bias = register_parameter("bias", torch::empty({out}));
}

torch::Tensor LinearImpl::forward(const torch::Tensor& x) {
    const UsedWeight used(x, *this);
    return added_to(linear(x, used.value, bias), x, addition_of(*this));
}

torch::Tensor LinearImpl::forward_add(const torch::Tensor& x, const torch::Tensor& other) {
    const UsedWeight used(x, *this);
    return added_to(linear_add(x, used.value, bias, other), x, addition_of(*this));
}

torch::Tensor LinearImpl::forward_geglu(const torch::Tensor& x) {
    if (addition_of(*this)) {
        const auto halves = forward(x).chunk(2, -1);
        return halves[0] * torch::gelu(halves[1]);
    }
    const UsedWeight used(x, *this);
    return linear_geglu(x, used.value, bias);
}

Conv2dImpl::Conv2dImpl(int64_t in, int64_t out, int64_t kernel, int64_t stride, int64_t padding,
                       bool with_bias)
    : weight(register_parameter("weight", torch::empty({out, in, kernel, kernel}))),
      stride_(stride),
      padding_(padding) {
    if (with_bias) bias = register_parameter("bias", torch::empty({out}));
}

torch::Tensor Conv2dImpl::forward(const torch::Tensor& x) {
    const UsedWeight used(x, *this);
    return added_to(conv2d(x, used.value, bias, stride_, padding_), x, addition_of(*this), stride_, padding_);
}

torch::Tensor Conv2dImpl::forward_add(const torch::Tensor& x, const torch::Tensor& other) {
    const UsedWeight used(x, *this);
    return added_to(conv2d_add(x, used.value, bias, stride_, padding_, other), x, addition_of(*this), stride_,
                    padding_);
}

GroupNormImpl::GroupNormImpl(int64_t groups, int64_t channels, double eps)
    : weight(register_parameter("weight", torch::empty({channels}))),
      bias(register_parameter("bias", torch::empty({channels}))),
      groups_(groups),
      eps_(eps) {
    TORCH_CHECK(channels % groups == 0, "GroupNorm: ", channels, " channels in ", groups, " groups");
}

torch::Tensor GroupNormImpl::forward(const torch::Tensor& x) {
    return group_norm(x, groups_, weight, bias, eps_);
}

torch::Tensor GroupNormImpl::forward_silu(const torch::Tensor& x, const torch::Tensor& offset) {
    return group_norm_silu(x, groups_, weight, bias, eps_, offset);
}

LayerNormImpl::LayerNormImpl(int64_t width, double eps)
    : weight(register_parameter("weight", torch::empty({width}))),
      bias(register_parameter("bias", torch::empty({width}))),
      eps_(eps) {}

torch::Tensor LayerNormImpl::forward(const torch::Tensor& x) {
    return torch::layer_norm(x, {weight.size(0)}, weight, bias, eps_);
}

EmbeddingImpl::EmbeddingImpl(int64_t count, int64_t width)
    : weight(register_parameter("weight", torch::empty({count, width}))) {}

torch::Tensor EmbeddingImpl::forward(const torch::Tensor& ids) {
    return torch::embedding(weight, ids);
}

Conv2d conv3x3(int64_t in, int64_t out) { return Conv2d(in, out, 3, 1, 1); }

Conv2d conv1x1(int64_t in, int64_t out) { return Conv2d(in, out, 1); }

torch::Tensor readable_weight(const torch::nn::Module& layer, torch::Dtype dtype) {
    if (const auto* linear = layer.as<LinearImpl>()) return read_weight(*linear, dtype).to(dtype);
    if (const auto* convolution = layer.as<Conv2dImpl>()) return read_weight(*convolution, dtype).to(dtype);
    return {};
}

void settle_weights(torch::nn::Module& module) {
    for (const auto& layer : module.modules()) {
        if (auto* linear = layer->as<LinearImpl>()) settle(*linear);
        if (auto* convolution = layer->as<Conv2dImpl>()) settle(*convolution);
    }
}

torch::Dtype compute_type(const torch::nn::Module& module) {
    const auto parameters = module.parameters();
    for (const auto& parameter : parameters)
        if (parameter.dim() == 1) return parameter.scalar_type();
    TORCH_CHECK(!parameters.empty(), "compute_type: a module without parameters");
    return parameters.front().scalar_type();
}

void use_channels_last(torch::nn::Module& module, torch::Dtype compute) {
    const torch::NoGradGuard no_grad;
    for (auto& parameter : module.parameters()) {
        if (parameter.dim() != 4) continue;
        if (static_cast<std::size_t>(parameter.element_size()) < torch::elementSize(compute)) continue;
        parameter.set_data(parameter.contiguous(torch::MemoryFormat::ChannelsLast));
    }
}

}  // namespace unet::ops
