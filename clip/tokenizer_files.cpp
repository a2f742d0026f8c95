// Reading vocabularies: every line and value is checked, since model folders come from the net.

#include "clip/byte_symbols.h"
#include "clip/tokenizer.h"

#include <algorithm>
#include <istream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace clip {

namespace {

// CLIP's own list goes on after the merges that its vocabulary of 49,408 has room for.
constexpr size_t clip_merge_count = 49152 - 256 - 2;
constexpr size_t most_bytes = size_t{64} << 20;
constexpr size_t most_tokens = size_t{1} << 20;
constexpr size_t longest_token = 4096;

[[noreturn]] void fail(const std::string& file, const std::string& what) {
    throw TokenizerError(file + ": " + what);
}

std::string excerpt(std::string_view text) {
    return "\"" + std::string(text.substr(0, 40)) + (text.size() > 40 ? "...\"" : "\"");
}

std::uint64_t pair_key(int left, int right) {
    return (static_cast<std::uint64_t>(left) << 32) | static_cast<std::uint32_t>(right);
}

std::string read_all(std::istream& stream, const char* file) {
    std::string bytes;
    char block[65536];
    while (stream.read(block, sizeof block) || stream.gcount() > 0) {
        bytes.append(block, static_cast<size_t>(stream.gcount()));
        if (bytes.size() > most_bytes) fail(file, "expected at most 64 MiB, found more.");
    }
    return bytes;
}

nlohmann::json read_object(std::istream& stream, const char* file) {
    auto document = nlohmann::json::parse(read_all(stream, file), nullptr, false);
    if (!document.is_object()) fail(file, "expected a JSON object, found something else.");
    return document;
}

/// "eos_token": "<|endoftext|>" or {"content": "<|endoftext|>", ...}; "" when absent.
std::string special_text(const nlohmann::json& document, const char* key) {
    const auto it = document.find(key);
    if (it == document.end() || it->is_null()) return {};
    if (it->is_string()) return it->get<std::string>();
    if (it->is_object() && it->contains("content") && (*it)["content"].is_string())
        return (*it)["content"].get<std::string>();
    fail(std::string("the tokenizer's ") + key, "expected a text, found " + excerpt(it->dump()));
}

}  // namespace

int Tokenizer::symbol_of(const std::string& text) {
    const auto [it, is_new] = symbols_.try_emplace(text, static_cast<int>(symbol_ids_.size()));
    if (is_new) symbol_ids_.push_back(-1);
    return it->second;
}

void Tokenizer::add_token(const std::string& text, int id) {
    if (tokens_.size() <= static_cast<size_t>(id)) tokens_.resize(static_cast<size_t>(id) + 1);
    tokens_[static_cast<size_t>(id)] = text;
    symbol_ids_[static_cast<size_t>(symbol_of(text))] = id;
}

void Tokenizer::add_merge(std::string_view line, size_t line_number) {
    const auto space = line.find(' ');
    const bool is_pair = space != std::string_view::npos && space > 0 && space + 1 < line.size() &&
                         line.find(' ', space + 1) == std::string_view::npos;
    if (!is_pair || line.size() > longest_token)
        fail("merges, line " + std::to_string(line_number),
             "expected two symbols with a space between them, found " + excerpt(line) + ".");
    const std::string left(line.substr(0, space)), right(line.substr(space + 1));
    const int rank = static_cast<int>(merges_.size());
    const auto key = pair_key(symbol_of(left), symbol_of(right));
    merges_.try_emplace(key, Merge{rank, symbol_of(left + right)});
}

void Tokenizer::read_merges(std::istream& merges, size_t most) {
    for (const auto byte : byte_order()) {
        symbol_of(byte_symbols()[byte]);
        symbol_of(byte_symbols()[byte] + std::string(word_end));
    }
    std::string line;
    size_t number = 0, count = 0;
    while (count < most && std::getline(merges, line)) {
        ++number;
        if (line.ends_with('\r')) line.pop_back();
        if (number == 1 && (line.starts_with("#version") || line.starts_with("\"bpe"))) continue;
        if (line.empty()) continue;
        add_merge(line, number);
        ++count;
    }
    if (count == 0) fail("merges", "expected at least one merge, found none.");
}

