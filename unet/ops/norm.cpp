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

/// The affine map of each channel that normalises its group.
void affine_of(const float* x, const Moments& m, const Shape& shape, const float* weight,
               const float* bias, double eps, float* scale, float* shift) {
    const auto width = shape.channels / shape.groups;
    const auto n = static_cast<double>(shape.rows);
    for (int64_t g = 0; g < shape.groups; ++g) {
        double mean = 0, spread = 0;
        for (int64_t c = g * width; c < (g + 1) * width; ++c) {
            mean += x[c] + m.sum[static_cast<size_t>(c)] / n;
        }
        mean /= static_cast<double>(width);
        for (int64_t c = g * width; c < (g + 1) * width; ++c) {
            const auto own = m.sum[static_cast<size_t>(c)] / n;
            const auto offset = x[c] + own - mean;
            spread += m.square[static_cast<size_t>(c)] / n - own * own + offset * offset;
        }
        const auto inverse = 1.0 / std::sqrt(spread / static_cast<double>(width) + eps);
        for (int64_t c = g * width; c < (g + 1) * width; ++c) {
            scale[c] = static_cast<float>(inverse * weight[c]);
            shift[c] = static_cast<float>(bias[c] - mean * inverse * weight[c]);
        }
    }
}

torch::Tensor channels_last_norm(const torch::Tensor& x, int64_t groups, const torch::Tensor& weight,
                                 const torch::Tensor& bias, double eps, bool with_silu) {
    const Shape shape{x.size(2) * x.size(3), x.size(1), groups};
    auto out = torch::empty_like(x);
    const auto* in = x.const_data_ptr<float>();
    auto* to = out.mutable_data_ptr<float>();
    std::vector<float> scale(static_cast<size_t>(shape.channels)), shift(scale.size());
    for (int64_t b = 0; b < x.size(0); ++b) {
        const auto offset = b * shape.rows * shape.channels;
        affine_of(in + offset, moments_of(in + offset, shape), shape, weight.const_data_ptr<float>(),
                  bias.const_data_ptr<float>(), eps, scale.data(), shift.data());
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
bool has_cpu_form(const torch::Tensor& x, const torch::Tensor& weight) {
    const bool needs_gradient =
        at::GradMode::is_enabled() && (x.requires_grad() || weight.requires_grad());
    return !needs_gradient && x.is_cpu() && x.scalar_type() == torch::kFloat32 &&
           weight.scalar_type() == torch::kFloat32 && x.dim() == 4 && x.numel() > 0 &&
           x.is_contiguous(torch::MemoryFormat::ChannelsLast);
}

}  // namespace

torch::Tensor group_norm(const torch::Tensor& x, int64_t groups, const torch::Tensor& weight,
                         const torch::Tensor& bias, double eps) {
    if (has_cpu_form(x, weight)) return channels_last_norm(x, groups, weight, bias, eps, false);
    return torch::group_norm(x, groups, weight, bias, eps);
}

torch::Tensor group_norm_silu(const torch::Tensor& x, int64_t groups, const torch::Tensor& weight,
                              const torch::Tensor& bias, double eps) {
    if (has_cpu_form(x, weight)) return channels_last_norm(x, groups, weight, bias, eps, true);
    return torch::silu(torch::group_norm(x, groups, weight, bias, eps));
}

}  // namespace unet::ops
