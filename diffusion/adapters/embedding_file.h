#pragma once

// Textual inversion (Gal et al. 2022): a few vectors that stand in a prompt in place of the
// embeddings of a word.

#include <torch/types.h>

#include <filesystem>
#include <vector>

namespace diffusion::adapters {

struct EmbeddingFile {
    /// Float32 as stored, [n, width] each: one for models with one text encoder; two for SDXL, of
    /// CLIP-L and of bigG, with the same n.
    std::vector<torch::Tensor> vectors;
};

/// Reads A1111's files (.pt with string_to_param), those of one tensor (diffusers, emb_params) and
/// SDXL's pairs (clip_l, clip_g). Throws Error: missing_file, corrupt_file, or unsupported_model
/// where the file holds no embedding.
EmbeddingFile open_embedding(const std::filesystem::path& path);

}  // namespace diffusion::adapters
