#include "diffusion/training/pictures.h"

#include <algorithm>
#include <numeric>

#include "diffusion/error.h"
#include "diffusion/training/seeds.h"

namespace diffusion::training {

namespace {

/// FNV-1a, mixed: the same number for a name on every machine.
std::uint64_t number_of(const std::string& name) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return mix(hash);
}

/// Position i of a shuffled epoch, without keeping the epoch: a Feistel network permutes the next
/// power of four, and walks on until it lands inside.
int64_t shuffled(int64_t i, int64_t count, std::uint64_t seed) {
    int half_bits = 1;
    while ((int64_t{1} << (2 * half_bits)) < count) ++half_bits;
    const auto mask = (std::uint64_t{1} << half_bits) - 1;
    auto at = static_cast<std::uint64_t>(i);
    do {
        auto left = at >> half_bits, right = at & mask;
        for (std::uint64_t round = 0; round < 4; ++round) {
            const auto next = left ^ (mix(seed + round, right) & mask);
            left = right;
            right = next;
        }
        at = (left << half_bits) | right;
    } while (at >= static_cast<std::uint64_t>(count));
    return static_cast<int64_t>(at);
}

}  // namespace

Split split_pictures(const Pack& pack, std::uint64_t one_in) {
    Split split;
    for (size_t i = 0; i < pack.size(); ++i) {
        const bool is_held_out = number_of(pack.captions()[i].file) % one_in == 0;
        (is_held_out ? split.held_out : split.training).push_back(static_cast<int64_t>(i));
    }
    if (split.training.empty()) {
        throw Error(ErrorKind::corrupt_file, "The pack holds no picture to train on.");
    }
    if (split.held_out.empty()) split.held_out.push_back(split.training.back());
    return split;
}

torch::Tensor to_tensor(const Image& image) {
    auto bytes = torch::empty({image.height, image.width, image.channels}, torch::kUInt8);
    std::copy(image.pixels.begin(), image.pixels.end(), bytes.data_ptr<std::uint8_t>());
    return bytes.permute({2, 0, 1}).to(torch::kFloat32).div_(127.5).sub_(1).contiguous();
}

Image to_image(const torch::Tensor& pixels) {
    const auto bytes = ((pixels.detach().to(torch::kCPU, torch::kFloat32) + 1) * 127.5)
                           .round()
                           .clamp(0, 255)
                           .to(torch::kUInt8)
                           .permute({1, 2, 0})
                           .contiguous();
    Image image{static_cast<int>(bytes.size(1)), static_cast<int>(bytes.size(0)), 3, {}};
    const auto* first = bytes.data_ptr<std::uint8_t>();
    image.pixels.assign(first, first + bytes.numel());
    return image;
}

torch::Tensor load_pictures(const Pack& pack, std::span<const int64_t> indices) {
    std::vector<torch::Tensor> pictures;
    for (const auto i : indices) pictures.push_back(to_tensor(pack.picture(static_cast<size_t>(i))));
    return torch::stack(pictures);
}

torch::Tensor draw_crops(const Pack& pack, std::span<const int64_t> from, int64_t count, int64_t extent,
                         std::uint64_t seed) {
    Chance chance(mix(seed, 0x63726f70));
    extent = std::min<int64_t>(extent, pack.extent());
    const auto places = static_cast<std::uint64_t>((pack.extent() - extent) / 8 + 1);
    std::vector<torch::Tensor> crops;
    for (int64_t i = 0; i < count; ++i) {
        const auto index = from[chance.below(from.size())];
        const auto top = static_cast<int64_t>(chance.below(places)) * 8;
        const auto left = static_cast<int64_t>(chance.below(places)) * 8;
        crops.push_back(to_tensor(pack.picture(static_cast<size_t>(index)))
                            .slice(1, top, top + extent)
                            .slice(2, left, left + extent));
    }
    return torch::stack(crops);
}

std::vector<int64_t> batch_of_step(std::span<const int64_t> from, int64_t step, int64_t count,
                                   std::uint64_t seed) {
    const auto size = static_cast<int64_t>(from.size());
    std::vector<int64_t> batch;
    for (int64_t place = step * count; place < (step + 1) * count; ++place) {
        const auto epoch_seed = mix(seed, static_cast<std::uint64_t>(place / size));
        batch.push_back(from[static_cast<size_t>(shuffled(place % size, size, epoch_seed))]);
    }
    return batch;
}

}  // namespace diffusion::training
