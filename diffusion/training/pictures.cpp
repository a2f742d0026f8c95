#include "diffusion/training/pictures.h"

#include <algorithm>
#include <numeric>

#include "diffusion/checkpoint/file_writer.h"
#include "diffusion/error.h"
#include "diffusion/training/held_out.h"
#include "diffusion/training/seeds.h"

namespace diffusion::training {

namespace {

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

Split split_pictures(const Pack& pack, double held_out_share, std::uint64_t seed) {
    if (pack.size() == 0) throw Error(ErrorKind::corrupt_file, "The pack holds no picture to train on.");
    const auto kept = held_out(pack.captions(), held_out_share, seed);
    Split split;
    for (size_t i = 0; i < pack.size(); ++i)
        (kept[i] ? split.held_out : split.training).push_back(static_cast<int64_t>(i));
    if (split.held_out.empty()) split.held_out.push_back(split.training.back());
    return split;
}

std::string note_held_out(Trainee& trainee, bool goes_on, double held_out_share, std::uint64_t seed) {
    const auto rule = "pairs, " + std::to_string(held_out_share) + " of all, seed " + std::to_string(seed);
    auto& noted = trainee.notes["held_out"];
    const bool is_other = goes_on && noted != rule;
    noted = rule;
    if (!is_other) return {};
    return "The state was trained with other pictures held out: what is measured on those of now is too good.";
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

void write_held_out(const std::filesystem::path& file, const Pack& pack, const Split& split) {
    std::string text;
    for (const auto i : split.held_out) text += pack.captions()[static_cast<size_t>(i)].file + "\n";
    checkpoint::write_text_file(file, text);
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
