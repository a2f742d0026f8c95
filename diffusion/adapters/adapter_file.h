#pragma once

// An adapter (LoRA and its relatives) as its file has it: small factors by module, in whatever
// naming its trainer used. Which module of a network a name means only the network can say
// (module_names.h); what the factors are worth, delta.h computes.

#include "diffusion/checkpoint/model_family.h"
#include "diffusion/checkpoint/tensor_table.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace diffusion::adapters {

struct FactorEntry {
    std::string key;  ///< in the file, for messages
    checkpoint::TensorEntry entry;
};

/// By the short names of adapter_keys.h.
using FactorEntries = std::map<std::string, FactorEntry>;

struct AdapterFile {
    std::filesystem::path path;
    std::map<std::string, std::string> metadata;
    std::map<std::string, FactorEntries> modules;  ///< by the module's name in the file
    std::vector<std::string> unused;               ///< keys that are no factor

    std::string name() const { return path.filename().string(); }
};

/// Reads the headers of a safetensors or PyTorch file. Throws Error: missing_file, corrupt_file, or
/// unsupported_model where no adapter is in it.
AdapterFile open_adapter(const std::filesystem::path& path);

/// Which models the adapter was trained on, as its metadata or its widths say; empty: unknown.
std::optional<checkpoint::ModelFamily> family_of(const AdapterFile& adapter);

}  // namespace diffusion::adapters
