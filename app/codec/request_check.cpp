#include "app/codec/request_check.h"

#include "diffusion/request_fields.h"

#include <charconv>
#include <string>
#include <type_traits>

namespace codec {
namespace {

std::optional<std::string> fault(const diffusion::FieldInfo& info, double value) {
    if (!info.range || (info.automatic && value == *info.automatic)) return std::nullopt;
    if (value >= info.range->low && value <= info.range->high) return std::nullopt;
    std::string text = std::string(info.name) + ": expected a number from " +
                       numberText(info.range->low) + " to " + numberText(info.range->high);
    if (info.automatic) text += " (or " + numberText(*info.automatic) + " to have it chosen)";
    return text + ", found " + numberText(value) + ".";
}

std::optional<std::string> fault(const diffusion::FieldInfo& info, const std::string& value) {
    if (value.find('\0') != std::string::npos)
        return std::string(info.name) + ": expected text, found a zero byte in it.";
    if (diffusion::is_choice(info, value)) return std::nullopt;
    return diffusion::refusal_of_choice(info, value);
}

}  // namespace

std::optional<diffusion::Error> findFault(const diffusion::GenerationRequest& request) {
    std::optional<diffusion::Error> found;
    diffusion::visit_request_fields([&](const diffusion::FieldInfo& info, auto member) {
        if (found) return;
        using Value = std::remove_cvref_t<decltype(request.*member)>;
        std::optional<std::string> sentence;
        if constexpr (std::is_same_v<Value, bool>)
            return;
        else if constexpr (std::is_arithmetic_v<Value>)
            sentence = fault(info, double(request.*member));
        else
            sentence = fault(info, request.*member);
        if (sentence) found.emplace(diffusion::ErrorKind::bad_request, *sentence);
    });
    return found;
}

std::string numberText(double value) {
    if (value > -1e16 && value < 1e16 && value == double(std::int64_t(value)))
        return std::to_string(std::int64_t(value));
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
    return std::string(buffer, end.ptr);
}

}  // namespace codec
