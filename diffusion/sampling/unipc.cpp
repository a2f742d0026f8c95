#include <algorithm>
#include <cmath>
#include <deque>

#include "diffusion/sampling/algorithms.h"

namespace diffusion::sampling {

namespace {

/// An estimate and the lambda where it was made.
struct Point {
    torch::Tensor denoised;
    double lambda;
};

/// Zhao et al. 2023, theorem 3.1, for one step from the newest point.
class UniPCStep {
public:
    UniPCStep(const std::deque<Point>& points, double lambda, int order, bool bh2)
        : points_(points), h_(lambda - points[0].lambda), order_(order) {
        for (int k = 1; k < order; ++k)
            nodes_.push_back((points[k].lambda - points[0].lambda) / h_);
        nodes_.push_back(1.0);
        const double hh = -h_;
        scale_ = bh2 ? std::expm1(hh) : hh;
        double g = std::expm1(hh) / hh - 1;
        double factorial = 1.0;
        for (int i = 1; i <= order; ++i) {
            right_.push_back(g * factorial / scale_);
            factorial *= i + 1;
            g = g / hh - 1 / factorial;
        }
    }

    /// The first order step plus the history.
    torch::Tensor predicted(const torch::Tensor& first_order) const {
        if (order_ == 1) return first_order;
        const std::vector<double> weights =
            order_ == 2 ? std::vector<double>{0.5}
                        : solved({nodes_.begin(), nodes_.end() - 1}, {right_.begin(), right_.end() - 1});
        return first_order - history(weights) * scale_;
    }

    /// The same with the estimate at the step's end taken in.
    torch::Tensor corrected(const torch::Tensor& first_order, const torch::Tensor& at_end) const {
        const auto weights = order_ == 1 ? std::vector<double>{0.5} : solved(nodes_, right_);
        auto sum = (at_end - points_[0].denoised) * weights.back();
        if (order_ > 1) sum = sum + history(weights);
        return first_order - sum * scale_;
    }

private:
    /// Weights with sum of w_j nodes_j^i = right_i.
    static std::vector<double> solved(const std::vector<double>& nodes,
                                      const std::vector<double>& right) {
        return quadrature_weights(nodes, right);
    }

    torch::Tensor history(const std::vector<double>& weights) const {
        auto sum = (points_[1].denoised - points_[0].denoised) * (weights[0] / nodes_[0]);
        for (int k = 2; k < order_; ++k)
            sum = sum + (points_[k].denoised - points_[0].denoised) * (weights[k - 1] / nodes_[k - 1]);
        return sum;
    }

    const std::deque<Point>& points_;
    double h_;
    int order_;
    double scale_;
    std::vector<double> nodes_;
    std::vector<double> right_;
};

}  // namespace

torch::Tensor unipc(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                    const SamplerContext& context, const UniPCOptions& options) {
    const int steps = static_cast<int>(sigmas.size()) - 1;
    std::deque<Point> points = {{denoise(x, sigmas[0]), -std::log(sigmas[0])}};
    for (int i = 1; i <= steps; ++i) {
        const auto denoised = points[0].denoised;
        if (!(sigmas[i] > 0)) {
            x = denoised;
            context.on_step({i - 1, sigmas[i - 1], x, denoised});
            break;
        }
        int order = std::min(options.order, i);
        if (options.lower_order_final) order = std::min(order, steps + 1 - i);
        const double ratio = sigmas[i] / sigmas[i - 1];
        const auto first_order = x * ratio + denoised * (1 - ratio);
        const double lambda = -std::log(sigmas[i]);
        const UniPCStep step(points, lambda, order, options.bh2);
        x = step.predicted(first_order);
        if (i < steps) {
            const auto at_end = denoise(x, sigmas[i]);
            x = step.corrected(first_order, at_end);
            points.push_front({at_end, lambda});
            if (points.size() > static_cast<size_t>(options.order)) points.pop_back();
        }
        context.on_step({i - 1, sigmas[i - 1], x, denoised});
    }
    return x;
}

torch::Tensor sample_unipc(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                           const SamplerContext& context) {
    return unipc(denoise, x, sigmas, context,
                 {.bh2 = false,
                  .order = context.order > 0 ? context.order : 3,
                  .lower_order_final = context.lower_order_final});
}

torch::Tensor sample_unipc_bh2(const Denoiser& denoise, torch::Tensor x,
                               std::span<const double> sigmas, const SamplerContext& context) {
    return unipc(denoise, x, sigmas, context,
                 {.bh2 = true,
                  .order = context.order > 0 ? context.order : 3,
                  .lower_order_final = context.lower_order_final});
}

}  // namespace diffusion::sampling
