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
        const auto time = fs::last_write_time(file, error).time_since_epoch().count();
        identity.append("\n").append(file.string());
        identity.append(" ").append(std::to_string(fs::file_size(file, error)));
        identity.append(" ").append(std::to_string(time));
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

std::shared_ptr<Models> ModelCache::get(const ModelChoice& choice, const Placement& placement,
                                        const std::function<void(const std::string&)>& say) {
    auto models = model(choice.model, placement, say);
    if (!choice.vae.empty()) {
        say("VAE");
        models = std::make_shared<Models>(*models);
        models->vae = other_codec(choice.vae, *models);
    }
    require_codec(*models);
    return models;
}

std::shared_ptr<Models> ModelCache::model(const fs::path& path, const Placement& placement,
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

std::shared_ptr<vae::LatentCodec> ModelCache::other_codec(const fs::path& path,
                                                          const Models& models) {
    const auto identity = identity_of(path);
    const auto family = models.description.family;
    const bool is_held = other_codec_ && other_codec_->identity == identity &&
                         other_codec_->family == family &&
                         other_codec_->placement == models.placement;
    if (!is_held) {
        other_codec_.reset();
        other_codec_ = OtherCodec{identity, family, models.placement, load_codec(path, models)};
    }
    require_same_space(other_codec_->codec->space(), models, path);
    return other_codec_->codec;
}

std::int64_t ModelCache::bytes() const {
    std::int64_t held = other_codec_ ? bytes_of(*other_codec_->codec) : 0;
    for (const auto& entry : entries_) held += entry.models->bytes;
    return held;
}

void ModelCache::shrink(std::int64_t needed) {
    auto held = needed + bytes();
    while (!entries_.empty() && held > budget_) {
        held -= entries_.back().models->bytes;
        entries_.pop_back();
    }
}

}  // namespace diffusion::pipeline
