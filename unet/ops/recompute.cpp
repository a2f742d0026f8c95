#include "unet/ops/recompute.h"

#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <ATen/core/ivalue.h>
#include <torch/utils.h>

#include <optional>
#include <utility>

namespace unet::ops {

namespace {

thread_local int living = 0;

/// A graph's node can keep no function, but an object that has one.
struct Kept : torch::CustomClassHolder {
    explicit Kept(Block given) : block(std::move(given)) {}
    Block block;
};

torch::Tensor leaf_of(const torch::Tensor& x) {
    return x.defined() ? x.detach().set_requires_grad(x.requires_grad()) : x;
}

class Node : public torch::autograd::Function<Node> {
public:
    using Context = torch::autograd::AutogradContext;

    /// always: wants gradients, so that the block's weights get theirs where none of its inputs does.
    static torch::Tensor forward(Context* context, const Block& block,
                                 [[maybe_unused]] const torch::Tensor& always, const torch::Tensor& x,
                                 const std::optional<torch::Tensor>& time,
                                 const std::optional<torch::Tensor>& text) {
        context->saved_data["block"] = c10::IValue::make_capsule(c10::make_intrusive<Kept>(block));
        context->save_for_backward({x, time.value_or(torch::Tensor()), text.value_or(torch::Tensor())});
        return block(x, time.value_or(torch::Tensor()), text.value_or(torch::Tensor()));
    }

    static torch::autograd::variable_list backward(Context* context,
                                                   const torch::autograd::variable_list& gradients) {
        const auto saved = context->get_saved_variables();
        const auto kept = context->saved_data["block"].toCapsule();
        const auto x = leaf_of(saved[0]), time = leaf_of(saved[1]), text = leaf_of(saved[2]);
        torch::Tensor out;
        {
            const torch::AutoGradMode with_gradients(true);
            out = static_cast<const Kept&>(*kept).block(x, time, text);
        }
        if (out.requires_grad()) torch::autograd::backward({out}, {gradients[0]});
        const auto gradient = [](const torch::Tensor& leaf) {
            return leaf.defined() && leaf.requires_grad() ? leaf.grad() : torch::Tensor();
        };
        return {torch::Tensor(), torch::Tensor(), gradient(x), gradient(time), gradient(text)};
    }
};

}  // namespace

Recompute::Recompute() { ++living; }

Recompute::~Recompute() { --living; }

bool Recompute::is_on() { return living > 0; }

torch::Tensor recomputed(const Block& block, const torch::Tensor& x, const torch::Tensor& time,
                         const torch::Tensor& context) {
    if (!Recompute::is_on() || !torch::GradMode::is_enabled()) return block(x, time, context);
    const auto always = torch::zeros({1}, x.options().dtype(torch::kFloat32)).set_requires_grad(true);
    const auto if_read = [](const torch::Tensor& given) {
        return given.defined() ? std::optional(given) : std::nullopt;
    };
    return Node::apply(block, always, x, if_read(time), if_read(context));
}

}  // namespace unet::ops
