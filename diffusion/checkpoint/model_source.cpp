#include "diffusion/checkpoint/model_source_impl.h"

#include <algorithm>
#include <array>

#include "diffusion/checkpoint/diffusers_folder.h"
#include "diffusion/checkpoint/file_error.h"
#include "diffusion/checkpoint/json_file.h"
#include "diffusion/checkpoint/open_table.h"
#include "diffusion/checkpoint/scaled_weights.h"
#include "diffusion/error.h"

namespace diffusion::checkpoint {

namespace fs = std::filesystem;

namespace {

using nlohmann::json;

constexpr std::array part_names{"unet", "vae", "text_encoder", "text_encoder_2"};

void add_part(Source& source, const std::string& part, const fs::path& folder) {
    auto table = open_part(folder);
    for (auto& [key, entry] : table.tensors) {
        source.table.tensors[part + "." + key] = std::move(entry);
    }
    source.table.metadata.merge(table.metadata);
    if (fs::is_regular_file(folder / "config.json")) {
        source.configs[part] = read_json_file(folder / "config.json");
    }
}

/// Which part a lone folder is, by its config.json.
std::string part_of_folder(const fs::path& folder) {
    if (!fs::is_regular_file(folder / "config.json")) return {};
    const auto config = read_json_file(folder / "config.json");
    if (!config.is_object()) return {};
    if (config.contains("architectures")) {
        const bool projects = config["architectures"].dump().find("WithProjection") !=
                              std::string::npos;
        return projects ? "text_encoder_2" : "text_encoder";
    }
    const auto class_name = config.value("_class_name", json()).dump();
    if (class_name.find("ControlNet") != std::string::npos) return control_part;
    if (class_name.find("UNet") != std::string::npos) return "unet";
    if (class_name.find("Autoencoder") != std::string::npos) return "vae";
    return {};
}

bool has_parts(const fs::path& folder) {
    return std::any_of(part_names.begin(), part_names.end(),
                       [&](const char* part) { return fs::is_directory(folder / part); });
}

Source read_folder(const fs::path& folder) {
    if (!is_model_folder(folder)) {
        throw Error(ErrorKind::missing_file,
                    folder.string() + ": is not a model folder (expected model_index.json, or unet/, "
                                      "vae/ and text_encoder/ with weights)");
    }
    Source source{folder, folder.filename().string(), {}, {}};
    const auto lone_part = part_of_folder(folder);
    if (!lone_part.empty()) {
        add_part(source, lone_part, folder);
        return source;
    }
    if (!has_parts(folder)) {
        source.table = open_part(folder);
        return source;
    }
    if (fs::is_regular_file(folder / "model_index.json")) {
        source.configs["index"] = read_json_file(folder / "model_index.json");
    }
    for (const auto* part : part_names) {
        if (fs::is_directory(folder / part)) add_part(source, part, folder / part);
    }
    const auto scheduler = folder / "scheduler" / "scheduler_config.json";
    if (fs::is_regular_file(scheduler)) source.configs["scheduler"] = read_json_file(scheduler);
    return source;
}

Source read_unchecked(const fs::path& path) {
    if (fs::is_directory(path)) return read_folder(path);
    const auto file = FileBytes::of(MappedFile::open(path));
    if (file_kind_of(file) == FileKind::json) {
        const auto document = parse_json(file.bytes, file.name);
        if (document.is_object() && document.contains("_class_name")) {
            return read_folder(fs::absolute(path).parent_path());
        }
    }
    return {path, path.filename().string(), open_table(path), {}};
}

void refuse_other_gguf(const Source& source) {
    const auto found = source.table.metadata.find("general.architecture");
    if (found == source.table.metadata.end()) return;
    for (const auto* known : {"sd1", "sd2", "sdxl", "pig", "stable-diffusion"}) {
        if (found->second == known) return;
    }
    throw file_error(ErrorReason::unsupported_architecture, source.name,
                     "is a model of the architecture \"" + found->second +
                         "\"; supported are Stable Diffusion 1, 2 and XL");
}

}  // namespace

Source read_source(const fs::path& path) {
    auto source = read_unchecked(path);
    refuse_other_gguf(source);
    join_scales(source.table, source.name);
    return source;
}

}  // namespace diffusion::checkpoint
