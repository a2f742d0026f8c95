#include <unistd.h>

#include <nlohmann/json.hpp>

#include "diffusion/checkpoint/convert_folder_impl.h"
#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/checkpoint/write_config.h"
#include "diffusion/error.h"

namespace diffusion::checkpoint {

namespace fs = std::filesystem;

namespace {

/// One part of the folder: its weights' file and the configuration beside it.
struct PartFolder {
    std::string name;
    std::string stem;
    const TensorTable& weights;
    nlohmann::ordered_json config;
};

std::int64_t factor_of(const ModelDescription& description) {
    constexpr std::int64_t usual = 8;
    if (!description.vae) return usual;
    if (const auto* patch = std::get_if<vae::PatchConfig>(&*description.vae)) return patch->factor;
    const auto* vae = std::get_if<vae::AutoencoderConfig>(&*description.vae);
    return vae ? vae->factor() : usual;
}

std::vector<PartFolder> parts_of(const ModelFiles& files) {
    const auto& d = files.description;
    std::vector<PartFolder> parts;
    if (d.unet) {
        parts.push_back({"unet", "diffusion_pytorch_model", files.unet,
                         config_json_of(*d.unet, d.native_size / factor_of(d))});
    }
    if (d.vae) {
        parts.push_back({"vae", "diffusion_pytorch_model", files.vae,
                         config_json_of(*d.vae, d.native_size)});
    }
    if (d.text_encoder) {
        parts.push_back({"text_encoder", "model", files.text_encoder,
                         config_json_of(d.text_encoder->config)});
    }
    if (d.text_encoder_2) {
        parts.push_back({"text_encoder_2", "model", files.text_encoder_2,
                         config_json_of(d.text_encoder_2->config)});
    }
    return parts;
}

std::vector<TensorSpec> specs_of(const PartFolder& part, const ConvertRequest& request) {
    std::vector<TensorSpec> specs;
    for (const auto& [key, entry] : part.weights.tensors) {
        specs.push_back(spec_of(key, entry, target_type(key, entry, request.type, request.format)));
    }
    return specs;
}

void write_json(const fs::path& file, const nlohmann::ordered_json& json) {
    write_text_file(file, json.dump(2) + "\n");
}

void make_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        throw Error(ErrorKind::cannot_write, folder.string() + ": can't be made: " + error.message());
    }
}

void write_vocabulary(const std::optional<TextEncoderPart>& part, const fs::path& folder,
                      const TokenizerWriter& write_tokenizer) {
    if (!part) return;
    if (part->tokenizer_folder.empty()) {
        if (write_tokenizer) write_tokenizer(folder, part->config);
        return;
    }
    make_folder(folder);
    for (const char* name :
         {"vocab.json", "merges.txt", "special_tokens_map.json", "tokenizer_config.json"}) {
        std::error_code error;
        const auto source = part->tokenizer_folder / name;
        if (!fs::exists(source, error)) continue;
        if (!fs::copy_file(source, folder / name, error)) {
            throw Error(ErrorKind::cannot_write,
                        (folder / name).string() + ": can't be written: " + error.message());
        }
    }
}

/// False if progress stopped it.
bool write_parts(const fs::path& folder, const std::vector<PartFolder>& parts,
                 const ConvertRequest& request, ConvertOutcome& outcome,
                 const WriteProgress& progress) {
    std::uint64_t total = 0;
    for (const auto& part : parts) total += byte_count(specs_of(part, request));
    for (const auto& part : parts) {
        make_folder(folder / part.name);
        write_json(folder / part.name / "config.json", part.config);
        const auto specs = specs_of(part, request);
        const auto before = outcome.bytes;
        const bool is_whole = write_safetensors(
            folder / part.name / (part.stem + ".safetensors"), specs, {{"format", "pt"}},
            [&](std::uint64_t done, std::uint64_t) { return !progress || progress(before + done, total); });
        if (!is_whole) return false;
        outcome.tensor_count += static_cast<std::int64_t>(specs.size());
        outcome.bytes += byte_count(specs);
    }
    return true;
}

}  // namespace

RemovedAtEnd::~RemovedAtEnd() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

void move_to(const fs::path& written, const fs::path& name) {
    std::error_code error;
    const bool is_folder = fs::is_directory(name, error);
    error.clear();
    auto old = name;
    old += ".old" + std::to_string(::getpid());
    if (is_folder) fs::rename(name, old, error);
    const bool is_aside = is_folder && !error;
    if (!error) fs::rename(written, name, error);
    if (!error) {
        if (is_aside) fs::remove_all(old, error);
        return;
    }
    const auto why = error.message();
    if (is_aside) fs::rename(old, name, error);
    throw Error(ErrorKind::cannot_write, name.string() + ": can't be written: " + why);
}

ConvertOutcome to_folder(const ConvertRequest& request, const ModelFiles& files,
                         const TokenizerWriter& write_tokenizer, const WriteProgress& progress) {
    const auto& d = files.description;
    const auto parts = parts_of(files);
    auto output = fs::absolute(request.output).lexically_normal();
    if (!output.has_filename()) output = output.parent_path();
    auto folder = output;
    folder += ".part" + std::to_string(::getpid());
    const RemovedAtEnd leftover(folder);
    make_folder(folder);
    ConvertOutcome outcome;
    if (!write_parts(folder, parts, request, outcome, progress)) return {0, 0, true};
    write_vocabulary(d.text_encoder, folder / "tokenizer", write_tokenizer);
    write_vocabulary(d.text_encoder_2, folder / "tokenizer_2", write_tokenizer);
    make_folder(folder / "scheduler");
    write_json(folder / "scheduler" / "scheduler_config.json", config_json_of(d.scheduler));
    write_json(folder / "model_index.json", model_index_of(d));
    move_to(folder, output);
    return outcome;
}

}  // namespace diffusion::checkpoint
