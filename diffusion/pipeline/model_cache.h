#pragma once

#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include "diffusion/pipeline/models.h"

namespace diffusion::pipeline {

/// Loaded models by (path, the file's identity, placement), the least recently used given up first
/// when their weights together exceed the budget. A file that changed on disk is read anew.
class ModelCache {
public:
    /// budget in bytes; the model in use is kept even if it is larger.
    ModelCache(Resources resources, std::int64_t budget);

    /// Loads on a miss. Throws what load_models throws.
    std::shared_ptr<Models> get(const std::filesystem::path& path, const Placement& placement,
                                const std::function<void(const std::string&)>& say);

    const Resources& resources() const { return resources_; }

private:
    struct Entry {
        std::string identity;
        Placement placement;
        std::shared_ptr<Models> models;
    };

    void shrink(std::int64_t needed);

    Resources resources_;
    std::int64_t budget_;
    std::list<Entry> entries_;  // most recently used first
};

}  // namespace diffusion::pipeline
