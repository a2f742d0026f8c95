#include "diffusion/checkpoint/model_hash.h"

#include <algorithm>
#include <limits>
#include <set>

#include <nlohmann/json.hpp>

#include "diffusion/checkpoint/diffusers_folder.h"
#include "diffusion/checkpoint/json_file.h"
#include "diffusion/error.h"

namespace diffusion::checkpoint {

namespace fs = std::filesystem;

namespace {

/// The shards of an index; the file itself where it is none. Names that point elsewhere are left out:
/// open_sharded refuses such an index.
std::vector<fs::path> shards_of(const fs::path& file) {
    if (file.extension() != ".json") return {file};
    const auto index = read_json_file(file);
    const auto map = index.find("weight_map");
    if (map == index.end() || !map->is_object()) return {file};
    std::set<fs::path> shards;
    for (const auto& [key, shard] : map->items()) {
        if (!shard.is_string()) continue;
        const fs::path name = shard.get<std::string>();
        if (name == name.filename()) shards.insert(file.parent_path() / name);
    }
    return {shards.begin(), shards.end()};
}

std::vector<fs::path> files_of_folder(const fs::path& folder) {
    for (const char* part : {"unet", "vae", "text_encoder", "text_encoder_2", "."}) {
        if (const auto weights = find_weights(folder / part)) {
            return shards_of(weights->lexically_normal());
        }
    }
    throw Error(ErrorKind::missing_file, folder.string() + ": expected a model folder, found no weights");
}

}  // namespace

std::vector<fs::path> hashed_files(const fs::path& model) {
    if (fs::is_directory(model)) return files_of_folder(model);
    if (model.filename() == "model_index.json") return files_of_folder(fs::absolute(model).parent_path());
    return shards_of(model);
}

FileStamp stamp_of(const fs::path& model) {
    std::error_code error;
    FileStamp stamp;
    stamp.path = fs::weakly_canonical(fs::absolute(model), error).string();
    // The clock's numbers of our days are negative.
    stamp.modified = std::numeric_limits<std::int64_t>::min();
    for (const auto& file : hashed_files(model)) {
        const auto size = fs::file_size(file, error);
        const auto time = error ? fs::file_time_type() : fs::last_write_time(file, error);
        if (error) {
            throw Error(ErrorKind::missing_file, file.string() + ": can't be opened: " + error.message());
        }
        stamp.size += size;
        stamp.modified = std::max<std::int64_t>(stamp.modified, time.time_since_epoch().count());
    }
    return stamp;
}

std::string hash_of_model(const fs::path& model, const HashProgress& progress) {
    const auto files = hashed_files(model);
    std::uint64_t total = 0;
    std::error_code error;
    for (const auto& file : files) total += fs::file_size(file, error);
    Sha256 sum;
    std::uint64_t before = 0;
    for (const auto& file : files) {
        const bool is_whole = add_file(sum, file, [&](std::uint64_t done, std::uint64_t) {
            return !progress || progress(before + done, total);
        });
        if (!is_whole) return {};
        before += fs::file_size(file, error);
    }
    return sum.finish();
}

}  // namespace diffusion::checkpoint
