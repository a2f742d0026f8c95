#pragma once

#include "diffusion/checkpoint/convert_model.h"

namespace diffusion::checkpoint {

/// Takes a file or folder away at the end of its scope, if it is still there.
class RemovedAtEnd {
public:
    explicit RemovedAtEnd(std::filesystem::path path) : path_(std::move(path)) {}
    ~RemovedAtEnd();
    RemovedAtEnd(const RemovedAtEnd&) = delete;
    RemovedAtEnd& operator=(const RemovedAtEnd&) = delete;

private:
    std::filesystem::path path_;
};

/// Gives what was written its name; what had it is gone only then. Throws Error (cannot_write).
void move_to(const std::filesystem::path& written, const std::filesystem::path& name);

/// The diffusers layout, written beside its name and moved.
ConvertOutcome to_folder(const ConvertRequest& request, const ModelFiles& files,
                         const TokenizerWriter& write_tokenizer, const WriteProgress& progress);

}  // namespace diffusion::checkpoint
