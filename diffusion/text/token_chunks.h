#pragma once

// A prompt as the chunks of 75 tokens that the text encoders read. Standard library only: the
// window's counter and the encoder use the same rules.

#include "clip/tokenizer.h"
#include "diffusion/text/attention.h"
#include "diffusion/text/prompt_reading.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace diffusion {

/// A textual inversion that a prompt may name: the ids its name has as text.
struct EmbeddingName {
    std::vector<int> ids;
    std::string name;
    int vectors = 0;
};

/// Vectors that replace `vectors` token embeddings from offset + 1 on (after the start token): those of
/// the embedding from number `first` on.
struct PlacedEmbedding {
    int offset = 0;
    std::string name;
    int vectors = 0;
    int first = 0;
};

/// Start token, chunk_length tokens (filled up with the end token), end token.
struct TokenChunk {
    std::vector<int> ids;
    std::vector<double> weights;
    std::vector<PlacedEmbedding> embeddings;

    /// The ids with everything after the first end token replaced: SD2 and SDXL's second encoder
    /// pad with 0.
    std::vector<int> ids_padded_with(int pad_token, int end_token) const;
};

struct ChunkOptions {
    int chunk_length = 75;
    /// A chunk that would break in the middle of a phrase moves back to a comma at most this many
    /// tokens away; 0: never.
    int comma_backtrack = 20;
    Emphasis emphasis = Emphasis::original;
    int most_chunks = 0;  ///< 0: as many as the prompt fills
    std::span<const EmbeddingName> embeddings;
};

struct ChunkedPrompt {
    std::vector<TokenChunk> chunks;  ///< at least one
    int token_count = 0;             ///< full chunks count whole
    int limit = 0;                   ///< the next multiple of chunk_length
    std::vector<int> cut_ids;        ///< tokens for which most_chunks left no room
    std::vector<std::string> missing_embeddings;  ///< "embedding:name" of none that is known
};

/// Throws std::invalid_argument for an embedding with more vectors than a chunk has room for.
ChunkedPrompt chunk_prompt(std::string_view prompt, const clip::Tokenizer& tokenizer,
                           const ChunkOptions& options = {});

/// The same of pieces that are parsed already.
ChunkedPrompt chunk_pieces(std::span<const WeightedText> pieces, const clip::Tokenizer& tokenizer,
                           const ChunkOptions& options = {});

struct TokenCount {
    int count = 0;
    int limit = 75;
};

/// What the counter beside a prompt shows: "12/75", "80/150".
TokenCount count_tokens(const clip::Tokenizer& tokenizer, std::string_view prompt);

}  // namespace diffusion
