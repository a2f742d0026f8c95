#pragma once

// Learns a small byte-level vocabulary in CLIP's format from captions in any language.

#include <cstdint>
#include <iosfwd>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace clip {

struct CountedText {
    std::string text;
    std::int64_t count = 1;
};

/// tokens by id: 256 byte symbols, the same with "</w>", the merges in the order they were learned,
/// "<|startoftext|>", "<|endoftext|>".
struct BpeVocabulary {
    std::vector<std::string> tokens;
    std::vector<std::pair<std::string, std::string>> merges;

    void write_vocab_json(std::ostream& out) const;
    /// With the "#version: 0.2" line that other readers skip.
    void write_merges_txt(std::ostream& out) const;
    void write_special_tokens_map_json(std::ostream& out) const;
    void write_tokenizer_config_json(std::ostream& out, int max_length = 77) const;
};

/// Merges the most frequent pair of neighbours (ties: the one that sorts first) until the
/// vocabulary has target_size tokens or no pair occurs twice. Texts are cleaned and cut as the
/// Tokenizer does. Throws std::invalid_argument when target_size is below 515.
BpeVocabulary train_bpe(std::span<const CountedText> captions, int target_size);

}  // namespace clip
