#include "diffusion/text/styles.h"

#include "diffusion/text/prompt_parser.h"

#include <algorithm>
#include <istream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <ostream>

namespace diffusion {

namespace {

constexpr std::string_view slot = "{prompt}";
constexpr size_t most_bytes = size_t{16} << 20;

std::string trim(std::string_view text) {
    constexpr std::string_view spaces = " \t\r\n\f\v";
    const auto first = text.find_first_not_of(spaces);
    if (first == text.npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(spaces) - first + 1));
}

std::string read_all(std::istream& in) {
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (text.size() > most_bytes) throw StylesError("styles: expected at most 16 MiB, found more.");
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    return text;
}

/// Rows of comma-separated cells; a quoted cell may hold commas, line breaks and "" for a quote.
std::vector<std::vector<std::string>> read_rows(std::string_view text) {
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> row(1);
    bool is_quoted = false;
    const auto end_row = [&] {
        if (row.size() > 1 || !row[0].empty()) rows.push_back(row);
        row.assign(1, "");
    };
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_quoted) {
            if (c != '"') {
                row.back() += c;
            } else if (i + 1 < text.size() && text[i + 1] == '"') {
                row.back() += text[++i];
            } else {
                is_quoted = false;
            }
        } else if (c == '"' && row.back().empty()) {
            is_quoted = true;
        } else if (c == ',') {
            row.emplace_back();
        } else if (c == '\n' || c == '\r') {
            end_row();
        } else {
            row.back() += c;
        }
    }
    if (is_quoted)
        throw StylesError("styles.csv: expected a closing quote, found the end of the file.");
    end_row();
    return rows;
}

std::string cell(const std::vector<std::string>& row, std::ptrdiff_t column) {
    return column >= 0 && static_cast<size_t>(column) < row.size()
               ? row[static_cast<size_t>(column)]
               : std::string();
}

std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == text.npos) return text;
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

std::string string_of(const nlohmann::json& row, const char* key) {
    const auto it = row.find(key);
    if (it == row.end() || it->is_null()) return {};
    if (!it->is_string())
        throw StylesError(std::string("styles: expected a text for ") + key + ", found " +
                          it->type_name() + ".");
    return it->get<std::string>();
}

}  // namespace

std::vector<Style> read_styles_csv(std::istream& in) {
    const auto text = read_all(in);
    const auto rows = read_rows(text);
    if (rows.empty()) return {};
    const auto column = [&](std::string_view name) -> std::ptrdiff_t {
        const auto it = std::ranges::find(rows[0], name);
        return it == rows[0].end() ? -1 : it - rows[0].begin();
    };
    const auto name = column("name");
    const auto prompt = column("prompt") >= 0 ? column("prompt") : column("text");
    if (name < 0 || prompt < 0)
        throw StylesError("styles.csv, line 1: expected the columns name and prompt, found \"" +
                          rows[0][0].substr(0, 40) + "\".");
    std::vector<Style> styles;
    for (size_t i = 1; i < rows.size(); ++i) {
        Style style{cell(rows[i], name), cell(rows[i], prompt),
                    cell(rows[i], column("negative_prompt"))};
        if (!style.name.empty() && !style.name.starts_with('#')) styles.push_back(std::move(style));
    }
    return styles;
}

void write_styles_csv(std::ostream& out, std::span<const Style> styles) {
    out << "\xEF\xBB\xBFname,prompt,negative_prompt\r\n";
    for (const auto& style : styles)
        out << quoted(style.name) << ',' << quoted(style.prompt) << ','
            << quoted(style.negative_prompt) << "\r\n";
}

std::vector<Style> read_styles_json(std::istream& in) {
    const auto document = nlohmann::json::parse(read_all(in), nullptr, false);
    if (!document.is_array())
        throw StylesError("styles: expected a JSON list, found something else.");
    std::vector<Style> styles;
    for (const auto& row : document) {
        if (!row.is_object())
            throw StylesError("styles: expected an object with a name in the list.");
        Style style{string_of(row, "name"), string_of(row, "prompt"),
                    string_of(row, "negative_prompt")};
        if (style.name.empty())
            throw StylesError("styles: expected a name for every style, found none.");
        styles.push_back(std::move(style));
    }
    return styles;
}

std::string apply_styles(std::string_view prompt, std::span<const std::string> style_texts) {
    if (style_texts.empty()) return std::string(prompt);
    auto made = trim(strip_comments(prompt));
    for (const auto& text : style_texts) {
        const auto style = trim(strip_comments(text));
        if (style.find(slot) == style.npos) {
            const auto inner = trim(made);
            made = inner + (inner.empty() || style.empty() ? "" : ", ") + style;
            continue;
        }
        std::string around;
        size_t from = 0;
        for (size_t at; (at = style.find(slot, from)) != style.npos; from = at + slot.size())
            around += style.substr(from, at - from) + made;
        made = around + style.substr(from);
    }
    return made;
}

ExtractedStyle extract_style(std::string_view style_text, std::string_view prompt) {
    const ExtractedStyle absent{false, std::string(prompt)};
    const auto style = trim(strip_comments(style_text));
    const auto text = trim(strip_comments(prompt));
    const auto at = style.find(slot);
    if (at == style.npos) {
        if (!text.ends_with(style)) return absent;
        auto rest = text.substr(0, text.size() - style.size());
        if (rest.ends_with(", ")) rest.erase(rest.size() - 2);
        return {true, rest};
    }
    if (style.find(slot, at + 1) != style.npos) return absent;
    const auto left = style.substr(0, at), right = style.substr(at + slot.size());
    if (text.size() < left.size() + right.size() || !text.starts_with(left) ||
        !text.ends_with(right))
        return absent;
    return {true, text.substr(left.size(), text.size() - left.size() - right.size())};
}

}  // namespace diffusion
