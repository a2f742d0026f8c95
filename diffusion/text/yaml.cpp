#include "diffusion/text/yaml_impl.h"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace diffusion {

namespace {

using Json = nlohmann::ordered_json;

constexpr int deepest = 64;

struct Line {
    size_t indent;
    std::string text;  // without indent and comment
    size_t number;
};

std::string trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == text.npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

/// End of the quoted text that begins at `at`, one past its closing quote; npos if it is open.
size_t quoted_end(std::string_view text, size_t at) {
    const char quote = text[at];
    for (size_t i = at + 1; i < text.size(); ++i) {
        if (quote == '"' && text[i] == '\\') {
            ++i;
        } else if (text[i] == quote) {
            if (quote == '"' || i + 1 >= text.size() || text[i + 1] != quote) return i + 1;
            ++i;
        }
    }
    return text.npos;
}

bool begins_quote(std::string_view text, size_t at) {
    const bool is_quote = text[at] == '"' || text[at] == '\'';
    return is_quote && (at == 0 || std::string_view(" \t[{,:-").find(text[at - 1]) != text.npos);
}

/// First position outside quotes and brackets where `found` holds; npos if none.
template <typename Found>
size_t find_outside(std::string_view text, Found found) {
    int nesting = 0;
    for (size_t i = 0; i < text.size(); ++i) {
        if (begins_quote(text, i)) {
            const auto end = quoted_end(text, i);
            if (end == text.npos) return text.npos;
            i = end - 1;
            continue;
        }
        if (nesting == 0 && found(i)) return i;
        if (text[i] == '[' || text[i] == '{') ++nesting;
        if ((text[i] == ']' || text[i] == '}') && nesting > 0) --nesting;
    }
    return text.npos;
}

std::string without_comment(std::string_view text) {
    for (size_t i = 0; i < text.size(); ++i) {
        if (begins_quote(text, i)) {
            const auto end = quoted_end(text, i);
            if (end == text.npos) break;
            i = end - 1;
        } else if (text[i] == '#' && (i == 0 || text[i - 1] == ' ' || text[i - 1] == '\t')) {
            return std::string(text.substr(0, i));
        }
    }
    return std::string(text);
}

std::vector<Line> read_lines(std::string_view text) {
    std::vector<Line> lines;
    size_t number = 0;
    for (size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        const auto raw = without_comment(text.substr(begin, end - begin));
        const auto content = trim(raw);
        ++number;
        begin = end + 1;
        if (content.empty() || content == "---" || content.starts_with('%')) continue;
        lines.push_back({raw.find_first_not_of(' '), content, number});
    }
    return lines;
}

std::string unquoted(std::string_view text) {
    std::string out;
    const char quote = text[0];
    for (size_t i = 1; i + 1 < text.size(); ++i) {
        if (quote == '\'' && text[i] == '\'') {
            ++i;
        } else if (quote == '"' && text[i] == '\\' && i + 2 < text.size()) {
            const char c = text[++i];
            out += c == 'n' ? '\n' : c == 't' ? '\t' : c;
            continue;
        }
        out += text[i];
    }
    return out;
}

class YamlReader {
public:
    explicit YamlReader(std::string_view text) : lines_(read_lines(text)) {}

    Json run() {
        if (lines_.empty()) return nullptr;
        auto document = block(lines_[0].indent, 0);
        if (at_ < lines_.size()) fail("expected the indent of the lines before");
        return document;
    }

private:
    [[noreturn]] void fail(const std::string& expected) const {
        const auto& line = lines_[std::min(at_, lines_.size() - 1)];
        throw std::runtime_error("line " + std::to_string(line.number) + ": " + expected +
                                 ", found \"" + line.text.substr(0, 40) + "\"");
    }

    static bool is_item(const Line& line) {
        return line.text == "-" || line.text.starts_with("- ");
    }

    /// Position of the colon that ends a key, npos when the text is no "key: value".
    static size_t key_end(std::string_view text) {
        return find_outside(text, [&](size_t i) {
            return text[i] == ':' && (i + 1 == text.size() || text[i + 1] == ' ');
        });
    }

