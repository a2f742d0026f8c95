#include "diffusion/text/comfy_weights.h"

#include "clip/unicode.h"
#include "diffusion/text/marks_impl.h"
#include "diffusion/text/scan_impl.h"

#include <algorithm>
#include <optional>

namespace diffusion {

namespace {

namespace unicode = clip::unicode;

// Stand for \) and \( while brackets are counted; no text holds control characters.
constexpr char32_t closing_mark = 1, opening_mark = 2;
constexpr size_t kept_whole = 8;
constexpr int deepest = 500;

std::u32string hide_escapes(std::u32string_view text) {
    std::u32string out;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool is_escape =
            text[i] == U'\\' && i + 1 < text.size() && (text[i + 1] == U')' || text[i + 1] == U'(');
        if (!is_escape) {
            out += text[i];
            continue;
        }
        out += U'\0';
        out += text[++i] == U')' ? closing_mark : opening_mark;
    }
    return out;
}

std::string show_escapes(std::u32string_view text) {
    std::u32string out;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool is_mark = text[i] == 0 && i + 1 < text.size() &&
                             (text[i + 1] == closing_mark || text[i + 1] == opening_mark);
        out += is_mark ? (text[++i] == closing_mark ? U')' : U'(') : text[i];
    }
    return unicode::encode(out);
}

/// Outermost brackets and what stands between them.
std::vector<std::u32string_view> outer_items(std::u32string_view text) {
    std::vector<std::u32string_view> items;
    size_t begin = 0;
    int nesting = 0;
    const auto finish = [&](size_t end) {
        if (end > begin) items.push_back(text.substr(begin, end - begin));
        begin = end;
    };
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == U'(') {
            if (nesting++ == 0) finish(i);
        } else if (text[i] == U')' && --nesting == 0) {
            finish(i + 1);
        }
    }
    finish(text.size());
    return items;
}

/// Reads a prompt whose escapes are hidden; they keep their length, so that places are the prompt's.
class WeightReader {
public:
    explicit WeightReader(std::u32string_view text, marks::Notes* notes = nullptr)
        : text_(text), notes_(notes) {}

    std::vector<WeightedText> run() {
        add(text_, 1.0, 0);
        return std::move(pieces_);
    }

private:
    size_t place(std::u32string_view part) const {
        return static_cast<size_t>(part.data() - text_.data());
    }

    void add(std::u32string_view text, double weight, int depth) {
        for (const auto& item : outer_items(text)) {
            const bool is_bracket = item.size() >= 2 && item.front() == U'(' && item.back() == U')';
            if (is_bracket && depth <= deepest) {
                add_bracket(item, weight, depth);
            } else {
                note_strays(item);
                pieces_.push_back({show_escapes(item), weight});
            }
        }
    }

    void add_bracket(std::u32string_view item, double weight, int depth) {
        auto inside = item.substr(1, item.size() - 2);
        const auto colon = inside.rfind(U':');
        std::optional<double> number;
        if (colon != inside.npos && colon > 0) number = scan::read_float(inside.substr(colon + 1));
        if (number) inside = inside.substr(0, colon);
        if (notes_)
            notes_->mark(MarkKind::weight, place(item), place(item) + item.size(),
                         number.value_or(1.1), number.has_value());
        add(inside, number.value_or(weight * 1.1), depth + 1);
    }

    /// Brackets without a partner are text.
    void note_strays(std::u32string_view item) {
        if (!notes_) return;
        for (size_t i = 0; i < item.size(); ++i) {
            const size_t at = place(item) + i;
            if (item[i] == U'(') notes_->fault(PromptFaultKind::unclosed, at, at + 1, ")");
            if (item[i] == U')') notes_->fault(PromptFaultKind::unopened, at, at + 1, "(");
        }
    }

    std::u32string_view text_;
    marks::Notes* notes_;
    std::vector<WeightedText> pieces_;
};

constexpr std::string_view embedding_mark = "embedding:";

/// "embedding:name" begins a group of its own.
std::vector<std::string> split_embeddings(std::string_view text) {
    constexpr auto mark = embedding_mark;
    std::vector<std::string> parts;
    size_t begin = 0;
    for (size_t at = 0; (at = text.find(mark, at)) != text.npos; at += mark.size()) {
        if (at == 0 || (text[at - 1] != ' ' && text[at - 1] != '\n')) continue;
        if (at - 1 > begin) parts.emplace_back(text.substr(begin, at - 1 - begin));
        begin = at;
    }
    if (begin < text.size()) parts.emplace_back(text.substr(begin));
    return parts;
}

/// The file that "folder/name.pt" means.
std::string stem_of(std::string_view name) {
    name.remove_prefix(name.rfind('/') + 1);  // npos + 1 is 0
    for (const std::string_view suffix : {".safetensors", ".pt", ".bin"})
        if (name.ends_with(suffix)) name.remove_suffix(suffix.size());
    return std::string(name);
}

