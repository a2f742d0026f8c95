#include "clip/bpe_trainer.h"

#include "clip/byte_symbols.h"
#include "clip/text_cleaning.h"

#include <queue>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>
#include <stdexcept>
#include <unordered_map>

namespace clip {

namespace {

using Pair = std::pair<int, int>;

struct Word {
    std::vector<int> symbols;
    std::int64_t count;
};

/// Pairs of neighbours with their counts and the words that hold them.
class PairTable {
public:
    explicit PairTable(std::vector<std::string>& spellings) : spellings_(spellings) {}

    void add(Pair pair, std::int64_t count, size_t word) {
        auto& entry = entries_[pair];
        entry.count += count;
        if (count > 0) entry.words.insert(word);
        touched_.insert(pair);
    }

    /// Makes the changed counts visible to best().
    void flush() {
        for (const auto& pair : touched_) queue_.push({entries_[pair].count, text(pair), pair});
        touched_.clear();
    }

    /// The most frequent pair that occurs twice, or {-1, -1}.
    Pair best() {
        while (!queue_.empty()) {
            const auto top = queue_.top();
            queue_.pop();
            if (entries_[top.pair].count == top.count && top.count >= 2) return top.pair;
        }
        return {-1, -1};
    }

    std::set<size_t> words_of(Pair pair) { return entries_[pair].words; }

    void erase(Pair pair) { entries_.erase(pair); }

private:
    struct Entry {
        std::int64_t count = 0;
        std::set<size_t> words;
    };

    struct Ranked {
        std::int64_t count;
        std::pair<std::string, std::string> text;
        Pair pair;

        bool operator<(const Ranked& other) const {
            return count != other.count ? count < other.count : text > other.text;
        }
    };

    std::pair<std::string, std::string> text(Pair pair) const {
        return {spellings_[static_cast<size_t>(pair.first)],
                spellings_[static_cast<size_t>(pair.second)]};
    }

    std::vector<std::string>& spellings_;
    std::map<Pair, Entry> entries_;
    std::set<Pair> touched_;
    std::priority_queue<Ranked> queue_;
};

std::vector<std::string> byte_spellings() {
    std::vector<std::string> spellings;
    for (const auto end : {std::string_view(), word_end})
        for (const auto byte : byte_order())
            spellings.push_back(byte_symbols()[byte] + std::string(end));
    return spellings;
}

std::vector<Word> count_words(std::span<const CountedText> captions,
                              const std::vector<std::string>& spellings) {
    std::map<std::string, std::int64_t> counts;
    for (const auto& caption : captions)
        for (auto& word : split_words(clean_text(caption.text))) counts[word] += caption.count;
    std::unordered_map<std::string, int> ids;
    for (size_t i = 0; i < spellings.size(); ++i) ids[spellings[i]] = static_cast<int>(i);
    std::vector<Word> words;
    for (const auto& [text, count] : counts) {
        Word word{{}, count};
        for (size_t i = 0; i < text.size(); ++i) {
            auto symbol = byte_symbols()[static_cast<unsigned char>(text[i])];
            if (i + 1 == text.size()) symbol += word_end;
            word.symbols.push_back(ids.at(symbol));
        }
        words.push_back(std::move(word));
    }
    return words;
}

void count_pairs(PairTable& pairs, const Word& word, size_t index, int sign) {
    for (size_t i = 0; i + 1 < word.symbols.size(); ++i)
        pairs.add({word.symbols[i], word.symbols[i + 1]}, sign * word.count, index);
}

void replace_pair(Word& word, Pair pair, int merged) {
    std::vector<int> out;
    for (size_t i = 0; i < word.symbols.size(); ++i) {
        const bool matches = i + 1 < word.symbols.size() && word.symbols[i] == pair.first &&
                             word.symbols[i + 1] == pair.second;
        out.push_back(matches ? merged : word.symbols[i]);
        if (matches) ++i;
    }
    word.symbols = std::move(out);
}

}  // namespace

BpeVocabulary train_bpe(std::span<const CountedText> captions, int target_size) {
    constexpr int specials = 2;
    if (target_size < 512 + specials + 1)
        throw std::invalid_argument("A vocabulary needs at least 515 tokens, asked were " +
                                    std::to_string(target_size) + ".");
    BpeVocabulary made;
    made.tokens = byte_spellings();
    std::set<std::string> known(made.tokens.begin(), made.tokens.end());
    auto words = count_words(captions, made.tokens);
    PairTable pairs(made.tokens);
    for (size_t i = 0; i < words.size(); ++i) count_pairs(pairs, words[i], i, 1);
    pairs.flush();
    while (static_cast<int>(made.tokens.size()) < target_size - specials) {
        const auto pair = pairs.best();
        if (pair.first < 0) break;
        const auto left = made.tokens[static_cast<size_t>(pair.first)];
        const auto right = made.tokens[static_cast<size_t>(pair.second)];
        // Two ways to the same spelling would need two ids for one token.
        if (!known.insert(left + right).second) {
            continue;
        }
        const int merged = static_cast<int>(made.tokens.size());
        made.tokens.push_back(left + right);
        made.merges.emplace_back(left, right);
        for (const auto index : pairs.words_of(pair)) {
            count_pairs(pairs, words[index], index, -1);
            replace_pair(words[index], pair, merged);
            count_pairs(pairs, words[index], index, 1);
        }
        pairs.erase(pair);
        pairs.flush();
    }
    made.tokens.emplace_back("<|startoftext|>");
    made.tokens.emplace_back("<|endoftext|>");
    return made;
}

void BpeVocabulary::write_vocab_json(std::ostream& out) const {
    auto document = nlohmann::ordered_json::object();
    for (size_t id = 0; id < tokens.size(); ++id) document[tokens[id]] = id;
    out << document.dump(0) << '\n';
}

void BpeVocabulary::write_merges_txt(std::ostream& out) const {
    out << "#version: 0.2\n";
    for (const auto& [left, right] : merges) out << left << ' ' << right << '\n';
}

void BpeVocabulary::write_special_tokens_map_json(std::ostream& out) const {
    const nlohmann::ordered_json document = {{"bos_token", "<|startoftext|>"},
                                             {"eos_token", "<|endoftext|>"},
                                             {"pad_token", "<|endoftext|>"},
                                             {"unk_token", "<|endoftext|>"}};
    out << document.dump(2) << '\n';
}

void BpeVocabulary::write_tokenizer_config_json(std::ostream& out, int max_length) const {
    const nlohmann::ordered_json document = {
        {"bos_token", "<|startoftext|>"}, {"eos_token", "<|endoftext|>"},
        {"pad_token", "<|endoftext|>"},   {"unk_token", "<|endoftext|>"},
        {"do_lower_case", true},          {"errors", "replace"},
        {"model_max_length", max_length}, {"tokenizer_class", "CLIPTokenizer"}};
    out << document.dump(2) << '\n';
}

}  // namespace clip
