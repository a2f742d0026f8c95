#include "diffusion/checkpoint/shard_index.h"

#include <filesystem>

#include "diffusion/checkpoint/file_error.h"
#include "diffusion/checkpoint/json_file.h"

namespace diffusion::checkpoint {

namespace {

bool is_unsafe(const std::filesystem::path& shard) {
    if (shard.is_absolute() || shard.empty()) return true;
    for (const auto& part : shard) {
        if (part == "..") return true;
    }
    const auto text = shard.string();
    return text.find('\\') != text.npos || text.find('\0') != text.npos;
}

}  // namespace

ShardIndex read_shard_index(const FileBytes& file) {
    const auto document = parse_json(file.bytes, file.name);
    const auto weight_map = document.find("weight_map");
    if (!document.is_object() || weight_map == document.end() || !weight_map->is_object()) {
        throw file_error(ErrorReason::not_a_model, file.name,
                         "is JSON, but not the index of a model (it has no weight_map)");
    }
    ShardIndex index;
    for (const auto& [key, shard] : weight_map->items()) {
        if (!shard.is_string()) {
            throw file_error(ErrorReason::malformed, file.name,
                             "weight_map." + key + " is not a name");
        }
        const auto name = shard.get<std::string>();
        if (is_unsafe(name)) {
            throw file_error(ErrorReason::unsafe_path, file.name,
                             "names the file \"" + name + "\", which lies outside of its folder");
        }
        index[key] = name;
    }
    return index;
}

}  // namespace diffusion::checkpoint
