#pragma once

// Which pictures are kept from training, so that what a model makes of them shows what it understood
// and not what it remembers.

#include <cstdint>
#include <vector>

#include "diffusion/training/captions.h"

namespace diffusion::training {

/// For each picture whether it is kept. Drawn are pairs of a thing (its code points, else its label) and
/// a style, of things that another style shows in training, until they are this share of the pictures:
/// the thing and the style are known then, the pair is not. The draw depends on the seed and on the pairs,
/// not on the order of the pictures. Pictures without such a pair are drawn by the names of their files.
/// At least one is kept and one is not, where there are two.
std::vector<bool> held_out(const std::vector<Caption>& captions, double share, std::uint64_t seed);

}  // namespace diffusion::training
