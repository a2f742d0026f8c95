#pragma once

// JSON that strangers wrote: parsed within limits, and its values read without exceptions.

#include <QString>

#include <nlohmann/json.hpp>
#include <optional>

namespace codec::foreign {

/// Sorted, not ordered: the ordered form takes quadratic time for an object of a million keys.
using Json = nlohmann::json;

/// Empty for text that is no JSON object, longer than 16 Mi characters or nested deeper than 64.
/// Python's NaN and Infinity become null.
std::optional<Json> parseObject(const QString& text);

/// The member, or null for one that is absent (also in what is no object).
const Json& member(const Json& object, const char* key);

/// A text as it is, a number or truth value as JSON writes it; empty for everything else.
QString textOf(const Json& value);

/// A number, or a text that is one; null for everything else. Whole numbers keep all digits.
Json numberOf(const Json& value);

/// Sets settings[name] unless the value is null or an empty list.
void put(Json& settings, const char* name, const Json& value);

}  // namespace codec::foreign
