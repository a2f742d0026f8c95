#pragma once

// Where adapters and embeddings lie and what they are called, by A1111's rules: a folder counts
// with all folders below it, a name is a file's without suffix, upper and lower case differ, and of
// two files of one name the last by path is meant.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace diffusion::adapters {

struct NetworkFile {
    std::string name;  ///< without folder and suffix
    std::filesystem::path path;
    std::string relative;  ///< below its folder, with "/" and without suffix: "styles/ink"
};

enum class NetworkKind { lora, embedding };

/// Files of the kind's suffixes below the folders, sorted by path. Absent folders hold none; links
/// are followed, each folder once.
std::vector<NetworkFile> network_files(const std::vector<std::filesystem::path>& folders,
                                       NetworkKind kind);

/// Folders that A1111, ComfyUI and their relatives keep beside the folder of a model (models/Lora,
/// models/loras, embeddings, ...), those that exist.
std::vector<std::filesystem::path> folders_beside(const std::filesystem::path& model,
                                                  NetworkKind kind);

/// The LoRA of a name: a file's name, its path below the folder, or the name that its trainer gave
/// it (ss_output_name), if no other file was given the same.
std::optional<std::filesystem::path> find_lora(const std::vector<NetworkFile>& files,
                                               const std::string& name);

/// At most `most` names that a reader could have meant, the likeliest first.
std::vector<std::string> similar_names(const std::vector<NetworkFile>& files,
                                       const std::string& name, std::size_t most = 3);

/// A1111's hash of an adapter or embedding, 64 digits: of a safetensors LoRA what its metadata
/// states (sshs_model_hash), or SHA-256 of the bytes behind the header; of any other file of all
/// bytes. Throws Error (missing_file).
std::string network_hash(const std::filesystem::path& file, NetworkKind kind);

}  // namespace diffusion::adapters
