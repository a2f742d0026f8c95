#include "diffusion/checkpoint/training_yaml.h"

#include <fstream>
#include <sstream>
#include <string>

namespace diffusion::checkpoint {

namespace {

constexpr std::string_view field = "parameterization:";
constexpr std::uintmax_t size_limit = 1 << 20;

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    const auto first = text.find_first_not_of(blanks);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string_view unquoted(std::string_view text) {
    const bool is_quoted = text.size() >= 2 && text.front() == text.back() &&
                           (text.front() == '"' || text.front() == '\'');
    return is_quoted ? text.substr(1, text.size() - 2) : text;
}

}  // namespace

std::optional<Prediction> prediction_in_yaml(std::string_view text) {
    while (!text.empty()) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        line = trimmed(line.substr(0, line.find('#')));
        if (!line.starts_with(field)) continue;
        const auto value = unquoted(trimmed(line.substr(field.size())));
        return value == "eps" ? Prediction::epsilon : prediction_named(value);
    }
    return std::nullopt;
}

std::optional<Prediction> prediction_beside(const std::filesystem::path& model) {
    auto file = model;
    file.replace_extension(".yaml");
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) return std::nullopt;
    if (std::filesystem::file_size(file, error) > size_limit || error) return std::nullopt;
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return prediction_in_yaml(text.str());
}

}  // namespace diffusion::checkpoint
