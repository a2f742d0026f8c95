#include "diffusion/checkpoint/convert_model.h"

#include <unistd.h>

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "diffusion/checkpoint/convert_folder_impl.h"
#include "diffusion/checkpoint/diffusers_folder.h"
#include "diffusion/checkpoint/key_map.h"
#include "diffusion/checkpoint/open_table.h"
#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/checkpoint/scaled_weights.h"
#include "diffusion/checkpoint/single_file_names.h"
#include "diffusion/checkpoint/state_dict.h"
#include "diffusion/checkpoint/write_gguf.h"
#include "diffusion/error.h"

namespace diffusion::checkpoint {

namespace fs = std::filesystem;

namespace {

struct TypeName {
    const char* name;
    ElementType type;
};

constexpr std::array type_names{TypeName{"f32", ElementType::f32}, TypeName{"f16", ElementType::f16},
                                TypeName{"bf16", ElementType::bf16},
                                TypeName{"q8_0", ElementType::q8_0}};

bool is_real(ElementType type) {
    return is_quantised(type) || (type <= ElementType::f8_e8m0);
}

/// Rows of whole blocks, and no layer that the sum of a whole picture hangs on.
bool can_be_quantised(const std::string& name, const TensorEntry& entry) {
    constexpr std::array apart{"embed", "time_embed.", "label_emb.", "time_emb"};
    return entry.shape.size() >= 2 && entry.shape.back() % 32 == 0 &&
           std::none_of(apart.begin(), apart.end(), [&](const char* part) {
               return name.find(part) != std::string::npos;
           });
}

/// What a type becomes where the container has no number for it.
ElementType kept_type(const TensorEntry& entry, ModelFormat format) {
    const bool has_whole_rows =
        !is_quantised(entry.type) || entry.shape.back() % block_of(entry.type).elements == 0;
    const bool can_hold = format == ModelFormat::gguf
                              ? has_gguf_type(entry.type) && has_whole_rows
                              : !is_quantised(entry.type);
    if (can_hold && entry.scale == 1) return entry.type;
    return is_quantised(entry.type) || entry.scale != 1 ? ElementType::f32
           : is_real(entry.type)                        ? ElementType::f16
                                                        : entry.type;
}

void check_request(const ConvertRequest& request) {
    const bool is_known = request.type == "keep" ||
                          std::any_of(type_names.begin(), type_names.end(),
                                      [&](const TypeName& row) { return request.type == row.name; });
    if (!is_known || (request.type == "q8_0" && request.format != ModelFormat::gguf)) {
        throw Error(ErrorKind::bad_request,
                    "type: expected keep, f32, f16 or bf16 (or q8_0 in GGUF), found \"" +
                        request.type + "\".");
    }
    if (request.output.empty()) {
        throw Error(ErrorKind::bad_request, "output: expected a path, found nothing.");
    }
    std::error_code error;
    if (!fs::exists(fs::symlink_status(request.output, error))) return;
    if (!request.replaces) {
        throw Error(ErrorKind::bad_request,
                    request.output + ": is there already; choose another name, or --force to replace it.");
    }
    const bool is_folder = fs::is_directory(request.output, error);
    const bool is_wanted = (request.format == ModelFormat::folder) == is_folder;
    if (is_wanted && (!is_folder || fs::is_empty(request.output) || is_model_folder(request.output))) {
        return;
    }
    throw Error(ErrorKind::bad_request,
                request.output + (is_folder ? ": is a folder that holds something else than a model; "
                                              "choose another name."
                                            : ": is a file, expected a folder; choose another name."));
}

bool is_single_file(const fs::path& model) {
    return !fs::is_directory(model) && model.filename() != "model_index.json";
}

/// The file's own tensors under their own names.
std::vector<TensorSpec> own_tensors(const ConvertRequest& request, TensorTable& table) {
    const bool is_untouched = request.type == "keep" && request.format == ModelFormat::safetensors;
    // The factors of 8-bit weights stay beside them only where nothing is computed.
    if (!is_untouched) join_scales(table, request.model);
    std::vector<TensorSpec> specs;
    for (const auto& [name, entry] : table.tensors) {
        specs.push_back(spec_of(name, entry, target_type(name, entry, request.type, request.format)));
    }
    return specs;
}

TensorSpec packed(const SingleFileTensor& tensor, ElementType type) {
    if (tensor.pieces.size() == 1) return spec_of(tensor.name, tensor.pieces.front(), type);
    TensorSpec spec{tensor.name, type, tensor.pieces.front().shape, {}};
    spec.shape.at(0) *= static_cast<std::int64_t>(tensor.pieces.size());
    spec.bytes = [tensor, type] {
        std::vector<torch::Tensor> pieces;
        for (const auto& piece : tensor.pieces) {
            const auto values = spec_of(tensor.name, piece, type).bytes();
            pieces.push_back(values.contiguous().flatten().view(torch::kUInt8));
        }
        return torch::cat(pieces);
    };
    return spec;
}

std::vector<TensorSpec> renamed_tensors(const ConvertRequest& request, const ModelFiles& files) {
    std::vector<TensorSpec> specs;
    for (const auto& tensor : single_file_tensors(files)) {
        specs.push_back(packed(tensor, target_type(tensor.name, tensor.pieces.front(), request.type,
                                                   request.format)));
    }
    return specs;
}

/// What LDM's names and shapes leave open, as the programs that read single files expect it.
std::map<std::string, std::string> single_file_metadata(const ModelFiles& files) {
    auto metadata = files.description.metadata;
    metadata["modelspec.prediction_type"] = name_of(files.description.prediction());
    if (files.description.scheduler.zero_terminal_snr) metadata["ss_zero_terminal_snr"] = "True";
    return metadata;
}

/// What stands beside the file must stand in one that may lie elsewhere.
void add_side_file(const ModelDescription& description, std::map<std::string, std::string>& metadata) {
    auto side_file = description.path;
    side_file.replace_extension(".yaml");
    if (!fs::exists(side_file)) return;
    metadata["modelspec.prediction_type"] = name_of(description.prediction());
}

/// GGUF's own words say nothing in another container, and would be wrong in it.
std::map<std::string, std::string> without_gguf_words(std::map<std::string, std::string> metadata) {
    std::erase_if(metadata, [](const auto& item) {
        return item.first.rfind("general.", 0) == 0 || item.first.rfind("comfy.gguf.", 0) == 0;
    });
    return metadata;
}

/// A UNet alone is what programs with separate encoders load; they ask for its architecture.
void name_architecture(const ModelFiles& files, std::map<std::string, std::string>& metadata) {
    const auto& d = files.description;
    if (!d.unet || d.vae || d.text_encoder || d.text_encoder_2) return;
    const bool is_xl = d.family == ModelFamily::sdxl || d.family == ModelFamily::sdxl_refiner;
    if (d.family != ModelFamily::sd2) metadata["general.architecture"] = is_xl ? "sdxl" : "sd1";
}

[[noreturn]] void refuse_loss(const std::string& what) {
    throw Error(ErrorKind::bad_request, "A single file can't state this model's " + what +
                                            "; convert it to a folder.");
}

bool is_same_noise(const SchedulerConfig& a, const SchedulerConfig& b) {
    return a.prediction == b.prediction && a.zero_terminal_snr == b.zero_terminal_snr &&
           a.beta_schedule == b.beta_schedule && a.beta_start == b.beta_start &&
           a.beta_end == b.beta_end && a.train_steps == b.train_steps;
}

void check_text(const std::optional<TextEncoderPart>& before,
                const std::optional<TextEncoderPart>& after) {
    constexpr std::int64_t clip_vocabulary = 49408;
    if (before.has_value() != after.has_value()) refuse_loss("text encoder");
    if (!before) return;
    if (!(before->config == after->config)) refuse_loss("text encoder's sizes");
    if (!before->tokenizer_folder.empty() && before->config.vocab_size != clip_vocabulary) {
        refuse_loss("vocabulary");
    }
}

/// Throws where the written file would be taken for another model than the one it was made of.
void check_written(const ModelDescription& before, const ModelDescription& after) {
    if (before.family != after.family) refuse_loss("family");
    if (before.unet != after.unet) refuse_loss("UNet sizes");
    if (before.vae != after.vae) refuse_loss("VAE sizes");
    check_text(before.text_encoder, after.text_encoder);
    check_text(before.text_encoder_2, after.text_encoder_2);
    if (!is_same_noise(before.scheduler, after.scheduler)) refuse_loss("noise schedule");
}

/// A file whose family can't even be told has lost its sizes, too.
ModelDescription describe_written(const fs::path& file, const OpenOptions& options) {
    try {
        return describe_model(file, options);
    } catch (const Error&) {
        refuse_loss("sizes");
    }
}

bool write_single_file(const ConvertRequest& request, const fs::path& file,
                       const std::vector<TensorSpec>& specs,
                       const std::map<std::string, std::string>& metadata,
                       const WriteProgress& progress) {
    return request.format == ModelFormat::gguf ? write_gguf(file, specs, metadata, progress)
                                               : write_safetensors(file, specs, metadata, progress);
}

ConvertOutcome to_single_file(const ConvertRequest& request, const OpenOptions& options,
                              const WriteProgress& progress) {
    const auto files = open_model(request.model, options);
    const bool keeps_names = is_single_file(request.model);
    TensorTable own;
    std::vector<TensorSpec> specs;
    auto metadata = without_gguf_words(files.description.metadata);
    if (keeps_names) {
        own = open_table(request.model);
        specs = own_tensors(request, own);
        add_side_file(files.description, metadata);
    } else {
        specs = renamed_tensors(request, files);
        metadata = single_file_metadata(files);
    }
    if (request.format == ModelFormat::gguf) name_architecture(files, metadata);
    // Under another name until it was opened again.
    const fs::path output = request.output;
    const auto trial = output.parent_path() /
                       (output.stem().string() + ".unchecked" + std::to_string(::getpid()) +
                        output.extension().string());
    const RemovedAtEnd leftover(trial);
    if (!write_single_file(request, trial, specs, metadata, progress)) return {0, 0, true};
    if (!keeps_names) check_written(files.description, describe_written(trial, options));
    move_to(trial, output);
    return {static_cast<std::int64_t>(specs.size()), byte_count(specs), false};
}

}  // namespace

ElementType target_type(const std::string& name, const TensorEntry& entry, const std::string& type,
                        ModelFormat format) {
    const auto kept = kept_type(entry, format);
    if (type == "keep" || is_ignored_key(name) || !is_real(entry.type)) return kept;
    const auto row = std::find_if(type_names.begin(), type_names.end(),
                                  [&](const TypeName& item) { return type == item.name; });
    if (row == type_names.end()) return kept;
    if (row->type != ElementType::q8_0) return row->type;
    if (can_be_quantised(name, entry)) return ElementType::q8_0;
    return entry.shape.size() < 2 ? kept : ElementType::f16;
}

ConvertOutcome convert_model(const ConvertRequest& request, const OpenOptions& options,
                             const TokenizerWriter& write_tokenizer, const WriteProgress& progress) {
    check_request(request);
    if (request.format != ModelFormat::folder) return to_single_file(request, options, progress);
    return to_folder(request, open_model(request.model, options), write_tokenizer, progress);
}

}  // namespace diffusion::checkpoint
