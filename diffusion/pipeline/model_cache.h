#pragma once

#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include "diffusion/pipeline/models.h"

namespace diffusion::pipeline {

/// Which files a request needs.
struct ModelChoice {
    std::filesystem::path model;
    std::filesystem::path vae;  ///< another autoencoder; empty: the model's own
};

/// Loaded models by (path, the file's identity, placement), the least recently used given up first
/// when their weights together exceed the budget. A file that changed on disk is read anew.
class ModelCache {
public:
    /// budget in bytes; the model in use is kept even if it is larger.
    ModelCache(Resources resources, std::int64_t budget);

    /// Loads on a miss. Throws what load_models and load_codec throw, and unsupported_model where
    /// neither the model nor the choice has an autoencoder.
    std::shared_ptr<Models> get(const ModelChoice& choice, const Placement& placement,
                                const std::function<void(const std::string&)>& say);

    /// Bytes of all weights that are held.
    std::int64_t bytes() const;

    const Resources& resources() const { return resources_; }

private:
    struct Entry {
        std::string identity;
        Placement placement;
        std::shared_ptr<Models> models;
    };

    /// The autoencoder that was chosen last, kept for the next request.
    struct OtherCodec {
        std::string identity;
        checkpoint::ModelFamily family;
        Placement placement;
        std::shared_ptr<vae::LatentCodec> codec;
    };

    std::shared_ptr<Models> model(const std::filesystem::path& path, const Placement& placement,
                                  const std::function<void(const std::string&)>& say);
    std::shared_ptr<vae::LatentCodec> other_codec(const std::filesystem::path& path,
                                                  const Models& models);
    void shrink(std::int64_t needed);

    Resources resources_;
    std::int64_t budget_;
    std::list<Entry> entries_;  // most recently used first
    std::optional<OtherCodec> other_codec_;
};

}  // namespace diffusion::pipeline
