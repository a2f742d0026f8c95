#include "diffusion/checkpoint/json_file.h"

#include "diffusion/checkpoint/file_error.h"
#include "diffusion/checkpoint/mapped_file.h"

namespace diffusion::checkpoint {

using nlohmann::json;

json parse_json(std::span<const std::byte> bytes, const std::string& file_name) {
    constexpr std::size_t size_limit = 64u << 20;
    constexpr int depth_limit = 64;
    if (bytes.size() > size_limit) {
        throw file_error(ErrorReason::limit_exceeded, file_name, "is too large for a JSON file");
    }
    const auto guard = [&](int depth, json::parse_event_t, const json&) {
        if (depth > depth_limit) {
            throw file_error(ErrorReason::malformed, file_name, "is nested too deeply");
        }
        return true;
    };
    try {
        const auto* text = reinterpret_cast<const char*>(bytes.data());
        return json::parse(text, text + bytes.size(), guard);
    } catch (const json::exception& error) {
        throw file_error(ErrorReason::malformed, file_name,
                         std::string("is not valid JSON: ") + error.what());
    }
}

json read_json_file(const std::filesystem::path& file) {
    const auto mapped = MappedFile::open(file);
    return parse_json(mapped->bytes(), file.filename().string());
}

}  // namespace diffusion::checkpoint
