#include "diffusion/adapters/embedding_file.h"

#include "diffusion/checkpoint/file_error.h"
#include "diffusion/checkpoint/open_table.h"
#include "diffusion/checkpoint/state_dict.h"

#include <string>

namespace diffusion::adapters {

namespace {

using checkpoint::TensorEntry;
using checkpoint::TensorTable;

constexpr std::int64_t vector_limit = 4096;  // far more than a prompt has room for

/// [width] or [n, width] -> float32 [n, width].
torch::Tensor vectors_of(const TensorEntry& entry, const std::string& key,
                         const std::string& file) {
    const auto sizes = entry.shape.size();
    const bool fits = (sizes == 1 || sizes == 2) && entry.element_count() > 0 &&
                      (sizes == 1 || entry.shape[0] <= vector_limit);
    if (!fits) {
        throw checkpoint::file_error(ErrorReason::shape_mismatch, file,
                                     "tensor " + key + " is " +
                                         checkpoint::shape_text(entry.shape) +
                                         ", expected the vectors [n, width] of an embedding");
    }
    const auto value = checkpoint::to_tensor(entry).to(torch::kFloat32).clone();
    return sizes == 1 ? value.unsqueeze(0) : value;
}

/// A1111's rule: string_to_param's only entry, or the only tensor of the file.
std::string only_key(const TensorTable& table, const std::string& file) {
    std::vector<std::string> keys;
    for (const auto& [key, entry] : table.tensors) {
        if (key.starts_with("string_to_param.")) keys.push_back(key);
    }
    if (keys.empty()) {
        for (const auto& [key, entry] : table.tensors) keys.push_back(key);
    }
    if (keys.size() == 1) return keys.front();
    throw checkpoint::file_error(ErrorReason::unsupported_architecture, file,
                                 "is no embedding: expected one tensor of vectors, or clip_l and "
                                 "clip_g, found " +
                                     std::to_string(keys.size()) + " tensors");
}

}  // namespace

EmbeddingFile open_embedding(const std::filesystem::path& path) {
    const auto table = checkpoint::open_table(path);
    const auto file = path.filename().string();
    const auto* first = table.find("clip_l");
    const auto* second = table.find("clip_g");
    if (!first || !second) {
        const auto key = only_key(table, file);
        return {{vectors_of(*table.find(key), key, file)}};
    }
    EmbeddingFile pair{{vectors_of(*first, "clip_l", file), vectors_of(*second, "clip_g", file)}};
    if (pair.vectors[0].size(0) == pair.vectors[1].size(0)) return pair;
    throw checkpoint::file_error(
        ErrorReason::shape_mismatch, file,
        "clip_l has " + std::to_string(pair.vectors[0].size(0)) + " vectors and clip_g " +
            std::to_string(pair.vectors[1].size(0)) + ", expected as many");
}

}  // namespace diffusion::adapters
