#include "diffusion/text/comfy_weights.h"

#include "clip/unicode.h"
#include "diffusion/text/scan_impl.h"

#include <algorithm>

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

void add_weights(std::u32string_view text, double weight, int depth,
                 std::vector<WeightedText>& out) {
    for (auto item : outer_items(text)) {
        const bool is_bracket = item.size() >= 2 && item.front() == U'(' && item.back() == U')';
        if (!is_bracket || depth > deepest) {
            out.push_back({show_escapes(item), weight});
            continue;
        }
        item = item.substr(1, item.size() - 2);
        double inner = weight * 1.1;
        const auto colon = item.rfind(U':');
        if (colon != item.npos && colon > 0) {
            if (const auto value = scan::read_float(item.substr(colon + 1))) {
                inner = *value;
                item = item.substr(0, colon);
            }
        }
        add_weights(item, inner, depth + 1, out);
    }
}

/// "embedding:name" begins a group of its own.
std::vector<std::string> split_embeddings(std::string_view text) {
    constexpr std::string_view mark = "embedding:";
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

class ComfyChunker {
public:
    ComfyChunker(const clip::Tokenizer& tokenizer, int chunk_length)
        : tokenizer_(tokenizer), length_(static_cast<size_t>(chunk_length)) {}

    void add(const std::vector<int>& ids, double weight) {
        const bool may_be_cut = ids.size() >= kept_whole;
        for (size_t at = 0; at < ids.size();) {
            const size_t room = length_ - chunk_.ids.size();
            const size_t rest = ids.size() - at;
            if (rest > room && !may_be_cut && !chunk_.ids.empty()) {
                finish();
                continue;
            }
            const size_t count = std::min(rest, room);
            chunk_.ids.insert(chunk_.ids.end(), ids.begin() + static_cast<std::ptrdiff_t>(at),
                              ids.begin() + static_cast<std::ptrdiff_t>(at + count));
            chunk_.weights.resize(chunk_.ids.size(), weight);
            at += count;
            if (count < rest) finish();
        }
    }

    ChunkedPrompt take() {
        const int used = static_cast<int>(made_.chunks.size() * length_ + chunk_.ids.size());
        finish();
        made_.token_count = used;
        made_.limit = static_cast<int>(made_.chunks.size() * length_);
        return std::move(made_);
    }

private:
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
    const size_t length_;
    ChunkedPrompt made_;
    TokenChunk chunk_;
};

}  // namespace

std::vector<WeightedText> parse_comfy_weights(std::string_view prompt) {
    std::vector<WeightedText> pieces;
    add_weights(hide_escapes(unicode::decode(prompt)), 1.0, 0, pieces);
    return pieces;
}

ChunkedPrompt chunk_comfy(std::string_view prompt, const clip::Tokenizer& tokenizer,
                          int chunk_length) {
    ComfyChunker chunker(tokenizer, chunk_length);
    for (const auto& piece : parse_comfy_weights(prompt))
        for (const auto& part : split_embeddings(piece.text))
            chunker.add(tokenizer.encode(part), piece.weight);
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
