#pragma once

#include "clip/tokenizer.h"

namespace probe {

/// CLIP's tokenizer from the merges that lie beside the program. Throws diffusion::Error.
clip::Tokenizer product_tokenizer(const clip::SpecialNames& names = {});

}  // namespace probe
