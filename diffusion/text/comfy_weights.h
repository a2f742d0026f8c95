#pragma once

// Prompts as ComfyUI reads them: only round brackets, absolute weights, its own way to fill chunks.
// Standard library only.

#include "diffusion/text/attention.h"
#include "diffusion/text/token_chunks.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace diffusion {

/// (x) multiplies by 1.1, (x:w) sets w whatever is around; \( and \) are literal. An empty prompt
/// has no pieces.
std::vector<WeightedText> parse_comfy_weights(std::string_view prompt);

/// Chunks as ComfyUI fills them: a piece of at least 8 tokens is cut where a chunk is full, a
/// shorter one moves to the next. No commas, no BREAK. Embeddings stand as "embedding:name", up to
/// the next white space. Of the options, chunk_length and embeddings count; throws as chunk_prompt.
ChunkedPrompt chunk_comfy(std::string_view prompt, const clip::Tokenizer& tokenizer,
                          const ChunkOptions& options = {});

/// The same pieces in ComfyUI's writing.
std::string print_comfy(std::span<const WeightedText> pieces);

}  // namespace diffusion