    Json block(size_t indent, int depth) {
        if (depth > deepest) fail("expected fewer levels");
        return is_item(lines_[at_]) ? list(indent, depth) : mapping_or_scalar(indent, depth);
    }

    Json list(size_t indent, int depth) {
        Json made = Json::array();
        while (at_ < lines_.size() && lines_[at_].indent == indent && is_item(lines_[at_])) {
            auto& line = lines_[at_];
            const auto value = trim(std::string_view(line.text).substr(1));
            if (value.empty()) {
                ++at_;
                made.push_back(nested(indent, depth));
            } else if (value[0] != '"' && value[0] != '\'' && value[0] != '[' && value[0] != '{' &&
                       key_end(value) != value.npos) {
                line.indent += line.text.find(value, 1);
                line.text = value;
                made.push_back(block(line.indent, depth + 1));
            } else {
                made.push_back(scalar(value, depth));
                ++at_;
            }
        }
        return made;
    }

    Json nested(size_t indent, int depth) {
        if (at_ >= lines_.size() || lines_[at_].indent <= indent) return nullptr;
        return block(lines_[at_].indent, depth + 1);
    }

    Json mapping_or_scalar(size_t indent, int depth) {
        if (key_end(lines_[at_].text) == std::string::npos)
            return scalar(lines_[at_++].text, depth);
        Json made = Json::object();
        while (at_ < lines_.size() && lines_[at_].indent == indent && !is_item(lines_[at_])) {
            const auto& text = lines_[at_].text;
            const auto colon = key_end(text);
            if (colon == text.npos) fail("expected \"key: value\"");
            const auto key = scalar(trim(std::string_view(text).substr(0, colon)), depth);
            const auto value = trim(std::string_view(text).substr(colon + 1));
            auto& slot = made[key.is_string() ? key.get<std::string>() : key.dump()];
            if (!value.empty()) {
                slot = scalar(value, depth);
                ++at_;
                continue;
            }
            ++at_;
            const bool has_list =
                at_ < lines_.size() && lines_[at_].indent == indent && is_item(lines_[at_]);
            slot = has_list ? list(indent, depth + 1) : nested(indent, depth);
        }
        return made;
    }

    Json scalar(const std::string& text, int depth) {
        if (depth > deepest) fail("expected fewer levels");
        if (text.empty() || text == "~" || text == "null") return nullptr;
        if (text[0] == '"' || text[0] == '\'') {
            if (quoted_end(text, 0) != text.size()) fail("expected a closing quote");
            return unquoted(text);
        }
        if (text[0] == '[' || text[0] == '{') return flow(text, depth);
        return text;
    }

    /// "[a, b]" or "{key: value}" on one line.
    Json flow(const std::string& text, int depth) {
        const bool is_list = text[0] == '[';
        if (text.back() != (is_list ? ']' : '}'))
            fail("expected the closing bracket on the same line");
        Json made = is_list ? Json::array() : Json::object();
        std::string_view rest = std::string_view(text).substr(1, text.size() - 2);
        while (!trim(rest).empty()) {
            const auto comma =
                std::min(find_outside(rest, [&](size_t i) { return rest[i] == ','; }), rest.size());
            const auto part = trim(rest.substr(0, comma));
            rest.remove_prefix(std::min(comma + 1, rest.size()));
            if (is_list) {
                made.push_back(scalar(part, depth + 1));
                continue;
            }
            const auto colon = key_end(part);
            if (colon == part.npos) fail("expected \"key: value\" in the brackets");
            const auto key = scalar(trim(std::string_view(part).substr(0, colon)), depth + 1);
            made[key.is_string() ? key.get<std::string>() : key.dump()] =
                scalar(trim(std::string_view(part).substr(colon + 1)), depth + 1);
        }
        return made;
    }

    std::vector<Line> lines_;
    size_t at_ = 0;
};

}  // namespace

nlohmann::ordered_json read_yaml(std::string_view text) {
    return YamlReader(text).run();
}

}  // namespace diffusion
