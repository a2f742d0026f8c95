#include "app/codec/foreign/json_text.h"

#include "app/codec/text.h"

#include <array>
#include <cmath>
#include <string_view>

namespace codec::foreign {
namespace {

constexpr qsizetype mostCharacters = 16 << 20;
constexpr int deepest = 64;
constexpr std::array<std::string_view, 3> notNumbers{"NaN", "-Infinity", "Infinity"};

/// Walks over JSON text and says for every byte whether it lies in a string.
class StringTracker {
public:
    bool isInside(char c) {
        const bool was = isOpen_;
        if (isEscaped_)
            isEscaped_ = false;
        else if (isOpen_ && c == '\\')
            isEscaped_ = true;
        else if (c == '"')
            isOpen_ = !isOpen_;
        return was || isOpen_;
    }

private:
    bool isOpen_ = false;
    bool isEscaped_ = false;
};

bool isTooDeep(const std::string& text) {
    StringTracker strings;
    int depth = 0;
    for (const char c : text) {
        if (strings.isInside(c)) continue;
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        if (depth > deepest) return true;
    }
    return false;
}

std::string withoutNotNumbers(const std::string& text) {
    std::string clean;
    clean.reserve(text.size());
    StringTracker strings;
    for (size_t at = 0; at < text.size();) {
        size_t length = 0;
        if (!strings.isInside(text[at]))
            for (const auto word : notNumbers)
                if (text.compare(at, word.size(), word) == 0) length = word.size();
        clean += length > 0 ? "null" : std::string(1, text[at]);
        at += length > 0 ? length : 1;
    }
    return clean;
}

}  // namespace

std::optional<Json> parseObject(const QString& text) {
    if (text.size() > mostCharacters || !text.trimmed().startsWith(QLatin1Char('{')))
        return std::nullopt;
    const auto bytes = toUtf8(text.trimmed());
    if (isTooDeep(bytes)) return std::nullopt;
    auto document = Json::parse(bytes, nullptr, false);
    if (document.is_discarded()) document = Json::parse(withoutNotNumbers(bytes), nullptr, false);
    if (!document.is_object()) return std::nullopt;
    return document;
}

const Json& member(const Json& object, const char* key) {
    static const Json absent;
    if (!object.is_object()) return absent;
    const auto found = object.find(key);
    return found == object.end() ? absent : *found;
}

QString textOf(const Json& value) {
    if (value.is_string()) return fromUtf8(value.get<std::string>());
    if (value.is_number() || value.is_boolean()) return fromUtf8(value.dump());
    return {};
}

Json numberOf(const Json& value) {
    if (value.is_number()) return value;
    const auto text = textOf(value).trimmed();
    bool isNumber = false;
    if (const auto whole = text.toLongLong(&isNumber); isNumber) return whole;
    if (const auto large = text.toULongLong(&isNumber); isNumber) return large;
    const double number = text.toDouble(&isNumber);
    return isNumber && std::isfinite(number) ? Json(number) : Json();
}

void put(Json& settings, const char* name, const Json& value) {
    if (value.is_null() || (value.is_array() && value.empty())) return;
    settings[name] = value;
}

}  // namespace codec::foreign
