#include "diffusion/adapters/orthogonal.h"

#include <torch/utils.h>

namespace diffusion::adapters {

namespace {

using torch::Tensor;

/// (I + Q)(I - Q)^-1 of the antisymmetric part of each block; alpha bounds Q's length.
Tensor cayley(const Factors& f, const Tensor& blocks, std::int64_t out) {
    const auto eye = torch::eye(blocks.size(-1), blocks.options());
    auto q = blocks - blocks.transpose(-1, -2);
    const double bound = f.number("alpha").value_or(0.0) * static_cast<double>(out);
    if (bound > 0) {
        const auto length = q.norm() + 1e-8;
        q = q * (length.clamp_max(bound) / length);
    }
    return torch::matmul(eye + q, torch::inverse(eye - q));
}

/// Rows (c g k) -> (c k g), and back: the butterfly's order.
Tensor shuffled(const Tensor& w, std::int64_t g, std::int64_t k) {
    const auto c = w.size(0) / (g * k);
    return w.view({c, g, k, -1}).transpose(1, 2).reshape({w.size(0), -1});
}

Tensor times_blocks(const Tensor& r, const Tensor& w) {
    return torch::bmm(r, w.view({r.size(0), r.size(1), -1})).view(w.sizes());
}

}  // namespace

Tensor rotated(const Factors& f, const Tensor& weight) {
    const bool is_generator = f.has("oft_blocks");
    const std::string name = is_generator ? "oft_blocks" : "oft_diag";
    const auto& blocks = f[name];
    const auto rows = weight.size(0);
    const bool is_butterfly = is_generator && blocks.dim() == 4;
    if (blocks.dim() != (is_butterfly ? 4 : 3) || blocks.size(-1) != blocks.size(-2) ||
        blocks.size(-1) * blocks.size(-3) != rows) {
        f.misfit(name, "square blocks for " + std::to_string(rows) + " rows");
    }
    const auto r = is_generator ? cayley(f, blocks, rows) : blocks;
    auto w = weight.flatten(1);
    if (is_butterfly) {
        const auto half = blocks.size(-1) / 2;
        for (std::int64_t i = 0; i < blocks.size(0); ++i) {
            const auto k = (std::int64_t{1} << std::min<std::int64_t>(i, 40)) * half;
            if (half == 0 || rows % (2 * k) != 0) f.misfit(name, "fewer steps of larger blocks");
            w = shuffled(times_blocks(r[i], shuffled(w, 2, k)), k, 2);
        }
    } else {
        w = times_blocks(r.transpose(-1, -2), w);
    }
    auto result = w.reshape(weight.sizes());
    if (!f.has("rescale")) return result;
    const auto& rescale = f["rescale"];
    if (rescale.numel() != rows) f.misfit("rescale", std::to_string(rows) + " values");
    std::vector<std::int64_t> sizes(static_cast<std::size_t>(weight.dim()), 1);
    sizes[0] = rows;
    return result * rescale.reshape(sizes);
}

}  // namespace diffusion::adapters
