#include "app/cli/model_report.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <initializer_list>
#include <vector>

namespace cli {
namespace {

constexpr size_t shownKeys = 8;
constexpr size_t labelWidth = 12;

using Metadata = std::map<std::string, std::string>;

/// The value of the first key that is there.
std::string firstOf(const Metadata& metadata, std::initializer_list<const char*> keys) {
    for (const char* key : keys)
        if (const auto found = metadata.find(key); found != metadata.end()) return found->second;
    return {};
}

std::string titleOf(const Metadata& metadata) {
    return firstOf(metadata, {"modelspec.title", "general.name", "ss_output_name", "title"});
}

std::string licenceOf(const Metadata& metadata) {
    return firstOf(metadata, {"modelspec.license", "general.license", "license"});
}

void add(std::string& text, std::string label, const std::string& value) {
    if (value.empty()) return;
    label.resize(std::max(labelWidth, label.size() + 1), ' ');
    text += label + value + "\n";
}

std::string numberText(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

std::string listed(const std::vector<std::string>& keys) {
    if (keys.empty()) return {};
    std::string text = std::to_string(keys.size()) + ": ";
    for (size_t i = 0; i < std::min(keys.size(), shownKeys); ++i)
        text += (i > 0 ? ", " : "") + keys[i];
    return text + (keys.size() > shownKeys ? ", ..." : "");
}

void addPart(std::string& text, const diffusion::PartReport& part) {
    add(text, part.name,
        "  " + countText(part.parameter_count) + " parameters, mostly " + part.precision);
    add(text, "  missing", listed(part.missing));
    add(text, "  unexpected", listed(part.unexpected));
    add(text, "  misshapen", listed(part.misshapen));
}

std::string suggestionText(const diffusion::Suggestion& suggestion) {
    if (suggestion.is_empty()) return {};
    std::string text;
    const auto append = [&](const std::string& name, const std::string& value) {
        if (!value.empty()) text += (text.empty() ? "" : ", ") + name + " " + value;
    };
    append("sampler", suggestion.sampler);
    append("schedule", suggestion.schedule);
    if (suggestion.steps > 0) append("steps", std::to_string(suggestion.steps));
    if (suggestion.guidance_scale > 0) append("CFG", numberText(suggestion.guidance_scale));
    return text + " (" + suggestion.reason + ")";
}

Json toJson(const diffusion::Suggestion& suggestion) {
    if (suggestion.is_empty()) return nullptr;
    Json json{{"reason", suggestion.reason}};
    if (!suggestion.sampler.empty()) json["sampler"] = suggestion.sampler;
    if (!suggestion.schedule.empty()) json["schedule"] = suggestion.schedule;
    if (suggestion.steps > 0) json["steps"] = suggestion.steps;
    if (suggestion.guidance_scale > 0) json["guidance_scale"] = suggestion.guidance_scale;
    return json;
}

Json toJson(const diffusion::PartReport& part) {
    return {{"name", part.name},       {"parameters", part.parameter_count},
            {"precision", part.precision}, {"missing", part.missing},
            {"unexpected", part.unexpected}, {"misshapen", part.misshapen}};
}

}  // namespace

std::string sizeText(std::uint64_t bytes) {
    constexpr std::array units{"B", "KB", "MB", "GB", "TB"};
    size_t unit = 0;
    double value = double(bytes);
    for (; value >= 1000 && unit + 1 < units.size(); ++unit) value /= 1000;
    char text[32];
    std::snprintf(text, sizeof text, unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s", value,
                  units[unit]);
    return text;
}

std::string countText(std::int64_t count) {
    auto digits = std::to_string(count);
    for (auto at = int(digits.size()) - 3; at > 0; at -= 3) digits.insert(size_t(at), ",");
    return digits;
}

std::string reportText(const diffusion::ModelReport& report, const std::string& sha256) {
    const auto& info = report.info;
    std::string text;
    add(text, "name", info.name);
    add(text, "title", titleOf(report.metadata));
    add(text, "licence", licenceOf(report.metadata));
    add(text, "format", report.format + ", " + sizeText(report.bytes));
    add(text, "family", info.variant.empty() ? info.family : info.family + " " + info.variant);
    add(text, "prediction",
        info.prediction + (info.zero_terminal_snr ? ", zero terminal SNR" : ""));
    add(text, "size",
        std::to_string(info.native_width) + "x" + std::to_string(info.native_height) +
            ", multiples of " + std::to_string(info.size_multiple));
    add(text, "precision", info.precision);
    add(text, "parameters", countText(info.parameter_count));
    add(text, "hash", sha256.substr(0, 10));
    add(text, "sha256", sha256);
    for (const auto& part : report.parts) addPart(text, part);
    add(text, "not used", listed(report.unused));
    add(text, "lacks", info.absent);
    add(text, "suggested", suggestionText(info.suggested));
    add(text, "limit", info.limit);
    return text;
}

Json reportJson(const diffusion::ModelReport& report, const std::string& sha256) {
    const auto& info = report.info;
    Json parts = Json::array();
    for (const auto& part : report.parts) parts.push_back(toJson(part));
    return {{"path", info.path},
            {"name", info.name},
            {"title", titleOf(report.metadata)},
            {"license", licenceOf(report.metadata)},
            {"format", report.format},
            {"bytes", report.bytes},
            {"family", info.family},
            {"variant", info.variant},
            {"prediction", info.prediction},
            {"zero_terminal_snr", info.zero_terminal_snr},
            {"width", info.native_width},
            {"height", info.native_height},
            {"size_multiple", info.size_multiple},
            {"precision", info.precision},
            {"parameters", info.parameter_count},
            {"hash", sha256.substr(0, 10)},
            {"sha256", sha256},
            {"lacks", info.absent},
            {"limit", info.limit},
            {"suggested", toJson(info.suggested)},
            {"parts", parts},
            {"unused", report.unused},
            {"metadata", report.metadata}};
}

}  // namespace cli
