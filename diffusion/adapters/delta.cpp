#include "diffusion/adapters/delta.h"

#include "diffusion/adapters/orthogonal.h"
#include "diffusion/checkpoint/file_error.h"
#include "diffusion/checkpoint/state_dict.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace diffusion::adapters {

namespace {

using torch::Tensor;

std::string shape_of(const Tensor& tensor) {
    return checkpoint::shape_text(tensor.sizes().vec());
}

/// A scale of alpha over rank; without alpha none.
double scale_of(const Factors& f, std::int64_t rank) {
    const auto alpha = f.number("alpha");
    return alpha && rank > 0 ? *alpha / static_cast<double>(rank) : 1.0;
}

/// Factor as a matrix [rows, the rest].
Tensor matrix(const Factors& f, const std::string& name) {
    const auto& value = f[name];
    if (value.dim() < 2) f.misfit(name, "a matrix");
    return value.flatten(1);
}

/// Small factors of a hostile file could ask for more memory than there is.
void check_size(const Factors& f, const std::string& name, std::int64_t rows, std::int64_t columns,
                std::int64_t most) {
    if (columns > 0 && rows > most / columns) {
        f.misfit(name, "factors of a tensor of " + std::to_string(most) + " values");
    }
}

/// a @ b of two factors that share a rank: at most `most` values.
Tensor product(const Factors& f, const std::string& a, const std::string& b, std::int64_t most) {
    const auto left = matrix(f, a);
    const auto right = matrix(f, b);
    if (left.size(1) != right.size(0)) {
        f.misfit(b, std::to_string(left.size(1)) + " rows, as " + f.get(a).key + " has columns");
    }
    check_size(f, a, left.size(0), right.size(1), most);
    return left.matmul(right);
}

/// A kernel [r, r, kh, kw] between an [r, out] and an [r, in] (Tucker's decomposition).
Tensor tucker(const Factors& f, const std::string& core, const std::string& out,
              const std::string& in, std::int64_t most) {
    const auto& kernel = f[core];
    const auto rows = matrix(f, out);
    const auto columns = matrix(f, in);
    if (kernel.dim() != 4) f.misfit(core, "four dimensions");
    if (rows.size(0) != kernel.size(0)) f.misfit(out, "the rank of " + f.get(core).key);
    if (columns.size(0) != kernel.size(1)) f.misfit(in, "the rank of " + f.get(core).key);
    check_size(f, core, rows.size(1), columns.size(1),
               most / std::max<std::int64_t>(1, kernel.size(2) * kernel.size(3)));
    return torch::einsum("i j k l, j r, i p -> p r k l", {kernel, columns, rows});
}

/// LoRA of a convolution with a small kernel between its factors.
Tensor low_rank_with_kernel(const Factors& f, const Tensor& up, const Tensor& down,
                            std::int64_t most) {
    const auto& mid = f["mid"];
    if (mid.dim() != 4 || mid.size(0) != up.size(1) || mid.size(1) != down.size(0)) {
        f.misfit("mid", "the rank of " + f.get("down").key);
    }
    check_size(f, "mid", up.size(0), down.size(1),
               most / std::max<std::int64_t>(1, mid.size(2) * mid.size(3)));
    return torch::einsum("n m k l, i n, m j -> i j k l", {mid, up, down});
}

Tensor low_rank(const Factors& f, std::int64_t most, std::optional<int> limit) {
    const auto down = matrix(f, "down");
    const auto up = matrix(f, "up");
    const auto rank = down.size(0);
    if (up.size(1) != rank) f.misfit("up", std::to_string(rank) + " columns");
    const auto scale = scale_of(f, rank);
    if (f.has("mid")) return scale * low_rank_with_kernel(f, up, down, most);
    check_size(f, "up", up.size(0), down.size(1), most);
    const auto used = limit ? std::min<std::int64_t>(*limit, rank) : rank;
    auto sizes = f["down"].sizes().vec();
    sizes[0] = up.size(0);
    return (scale * up.slice(1, 0, used)).matmul(down.slice(0, 0, used)).view(sizes);
}

/// LoHa: the product of two low-rank matrices, element by element.
Tensor hadamard(const Factors& f, std::int64_t most) {
    const auto half = [&](const std::string& n) {
        const auto a = "hada_w" + n + "_a";
        const auto b = "hada_w" + n + "_b";
        return f.has("hada_t" + n) ? tucker(f, "hada_t" + n, a, b, most) : product(f, a, b, most);
    };
    const auto first = half("1");
    const auto second = half("2");
    if (first.sizes() != second.sizes()) f.misfit("hada_w2_b", "the size of its other half");
    return scale_of(f, f["hada_w1_b"].size(0)) * first * second;
}

/// LoKr: Kronecker's product. Its scale counts where a side is itself a product.
Tensor kronecker(const Factors& f, std::int64_t most) {
    std::int64_t rank = 0;
    const auto side = [&](const std::string& n) {
        if (f.has("lokr_w" + n)) return f["lokr_w" + n];
        const auto a = "lokr_w" + n + "_a";
        const auto b = "lokr_w" + n + "_b";
        rank = matrix(f, b).size(0);
        return f.has("lokr_t" + n) ? tucker(f, "lokr_t" + n, a, b, most) : product(f, a, b, most);
    };
    auto first = side("1");
    const auto second = side("2");
    if (first.dim() != 2) f.misfit(f.has("lokr_w1") ? "lokr_w1" : "lokr_w1_a", "a matrix");
    check_size(f, f.has("lokr_w2") ? "lokr_w2" : "lokr_w2_a", first.numel(), second.numel(), most);
    if (second.dim() == 4) first = first.unsqueeze(2).unsqueeze(2);
    return scale_of(f, rank) * torch::kron(first, second.contiguous());
}

/// GLoRA: b1 b2 + W a1 a2 as LyCORIS lays it out (b1 [out, r]), or b2 b1 + W a2 a1 as others do.
Tensor generalised(const Factors& f, const Tensor& weight) {
    const bool is_lyco = matrix(f, "b1").size(0) == weight.size(0);
    const auto w = weight.flatten(1);
    const auto most = w.numel();
    const auto square = w.size(1) * w.size(1);
    const auto added = is_lyco ? product(f, "b1", "b2", most) : product(f, "b2", "b1", most);
    const auto factor = is_lyco ? product(f, "a1", "a2", square) : product(f, "a2", "a1", square);
    if (factor.size(0) != w.size(1) || factor.size(1) != w.size(1)) {
        f.misfit("a1", "a side of " + std::to_string(w.size(1)));
    }
    if (added.sizes() != w.sizes()) f.misfit("b1", "a product of " + shape_of(w));
    const auto rank = is_lyco ? f["b2"].size(0) : f["b1"].size(0);
    return scale_of(f, rank) * (added + w.matmul(factor));
}

/// IA3: columns (of the input) or rows (of the output) by a factor each.
Tensor scaled(const Factors& f, const Tensor& weight) {
    const auto factor = f["ia3"].flatten();
    const bool is_input = f.number("on_input").value_or(0) != 0;
    const auto side = is_input ? 1 : 0;
    if (weight.dim() < 2 || factor.size(0) != weight.size(side)) {
        f.misfit("ia3", "one value for each of " + std::to_string(weight.size(side)));
    }
    std::vector<std::int64_t> sizes(static_cast<std::size_t>(weight.dim()), 1);
    sizes[static_cast<std::size_t>(side)] = factor.size(0);
    return weight * factor.view(sizes);
}

/// A few single values that LyCORIS found to matter.
void add_sparse(const Factors& f, Tensor& delta) {
    if (!f.has("bias_indices")) return;
    const auto sizes = f["bias_size"].flatten().to(torch::kCPU, torch::kInt64);
    const auto indices = f["bias_indices"].to(torch::kInt64);
    const auto values = f["bias_values"].flatten();
    const auto flat = delta.flatten(1);
    const bool fits = sizes.size(0) == 2 && sizes[0].item<std::int64_t>() == flat.size(0) &&
                      sizes[1].item<std::int64_t>() == flat.size(1) && indices.dim() == 2 &&
                      indices.size(0) == 2 && indices.size(1) == values.size(0);
    if (!fits) f.misfit("bias_indices", "places in " + shape_of(flat));
    for (const std::int64_t side : {0, 1}) {
        const bool is_inside =
            indices.numel() == 0 || (indices[side].min().item<std::int64_t>() >= 0 &&
                                     indices[side].max().item<std::int64_t>() < flat.size(side));
        if (!is_inside) f.misfit("bias_indices", "places in " + shape_of(flat));
    }
    const auto place = indices[0] * flat.size(1) + indices[1];
    delta = flat.flatten().index_add(0, place, values).view(delta.sizes());
}

/// DoRA: rows (or columns) of W + delta, brought to the lengths that were learnt.
Tensor decomposed(const Factors& f, const Tensor& weight, const Tensor& delta) {
    const auto& stored = f["dora_scale"];
    const auto rows = weight.size(0);
    const auto columns = weight.dim() > 1 ? weight.size(1) : 1;
    const bool is_by_column = stored.dim() >= 2 && stored.size(0) == 1 && stored.numel() == columns;
    if (!is_by_column && stored.numel() != rows) {
        f.misfit("dora_scale", std::to_string(rows) + " values");
    }
    std::vector<std::int64_t> sizes(static_cast<std::size_t>(weight.dim()), 1);
    sizes[is_by_column ? 1 : 0] = stored.numel();
    std::vector<std::int64_t> others;
    for (std::int64_t i = 0; i < weight.dim(); ++i) {
        if (i != (is_by_column ? 1 : 0)) others.push_back(i);
    }
    const auto whole = weight + delta;
    const auto length =
        whole.square().sum(others, true).sqrt() + std::numeric_limits<float>::epsilon();
    return whole * (stored.reshape(sizes) / length) - weight;
}

/// The delta in the shape of the weight. A model with more input channels (inpainting) keeps the
/// additional ones as they are.
Tensor fitted(const Factors& f, const std::string& name, const Tensor& delta,
              const Tensor& weight) {
    if (delta.dim() == 4 && weight.dim() == 4 && delta.size(0) == weight.size(0) &&
        delta.size(1) < weight.size(1) && delta.size(2) == weight.size(2) &&
        delta.size(3) == weight.size(3)) {
        return torch::constant_pad_nd(delta, {0, 0, 0, 0, 0, weight.size(1) - delta.size(1)});
    }
    if (delta.dim() > 0 && delta.size(0) == weight.size(0) && delta.numel() == weight.numel()) {
        return delta.reshape(weight.sizes());
    }
    f.misfit(name,
             "factors of a " + shape_of(weight) + " tensor (theirs give " + shape_of(delta) + ")");
}

struct Made {
    Tensor delta;       // in whatever shape the factors give; undefined: the weight is not touched
    std::string named;  // a factor to name in messages
};

Made weight_delta(const Factors& f, const Tensor& weight, std::optional<int> rank) {
    const auto most = weight.numel();
    if (f.has("up") || f.has("down")) return {low_rank(f, most, rank), "down"};
    if (f.has("hada_w1_a")) return {hadamard(f, most), "hada_w1_a"};
    if (f.has("lokr_w1")) return {kronecker(f, most), "lokr_w1"};
    if (f.has("lokr_w1_a")) return {kronecker(f, most), "lokr_w1_a"};
    if (f.has("a1")) return {generalised(f, weight), "a1"};
    if (f.has("ia3")) return {scaled(f, weight), "ia3"};
    if (f.has("diff")) return {f["diff"], "diff"};
    if (f.has("w_norm")) return {f["w_norm"], "w_norm"};
    if (f.has("set_weight")) {
        return {fitted(f, "set_weight", f["set_weight"], weight) - weight, "set_weight"};
    }
    if (f.has("oft_blocks")) return {rotated(f, weight) - weight, "oft_blocks"};
    if (f.has("oft_diag")) return {rotated(f, weight) - weight, "oft_diag"};
    return {};
}

Tensor bias_delta(const Factors& f, const Layer& layer) {
    for (const std::string name : {"diff_b", "b_norm", "up_bias"}) {
        if (!f.has(name)) continue;
        const auto rank = f.has("down") ? f["down"].size(0) : 0;
        const auto delta = name == "up_bias" ? f[name] * scale_of(f, rank) : f[name];
        if (!layer.bias.defined()) f.misfit(name, "nothing: the layer has no bias");
        if (delta.numel() != layer.bias.numel()) f.misfit(name, shape_of(layer.bias));
        return delta.reshape(layer.bias.sizes());
    }
    return {};
}

}  // namespace

