#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "diffusion/checkpoint/file_error.h"

namespace diffusion::checkpoint {

/// Fields of one config.json, with complaints that name the file and the field.
class Fields {
public:
    Fields(const nlohmann::json& config, const std::string& file) : config_(config), file_(file) {
        if (!config.is_object()) throw file_error(ErrorReason::malformed, file, "is not an object");
    }

    bool has(const char* field) const {
        const auto found = config_.find(field);
        return found != config_.end() && !found->is_null();
    }

    template <typename Value>
    Value get(const char* field, const Value& otherwise) const {
        return has(field) ? convert<Value>(field) : otherwise;
    }

    template <typename Value>
    Value need(const char* field) const {
        if (!has(field)) {
            throw file_error(ErrorReason::malformed, file_, std::string("has no ") + field);
        }
        return convert<Value>(field);
    }

    const nlohmann::json& raw(const char* field) const { return config_.at(field); }

    /// A number from 1 to a million.
    std::int64_t size(const char* field) const { return checked(field, need<std::int64_t>(field)); }
    std::int64_t size(const char* field, std::int64_t otherwise) const {
        return has(field) ? size(field) : otherwise;
    }

    /// One number per level; a single number stands for all of them.
    std::vector<std::int64_t> per_level(const char* field, std::size_t levels,
                                        std::int64_t otherwise) const {
        std::vector<std::int64_t> values(levels, otherwise);
        if (!has(field)) return values;
        if (raw(field).is_array()) {
            values = need<std::vector<std::int64_t>>(field);
        } else {
            values.assign(levels, need<std::int64_t>(field));
        }
        if (values.size() != levels) {
            throw file_error(ErrorReason::malformed, file_,
                             std::string(field) + " has " + std::to_string(values.size()) +
                                 " entries for " + std::to_string(levels) + " levels");
        }
        for (const auto value : values) checked(field, value);
        return values;
    }

    Error unsupported(const std::string& text) const {
        return file_error(ErrorReason::unsupported_architecture, file_, text);
    }

private:
    /// The library turns any number into any other; what does not fit would be undefined.
    template <typename Integer>
    Integer whole(const nlohmann::json& value, const char* field) const {
        if (value.is_number_unsigned() && std::in_range<Integer>(value.get<std::uint64_t>())) {
            return static_cast<Integer>(value.get<std::uint64_t>());
        }
        if (value.is_number_integer() && !value.is_number_unsigned() &&
            std::in_range<Integer>(value.get<std::int64_t>())) {
            return static_cast<Integer>(value.get<std::int64_t>());
        }
        const auto number = value.is_number_float() ? value.get<double>() : 0.5;
        if (std::abs(number) < 1e9 && number == std::floor(number)) {
            return static_cast<Integer>(number);
        }
        throw file_error(ErrorReason::malformed, file_,
                         std::string(field) + " is " + value.dump(-1, ' ', false, replace_bad) +
                             "; expected a whole number");
    }

    template <typename Value>
    Value convert(const char* field) const {
        const auto& value = config_.at(field);
        if constexpr (std::is_integral_v<Value> && !std::is_same_v<Value, bool>) {
            return whole<Value>(value, field);
        } else if constexpr (std::is_same_v<Value, std::vector<std::int64_t>>) {
            Value list;
            if (!value.is_array()) return {whole<std::int64_t>(value, field)};
            for (const auto& item : value) list.push_back(whole<std::int64_t>(item, field));
            return list;
        } else {
            return plain<Value>(field);
        }
    }

    template <typename Value>
    Value plain(const char* field) const {
        try {
            return config_.at(field).get<Value>();
        } catch (const nlohmann::json::exception& error) {
            throw file_error(ErrorReason::malformed, file_,
                             std::string(field) + ": " + error.what());
        }
    }

    std::int64_t checked(const char* field, std::int64_t value) const {
        if (value < 1 || value > 1'000'000) {
            throw file_error(ErrorReason::malformed, file_,
                             std::string(field) + " is " + std::to_string(value) +
                                 "; expected 1 to 1000000");
        }
        return value;
    }

    static constexpr auto replace_bad = nlohmann::json::error_handler_t::replace;

    const nlohmann::json& config_;
    std::string file_;
};

}  // namespace diffusion::checkpoint
