#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace checkpoint_test {

/// A checkpoint with the keys and shapes of a real one, and zeros for weights: on the disk a hole, which
/// takes no space however large the file says it is.
struct HollowModel {
    std::map<std::string, std::vector<std::int64_t>> shapes;
    std::map<std::string, std::string> metadata;

    /// The keys of tests/data/keys/<name>.json, together.
    static HollowModel of(const std::vector<std::string>& names);

    /// As float16 safetensors.
    void write(const std::filesystem::path& file) const;
};

}  // namespace checkpoint_test
