#pragma once

// The operators of LibTorch's oneDNN bridge. They have no C++ declaration and are found by name.

#include <ATen/Context.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/types.h>

#include <optional>
#include <string_view>

namespace unet::ops {

using Scalars = c10::List<std::optional<c10::Scalar>>;

/// Empty where LibTorch was built without oneDNN or lacks the operator.
template <typename Signature>
std::optional<c10::TypedOperatorHandle<Signature>> find_onednn(const char* name, const char* overload) {
    if (!at::globalContext().hasMKLDNN()) return std::nullopt;
    const auto found = c10::Dispatcher::singleton().findSchema({name, overload});
    if (!found) return std::nullopt;
    return found->template typed<Signature>();
}

/// Undefined, or what these operators compute fast.
inline bool is_plain_float(const torch::Tensor& t) {
    return !t.defined() || (t.is_cpu() && t.scalar_type() == torch::kFloat32 && t.numel() > 0);
}

template <typename... Tensors>
bool needs_gradient(const Tensors&... tensors) {
    return at::GradMode::is_enabled() && ((tensors.defined() && tensors.requires_grad()) || ...);
}

inline std::optional<torch::Tensor> optional(const torch::Tensor& t) {
    return t.defined() ? std::optional(t) : std::nullopt;
}

}  // namespace unet::ops
