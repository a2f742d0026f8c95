#pragma once

// The parameterised layers that all networks share. They differ from torch::nn in one point: their
// constructors leave the weights uninitialised (untouched memory costs nothing until it is written),
// because a checkpoint or the trainer fills them. Parameter names and shapes are torch::nn's. Linear and
// Conv2d compute in their input's type: a weight that is kept in a narrower one, as a file stores it, is
// widened for each call, which halves the memory of a network for a few hundredths of its time.

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include <memory>
#include <optional>

namespace unet::ops {

/// Makes a layer's weight from what a file has of it.
class WeightSource {
public:
    virtual ~WeightSource() = default;
    /// Whether the layer's weight is still what the file has, be it in another type, or bytes of no
    /// meaning to the layer. Any other (an adapter's) is used as it is.
    virtual bool stands_for(const torch::Tensor& weight) const = 0;
    /// The weight of the layer's shape in this type.
    virtual torch::Tensor read(torch::Dtype dtype) const = 0;
    /// The call that read it is done with it.
    virtual void let_go() const = 0;
    /// The type in which the layer's first call reads it for good; none: it is read for each call.
    virtual std::optional<torch::Dtype> once() const = 0;
};

/// y = x W^T + b; weight [out, in].
class LinearImpl : public torch::nn::Module {
public:
    LinearImpl(int64_t in, int64_t out, bool with_bias = true);
    torch::Tensor forward(const torch::Tensor& x);
    /// forward(x) + other.
    torch::Tensor forward_add(const torch::Tensor& x, const torch::Tensor& other);
    /// linear_geglu of x.
    torch::Tensor forward_geglu(const torch::Tensor& x);

    torch::Tensor weight;
    torch::Tensor bias;  ///< undefined without bias
    std::shared_ptr<const WeightSource> source;  ///< null: the weight is used as it is
};
TORCH_MODULE(Linear);

/// weight [out, in, kernel, kernel]; zero padding on all four sides.
class Conv2dImpl : public torch::nn::Module {
public:
    Conv2dImpl(int64_t in, int64_t out, int64_t kernel, int64_t stride = 1, int64_t padding = 0,
               bool with_bias = true);
    torch::Tensor forward(const torch::Tensor& x);
    /// forward(x) + other, of the result's shape.
    torch::Tensor forward_add(const torch::Tensor& x, const torch::Tensor& other);

    torch::Tensor weight;
    torch::Tensor bias;
    std::shared_ptr<const WeightSource> source;  ///< null: the weight is used as it is

private:
    int64_t stride_;
    int64_t padding_;
};
TORCH_MODULE(Conv2d);

/// Wu and He 2018. forward_silu is silu(forward(x + offset)), offset [B, channels] or undefined, in one
/// pass where that can be had.
class GroupNormImpl : public torch::nn::Module {
public:
    GroupNormImpl(int64_t groups, int64_t channels, double eps);
    torch::Tensor forward(const torch::Tensor& x);
    torch::Tensor forward_silu(const torch::Tensor& x, const torch::Tensor& offset = {});

    torch::Tensor weight;
    torch::Tensor bias;

private:
    int64_t groups_;
    double eps_;
};
TORCH_MODULE(GroupNorm);

/// Over the last dimension (Ba et al. 2016).
class LayerNormImpl : public torch::nn::Module {
public:
    explicit LayerNormImpl(int64_t width, double eps = 1e-5);
    torch::Tensor forward(const torch::Tensor& x);

    torch::Tensor weight;
    torch::Tensor bias;

private:
    double eps_;
};
TORCH_MODULE(LayerNorm);

/// Row lookup; weight [count, width].
class EmbeddingImpl : public torch::nn::Module {
public:
    EmbeddingImpl(int64_t count, int64_t width);
    torch::Tensor forward(const torch::Tensor& ids);

    torch::Tensor weight;
};
TORCH_MODULE(Embedding);

Conv2d conv3x3(int64_t in, int64_t out);
Conv2d conv1x1(int64_t in, int64_t out);

/// The weight of a Linear or Conv2d as its calls see it, in this type; undefined for other modules.
torch::Tensor readable_weight(const torch::nn::Module& layer, torch::Dtype dtype);

/// Reads what the module's sources read once, all now.
void settle_weights(torch::nn::Module& module);

/// The type that a network computes in: that of its biases and norms, which are never kept narrow.
torch::Dtype compute_type(const torch::nn::Module& module);

/// Puts the weights of every convolution of the module into channels-last order, once, so that no
/// call has to; results differ by rounding only. Weights of a type narrower than `compute` stay where
/// they lie: they get this order when they are widened.
void use_channels_last(torch::nn::Module& module, torch::Dtype compute = torch::kFloat32);

}  // namespace unet::ops