void Tokenizer::add_special(const std::string& text) {
    if (text.size() < 3) return;  // SD2 pads with "!", which in a prompt is only a mark
    if (std::find(special_texts_.begin(), special_texts_.end(), text) == special_texts_.end())
        special_texts_.push_back(text);
}

SpecialNames SpecialNames::open_clip() {
    return {"<start_of_text>", "<end_of_text>"};
}

Tokenizer Tokenizer::from_clip_merges(std::istream& merges, const SpecialNames& names) {
    Tokenizer made;
    made.read_merges(merges, clip_merge_count);
    int next = 0;
    for (const auto* end : {"", word_end.data()})
        for (const auto byte : byte_order()) made.add_token(byte_symbols()[byte] + end, next++);
    std::vector<const std::string*> spelled(made.merges_.size());
    std::vector<const std::string*> by_symbol(made.symbol_ids_.size());
    for (const auto& [text, symbol] : made.symbols_) by_symbol[static_cast<size_t>(symbol)] = &text;
    for (const auto& [key, merge] : made.merges_)
        spelled[static_cast<size_t>(merge.rank)] = by_symbol[static_cast<size_t>(merge.symbol)];
    for (const auto* text : spelled) made.add_token(*text, next++);
    made.start_token_ = next;
    made.add_token(names.start, next++);
    made.end_token_ = made.pad_token_ = made.unknown_token_ = next;
    made.add_token(names.end, next);
    made.add_special(names.start);
    made.add_special(names.end);
    return made;
}

void Tokenizer::read_vocabulary(std::istream& vocabulary) {
    const auto document = read_object(vocabulary, "vocab.json");
    for (const auto& [text, value] : document.items()) {
        const auto key = "vocab.json, " + excerpt(text);
        if (!value.is_number_integer() || value < 0 || value >= most_tokens)
            fail(key, "expected an id from 0 to " + std::to_string(most_tokens - 1) + ", found " +
                          excerpt(value.dump()) + ".");
        if (text.empty() || text.size() > longest_token)
            fail(key, "a token of this length is not allowed.");
        const int id = value.get<int>();
        if (!token(id).empty())
            fail(key,
                 "id " + std::to_string(id) + " belongs to " + excerpt(token(id)) + " already.");
        add_token(text, id);
    }
}

Tokenizer Tokenizer::from_folder(const TokenizerFiles& files) {
    if (!files.vocabulary || !files.merges)
        fail("tokenizer", "expected vocab.json and merges.txt, found only one of them or none.");
    Tokenizer made;
    made.read_merges(*files.merges, clip_merge_count);
    made.read_vocabulary(*files.vocabulary);
    auto names = nlohmann::json::object();
    for (auto* stream : {files.config, files.special_tokens_map})
        if (stream) names.update(read_object(*stream, "the tokenizer's settings"));
    const auto resolve = [&](const char* key, const std::string& otherwise) {
        auto text = special_text(names, key);
        if (text.empty()) text = otherwise;
        const auto it = made.symbols_.find(text);
        const int id =
            it == made.symbols_.end() ? -1 : made.symbol_ids_[static_cast<size_t>(it->second)];
        if (id < 0)
            fail("vocab.json", "expected the " + std::string(key) + " " + excerpt(text) +
                                   ", found no such token.");
        made.add_special(text);
        return id;
    };
    const SpecialNames usual;
    const auto end_text = special_text(names, "eos_token").empty()
                              ? usual.end
                              : special_text(names, "eos_token");
    made.start_token_ = resolve("bos_token", usual.start);
    made.end_token_ = resolve("eos_token", usual.end);
    made.unknown_token_ = resolve("unk_token", end_text);
    made.pad_token_ = resolve("pad_token", end_text);
    return made;
}

}  // namespace clip