class ComfyChunker {
public:
    ComfyChunker(const clip::Tokenizer& tokenizer, const ChunkOptions& options)
        : tokenizer_(tokenizer), options_(options), length_(static_cast<size_t>(options.chunk_length)) {}

    void add(const std::string& part, double weight) {
        auto words = std::string_view(part);
        if (words.starts_with(embedding_mark)) words = take_embedding(words, weight);
        if (!words.empty()) add_group(tokenizer_.encode(words), weight, nullptr);
    }

    ChunkedPrompt take() {
        const int used = static_cast<int>(made_.chunks.size() * length_ + chunk_.ids.size());
        finish();
        made_.token_count = used;
        made_.limit = static_cast<int>(made_.chunks.size() * length_);
        return std::move(made_);
    }

private:
    /// Tokens, or a place for each vector of an embedding.
    void add_group(const std::vector<int>& ids, double weight, const EmbeddingName* embedding) {
        const bool may_be_cut = ids.size() >= kept_whole;
        for (size_t at = 0; at < ids.size();) {
            const size_t room = length_ - chunk_.ids.size();
            const size_t rest = ids.size() - at;
            if (rest > room && !may_be_cut && !chunk_.ids.empty()) {
                finish();
                continue;
            }
            const size_t count = std::min(rest, room);
            if (embedding && count > 0)
                chunk_.embeddings.push_back({static_cast<int>(chunk_.ids.size()), embedding->name,
                                             static_cast<int>(count), static_cast<int>(at)});
            chunk_.ids.insert(chunk_.ids.end(), ids.begin() + static_cast<std::ptrdiff_t>(at),
                              ids.begin() + static_cast<std::ptrdiff_t>(at + count));
            chunk_.weights.resize(chunk_.ids.size(), weight);
            at += count;
            if (count < rest) finish();
        }
    }

    const EmbeddingName* known(std::string_view name) const {
        const auto stem = stem_of(name);
        const auto found = std::ranges::find(options_.embeddings, stem, &EmbeddingName::name);
        return found == options_.embeddings.end() ? nullptr : &*found;
    }

    /// Places "embedding:name" and returns what follows it; commas after the name are no part of it
    /// unless a file is called so.
    std::string_view take_embedding(std::string_view text, double weight) {
        text.remove_prefix(embedding_mark.size());
        const auto end = std::min(text.find_first_of(" \t\r\n"), text.size());
        auto name = text.substr(0, end);
        const auto* embedding = known(name);
        if (!embedding) {
            while (name.ends_with(',')) name.remove_suffix(1);
            embedding = known(name);
        }
        if (embedding) {
            const std::vector<int> places(static_cast<size_t>(embedding->vectors), 0);
            add_group(places, weight, embedding);
        } else {
            made_.missing_embeddings.emplace_back(name);
        }
        return text.substr(name.size());
    }

    void finish() {
        const int end = tokenizer_.end_token();
        chunk_.ids.insert(chunk_.ids.begin(), tokenizer_.start_token());
        chunk_.weights.insert(chunk_.weights.begin(), 1.0);
        chunk_.ids.resize(length_ + 2, end);
        chunk_.weights.resize(length_ + 2, 1.0);
        made_.chunks.push_back(std::move(chunk_));
        chunk_ = {};
    }

    const clip::Tokenizer& tokenizer_;
    const ChunkOptions& options_;
    const size_t length_;
    ChunkedPrompt made_;
    TokenChunk chunk_;
};

}  // namespace

void marks::note_comfy(std::u32string_view text, Notes& notes) {
    const auto hidden = hide_escapes(text);
    WeightReader(hidden, &notes).run();
}

std::vector<WeightedText> parse_comfy_weights(std::string_view prompt) {
    const auto hidden = hide_escapes(unicode::decode(prompt));
    return WeightReader(hidden).run();
}

ChunkedPrompt chunk_comfy(std::string_view prompt, const clip::Tokenizer& tokenizer,
                          const ChunkOptions& options) {
    ComfyChunker chunker(tokenizer, options);
    for (const auto& piece : parse_comfy_weights(prompt))
        for (const auto& part : split_embeddings(piece.text)) chunker.add(part, piece.weight);
    return chunker.take();
}

std::string print_comfy(std::span<const WeightedText> pieces) {
    std::string out;
    for (const auto& piece : pieces) {
        std::string text;
        for (const char c : piece.text) {
            if (c == '(' || c == ')') text += '\\';
            text += c;
        }
        // A backslash at the end would take the next bracket for text.
        if (piece.weight == 1.0 && !text.ends_with('\\')) {
            out += text;
        } else {
            out += "(" + text + ":" + scan::write_number(piece.weight) + ")";
        }
    }
    return out;
}

}  // namespace diffusion
