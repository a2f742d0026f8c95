#include "diffusion/checkpoint/model_variant.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <vector>

namespace diffusion::checkpoint {

namespace {

namespace fs = std::filesystem;

/// A family of models that were distilled to few steps. Settings are those of their makers.
struct Distilled {
    const char* word;     ///< in names
    const char* variant;
    const char* sampler;
    const char* schedule;
    int steps;
    double guidance_scale;
};

constexpr std::array distilled_kinds{
    Distilled{"lightning", "Lightning", "Euler", "SGM Uniform", 4, 1.0},
    Distilled{"hyper", "Hyper", "Euler", "SGM Uniform", 8, 1.0},
    Distilled{"dmd2", "DMD2", "LCM", "SGM Uniform", 4, 1.0},
    Distilled{"lcm", "LCM", "LCM", "SGM Uniform", 4, 1.5},
    Distilled{"turbo", "Turbo", "Euler a", "SGM Uniform", 4, 1.0},
};

/// Lower-case runs of letters and digits; where one kind meets the other a new one begins.
std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    int before = 0;
    for (const char c : text) {
        const auto letter = static_cast<unsigned char>(c);
        const int kind = std::isdigit(letter) ? 2 : std::isalpha(letter) ? 1 : 0;
        if (kind != 0 && kind != before) words.emplace_back();
        if (kind != 0) words.back() += static_cast<char>(std::tolower(letter));
        before = kind;
    }
    return words;
}

bool is_one_of(const std::string& word, std::initializer_list<const char*> others) {
    return std::any_of(others.begin(), others.end(), [&](const char* other) { return word == other; });
}

/// Whether the word at i names the kind. Short ones stand alone; "hyper" is a prefix of many words and
/// means something before the name of a family only.
bool names(const std::vector<std::string>& words, std::size_t i, const std::string& kind) {
    const auto& word = words[i];
    if (kind == "dmd2") return word == "dmd" && i + 1 < words.size() && words[i + 1] == "2";
    if (kind == "hyper") {
        return is_one_of(word, {"hypersd", "hypersdxl"}) ||
               (word == "hyper" && i + 1 < words.size() && is_one_of(words[i + 1], {"sd", "sdxl"}));
    }
    if (kind == "lcm") return is_one_of(word, {"lcm", "lcmxl", "xllcm"});
    return word.find(kind) != word.npos;
}

/// The number before "step" or "steps", if it is a small one.
std::optional<int> steps_in(const std::vector<std::string>& words) {
    for (std::size_t i = 1; i < words.size(); ++i) {
        const bool is_steps = is_one_of(words[i], {"step", "steps"});
        if (is_steps && words[i - 1].size() <= 2 && std::isdigit(words[i - 1].front())) {
            const int steps = std::stoi(words[i - 1]);
            if (steps >= 1 && steps <= 50) return steps;
        }
    }
    return std::nullopt;
}

/// The file's name, or the model's in Hugging Face's cache, where the folder's is a number.
std::string name_on_disk(const fs::path& path) {
    auto given = path.filename().empty() ? path.parent_path() : path;
    if (given.parent_path().filename() == "snapshots") given = given.parent_path().parent_path();
    return given.filename().string();
}

/// Names that a model has, and where each stands.
std::vector<std::pair<std::string, std::string>> names_of(const ModelDescription& d) {
    std::vector<std::pair<std::string, std::string>> all{{name_on_disk(d.path), "the file's name"}};
    for (const char* key : {"modelspec.title", "ss_output_name", "general.name"}) {
        const auto found = d.metadata.find(key);
        if (found != d.metadata.end()) all.emplace_back(found->second, std::string(key) + " in the file");
    }
    return all;
}

struct Finding {
    Distilled kind;
    std::optional<int> steps;
    std::string reason;
};

std::optional<Finding> distilled_by_name(const ModelDescription& d) {
    for (const auto& [name, place] : names_of(d)) {
        const auto words = words_of(name);
        for (const auto& kind : distilled_kinds) {
            for (std::size_t i = 0; i < words.size(); ++i) {
                if (!names(words, i, kind.word)) continue;
                const auto steps = steps_in(words);
                return Finding{kind, steps,
                               place + " says " + kind.variant +
                                   (steps ? ", " + std::to_string(*steps) + " steps" : "")};
            }
        }
    }
    return std::nullopt;
}

std::optional<Finding> distilled(const ModelDescription& d) {
    if (d.unet && d.unet->guidance_dim > 0) {
        // Its own guidance costs nothing, and wants more than that of a LoRA on other weights.
        auto kind = distilled_kinds[3];
        kind.guidance_scale = 8.0;
        return Finding{kind, {}, "the file's keys say LCM with a guidance input"};
    }
    const auto& scheduler = d.scheduler.class_name;
    if (scheduler == "LCMScheduler") return Finding{distilled_kinds[3], {}, "its scheduler is LCM's"};
    if (d.scheduler.prediction == Prediction::edm || d.scheduler.prediction == Prediction::edm_v) {
        return std::nullopt;
    }
    return distilled_by_name(d);
}

/// Transformer blocks behind every residual block on the way down, levels one after the other.
std::vector<std::int64_t> depths_of(const unet::UNetConfig& unet) {
    std::vector<std::int64_t> all;
    for (const auto& level : unet.down_depth) all.insert(all.end(), level.begin(), level.end());
    return all;
}

std::string pruned_kind(const ModelDescription& d) {
    using Depths = std::vector<std::int64_t>;
    const auto depths = depths_of(*d.unet);
    if (d.family == ModelFamily::sdxl) {
        if (depths == Depths{0, 0, 2, 2, 10, 10}) return {};
        if (depths == Depths{0, 0, 2, 2, 4, 4}) return "SSD-1B";
        if (depths == Depths{0, 0, 1, 1, 2, 2}) return "Segmind Vega";
        if (depths == Depths{0, 2, 5}) return "KOALA-700M";
        if (depths == Depths{0, 2, 6}) return "KOALA-1B";
        return "pruned";
    }
    const bool is_family_of_two = d.family == ModelFamily::sd1 || d.family == ModelFamily::sd2;
    return is_family_of_two && d.unet->layers_per_block == 1 ? "pruned" : "";
}

bool reads_picture(const unet::UNetConfig& unet) {
    return unet.in_channels == 2 * unet.out_channels;
}

std::string input_kind(const unet::UNetConfig& unet) {
    if (unet.in_channels == 2 * unet.out_channels + 1) return "inpaint";
    return reads_picture(unet) ? "instruct-pix2pix" : "";
}

}  // namespace

