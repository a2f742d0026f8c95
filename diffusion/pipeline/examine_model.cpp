#include "diffusion/pipeline/examine_model.h"

#include <algorithm>

#include "clip/text_encoder.h"
#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/open_table.h"
#include "diffusion/checkpoint/part_files.h"
#include "diffusion/pipeline/models.h"
#include "unet/unet.h"

namespace diffusion::pipeline {

namespace fs = std::filesystem;

namespace {

using checkpoint::ModelFamily;
using checkpoint::TensorTable;

std::string precision_of(const TensorTable& table) {
    std::map<checkpoint::ElementType, std::int64_t> counts;
    for (const auto& [key, entry] : table.tensors) counts[entry.type] += entry.element_count();
    const auto most = std::max_element(counts.begin(), counts.end(), [](auto& a, auto& b) {
        return a.second < b.second;
    });
    return most == counts.end() ? std::string() : checkpoint::name_of(most->first);
}

PartReport report_of(const std::string& name, const torch::nn::Module& module,
                     const TensorTable& table) {
    auto fit = checkpoint::fit_of(module, table);
    PartReport report{name, 0, precision_of(table), std::move(fit.missing), std::move(fit.unexpected),
                      std::move(fit.misshapen)};
    for (const auto& [key, entry] : table.tensors) report.parameter_count += entry.element_count();
    return report;
}

}  // namespace

std::string absent_parts(const checkpoint::ModelDescription& d) {
    const bool has_two = d.family == ModelFamily::sdxl;
    const bool has_second_only = d.family == ModelFamily::sdxl_refiner;
    std::string text;
    const auto add = [&](bool is_absent, const char* part) {
        if (is_absent) text += (text.empty() ? "" : ", ") + std::string(part);
    };
    add(!d.unet, "UNet");
    add(!has_second_only && !d.text_encoder, "text encoder");
    add((has_two || has_second_only) && !d.text_encoder_2, "second text encoder");
    add(!d.vae && checkpoint::vae_beside(d.path).empty(), "VAE");
    return text;
}

std::vector<PartReport> examine_parts(const checkpoint::ModelFiles& files) {
    const auto& d = files.description;
    std::vector<PartReport> parts;
    // The modules' weights are never touched, so that they take no memory.
    if (d.unet) parts.push_back(report_of("unet", *unet::UNet(*d.unet), files.unet));
    if (d.vae) {
        const auto codec = make_codec(*d.vae);
        parts.push_back(report_of("vae", *codec, files.vae));
    }
    if (d.text_encoder) {
        parts.push_back(report_of("text_encoder", *clip::TextEncoder(d.text_encoder->config),
                                  files.text_encoder));
    }
    if (d.text_encoder_2) {
        parts.push_back(report_of("text_encoder_2", *clip::TextEncoder(d.text_encoder_2->config),
                                  files.text_encoder_2));
    }
    return parts;
}

std::pair<std::string, std::uint64_t> format_of(const fs::path& model) {
    std::error_code error;
    auto folder = model.filename() == "model_index.json" ? fs::absolute(model).parent_path() : model;
    if (fs::is_directory(folder, error)) {
        std::uint64_t bytes = 0;
        for (fs::recursive_directory_iterator i(folder, error), end; i != end; i.increment(error)) {
            if (error) break;
            if (i->is_regular_file(error)) bytes += i->file_size(error);
        }
        return {"folder", bytes};
    }
    const auto file = checkpoint::FileBytes::of(checkpoint::MappedFile::open(model));
    switch (checkpoint::file_kind_of(file)) {
        case checkpoint::FileKind::safetensors: return {"safetensors", file.bytes.size()};
        case checkpoint::FileKind::gguf: return {"GGUF", file.bytes.size()};
        case checkpoint::FileKind::torch_zip:
        case checkpoint::FileKind::torch_legacy: return {"PyTorch", file.bytes.size()};
        case checkpoint::FileKind::json: break;
    }
    return {"index of shards", file.bytes.size()};
}

}  // namespace diffusion::pipeline
