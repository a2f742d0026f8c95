#include "diffusion/pipeline/memory_ladder.h"

#include <algorithm>

namespace diffusion::pipeline {

namespace {

/// Sides of tiles in pixels. Smaller ones know too little of their surroundings.
constexpr std::int64_t tiles[] = {1024, 768, 512, 384, 256};

/// Fewer positions leave a processor's cores too little to do.
constexpr std::int64_t slices[] = {2048, 512};

std::vector<Measures> with_next_rung(const Measures& now, std::int64_t factor) {
    std::vector<Measures> next;
    const auto add = [&](const auto& change) {
        auto changed = now;
        change(changed);
        if (!(changed == now)) next.push_back(changed);
    };
    add([](Measures& m) { m.narrow_weights = true; });
    for (const auto tile : tiles) {
        const auto latent = std::max<std::int64_t>(tile / factor, 8);
        if (now.tile == 0 || latent < now.tile) add([&](Measures& m) { m.tile = latent; });
    }
    for (const auto slice : slices)
        if (now.slice == 0 || slice < now.slice) add([&](Measures& m) { m.slice = slice; });
    // Only what lies in the file can be read again from it.
    add([](Measures& m) { m.narrow_weights = m.streams_weights = true; });
    add([](Measures& m) { m.splits_batch = true; });
    return next;
}

}  // namespace

std::vector<Fallback> fallbacks_of(const Measures& measures) {
    std::vector<Fallback> list;
    if (measures.narrow_weights) list.push_back(Fallback::narrow_weights);
    if (measures.tile > 0) list.push_back(Fallback::tiled_codec);
    if (measures.slice > 0) list.push_back(Fallback::sliced_attention);
    if (measures.streams_weights) list.push_back(Fallback::streamed_weights);
    if (measures.splits_batch) list.push_back(Fallback::split_batch);
    return list;
}

Descent descend(const Measures& begin, std::int64_t limit, std::int64_t factor,
                const std::function<std::int64_t(const Measures&)>& peak_of) {
    Descent now{begin, peak_of(begin), false};
    const auto fits = [&] { return limit <= 0 || now.peak_bytes <= limit; };
    bool moved = true;
    while (!fits() && moved) {
        moved = false;
        for (const auto& next : with_next_rung(now.measures, factor)) {
            const auto peak = peak_of(next);
            if (peak >= now.peak_bytes) continue;
            now.measures = next;
            now.peak_bytes = peak;
            moved = true;
            break;
        }
    }
    now.fits = fits();
    return now;
}

}  // namespace diffusion::pipeline
