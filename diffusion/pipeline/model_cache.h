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
    std::optional<checkpoint::ModelFamily> family;  ///< where the file's keys mislead
};

/// Path, size and time of the file, or of every file of a folder: changes when the content may have.
std::string identity_of(const std::filesystem::path& path);

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

    /// Bytes of all weights that are held, but for this model's.
    std::int64_t bytes_beside(const ModelChoice& choice) const;

    /// Gives up the models that wait, the least recently used first, until they and what belongs to
    /// them take no more than so many bytes. The choice's model in this placement stays.
    void keep_beside(const ModelChoice& choice, const Placement& placement, std::int64_t bytes);

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

    std::shared_ptr<Models> model(const ModelChoice& choice, const Placement& placement,
                                  const std::function<void(const std::string&)>& say);
    std::shared_ptr<vae::LatentCodec> other_codec(const std::filesystem::path& path,
                                                  const Models& models);
    void shrink(std::int64_t needed);
    std::int64_t bytes() const;

    Resources resources_;
    std::int64_t budget_;
    std::list<Entry> entries_;  // most recently used first
    std::optional<OtherCodec> other_codec_;
};

}  // namespace diffusion::pipeline
