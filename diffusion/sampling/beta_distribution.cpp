#include "diffusion/sampling/beta_distribution.h"

#include <cmath>

namespace diffusion::sampling {

namespace {

double not_zero(double value) { return std::abs(value) < 1e-300 ? 1e-300 : value; }

/// Continued fraction of the incomplete beta function (Abramowitz & Stegun 26.5.8), evaluated from
/// the front by Lentz's method; converges fast for x < (alpha + 1) / (alpha + beta + 2).
double continued_fraction(double x, double alpha, double beta) {
    double c = 1.0;
    double d = 1.0 / not_zero(1.0 - (alpha + beta) * x / (alpha + 1.0));
    double fraction = d;
    for (int m = 1; m < 500; ++m) {
        const double even = m * (beta - m) * x / ((alpha + 2 * m - 1) * (alpha + 2 * m));
        const double odd =
            -(alpha + m) * (alpha + beta + m) * x / ((alpha + 2 * m) * (alpha + 2 * m + 1));
        double change = 1.0;
        for (const double term : {even, odd}) {
            d = 1.0 / not_zero(1.0 + term * d);
            c = not_zero(1.0 + term / c);
            change = c * d;
            fraction *= change;
        }
        if (std::abs(change - 1.0) < 1e-16) break;
    }
    return fraction;
}

double cumulative(double x, double alpha, double beta) {
    if (x <= 0) return 0.0;
    if (x >= 1) return 1.0;
    const double front = std::exp(std::lgamma(alpha + beta) - std::lgamma(alpha) -
                                  std::lgamma(beta) + alpha * std::log(x) + beta * std::log1p(-x));
    if (x < (alpha + 1) / (alpha + beta + 2))
        return front * continued_fraction(x, alpha, beta) / alpha;
    return 1.0 - front * continued_fraction(1 - x, beta, alpha) / beta;
}

}  // namespace

double beta_quantile(double share, double alpha, double beta) {
    if (share <= 0) return 0.0;
    if (share >= 1) return 1.0;
    if (share == 0.5 && alpha == beta) return 0.5;
    // The lower half keeps small results exact; the upper one is its mirror image.
    if (cumulative(0.5, alpha, beta) < share) return 1.0 - beta_quantile(1.0 - share, beta, alpha);
    double low = 0.0;
    double high = 0.5;
    for (int i = 0; i < 200 && high - low > 1e-17; ++i) {
        const double middle = (low + high) / 2;
        (cumulative(middle, alpha, beta) < share ? low : high) = middle;
    }
    return (low + high) / 2;
}

}  // namespace diffusion::sampling
