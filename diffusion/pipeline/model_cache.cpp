#include "diffusion/pipeline/model_cache.h"

#include <algorithm>
#include <utility>

namespace diffusion::pipeline {

namespace {

namespace fs = std::filesystem;

/// Path, size and time of the file, or of every file of a folder.
std::string identity_of(const fs::path& path) {
    std::error_code error;
    std::string identity = fs::weakly_canonical(path, error).string();
    const auto add = [&](const fs::path& file) {
        identity += "\n" + file.string() + " " + std::to_string(fs::file_size(file, error)) + " " +
                    std::to_string(fs::last_write_time(file, error).time_since_epoch().count());
    };
    if (!fs::is_directory(path, error)) {
        add(path);
        return identity;
    }
    std::vector<fs::path> files;
    for (fs::recursive_directory_iterator i(path, error), end; i != end; i.increment(error)) {
        if (error) break;
        if (i->is_regular_file(error)) files.push_back(i->path());
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) add(file);
    return identity;
}

}  // namespace

ModelCache::ModelCache(Resources resources, std::int64_t budget)
    : resources_(std::move(resources)), budget_(budget) {}

std::shared_ptr<Models> ModelCache::get(const fs::path& path, const Placement& placement,
                                        const std::function<void(const std::string&)>& say) {
    const auto identity = identity_of(path);
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) {
        return e.identity == identity && e.placement == placement;
    });
    if (found != entries_.end()) {
        entries_.splice(entries_.begin(), entries_, found);
        return entries_.front().models;
    }
    // Room is made before the new model comes, so that the old and the new are never both whole.
    const auto description = checkpoint::describe_model(path);
    shrink(description.parameter_count *
           static_cast<std::int64_t>(torch::elementSize(placement.dtype)));
    auto models = std::make_shared<Models>(load_models(path, resources_, placement, say));
    entries_.push_front({identity, placement, models});
    return models;
}

void ModelCache::shrink(std::int64_t needed) {
    std::int64_t held = needed;
    for (const auto& entry : entries_) held += entry.models->bytes;
    while (!entries_.empty() && held > budget_) {
        held -= entries_.back().models->bytes;
        entries_.pop_back();
    }
}

}  // namespace diffusion::pipeline
