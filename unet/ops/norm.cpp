#include "unet/ops/norm.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "unet/ops/vector_math_impl.h"

// One copy of a loop per instruction set, chosen when the library is loaded.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define ATELIER_VECTOR_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define ATELIER_VECTOR_CLONES
#endif

namespace unet::ops {

namespace {

/// Sums of (x - shift) and (x - shift)^2 per channel over some rows. The shift, the channel's first
/// value, keeps the squares small where the mean is far from zero.
ATELIER_VECTOR_CLONES
void add_moments(const float* x, int64_t rows, int64_t channels, const float* shift, float* sum,
                 float* square) {
    for (int64_t row = 0; row < rows; ++row) {
        for (int64_t c = 0; c < channels; ++c) {
            const float d = x[row * channels + c] - shift[c];
            sum[c] += d;
            square[c] += d * d;
        }
    }
}

ATELIER_VECTOR_CLONES
void scale_shift(const float* x, float* y, int64_t rows, int64_t channels, const float* scale,
                 const float* shift) {
    for (int64_t row = 0; row < rows; ++row) {
        for (int64_t c = 0; c < channels; ++c) {
            y[row * channels + c] = x[row * channels + c] * scale[c] + shift[c];
        }
    }
}

ATELIER_VECTOR_CLONES
void scale_shift_silu(const float* x, float* y, int64_t rows, int64_t channels, const float* scale,
                      const float* shift) {
    for (int64_t row = 0; row < rows; ++row) {
        for (int64_t c = 0; c < channels; ++c) {
            y[row * channels + c] = fast_silu(x[row * channels + c] * scale[c] + shift[c]);
        }
    }
}

struct Shape {
    int64_t rows;  ///< positions of one picture
    int64_t channels;
    int64_t groups;
};

/// Per-channel sums of one picture, in double, gathered from blocks that the threads share.
struct Moments {
    std::vector<double> sum, square;
};

constexpr int64_t block_rows = 64;  // float sums over so few rows lose nothing that matters

Moments moments_of(const float* x, const Shape& shape) {
    const auto blocks = (shape.rows + block_rows - 1) / block_rows;
    const auto channels = static_cast<size_t>(shape.channels);
    std::vector<float> partial(2 * channels * static_cast<size_t>(blocks), 0.0f);
    at::parallel_for(0, blocks, 1, [&](int64_t begin, int64_t end) {
        for (int64_t b = begin; b < end; ++b) {
            const auto first = b * block_rows;
            const auto rows = std::min(block_rows, shape.rows - first);
            float* sums = partial.data() + 2 * static_cast<size_t>(b) * channels;
            add_moments(x + first * shape.channels, rows, shape.channels, x, sums, sums + channels);
        }
    });
    Moments m{std::vector<double>(channels), std::vector<double>(channels)};
    for (size_t b = 0; b < static_cast<size_t>(blocks); ++b) {
        for (size_t c = 0; c < channels; ++c) {
            m.sum[c] += partial[2 * b * channels + c];
            m.square[c] += partial[(2 * b + 1) * channels + c];
        }
    }
    return m;
}

/// What is done to one picture's channels; offset is null where nothing is added.
struct Terms {
    const float* weight;
    const float* bias;
    const float* offset;
    double eps;
};

/// The affine map of each channel that normalises its group.
void affine_of(const float* x, const Moments& m, const Shape& shape, const Terms& terms, float* scale,
               float* shift) {
    const auto width = shape.channels / shape.groups;
    const auto n = static_cast<double>(shape.rows);
    const auto mean_of = [&](int64_t c) {
        return x[c] + m.sum[static_cast<size_t>(c)] / n + (terms.offset ? terms.offset[c] : 0.0f);
    };
    for (int64_t g = 0; g < shape.groups; ++g) {
        double mean = 0, spread = 0;
        for (int64_t c = g * width; c < (g + 1) * width; ++c) {
            mean += mean_of(c);
        }
        mean /= static_cast<double>(width);
        for (int64_t c = g * width; c < (g + 1) * width; ++c) {
            const auto own = m.sum[static_cast<size_t>(c)] / n;
            const auto apart = mean_of(c) - mean;
            spread += m.square[static_cast<size_t>(c)] / n - own * own + apart * apart;
        }
        const auto inverse = 1.0 / std::sqrt(spread / static_cast<double>(width) + terms.eps);
        for (int64_t c = g * width; c < (g + 1) * width; ++c) {
            const auto slope = inverse * terms.weight[c];
            const auto added = terms.offset ? terms.offset[c] : 0.0f;
            scale[c] = static_cast<float>(slope);
            shift[c] = static_cast<float>(terms.bias[c] + (added - mean) * slope);
        }
    }
}

torch::Tensor channels_last_norm(const torch::Tensor& x, int64_t groups, const Terms& terms, bool with_silu) {
    const Shape shape{x.size(2) * x.size(3), x.size(1), groups};
    auto out = torch::empty_like(x);
    const auto* in = x.const_data_ptr<float>();
    auto* to = out.mutable_data_ptr<float>();
    std::vector<float> scale(static_cast<size_t>(shape.channels)), shift(scale.size());
    for (int64_t b = 0; b < x.size(0); ++b) {
        const auto offset = b * shape.rows * shape.channels;
        auto own = terms;
        if (own.offset) own.offset += b * shape.channels;
        affine_of(in + offset, moments_of(in + offset, shape), shape, own, scale.data(), shift.data());
        at::parallel_for(0, shape.rows, block_rows, [&](int64_t begin, int64_t end) {
            const auto at = offset + begin * shape.channels;
            (with_silu ? scale_shift_silu : scale_shift)(in + at, to + at, end - begin, shape.channels,
                                                         scale.data(), shift.data());
        });
    }
    return out;
}

/// The CPU form takes what a generation step gives it; everything else (gradients, other types,
/// layouts and devices) goes the plain way.
bool has_cpu_form(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& offset) {
    const auto wants_gradient = [](const torch::Tensor& t) { return t.defined() && t.requires_grad(); };
    const bool needs_gradient = at::GradMode::is_enabled() &&
                                (wants_gradient(x) || wants_gradient(weight) || wants_gradient(offset));
    const bool fits = !offset.defined() || (offset.scalar_type() == torch::kFloat32 && offset.is_contiguous() &&
                                            offset.sizes() == x.sizes().slice(0, 2));
    return !needs_gradient && fits && x.is_cpu() && x.scalar_type() == torch::kFloat32 &&
           weight.scalar_type() == torch::kFloat32 && x.dim() == 4 && x.numel() > 0 &&
           x.is_contiguous(torch::MemoryFormat::ChannelsLast);
}

Terms terms_of(const torch::Tensor& weight, const torch::Tensor& bias, const torch::Tensor& offset, double eps) {
    return {weight.const_data_ptr<float>(), bias.const_data_ptr<float>(),
            offset.defined() ? offset.const_data_ptr<float>() : nullptr, eps};
}

}  // namespace

torch::Tensor group_norm(const torch::Tensor& x, int64_t groups, const torch::Tensor& weight,
                         const torch::Tensor& bias, double eps) {
    if (has_cpu_form(x, weight, {})) {
        return channels_last_norm(x, groups, terms_of(weight, bias, {}, eps), false);
    }
    return torch::group_norm(x, groups, weight, bias, eps);
}

torch::Tensor group_norm_silu(const torch::Tensor& x, int64_t groups, const torch::Tensor& weight,
                              const torch::Tensor& bias, double eps, const torch::Tensor& offset) {
    if (has_cpu_form(x, weight, offset)) {
        return channels_last_norm(x, groups, terms_of(weight, bias, offset, eps), true);
    }
    const auto moved = offset.defined() ? x + offset.unsqueeze(-1).unsqueeze(-1) : x;
    return torch::silu(torch::group_norm(moved, groups, weight, bias, eps));
}

}  // namespace unet::ops
