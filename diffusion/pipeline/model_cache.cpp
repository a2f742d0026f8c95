#include "diffusion/pipeline/model_cache.h"

#include "diffusion/pipeline/codec_fit.h"

#include <algorithm>
#include <utility>

#include "diffusion/pipeline/machine_memory.h"
#include "unet/ops/cpu_memory.h"

namespace diffusion::pipeline {

namespace fs = std::filesystem;

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

namespace {

std::string identity_as_chosen(const ModelChoice& choice) {
    auto identity = identity_of(choice.model);
    if (choice.family) identity.append("\nas ").append(checkpoint::name_of(*choice.family));
    return identity;
}

/// What models left behind: blocks that wait to be used again, free places in the heap.
void give_back_memory() {
    unet::ops::empty_block_cache();
    trim_heap();
}

}  // namespace

ModelCache::ModelCache(Resources resources, std::int64_t budget)
    : resources_(std::move(resources)), budget_(budget) {}

std::shared_ptr<Models> ModelCache::get(const ModelChoice& choice, const Placement& placement,
                                        const std::function<void(const std::string&)>& say) {
    auto models = model(choice, placement, say);
    if (!choice.vae.empty()) {
        say("VAE");
        models = std::make_shared<Models>(*models);
        const auto own = models->vae;
        models->vae = other_codec(choice.vae, *models);
        if (own) models->codec_warning = misfit(*own, *models->vae, choice.vae);
        models->vae_path = choice.vae;
        models->wider = std::make_shared<WiderParts>(*models->wider);
        models->wider->vae = nullptr;
    }
    require_codec(*models);
    return models;
}

std::shared_ptr<Models> ModelCache::model(const ModelChoice& choice, const Placement& placement,
                                          const std::function<void(const std::string&)>& say) {
    const auto& path = choice.model;
    const auto identity = identity_as_chosen(choice);
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) {
        return e.identity == identity && e.placement == placement;
    });
    if (found != entries_.end()) {
        entries_.splice(entries_.begin(), entries_, found);
        return entries_.front().models;
    }
    // Room is made before the new model comes, so that the old and the new are never both whole.
    const auto description = checkpoint::describe_model(path, checkpoint::as_family(choice.family));
    shrink(description.parameter_count *
           static_cast<std::int64_t>(torch::elementSize(placement.dtype)));
    auto models = std::make_shared<Models>(load_models(path, resources_, placement, say, choice.family));
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

std::int64_t ModelCache::bytes_beside(const ModelChoice& choice) const {
    const auto identity = identity_as_chosen(choice);
    auto held = bytes();
    for (const auto& entry : entries_)
        if (entry.identity == identity) held -= entry.models->bytes;
    return held;
}

void ModelCache::keep_beside(const ModelChoice& choice, const Placement& placement, std::int64_t bytes) {
    const auto identity = identity_as_chosen(choice);
    auto beside = this->bytes();
    const auto is_kept = [&](const Entry& e) { return e.identity == identity && e.placement == placement; };
    for (const auto& entry : entries_)
        if (is_kept(entry)) beside -= entry.models->bytes;
    bool has_given_up = false;
    for (auto i = entries_.end(); i != entries_.begin() && beside > bytes;) {
        --i;
        if (is_kept(*i)) continue;
        beside -= i->models->bytes;
        i = entries_.erase(i);
        has_given_up = true;
    }
    if (has_given_up) give_back_memory();
}

void ModelCache::shrink(std::int64_t needed) {
    auto held = needed + bytes();
    bool has_given_up = false;
    while (!entries_.empty() && held > budget_) {
        held -= entries_.back().models->bytes;
        entries_.pop_back();
        has_given_up = true;
    }
    if (has_given_up) give_back_memory();
}

}  // namespace diffusion::pipeline
