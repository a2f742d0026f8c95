#pragma once

#include <filesystem>

#include "clip/config.h"
#include "diffusion/pipeline/models.h"

namespace diffusion::pipeline {

/// CLIP's vocabulary as a `tokenizer/` folder (vocab.json, merges.txt, special_tokens_map.json,
/// tokenizer_config.json), for an encoder that has CLIP's 49,408 words; nothing for any other. Throws
/// Error: missing_file (the program's own list of merges), cannot_write.
void write_clip_tokenizer(const std::filesystem::path& folder, const clip::TextEncoderConfig& config,
                          const Resources& resources);

}  // namespace diffusion::pipeline
