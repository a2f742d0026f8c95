#include "diffusion/sampling/noise.h"

#include <algorithm>
#include <string>

#include <ATen/CPUGeneratorImpl.h>

#include "diffusion/error.h"
#include "diffusion/sampling/philox.h"

namespace diffusion::sampling {

namespace {

class CpuGenerator : public NoiseGenerator {
public:
    explicit CpuGenerator(std::uint64_t seed)
        : generator_(at::make_generator<at::CPUGeneratorImpl>(seed)) {}

    torch::Tensor normal(at::IntArrayRef shape) override {
        return torch::randn(shape, generator_, torch::dtype(torch::kFloat32));
    }

private:
    at::Generator generator_;
};

class NvGenerator : public NoiseGenerator {
public:
    explicit NvGenerator(std::uint64_t seed) : seed_(seed) {}

    torch::Tensor normal(at::IntArrayRef shape) override {
        auto noise = torch::empty(shape, torch::dtype(torch::kFloat32));
        auto* values = noise.data_ptr<float>();
        for (int64_t i = 0; i < noise.numel(); ++i)
            values[i] = philox_normal(seed_, call_, static_cast<std::uint32_t>(i));
        ++call_;
        return noise;
    }

private:
    std::uint64_t seed_;
    std::uint32_t call_ = 0;
};

/// Where the centre of one extent lies in another. The wider one loses one more pixel than needed
/// when the difference is odd: that is the reference's rounding.
struct Overlap {
    int64_t from;
    int64_t to;
    int64_t length;
};

Overlap overlap(int64_t from, int64_t to) {
    const int64_t offset = (to - from) >= 0 ? (to - from) / 2 : -((from - to + 1) / 2);
    return {std::max<int64_t>(-offset, 0), std::max<int64_t>(offset, 0),
            offset >= 0 ? from : from + 2 * offset};
}

/// Puts the centre of one [C, H, W] noise into another of a different extent.
void paste_centred(const torch::Tensor& from, torch::Tensor& to) {
    const auto rows = overlap(from.size(1), to.size(1));
    const auto columns = overlap(from.size(2), to.size(2));
    to.narrow(1, rows.to, rows.length)
        .narrow(2, columns.to, columns.length)
        .copy_(from.narrow(1, rows.from, rows.length).narrow(2, columns.from, columns.length));
}

}  // namespace

std::unique_ptr<NoiseGenerator> noise_generator(NoiseStream stream, std::uint64_t seed) {
    if (stream == NoiseStream::nv) return std::make_unique<NvGenerator>(seed);
    return std::make_unique<CpuGenerator>(seed);
}

torch::Tensor slerp(double share, const torch::Tensor& low, const torch::Tensor& high) {
    const auto unit = [](const torch::Tensor& x) { return x / x.norm(2, {1}, true); };
    const auto dot = (unit(low) * unit(high)).sum(1);
    // Nearly parallel: a straight line, with the two ends exchanged as A1111 has it.
    if (dot.mean().item<double>() > 0.9995) return low * share + high * (1.0 - share);
    const auto angle = torch::acos(dot);
    const auto sine = torch::sin(angle);
    return (torch::sin(angle * (1.0 - share)) / sine).unsqueeze(1) * low +
           (torch::sin(angle * share) / sine).unsqueeze(1) * high;
}

std::vector<std::uint64_t> batch_seeds(std::uint64_t seed, int count) {
    std::vector<std::uint64_t> seeds;
    for (int i = 0; i < count; ++i) seeds.push_back(seed + static_cast<std::uint64_t>(i));
    return seeds;
}

ImageNoise::ImageNoise(ImageNoiseOptions options, std::vector<std::int64_t> shape)
    : options_(std::move(options)), shape_(std::move(shape)) {
    TORCH_CHECK(shape_.size() == 3, "noise of a picture: expected [C, H, W], found ", shape_);
    if (options_.seeds.empty() || (!options_.variation_seeds.empty() &&
                                   options_.variation_seeds.size() != options_.seeds.size()))
        throw Error(ErrorKind::bad_request,
                    "variation_seed: expected one for each of " +
                        std::to_string(options_.seeds.size()) + " seeds, found " +
                        std::to_string(options_.variation_seeds.size()));
    for (const auto seed : options_.seeds)
        generators_.push_back(noise_generator(options_.stream, seed));
}

torch::Tensor ImageNoise::first_of(std::size_t picture) {
    auto drawn_shape = shape_;
    if (options_.resize_from_height > 0 && options_.resize_from_width > 0)
        drawn_shape = {shape_[0], options_.resize_from_height, options_.resize_from_width};
    const bool resizes = drawn_shape != shape_;
    // Noise of another extent comes from a generator of its own; the picture's own one then gives
    // its first draw to the margin around it. So goes the reference's stream.
    auto noise = resizes
                     ? noise_generator(options_.stream, options_.seeds[picture])->normal(drawn_shape)
                     : generators_[picture]->normal(shape_);
    if (!options_.variation_seeds.empty() && options_.variation_strength != 0) {
        const auto variation =
            noise_generator(options_.stream, options_.variation_seeds[picture])->normal(drawn_shape);
        noise = slerp(options_.variation_strength, noise, variation);
    }
    if (!resizes) return noise;
    auto target = generators_[picture]->normal(shape_);
    paste_centred(noise, target);
    return target;
}

torch::Tensor ImageNoise::next() {
    std::vector<torch::Tensor> noises;
    for (std::size_t i = 0; i < generators_.size(); ++i)
        noises.push_back(is_first_ ? first_of(i) : generators_[i]->normal(shape_));
    if (is_first_ && options_.eta_noise_seed_delta != 0)
        for (std::size_t i = 0; i < generators_.size(); ++i)
            generators_[i] = noise_generator(
                options_.stream,
                options_.seeds[i] + static_cast<std::uint64_t>(options_.eta_noise_seed_delta));
    is_first_ = false;
    return torch::stack(noises);
}

}  // namespace diffusion::sampling
