#include "diffusion/text/token_chunks.h"

#include "diffusion/text/comfy_weights.h"

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
        chunk_.embeddings.push_back({used(), embedding.name, embedding.vectors, 0});
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

/// Leaves the first `most` chunks.
void cut(ChunkedPrompt& chunked, int most, int length, int end_token) {
    while (std::ssize(chunked.chunks) > most) {
        const auto& ids = chunked.chunks.back().ids;
        const auto end = std::find(ids.begin() + 1, ids.end(), end_token);
        chunked.cut_ids.insert(chunked.cut_ids.begin(), ids.begin() + 1, end);
        chunked.chunks.pop_back();
    }
    chunked.limit = std::min(chunked.limit, most * length);
}

}  // namespace

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
    ChunkedPrompt made;
    if (options.emphasis == Emphasis::comfy) {
        made = chunk_comfy(prompt, tokenizer, options);
    } else if (options.emphasis == Emphasis::none) {
        made = chunk_pieces({{WeightedText{std::string(prompt), 1.0}}}, tokenizer, options);
    } else {
        made = chunk_pieces(parse_attention(prompt), tokenizer, options);
    }
    if (options.most_chunks > 0)
        cut(made, options.most_chunks, options.chunk_length, tokenizer.end_token());
    return made;
}

TokenCount count_tokens(const clip::Tokenizer& tokenizer, std::string_view prompt) {
    const auto chunked = chunk_prompt(prompt, tokenizer);
    return {chunked.token_count, chunked.limit};
}

}  // namespace diffusion
