#pragma once

#include "clip/tokenizer.h"

namespace support {

/// CLIP's tokenizer from the merges in the build's share folder, which packaging/deps fetches.
/// Throws when they are not there.
const clip::Tokenizer& clip_tokenizer();

}  // namespace support
