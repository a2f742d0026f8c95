#include "unet/ops/linear.h"

#include <torch/csrc/autograd/custom_function.h>

#include "unet/ops/bfloat16_products.h"
#include "unet/ops/onednn_impl.h"

namespace unet::ops {

namespace {

using Pointwise = torch::Tensor(const torch::Tensor&, const torch::Tensor&, const std::optional<torch::Tensor>&,
                                std::string_view, Scalars, std::optional<std::string_view>);
using PointwiseBinary = torch::Tensor(const torch::Tensor&, const torch::Tensor&, const torch::Tensor&,
                                      const std::optional<torch::Tensor>&, std::string_view);

const auto& pointwise() {
    static const auto handle = find_onednn<Pointwise>("mkldnn::_linear_pointwise", "");
    return handle;
}

const auto& pointwise_binary() {
    static const auto handle = find_onednn<PointwiseBinary>("mkldnn::_linear_pointwise", "binary");
    return handle;
}

bool is_fast(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias) {
    return is_plain_float(x) && is_plain_float(weight) && is_plain_float(bias) && pointwise() &&
           pointwise_binary();
}

/// As oneDNN takes it: row by row, or the transpose of that, which it brings into its own order faster
/// than a copy would be.
torch::Tensor readable(const torch::Tensor& weight) {
    return weight.t().is_contiguous() ? weight : weight.contiguous();
}

torch::Tensor product(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                      std::string_view then = "none") {
    const auto algorithm = then == "none" ? std::string_view{} : std::string_view{"none"};
    return pointwise()->call(x.contiguous(), readable(weight), optional(bias), then, Scalars{}, algorithm);
}

/// a^T b of two lists of rows, without a copy of the wider one.
torch::Tensor product_of_rows(const torch::Tensor& a, const torch::Tensor& b) {
    if (a.size(1) > b.size(1)) return product(b.t(), a.t(), {}).t();
    return product(a.t(), b.t(), {});
}

/// With gradients: dx = dy W, dW = dy^T x, db = the sum of dy. What nothing asks for is not kept.
class LinearFunction : public torch::autograd::Function<LinearFunction> {
public:
    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& x,
                                 const torch::Tensor& weight, const std::optional<torch::Tensor>& bias) {
        context->save_for_backward({weight.requires_grad() ? x : torch::Tensor{}, weight});
        context->saved_data["x_learns"] = x.requires_grad();
        context->saved_data["bias_learns"] = bias && bias->requires_grad();
        return product(x, weight, bias.value_or(torch::Tensor{}));
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   torch::autograd::variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const auto& x = saved[0];
        const auto& weight = saved[1];
        const auto dy = gradients[0].contiguous();
        const auto rows = dy.view({-1, dy.size(-1)});
        torch::Tensor dx, dweight, dbias;
        if (context->saved_data["x_learns"].toBool()) dx = product(dy, weight.t(), {});
        if (weight.requires_grad()) dweight = product_of_rows(rows, x.reshape({-1, x.size(-1)}));
        if (context->saved_data["bias_learns"].toBool()) dbias = rows.sum(0);
        return {dx, dweight, dbias};
    }
};

}  // namespace

torch::Tensor linear(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias) {
    if (Bfloat16Products::are_on_for(x))
        return torch::linear(bfloat16_of(x), bfloat16_of(weight), bfloat16_of(bias)).to(torch::kFloat32);
    if (!is_fast(x, weight, bias)) return torch::linear(x, weight, bias);
    if (needs_gradient(x, weight, bias)) return LinearFunction::apply(x, weight, optional(bias));
    return product(x, weight, bias);
}

torch::Tensor linear_add(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                         const torch::Tensor& other) {
    if (Bfloat16Products::are_on_for(x) || !is_fast(x, weight, bias) || !is_plain_float(other) || needs_gradient(x, weight, bias, other)) {
        return linear(x, weight, bias) + other;
    }
    return pointwise_binary()->call(x.contiguous(), other.contiguous(), weight, optional(bias), "add");
}

torch::Tensor linear_geglu(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias) {
    if (Bfloat16Products::are_on_for(x) || !is_fast(x, weight, bias) || needs_gradient(x, weight, bias)) {
        const auto halves = linear(x, weight, bias).chunk(2, -1);
        return halves[0] * torch::gelu(halves[1]);
    }
    const auto weights = weight.chunk(2);
    const auto biases = bias.chunk(2);
    const auto gate = product(x, weights[1], biases[1], "gelu");
    return pointwise_binary()->call(x.contiguous(), gate, weights[0], optional(biases[0]), "mul");
}

}  // namespace unet::ops
