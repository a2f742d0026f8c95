#include "diffusion/text/token_chunks.h"

#include <algorithm>
#include <stdexcept>

namespace diffusion {

namespace {

class Chunker {
public:
    Chunker(const clip::Tokenizer& tokenizer, const ChunkOptions& options)
        : tokenizer_(tokenizer), options_(options), comma_(comma_token(tokenizer)) {
        embeddings_.assign(options.embeddings.begin(), options.embeddings.end());
        // The longest name wins where several begin alike.
        std::stable_sort(embeddings_.begin(), embeddings_.end(),
                         [](const auto& a, const auto& b) { return a.ids.size() > b.ids.size(); });
    }

    ChunkedPrompt run(std::span<const WeightedText> pieces) {
        for (const auto& piece : pieces) {
            if (piece.is_break()) {
                finish(false);
            } else {
                add(tokenizer_.encode(piece.text), piece.weight);
            }
        }
        if (!chunk_.ids.empty() || made_.chunks.empty()) finish(true);
        const int counted = std::max(made_.token_count, 1);
        made_.limit = (counted + length() - 1) / length() * length();
        return std::move(made_);
    }

private:
    static int comma_token(const clip::Tokenizer& tokenizer) {
        const auto ids = tokenizer.encode(",");
        return ids.size() == 1 ? ids.front() : -1;
    }

    int length() const { return options_.chunk_length; }

    int used() const { return static_cast<int>(chunk_.ids.size()); }

    void add(const std::vector<int>& ids, double weight) {
        for (size_t at = 0; at < ids.size();) {
            if (ids[at] == comma_) {
                last_comma_ = used();
            } else if (used() == length() && last_comma_ >= 0 &&
                       used() - last_comma_ <= options_.comma_backtrack) {
                move_phrase();
            }
            if (used() == length()) finish(false);
            if (const auto* embedding = embedding_at(ids, at)) {
                place(*embedding, weight);
                at += embedding->ids.size();
            } else {
                chunk_.ids.push_back(ids[at++]);
                chunk_.weights.push_back(weight);
            }
        }
    }

    /// What stands after the last comma goes into the next chunk.
    void move_phrase() {
        const int from = last_comma_ + 1;
        TokenChunk moved{{chunk_.ids.begin() + from, chunk_.ids.end()},
                         {chunk_.weights.begin() + from, chunk_.weights.end()},
                         {}};
        for (auto embedding : chunk_.embeddings) {
            if (embedding.offset < from) continue;
            embedding.offset -= from;
            moved.embeddings.push_back(embedding);
        }
        std::erase_if(chunk_.embeddings, [&](const auto& e) { return e.offset >= from; });
        chunk_.ids.resize(static_cast<size_t>(from));
        chunk_.weights.resize(static_cast<size_t>(from));
        finish(false);
        chunk_ = std::move(moved);
    }

    void finish(bool is_last) {
        made_.token_count += is_last ? used() : length();
        chunk_.ids.resize(static_cast<size_t>(length()), tokenizer_.end_token());
        chunk_.weights.resize(static_cast<size_t>(length()), 1.0);
        chunk_.ids.insert(chunk_.ids.begin(), tokenizer_.start_token());
        chunk_.ids.push_back(tokenizer_.end_token());
        chunk_.weights.insert(chunk_.weights.begin(), 1.0);
        chunk_.weights.push_back(1.0);
        made_.chunks.push_back(std::move(chunk_));
        chunk_ = {};
        last_comma_ = -1;
    }

    const EmbeddingName* embedding_at(const std::vector<int>& ids, size_t at) const {
        for (const auto& embedding : embeddings_) {
            const auto& name = embedding.ids;
            if (!name.empty() && name.size() <= ids.size() - at &&
                std::equal(name.begin(), name.end(), ids.begin() + static_cast<long>(at)))
                return &embedding;
        }
        return nullptr;
    }

    void place(const EmbeddingName& embedding, double weight) {
        if (embedding.vectors > length())
            throw std::invalid_argument("The embedding \"" + embedding.name + "\" has " +
                                        std::to_string(embedding.vectors) +
                                        " vectors; a prompt's chunk has room for " +
                                        std::to_string(length()) + ".");
        if (used() + embedding.vectors > length()) finish(false);
        chunk_.embeddings.push_back({used(), embedding.name, embedding.vectors});
        chunk_.ids.resize(chunk_.ids.size() + static_cast<size_t>(embedding.vectors), 0);
        chunk_.weights.resize(chunk_.ids.size(), weight);
    }

    const clip::Tokenizer& tokenizer_;
    const ChunkOptions& options_;
    const int comma_;
    std::vector<EmbeddingName> embeddings_;
    ChunkedPrompt made_;
    TokenChunk chunk_;
    int last_comma_ = -1;
};

}  // namespace

const char* name_of(Emphasis emphasis) {
    switch (emphasis) {
        case Emphasis::original:
            return "Original";
        case Emphasis::no_norm:
            return "No norm";
        case Emphasis::ignore:
            return "Ignore";
        case Emphasis::none:
            return "None";
        case Emphasis::comfy:
            return "ComfyUI";
    }
    return "Original";
}

std::vector<int> TokenChunk::ids_padded_with(int pad_token, int end_token) const {
    auto padded = ids;
    const auto end = std::find(padded.begin(), padded.end(), end_token);
    if (end != padded.end()) std::fill(end + 1, padded.end(), pad_token);
    return padded;
}

ChunkedPrompt chunk_pieces(std::span<const WeightedText> pieces, const clip::Tokenizer& tokenizer,
                           const ChunkOptions& options) {
    return Chunker(tokenizer, options).run(pieces);
}

ChunkedPrompt chunk_prompt(std::string_view prompt, const clip::Tokenizer& tokenizer,
                           const ChunkOptions& options) {
    const auto pieces = options.emphasis == Emphasis::none
                            ? std::vector<WeightedText>{{std::string(prompt), 1.0}}
                            : parse_attention(prompt);
    return chunk_pieces(pieces, tokenizer, options);
}

TokenCount count_tokens(const clip::Tokenizer& tokenizer, std::string_view prompt) {
    const auto chunked = chunk_prompt(prompt, tokenizer);
    return {chunked.token_count, chunked.limit};
}

}  // namespace diffusion
