#include "unet/ops/bfloat16_products.h"

namespace unet::ops {

namespace {

thread_local int living = 0;

}  // namespace

Bfloat16Products::Bfloat16Products() { ++living; }

Bfloat16Products::~Bfloat16Products() { --living; }

bool Bfloat16Products::are_on_for(const torch::Tensor& x) {
    return living > 0 && x.scalar_type() == torch::kFloat32;
}

torch::Tensor bfloat16_of(const torch::Tensor& x) { return x.defined() ? x.to(torch::kBFloat16) : x; }

}  // namespace unet::ops
