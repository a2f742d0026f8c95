#include "clip/tokenizer.h"

#include "clip/byte_symbols.h"
#include "clip/text_cleaning.h"

#include <queue>

#include <algorithm>
#include <functional>

namespace clip {

namespace {

std::uint64_t pair_key(int left, int right) {
    return (static_cast<std::uint64_t>(left) << 32) | static_cast<std::uint32_t>(right);
}

/// A word as a linked list of symbols, so that a merge costs the same anywhere in a long word.
struct Link {
    int symbol, previous, next;
};

/// A pair that could be merged; stale once either symbol has changed.
struct Candidate {
    int rank, position, left, right, merged;

    bool operator>(const Candidate& other) const {
        return std::pair(rank, position) > std::pair(other.rank, other.position);
    }
};

std::vector<Link> link(const std::vector<int>& symbols) {
    std::vector<Link> links;
    const int count = static_cast<int>(symbols.size());
    for (int i = 0; i < count; ++i)
        links.push_back({symbols[static_cast<size_t>(i)], i - 1, i + 1 < count ? i + 1 : -1});
    return links;
}

bool is_current(const std::vector<Link>& links, const Candidate& c) {
    const auto& left = links[static_cast<size_t>(c.position)];
    return left.symbol == c.left && left.next >= 0 &&
           links[static_cast<size_t>(left.next)].symbol == c.right;
}

void merge(std::vector<Link>& links, const Candidate& c) {
    auto& left = links[static_cast<size_t>(c.position)];
    auto& right = links[static_cast<size_t>(left.next)];
    left.symbol = c.merged;
    left.next = right.next;
    right.symbol = -1;
    if (left.next >= 0) links[static_cast<size_t>(left.next)].previous = c.position;
}

using Queue = std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>>;

/// All candidates of the lowest rank, left to right.
std::vector<Candidate> pop_lowest(Queue& queue) {
    std::vector<Candidate> lowest;
    while (!queue.empty() && (lowest.empty() || queue.top().rank == lowest.front().rank)) {
        lowest.push_back(queue.top());
        queue.pop();
    }
    return lowest;
}

}  // namespace

std::string_view Tokenizer::token(int id) const {
    return id >= 0 && id < vocab_size() ? std::string_view(tokens_[static_cast<size_t>(id)])
                                        : std::string_view();
}

int Tokenizer::id_of(const std::string& text) const {
    const auto it = symbols_.find(text);
    const int id = it == symbols_.end() ? -1 : symbol_ids_[static_cast<size_t>(it->second)];
    return id < 0 ? unknown_token_ : id;
}

void Tokenizer::encode_word(std::string_view word, std::vector<int>& ids) const {
    std::vector<int> symbols;
    for (size_t i = 0; i < word.size(); ++i) {
        auto text = byte_symbols()[static_cast<unsigned char>(word[i])];
        if (i + 1 == word.size()) text += word_end;
        symbols.push_back(symbols_.at(text));
    }
    auto links = link(symbols);
    Queue queue;
    const auto offer = [&](int position) {
        const auto& left = links[static_cast<size_t>(position)];
        if (left.next < 0) return;
        const int right = links[static_cast<size_t>(left.next)].symbol;
        const auto it = merges_.find(pair_key(left.symbol, right));
        if (it == merges_.end()) return;
        queue.push({it->second.rank, position, left.symbol, right, it->second.symbol});
    };
    for (int i = 0; i < static_cast<int>(links.size()); ++i) offer(i);
    while (!queue.empty()) {
        for (const auto& candidate : pop_lowest(queue)) {
            if (!is_current(links, candidate)) continue;
            merge(links, candidate);
            offer(candidate.position);
            const int previous = links[static_cast<size_t>(candidate.position)].previous;
            if (previous >= 0) offer(previous);
        }
    }
    for (int i = 0; i >= 0; i = links[static_cast<size_t>(i)].next) {
        const int id = symbol_ids_[static_cast<size_t>(links[static_cast<size_t>(i)].symbol)];
        ids.push_back(id < 0 ? unknown_token_ : id);
    }
}

void Tokenizer::encode_piece(std::string_view text, std::vector<int>& ids) const {
    // In capitals a special token keeps its meaning where a word could begin.
    for (const auto& word : split_words(clean_text(text), special_texts_)) {
        const auto special = std::find(special_texts_.begin(), special_texts_.end(), word);
        if (special == special_texts_.end()) {
            encode_word(word, ids);
        } else {
            ids.push_back(id_of(word));
        }
    }
}

std::vector<int> Tokenizer::encode(std::string_view utf8) const {
    std::vector<int> ids;
    while (true) {
        size_t at = std::string_view::npos;
        const std::string* found = nullptr;
        for (const auto& special : special_texts_) {
            const auto where = utf8.find(special);
            if (where < at) {
                at = where;
                found = &special;
            }
        }
        encode_piece(utf8.substr(0, at), ids);
        if (!found) return ids;
        ids.push_back(id_of(*found));
        utf8.remove_prefix(at + found->size());
    }
}

std::string Tokenizer::decode(const std::vector<int>& ids) const {
    std::string text;
    for (const int id : ids) {
        auto symbol = token(id);
        const bool ends_word = symbol.ends_with(word_end);
        if (ends_word) symbol.remove_suffix(word_end.size());
        text += bytes_of_symbol(symbol);
        if (ends_word) text += ' ';
    }
    return text;
}

}  // namespace clip
