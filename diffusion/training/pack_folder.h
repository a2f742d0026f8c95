#pragma once

#include <functional>
#include <stop_token>

#include "diffusion/training_request.h"

namespace diffusion::training {

/// Packs every picture that the folder's captions.jsonl names; what can't be read is named in the
/// outcome and left out. on_picture hears how many of how many are done. Throws Error (missing_file
/// when there are no captions, corrupt_file when no picture at all could be read, cannot_write).
PackOutcome pack_folder(const PackRequest& request, const PictureSource& source,
                        const std::function<void(int done, int total)>& on_picture,
                        std::stop_token stop);

}  // namespace diffusion::training
