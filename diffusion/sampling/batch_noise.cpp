#include "diffusion/sampling/batch_noise.h"

#include <utility>

namespace diffusion::sampling {

BatchNoise::BatchNoise(NoiseStream stream, std::uint64_t seed, BatchPart part,
                       std::vector<std::int64_t> shape)
    : generator_(noise_generator(stream, seed)), part_(part), shape_(std::move(shape)) {
    TORCH_CHECK(part.first >= 0 && part.count > 0 && part.first + part.count <= part.size,
                "noise of a batch: pictures ", part.first, " to ", part.first + part.count - 1,
                " of ", part.size);
    shape_.insert(shape_.begin(), part.size);
}

torch::Tensor BatchNoise::next() {
    return generator_->normal(shape_).narrow(0, part_.first, part_.count).contiguous();
}

}  // namespace diffusion::sampling
