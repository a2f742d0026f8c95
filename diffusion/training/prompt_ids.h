#pragma once

// Prompts -> rows of token ids, through a vocabulary that is trained on the captions once and then
// lies in the work folder.

#include <torch/types.h>

#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "clip/tokenizer.h"
#include "diffusion/training/captions.h"

namespace diffusion::training {

/// Reads the folder's vocab.json and merges.txt; where they are missing, trains `vocabulary` tokens
/// on the captions and writes them first. Throws Error (cannot_write, corrupt_file).
clip::Tokenizer open_vocabulary(const std::filesystem::path& folder, const std::vector<Caption>& captions,
                                int vocabulary, int max_positions);

/// Remembers what it has encoded: captions come again and again.
class PromptIds {
public:
    PromptIds(clip::Tokenizer tokenizer, int64_t length);
    /// int64 [prompts, length]: start, tokens, end, padding; what is longer is cut.
    torch::Tensor operator()(const std::vector<std::string>& prompts);

private:
    const std::vector<int64_t>& row(const std::string& prompt);

    clip::Tokenizer tokenizer_;
    size_t length_;
    std::unordered_map<std::string, std::vector<int64_t>> rows_;
};

}  // namespace diffusion::training
