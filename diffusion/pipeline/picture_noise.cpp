#include "diffusion/pipeline/picture_noise.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "diffusion/pipeline/profile.h"
#include "diffusion/sampling/batch_noise.h"
#include "diffusion/sampling/brownian.h"
#include "diffusion/sampling/noise.h"

namespace diffusion::pipeline {

namespace {

using sampling::NoiseSource;
using Shape = std::vector<std::int64_t>;

bool varies(const GenerationRequest& request) {
    return request.variation_strength > 0;
}

std::uint64_t seed_of(const GenerationRequest& request) {
    return static_cast<std::uint64_t>(request.seed);
}

int batch_size(const GenerationRequest& request) {
    return std::max(request.batch_size, request.batch_position + request.count);
}

/// A tree is as deep as its queries are fine, so that it is made at the first one: a run of one step
/// has no interval at all.
NoiseSource from_tree(std::function<sampling::BrownianNoise()> make,
                      std::function<torch::Tensor(const torch::Tensor&)> use) {
    const auto tree = std::make_shared<std::unique_ptr<const sampling::BrownianNoise>>();
    return [tree, make = std::move(make), use = std::move(use)](double sigma, double next) {
        if (!*tree) *tree = std::make_unique<const sampling::BrownianNoise>(make());
        return use((**tree)(sigma, next));
    };
}

PictureNoise own_noise(const GenerationRequest& request, const SamplingSetup& setup,
                       PictureRange pictures, const Shape& shape, std::int64_t factor,
                       const torch::Device& device) {
    sampling::ImageNoiseOptions options;
    options.seeds = picture_seeds(request, pictures);
    options.stream = stream_of(request);
    options.eta_noise_seed_delta = request.eta_noise_seed_delta;
    if (varies(request)) {
        const auto first = static_cast<std::uint64_t>(request.variation_seed + pictures.first);
        options.variation_seeds = sampling::batch_seeds(first, pictures.count);
        options.variation_strength = request.variation_strength;
    }
    if (request.seed_resize_width > 0 && request.seed_resize_height > 0) {
        options.resize_from_width = request.seed_resize_width / factor;
        options.resize_from_height = request.seed_resize_height / factor;
    }
    const auto noise = std::make_shared<sampling::ImageNoise>(options, shape);
    PictureNoise made{noise->next(), {}};
    if (!setup.brownian) {
        made.steps = [noise, device](double, double) { return noise->next().to(device); };
        return made;
    }
    made.steps = from_tree(
        [=, seeds = options.seeds, stream = options.stream, low = setup.lowest_sigma,
         high = setup.highest_sigma] {
            return sampling::BrownianNoise(seeds, shape, low, high, stream);
        },
        [device](const torch::Tensor& x) { return x.to(device); });
    return made;
}

/// ComfyUI draws the steps' noise from another generator than the first latent's, with the next seed;
/// on a GPU that is the GPU's, with the same seed. diffusers goes on with the same one.
PictureNoise batch_noise(const GenerationRequest& request, const SamplingSetup& setup,
                         PictureRange pictures, const Shape& shape, const torch::Device& device) {
    const auto stream = stream_of(request);
    const sampling::BatchPart part{batch_size(request), request.batch_position + pictures.first,
                                   pictures.count};
    const bool is_comfy = profile_of(request).program == sampling::Compatibility::comfyui;
    const auto first_stream = is_comfy ? sampling::NoiseStream::cpu : stream;
    auto noise =
        std::make_shared<sampling::BatchNoise>(first_stream, seed_of(request), part, shape);
    PictureNoise made{noise->next(), {}};
    if (is_comfy) {
        const auto next_seed = seed_of(request) + (stream == sampling::NoiseStream::cpu ? 1 : 0);
        noise = std::make_shared<sampling::BatchNoise>(stream, next_seed, part, shape);
    }
    made.steps = [noise, device](double, double) { return noise->next().to(device); };
    if (!is_comfy || !setup.brownian) return made;
    auto whole = shape;
    whole.insert(whole.begin(), part.size);
    made.steps = from_tree(
        [=, seed = seed_of(request), low = setup.lowest_sigma, high = setup.highest_sigma] {
            return sampling::BrownianNoise({seed}, whole, low, high, stream);
        },
        [=](const torch::Tensor& x) {
            return x[0].narrow(0, part.first, part.count).to(device);
        });
    return made;
}

}  // namespace

std::vector<std::uint64_t> picture_seeds(const GenerationRequest& request, PictureRange pictures) {
    if (varies(request) || profile_of(request).draws_batch_at_once)
        return std::vector<std::uint64_t>(static_cast<std::size_t>(pictures.count),
                                          seed_of(request));
    return sampling::batch_seeds(seed_of(request) + static_cast<std::uint64_t>(pictures.first),
                                 pictures.count);
}

GenerationRequest request_of_picture(GenerationRequest request, int index) {
    if (profile_of(request).draws_batch_at_once) {
        const int size = batch_size(request);
        request.batch_size = size > 1 ? size : 0;
        request.batch_position += index;
    } else if (varies(request)) {
        request.variation_seed += index;
    } else {
        request.seed += index;
    }
    request.count = 1;
    return request;
}

PictureNoise picture_noise(const GenerationRequest& request, const SamplingSetup& setup,
                           PictureRange pictures, const std::vector<std::int64_t>& shape,
                           std::int64_t factor, const torch::Device& device) {
    if (profile_of(request).draws_batch_at_once)
        return batch_noise(request, setup, pictures, shape, device);
    return own_noise(request, setup, pictures, shape, factor, device);
}

}  // namespace diffusion::pipeline
