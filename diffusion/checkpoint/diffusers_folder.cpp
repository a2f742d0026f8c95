#include "diffusion/checkpoint/diffusers_folder.h"

#include <algorithm>
#include <array>
#include <vector>

#include "diffusion/checkpoint/open_table.h"
#include "diffusion/error.h"

namespace diffusion::checkpoint {

namespace fs = std::filesystem;

namespace {

constexpr std::array<const char*, 3> stems{"diffusion_pytorch_model", "model", "pytorch_model"};

bool is_shard(const std::string& name) {
    // "model-00001-of-00003.safetensors" belongs to an index.
    return name.find("-of-") != std::string::npos;
}

bool begins(const std::string& text, const std::string& start) {
    return text.compare(0, start.size(), start) == 0;
}

bool contains(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

/// Smaller is better; negative: not a weights file.
int rank_of(const std::string& name, const std::string& stem) {
    if (!begins(name, stem + ".") || is_shard(name)) return -1;
    const bool is_index = contains(name, ".index.");
    const bool is_safetensors = contains(name, ".safetensors");
    const bool is_bin = contains(name, ".bin");
    const bool ends_well = is_index ? fs::path(name).extension() == ".json"
                                    : fs::path(name).extension() == ".safetensors" ||
                                          fs::path(name).extension() == ".bin";
    if (!ends_well || (!is_safetensors && !is_bin)) return -1;
    const auto plain = stem + (is_safetensors ? ".safetensors" : ".bin") +
                       (is_index ? ".index.json" : "");
    int rank = name == plain ? 0 : contains(name, "fp16") ? 2 : contains(name, "ema") ? 6 : 4;
    if (is_index) rank += 1;
    return is_safetensors ? rank : rank + 10;
}

}  // namespace

bool is_model_folder(const fs::path& folder) {
    if (fs::is_regular_file(folder / "model_index.json")) return true;
    for (const char* part : {"unet", "vae", "text_encoder", "text_encoder_2"}) {
        if (fs::is_directory(folder / part) && find_weights(folder / part)) return true;
    }
    return find_weights(folder).has_value();
}

std::optional<fs::path> find_weights(const fs::path& part) {
    std::error_code ignored;
    std::vector<std::pair<int, fs::path>> found;
    for (const auto& item : fs::directory_iterator(part, ignored)) {
        const auto name = item.path().filename().string();
        for (const auto* stem : stems) {
            const int rank = rank_of(name, stem);
            if (rank >= 0) found.emplace_back(rank, item.path());
        }
    }
    if (found.empty()) return std::nullopt;
    return std::min_element(found.begin(), found.end())->second;
}

TensorTable open_part(const fs::path& part) {
    const auto weights = find_weights(part);
    if (!weights) {
        throw Error(ErrorKind::missing_file,
                    part.string() + ": holds no weights (expected diffusion_pytorch_model or model "
                                    "with the ending .safetensors or .bin)");
    }
    return open_table(*weights);
}

fs::path find_tokenizer(const fs::path& folder, const std::string& name) {
    const auto tokenizer = folder / name;
    const bool is_complete = fs::is_regular_file(tokenizer / "vocab.json") &&
                             fs::is_regular_file(tokenizer / "merges.txt");
    return is_complete ? tokenizer : fs::path();
}

}  // namespace diffusion::checkpoint
