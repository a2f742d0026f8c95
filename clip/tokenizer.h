#pragma once

// Text -> token ids, as CLIP does it: byte-pair encoding of cleaned words. Standard library only;
// the caller opens the files. All of CLIP's encoders share one vocabulary; a model folder may bring
// its own.

#include <cstdint>
#include <iosfwd>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace clip {

/// A vocabulary file that can't be read; names the file's kind, the line or key, what was expected
/// and what was found.
class TokenizerError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The files of a diffusers `tokenizer/` folder. vocabulary and merges are needed; the other two
/// name the special tokens (nullptr: CLIP's).
struct TokenizerFiles {
    std::istream* vocabulary = nullptr;          ///< vocab.json
    std::istream* merges = nullptr;              ///< merges.txt
    std::istream* special_tokens_map = nullptr;  ///< special_tokens_map.json
    std::istream* config = nullptr;              ///< tokenizer_config.json
};

/// How a list of merges, which has none, spells the special tokens: as transformers and clip do.
struct SpecialNames {
    std::string start = "<|startoftext|>";
    std::string end = "<|endoftext|>";

    /// "<start_of_text>", "<end_of_text>".
    static SpecialNames open_clip();
};

class Tokenizer {
public:
    /// From CLIP's list of merges (bpe_simple_vocab_16e6.txt: a header line, then at least 48,894
    /// merges; 49,408 tokens with the two specials). A shorter list makes a smaller vocabulary.
    /// Throws TokenizerError.
    static Tokenizer from_clip_merges(std::istream& merges, const SpecialNames& names = {});

    /// From a diffusers `tokenizer/` folder. Throws TokenizerError.
    static Tokenizer from_folder(const TokenizerFiles& files);

    /// Ids of a text in UTF-8, without start, end and padding. The special tokens' own spellings in
    /// the text are the special tokens.
    std::vector<int> encode(std::string_view utf8) const;

    /// The text that ids spell, each word followed by a space; ids outside the vocabulary are
    /// skipped.
    std::string decode(const std::vector<int>& ids) const;

    int start_token() const { return start_token_; }

    int end_token() const { return end_token_; }

    /// What fills a chunk after the end token, as this vocabulary has it (CLIP-L: the end token).
    int pad_token() const { return pad_token_; }

    /// One more than the largest id.
    int vocab_size() const { return static_cast<int>(tokens_.size()); }

    /// How the vocabulary spells a token ("cat</w>"); "" for an id that is not in it.
    std::string_view token(int id) const;

private:
    struct Merge {
        int rank;
        int symbol;
    };

    Tokenizer() = default;
    int symbol_of(const std::string& text);
    void add_token(const std::string& text, int id);
    void add_merge(std::string_view line, size_t line_number);
    void read_merges(std::istream& merges, size_t most);
    void read_vocabulary(std::istream& vocabulary);
    void add_special(const std::string& text);
    int id_of(const std::string& text) const;
    void encode_piece(std::string_view text, std::vector<int>& ids) const;
    void encode_word(std::string_view word, std::vector<int>& ids) const;

    std::vector<std::string> tokens_;                  // by id
    std::unordered_map<std::string, int> symbols_;     // spelling -> symbol
    std::vector<int> symbol_ids_;                      // symbol -> id, -1: not in the vocabulary
    std::unordered_map<std::uint64_t, Merge> merges_;  // pair of symbols -> merge
    std::vector<std::string> special_texts_;
    int start_token_ = 0;
    int end_token_ = 0;
    int pad_token_ = 0;
    int unknown_token_ = 0;
};

}  // namespace clip
