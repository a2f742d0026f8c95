#pragma once

#include <filesystem>
#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::checkpoint {

/// The name that a lone folder's ControlNet gets, which is its prefix in single files.
inline constexpr const char* control_part = "control_model";

/// What lies on the disk: all tensors in one table (a folder's with the name of their part in front)
/// and the configurations beside them, by part.
struct Source {
    std::filesystem::path path;
    std::string name;
    TensorTable table;
    std::map<std::string, nlohmann::json> configs;

    const nlohmann::json* config(const std::string& part) const {
        const auto found = configs.find(part);
        return found == configs.end() ? nullptr : &found->second;
    }
};

/// A file of any kind, the index of one in several files, or a diffusers folder or one of its parts.
/// Throws Error: missing_file, corrupt_file or unsupported_model.
Source read_source(const std::filesystem::path& path);

}  // namespace diffusion::checkpoint
