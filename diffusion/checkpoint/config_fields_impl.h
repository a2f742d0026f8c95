#pragma once

#include <cstdint>
#include <string>
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
    template <typename Value>
    Value convert(const char* field) const {
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

    const nlohmann::json& config_;
    std::string file_;
};

}  // namespace diffusion::checkpoint
