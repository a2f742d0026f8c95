#include "app/cli/request_flags.h"

#include "app/codec/request_check.h"
#include "app/codec/request_json.h"
#include "app/codec/text.h"
#include "diffusion/request_fields.h"

#include <QFileInfo>

#include <charconv>
#include <regex>
#include <type_traits>

namespace cli {
namespace {

using diffusion::FieldInfo;
using Json = nlohmann::ordered_json;

/// A number as a number, everything else as the text that it is.
Json numberOrText(const std::string& text) {
    const char* end = text.data() + text.size();
    std::int64_t whole = 0;
    if (const auto read = std::from_chars(text.data(), end, whole);
        read.ec == std::errc() && read.ptr == end)
        return whole;
    double number = 0;
    if (const auto read = std::from_chars(text.data(), end, number);
        read.ec == std::errc() && read.ptr == end)
        return number;
    return text;
}

/// A size that was asked for in words is a size; only one that was left out is chosen by the model.
void requireSize(const FieldInfo& info, const Json& value) {
    if (!value.is_number() || !info.range || value.get<double>() >= info.range->low) return;
    throw diffusion::Error(
        diffusion::ErrorKind::bad_request,
        std::string(info.name) + ": expected a number from " + codec::numberText(info.range->low) +
            " to " + codec::numberText(info.range->high) + ", found " + value.dump() + ".");
}

/// What a flag or option of this field is worth in JSON.
template <typename Value>
Json jsonOf(const std::string& text) {
    if constexpr (std::is_same_v<Value, bool>)
        return text == "true";
    else if constexpr (std::is_arithmetic_v<Value>)
        return numberOrText(text);
    else
        return text;
}

/// What --help shows; nothing where the help line says what is chosen.
std::string shownDefault(const FieldInfo&, const std::string& value) {
    return value;
}

/// The line of --help, with the words that may stand there.
std::string helpOf(const FieldInfo& info) {
    std::string text(info.help);
    for (size_t i = 0; i < info.choices.size(); ++i)
        text += (i == 0 ? ": " : ", ") + std::string(info.choices[i]);
    return text;
}

template <typename Number>
std::string shownDefault(const FieldInfo& info, Number value) {
    const bool isChosen = info.automatic && double(value) == *info.automatic;
    return isChosen ? "" : codec::numberText(double(value));
}

void splitSize(const std::string& text, std::map<std::string, std::string>& texts) {
    static const std::regex pattern("([0-9]{1,9})[xX]([0-9]{1,9})");
    std::smatch match;
    if (!std::regex_match(text, match, pattern))
        throw diffusion::Error(
            diffusion::ErrorKind::bad_request,
            "size: expected WIDTHxHEIGHT, for example 512x512, found \"" + text + "\".");
    texts["width"] = match[1];
    texts["height"] = match[2];
}

/// So that the request means the same file in any other folder.
std::string absoluteIfThere(const std::string& path) {
    const QFileInfo file(codec::fromUtf8(path));
    return !path.empty() && file.exists() ? codec::toUtf8(file.absoluteFilePath()) : path;
}

}  // namespace

RequestFlags::RequestFlags(CLI::App& parser) {
    const diffusion::GenerationRequest defaults;
    diffusion::visit_request_fields([&](const FieldInfo& info, auto member) {
        using Value = std::remove_cvref_t<decltype(defaults.*member)>;
        const std::string name(info.name);
        const std::string flag = name == "prompt" ? "PROMPT" : "--" + std::string(info.flag);
        if constexpr (std::is_same_v<Value, bool>) {
            parser.add_flag(flag + ",!--no-" + std::string(info.flag), texts_[name],
                            std::string(info.help));
            return;
        }
        auto* option = parser.add_option(flag, texts_[name], helpOf(info));
        option->type_name(std::is_arithmetic_v<Value> ? "NUMBER" : "TEXT");
        option->default_str(shownDefault(info, defaults.*member));
        if (name == "prompt") option->required();
    });
    parser.add_option("--size", size_, "both at once")->type_name("WIDTHxHEIGHT");
}

diffusion::GenerationRequest RequestFlags::request() const {
    auto texts = texts_;
    if (!size_.empty()) splitSize(size_, texts);
    Json document = Json::object();
    diffusion::visit_request_fields([&](const FieldInfo& info, auto member) {
        using Value = std::remove_cvref_t<decltype(diffusion::GenerationRequest().*member)>;
        const std::string name(info.name);
        if (texts.at(name).empty()) return;
        document[name] = jsonOf<Value>(texts.at(name));
        if (name == "width" || name == "height") requireSize(info, document[name]);
    });
    auto request = codec::requestFromJson(document);
    request.model = absoluteIfThere(request.model);
    request.initial_image = absoluteIfThere(request.initial_image);
    request.mask = absoluteIfThere(request.mask);
    request.vae = absoluteIfThere(request.vae);
    if (const auto fault = codec::findFault(request)) throw *fault;
    return request;
}

}  // namespace cli
