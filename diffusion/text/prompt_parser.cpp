#include "diffusion/text/prompt_parser.h"

#include "clip/unicode.h"
#include "diffusion/text/marks_impl.h"
#include "diffusion/text/scan_impl.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace diffusion {

namespace {

namespace unicode = clip::unicode;

WeightedPrompt read_weighted(std::u32string_view text) {
    while (!text.empty() && unicode::is_space(text.back())) text.remove_suffix(1);
    const auto colon = text.rfind(U':');
    if (colon != text.npos) {
        const auto number = text.substr(scan::skip_spaces(text, colon + 1));
        if (const auto weight = scan::read_number(number)) {
            auto before = text.substr(0, colon);
            while (!before.empty() && unicode::is_space(before.back())) before.remove_suffix(1);
            return {unicode::encode(before), *weight};
        }
    }
    return {unicode::encode(text), 1.0};
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == separator) {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

ExtraNetwork read_network(const std::string& kind, const std::string& arguments) {
    ExtraNetwork network{kind, split(arguments, ':'), {}, {}};
    for (const auto& item : network.items) {
        const auto parts = split(item, '=');
        if (parts.size() != 2) {
            network.positional.push_back(item);
            continue;
        }
        const auto same = std::find_if(network.named.begin(), network.named.end(),
                                       [&](const auto& named) { return named.first == parts[0]; });
        if (same == network.named.end()) {
            network.named.emplace_back(parts[0], parts[1]);
        } else {
            same->second = parts[1];
        }
    }
    return network;
}

/// "<kind:arguments>" at the position: its length, 0 when it is not one.
size_t tag_length(std::u32string_view text, std::u32string_view& kind,
                  std::u32string_view& arguments) {
    size_t end = 1;
    while (end < text.size() && scan::is_word(text[end])) ++end;
    if (text[0] != U'<' || end == 1 || end >= text.size() || text[end] != U':') return 0;
    const auto closing = text.find(U'>', end);
    if (closing == text.npos || closing == end + 1) return 0;
    kind = text.substr(1, end - 1);
    arguments = text.substr(end + 1, closing - end - 1);
    return closing + 1;
}

/// "<word:" that no ">" follows.
bool is_open_tag(std::u32string_view text) {
    size_t end = 1;
    while (end < text.size() && scan::is_word(text[end])) ++end;
    return text[0] == U'<' && end > 1 && end < text.size() && text[end] == U':' &&
           text.find(U'>', end) == text.npos;
}

double number_of(const ExtraNetwork& network, const std::string& item) {
    const auto text = unicode::decode(item);
    if (const auto value = scan::read_float(text)) return *value;
    throw std::invalid_argument("<" + network.kind + ":" +
                                (network.items.empty() ? "" : network.items[0]) +
                                "...>: expected a number, found \"" + item + "\".");
}

std::optional<std::string> named_item(const ExtraNetwork& network, std::string_view name) {
    for (const auto& [key, value] : network.named)
        if (key == name) return value;
    return std::nullopt;
}

/// Like "#[^\n]*(\n|$)" -> "\n"; whole lines with the line break before them where asked.
std::string drop_comments(std::string_view text, bool whole_lines) {
    std::string out;
    for (size_t at = 0; at < text.size();) {
        const bool after_break = whole_lines && text[at] == '\n' && at + 1 < text.size();
        const size_t mark = after_break ? at + 1 : at;
        const bool may_begin = !whole_lines || after_break || at == 0;
        if (!may_begin || text[mark] != '#') {
            out += text[at++];
            continue;
        }
        const auto end = text.find('\n', mark);
        out += '\n';
        at = end == text.npos ? text.size() : end + 1;
    }
    return out;
}

}  // namespace

std::vector<WeightedPrompt> split_and(std::string_view prompt) {
    constexpr std::u32string_view word = U"AND";
    const auto text = unicode::decode(prompt);
    std::vector<WeightedPrompt> parts;
    const std::u32string_view all = text;
    for (size_t begin = 0; begin <= all.size();) {
        const auto end = std::min(scan::find_word(all, word, begin), all.size());
        parts.push_back(read_weighted(all.substr(begin, end - begin)));
        if (end == all.size()) break;
        begin = end + word.size();
    }
    return parts;
}

PromptWithNetworks take_extra_networks(std::string_view prompt) {
    const auto text = unicode::decode(prompt);
    PromptWithNetworks made;
    for (size_t at = 0; at < text.size();) {
        std::u32string_view kind, arguments;
        const auto rest = std::u32string_view(text).substr(at);
        if (const auto length = tag_length(rest, kind, arguments)) {
            made.networks.push_back(
                read_network(unicode::encode(kind), unicode::encode(arguments)));
            at += length;
        } else {
            unicode::append(made.prompt, text[at++]);
        }
    }
    return made;
}

void marks::note_networks(std::u32string_view text, Notes& notes) {
    for (size_t at = 0; at < text.size(); ++at) {
        std::u32string_view kind, arguments;
        const auto rest = text.substr(at);
        if (const auto length = tag_length(rest, kind, arguments)) {
            notes.mark(MarkKind::network, at, at + length);
            notes.hide(at, at + length);
            at += length - 1;
        } else if (is_open_tag(rest)) {
            notes.fault(PromptFaultKind::unclosed, at, at + 1, ">");
        }
    }
}

void marks::note_comments(std::u32string_view text, Notes& notes) {
    for (size_t at = text.find(U'#'); at != text.npos; at = text.find(U'#', at)) {
        const size_t end = std::min(text.find(U'\n', at), text.size());
        notes.mark(MarkKind::comment, at, end);
        notes.hide(at, end);
        at = end;
    }
}

LoraWeights lora_weights(const ExtraNetwork& network) {
    const auto& items = network.positional;
    if (items.empty())
        throw std::invalid_argument("<" + network.kind + ":...>: expected a name, found none.");
    LoraWeights weights{items[0], 1.0, 1.0, {}};
    if (items.size() > 1) weights.text_encoder = number_of(network, items[1]);
    if (const auto te = named_item(network, "te")) weights.text_encoder = number_of(network, *te);
    weights.unet = items.size() > 2 ? number_of(network, items[2]) : weights.text_encoder;
    if (const auto unet = named_item(network, "unet")) weights.unet = number_of(network, *unet);
    auto rank = named_item(network, "dyn");
    if (!rank && items.size() > 3) rank = items[3];
    if (rank) {
        const double value = number_of(network, *rank);
        if (value != std::trunc(value) || std::abs(value) > 1e6)
            throw std::invalid_argument("<" + network.kind + ":" + items[0] +
                                        ">: expected a whole number for dyn, found \"" + *rank +
                                        "\".");
        weights.dynamic_rank = static_cast<int>(value);
    }
    return weights;
}

std::string strip_comments(std::string_view prompt) {
    return drop_comments(drop_comments(prompt, true), false);
}

}  // namespace diffusion