Factors::Factors(const FactorEntries& entries, FactorSource source, const torch::Device& device)
    : source_(std::move(source)) {
    for (const auto& [name, factor] : entries) {
        factors_[name] = {factor.key,
                          checkpoint::to_tensor(factor.entry).to(device, torch::kFloat32)};
    }
}

const Factor& Factors::get(const std::string& name) const {
    const auto found = factors_.find(name);
    if (found != factors_.end()) return found->second;
    const auto& other = factors_.begin()->second.key;
    throw checkpoint::file_error(
        ErrorReason::missing_keys, source_.file,
        "has " + other + ", but not the \"" + name + "\" that belongs to it");
}

std::optional<double> Factors::number(const std::string& name) const {
    if (!has(name)) return std::nullopt;
    const auto& factor = get(name);
    if (factor.value.numel() == 1) {
        const auto value = factor.value.item<double>();
        if (std::isfinite(value)) return value;
    }
    throw checkpoint::file_error(ErrorReason::malformed, source_.file,
                                 "tensor " + factor.key + " is not one finite number");
}

void Factors::misfit(const std::string& name, const std::string& expected) const {
    const auto& factor = get(name);
    throw checkpoint::file_error(ErrorReason::shape_mismatch, source_.file,
                                 "tensor " + factor.key + " is " + shape_of(factor.value) +
                                     ", expected " + expected + "." + source_.hint);
}

Layer delta_of(const Factors& factors, const Layer& layer, std::optional<int> rank) {
    Layer result;
    const auto made = weight_delta(factors, layer.weight, rank);
    if (made.delta.defined()) {
        result.weight = fitted(factors, made.named, made.delta, layer.weight);
        add_sparse(factors, result.weight);
        if (factors.has("dora_scale")) {
            result.weight = decomposed(factors, layer.weight, result.weight);
        }
    }
    result.bias = bias_delta(factors, layer);
    return result;
}

}  // namespace diffusion::adapters
