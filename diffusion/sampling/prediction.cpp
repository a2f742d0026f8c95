#include "diffusion/sampling/prediction.h"

#include <cmath>
#include <string>

#include "diffusion/error.h"

namespace diffusion::sampling {

namespace {

Scalings edm_scalings(double sigma) {
    constexpr double deviation = 0.5;  // sigma_data
    const double variance = sigma * sigma + deviation * deviation;
    const double in = 1.0 / std::sqrt(variance);
    return {deviation * deviation / variance, sigma * deviation * in, in};
}

}  // namespace

PredictionType prediction_type_of(std::string_view name) {
    if (name == "epsilon") return PredictionType::epsilon;
    if (name == "v" || name == "v_prediction") return PredictionType::v;
    throw Error(ErrorKind::bad_request,
                "prediction_type: expected epsilon or v_prediction, found \"" + std::string(name) +
                    "\"");
}

Scalings scalings(PredictionType type, double sigma) {
    const double variance = sigma * sigma + 1.0;
    const double in = 1.0 / std::sqrt(variance);
    switch (type) {
        case PredictionType::epsilon: return {1.0, -sigma, in};
        case PredictionType::v: return {1.0 / variance, -sigma * in, in};
        case PredictionType::edm: return edm_scalings(sigma);
    }
    throw Error(ErrorKind::internal, "prediction type without scalings");
}

torch::Tensor denoised_of(PredictionType type, const torch::Tensor& x, const torch::Tensor& output,
                          double sigma) {
    const auto factors = scalings(type, sigma);
    return x * factors.skip + output.to(x.scalar_type()) * factors.out;
}

}  // namespace diffusion::sampling
