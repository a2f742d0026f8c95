#include "diffusion/training/examples.h"

#include <ATen/Parallel.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>

#include "diffusion/training/layer.h"
#include "diffusion/training/pictures.h"

namespace diffusion::training {

namespace {

void lay(torch::Tensor& into, const torch::Tensor& layer, int64_t left, int64_t top) {
    into.slice(1, top, top + layer.size(1)).slice(2, left, left + layer.size(2)).copy_(layer);
}

int64_t side_for(double scale, int64_t extent) {
    return std::clamp<int64_t>(std::llround(scale * double(extent)), 1, extent);
}

struct Slot {
    int64_t left, top, width, height;
};

/// Anywhere in a slot of the square.
void lay_by_chance(torch::Tensor& into, const torch::Tensor& layer, const Slot& slot, Chance& chance) {
    const auto side = layer.size(1);
    const auto place = [&](int64_t begin, int64_t length) {
        return begin + static_cast<int64_t>(chance.below(static_cast<std::uint64_t>(length - side + 1)));
    };
    const auto left = place(slot.left, slot.width);
    lay(into, layer, left, place(slot.top, slot.height));
}

/// As high as a thing of this side and a tenth, in the slot's middle: things beside each other stand nearly on one
/// line. Heights of their own would say nothing of the prompt, and what can't be told is learned as a blur.
Slot line_in(Slot slot, int64_t side) {
    const auto height = std::min(slot.height, side + side / 10);
    return {slot.left, slot.top + (slot.height - height) / 2, slot.width, height};
}

/// Two beside each other, the third above two, four in a square: as compositions.h has them.
void lay_several(torch::Tensor& into, const torch::Tensor& layer, int count, Chance& chance) {
    const auto extent = into.size(1), half = extent / 2;
    const auto side = std::min(side_for(0.4 + 0.1 * chance.share(), extent), half);
    const auto thing = scaled(layer, side);
    for (int64_t i = 0; i < count; ++i) {
        const bool is_alone = count == 3 && i == 0;  // in its row
        const auto place = count == 3 ? i + 1 : i;
        const Slot slot{is_alone ? half / 2 : place % 2 * half, place / 2 * half, half, count == 2 ? extent : half};
        lay_by_chance(into, thing, line_in(slot, side), chance);
    }
}

/// White is replaced by the colour.
torch::Tensor on_background(const torch::Tensor& layer, const Background* background, Chance& chance) {
    if (!background) return layer.slice(0, 0, 3);
    const auto colour = shade_of(*background, chance).view({3, 1, 1});
    return layer.slice(0, 0, 3) + (colour - 1) * (1 - layer.slice(0, 3));
}

}  // namespace

torch::Tensor shade_of(const Background& background, Chance& chance) {
    auto colour = torch::empty({3});
    for (int64_t c = 0; c < 3; ++c) {
        const double value = background.rgb[static_cast<size_t>(c)] + 24 * (chance.share() - 0.5);
        colour[c] = std::clamp(value, 0.0, 255.0) / 127.5 - 1;
    }
    return colour;
}

Examples::Examples(const Pack& pack, std::span<const int64_t> from, const Augmentation& augmentation)
    : pack_(pack), partners_(pack.captions(), from), augmentation_(augmentation) {}

torch::Tensor Examples::turned(int64_t index, Chance& chance) const {
    const auto layer = layer_of(pack_.layer(static_cast<size_t>(index)));
    const bool turns = chance.share() < augmentation_.mirrored &&
                       is_mirrorable(pack_.captions()[static_cast<size_t>(index)]);
    return turns ? layer.flip(2) : layer;
}

Example Examples::draw(int64_t index, const PromptMix& prompts, std::uint64_t seed) const {
    const auto& caption = pack_.captions()[static_cast<size_t>(index)];
    Chance chance(mix(seed, 0x6175676d));
    if (chance.share() >= augmentation_.share) return {{}, draw_prompt(caption, prompts, seed)};
    const auto layer = turned(index, chance);
    if (!is_cut_out(layer)) return {layer.slice(0, 0, 3).contiguous(), draw_prompt(caption, prompts, seed)};
    Scene scene;
    const auto colour = chance.below(backgrounds().size());
    if (chance.share() < augmentation_.background) scene.background = &backgrounds()[colour];
    const auto partner = chance.share() < augmentation_.pair ? partners_.of(index, chance.next()) : -1;
    const auto beside = partner >= 0 ? turned(partner, chance) : torch::Tensor();
    if (partner < 0 && is_countable(caption) && chance.share() < augmentation_.several)
        scene.count = 2 + static_cast<int>(chance.below(3));

    const auto extent = static_cast<int64_t>(pack_.extent());
    auto whole = empty_layer(extent);
    if (beside.defined() && is_cut_out(beside)) {
        scene.beside = &pack_.captions()[static_cast<size_t>(partner)];
        const auto side = side_for(0.4 + 0.1 * chance.share(), extent);
        lay_by_chance(whole, scaled(layer, side), line_in({0, 0, extent / 2, extent}, side), chance);
        lay_by_chance(whole, scaled(beside, side), line_in({extent / 2, 0, extent - extent / 2, extent}, side), chance);
    } else if (scene.count > 1) {
        lay_several(whole, layer, scene.count, chance);
    } else if (chance.share() >= augmentation_.moved) {
        lay(whole, layer, 0, 0);
    } else {
        const double scale = augmentation_.least_scale + (1 - augmentation_.least_scale) * chance.share();
        lay_by_chance(whole, scaled(layer, side_for(scale, extent)), {0, 0, extent, extent}, chance);
    }
    return {on_background(whole, scene.background, chance).contiguous(),
            draw_prompt(caption, prompts, seed, scene)};
}

torch::Tensor Examples::crops(std::span<const int64_t> from, int64_t count, int64_t extent,
                              std::uint64_t seed) const {
    extent = std::min<int64_t>(extent, pack_.extent());
    const auto places = static_cast<std::uint64_t>((pack_.extent() - extent) / 8 + 1);
    auto crops = torch::empty({count, 3, extent, extent});
    at::parallel_for(0, count, 1, [&](int64_t begin, int64_t end) {
        const torch::NoGradGuard no_grad;  // of this thread
        for (int64_t i = begin; i < end; ++i) {
            const auto own = mix(seed, static_cast<std::uint64_t>(i));
            Chance chance(mix(own, 0x63726f70));
            const auto index = from[chance.below(from.size())];
            auto pixels = draw(index, {}, own).pixels;
            if (!pixels.defined()) pixels = to_tensor(pack_.picture(static_cast<size_t>(index)));
            const auto top = static_cast<int64_t>(chance.below(places)) * 8;
            const auto left = static_cast<int64_t>(chance.below(places)) * 8;
            crops[i].copy_(pixels.slice(1, top, top + extent).slice(2, left, left + extent));
        }
    });
    return crops;
}

}  // namespace diffusion::training
