#pragma once

namespace diffusion::sampling {

/// x with I_x(alpha, beta) = share: the quantile of the beta distribution. share 0..1, alpha and
/// beta > 0. Accurate to about 1e-14.
double beta_quantile(double share, double alpha, double beta);

}  // namespace diffusion::sampling
