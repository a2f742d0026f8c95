#pragma once

#include <filesystem>
#include <span>
#include <string>

#include <nlohmann/json.hpp>

namespace diffusion::checkpoint {

/// Parses a small JSON file, at most 64 MB and nested at most 64 deep. Throws diffusion::Error
/// (missing_file, malformed).
nlohmann::json read_json_file(const std::filesystem::path& file);

nlohmann::json parse_json(std::span<const std::byte> bytes, const std::string& file_name);

}  // namespace diffusion::checkpoint
