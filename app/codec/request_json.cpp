#include "app/codec/request_json.h"

#include "diffusion/error.h"
#include "diffusion/request_fields.h"

#include <cmath>
#include <limits>
#include <set>
#include <type_traits>

namespace codec {
namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void refuse(const std::string& field, const std::string& expected, const Json& found) {
    throw diffusion::Error(diffusion::ErrorKind::bad_request,
                           field + ": expected " + expected + ", found " +
                               found.dump(-1, ' ', false, Json::error_handler_t::replace) + ".");
}

// Each reader returns what it expected, or nullptr when the member is set.

const char* read(const Json& value, std::string& member) {
    if (!value.is_string()) return "a text";
    member = value.get<std::string>();
    return nullptr;
}

const char* read(const Json& value, double& member) {
    if (!value.is_number()) return "a number";
    member = value.get<double>();
    return nullptr;
}

const char* read(const Json& value, bool& member) {
    if (!value.is_boolean()) return "true or false";
    member = value.get<bool>();
    return nullptr;
}

template <typename Integer>
requires std::is_integral_v<Integer>

const char* read(const Json& value, Integer& member) {
    constexpr auto expected = "a whole number";
    if (!value.is_number()) return expected;
    const double number = value.get<double>();
    const double limit = -double(std::numeric_limits<Integer>::min());
    if (std::floor(number) != number || number < -limit || number >= limit) return expected;
    member = value.is_number_integer() ? value.get<Integer>() : Integer(number);
    return nullptr;
}

}  // namespace

Json requestToJson(const diffusion::GenerationRequest& request) {
    Json document = Json::object();
    diffusion::visit_request_fields([&](const diffusion::FieldInfo& info, auto member) {
        document[std::string(info.name)] = request.*member;
    });
    return document;
}

diffusion::GenerationRequest requestFromJson(const Json& document) {
    if (!document.is_object()) refuse("request", "a JSON object", document);
    diffusion::GenerationRequest request;
    std::set<std::string> known;
    diffusion::visit_request_fields([&](const diffusion::FieldInfo& info, auto member) {
        const std::string name(info.name);
        known.insert(name);
        if (!document.contains(name)) return;
        if (const char* expected = read(document[name], request.*member))
            refuse(name, expected, document[name]);
    });
    for (const auto& [key, value] : document.items())
        if (!known.contains(key)) refuse(key, "a field of a request", value);
    return request;
}

diffusion::GenerationRequest readableFields(const Json& document) {
    diffusion::GenerationRequest request;
    if (!document.is_object()) return request;
    diffusion::visit_request_fields([&](const diffusion::FieldInfo& info, auto member) {
        const auto found = document.find(std::string(info.name));
        if (found != document.end()) read(*found, request.*member);
    });
    return request;
}

std::string requestToText(const diffusion::GenerationRequest& request) {
    return requestToJson(request).dump(-1, ' ', false, Json::error_handler_t::replace);
}

diffusion::GenerationRequest requestFromText(const std::string& text) {
    const auto document = Json::parse(text, nullptr, false);
    if (document.is_discarded())
        throw diffusion::Error(
            diffusion::ErrorKind::bad_request,
            "request: expected a JSON object, found \"" + text.substr(0, 60) + "\".");
    return requestFromJson(document);
}

}  // namespace codec
