#include "diffusion/training/compositions.h"

#include <torch/utils.h>

#include <array>

#include "diffusion/training/seeds.h"

namespace diffusion::training {

namespace {

/// In quarters of the square.
struct Place {
    int64_t left, top;
};

constexpr std::array<Place, 2> beside_each_other{{{0, 1}, {2, 1}}};
constexpr std::array<Place, 3> two_and_one_above{{{1, 0}, {0, 2}, {2, 2}}};
constexpr std::array<Place, 4> in_a_square{{{0, 0}, {2, 0}, {0, 2}, {2, 2}}};

std::span<const Place> places_of(int count) {
    if (count == 2) return beside_each_other;
    if (count == 3) return two_and_one_above;
    return in_a_square;
}

}  // namespace

Compositions::Compositions(const std::vector<Caption>& captions, std::span<const int64_t> from, LayerCodes codes,
                           const Composition& shares)
    : captions_(captions), partners_(captions, from), codes_(std::move(codes)), shares_(shares) {}

Example Compositions::draw(int64_t index, const PromptMix& prompts, std::uint64_t seed) const {
    const auto& caption = captions_[static_cast<size_t>(index)];
    const auto is_cut_out = [&](int64_t i) { return codes_.cut_out[i].item<bool>(); };
    if (!is_cut_out(index)) return {{}, draw_prompt(caption, prompts, seed)};
    Chance chance(mix(seed, 0x636f6d70));
    Scene scene;
    auto partner = chance.share() < shares_.pair ? partners_.of(index, chance.next()) : -1;
    if (partner >= 0 && !is_cut_out(partner)) partner = -1;
    if (partner >= 0) scene.beside = &captions_[static_cast<size_t>(partner)];
    else if (is_countable(caption) && chance.share() < shares_.several) scene.count = 2 + static_cast<int>(chance.below(3));
    const int things = partner >= 0 ? 2 : scene.count;

    const auto side = codes_.wholes.size(-1);
    auto latent = codes_.white.to(torch::kFloat32).view({-1, 1, 1}).repeat({1, side, side});
    auto shares = torch::zeros({4});  // of a layer's four codes
    shares[0] = 1;
    if (things == 1 || chance.share() < shares_.background) {
        scene.background = &backgrounds()[chance.below(backgrounds().size())];
        const auto colour = shade_of(*scene.background, chance) - 1;
        shares.slice(0, 1).copy_(-colour);
        latent += torch::mv(codes_.colours.to(torch::kFloat32).t(), colour).view({-1, 1, 1});
    }
    const auto lay = [&](const torch::Tensor& codes, int64_t left, int64_t top) {
        const auto thing = torch::mv(codes.to(torch::kFloat32).flatten(1).t(), shares).view(codes.sizes().slice(1));
        latent.slice(1, top, top + thing.size(1)).slice(2, left, left + thing.size(2)) += thing;
    };
    if (things == 1) lay(codes_.wholes[index], 0, 0);
    for (int i = 0; things > 1 && i < things; ++i) {
        const auto place = places_of(things)[static_cast<size_t>(i)];
        lay(codes_.halves[partner >= 0 && i == 1 ? partner : index], place.left * side / 4, place.top * side / 4);
    }
    return {{}, draw_prompt(caption, prompts, seed, scene), latent};
}

}  // namespace diffusion::training