std::string variant_of(const ModelDescription& d) {
    std::string text;
    const auto add = [&](const std::string& word) {
        if (!word.empty()) text += (text.empty() ? "" : ", ") + word;
    };
    if (d.unet && d.family != ModelFamily::atelier) {
        add(input_kind(*d.unet));
        add(pruned_kind(d));
    }
    if (d.scheduler.prediction == Prediction::edm) add("Playground v2.5");
    if (d.scheduler.prediction == Prediction::edm_v) add("CosXL");
    if (const auto found = distilled(d); found && d.unet) add(found->kind.variant);
    return text;
}

Suggestion suggestion_for(const ModelDescription& d) {
    if (!d.unet || d.family == ModelFamily::atelier) return {};
    if (d.scheduler.prediction == Prediction::edm) {
        return {"DPM++ 2M", "Karras", 50, 3.0, "the file's keys say Playground v2.5"};
    }
    const auto found = distilled(d);
    if (!found) return {};
    const auto& kind = found->kind;
    return {kind.sampler, kind.schedule, found->steps.value_or(kind.steps), kind.guidance_scale,
            found->reason};
}

std::string limit_of(const ModelDescription& d) {
    if (!d.unet || !reads_picture(*d.unet)) return {};
    return "is an instruct-pix2pix model, whose UNet reads the picture to change in " +
           std::to_string(d.unet->in_channels) +
           " channels; this version makes no pictures with such models, choose another one";
}

}  // namespace diffusion::checkpoint
