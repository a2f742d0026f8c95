#include "diffusion/sampling/held_region.h"

namespace diffusion::sampling {

torch::Tensor HeldRegion::put_back(const torch::Tensor& x, double sigma) const {
    const auto held = sigma > 0 ? clean + noise * sigma : clean;
    return x * repaint + held * (1 - repaint);
}

}  // namespace diffusion::sampling
