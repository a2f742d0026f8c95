#include "diffusion/training/partners.h"

namespace diffusion::training {

Partners::Partners(const std::vector<Caption>& captions, std::span<const std::int64_t> from) : captions_(captions) {
    for (const auto i : from) by_style_[captions[static_cast<std::size_t>(i)].style].push_back(i);
}

std::int64_t Partners::of(std::int64_t index, std::uint64_t number) const {
    const auto same = by_style_.find(captions_[static_cast<std::size_t>(index)].style);
    if (same == by_style_.end() || same->second.size() < 2) return -1;
    const auto& pictures = same->second;
    const auto found = pictures[number % pictures.size()];
    return found == index ? pictures[(number + 1) % pictures.size()] : found;
}

}  // namespace diffusion::training
