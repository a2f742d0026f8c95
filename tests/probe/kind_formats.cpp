#include <iostream>

#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/model_files.h"
#include "diffusion/checkpoint/open_table.h"
#include "tests/probe/probe.h"
#include "tests/probe/tiny_models.h"
#include "unet/unet.h"

namespace probe {

namespace {

using diffusion::checkpoint::open_model;
using diffusion::checkpoint::open_table;
using diffusion::checkpoint::to_tensor;

std::filesystem::path file_of(const Options& options, const std::string& name) {
    return options.in / "formats" / name;
}

Tensors all_tensors(const Options& options, const std::string& name, bool as_float,
                    const std::string& prefix = "") {
    Tensors tensors;
    for (const auto& [key, entry] : open_table(file_of(options, name)).tensors) {
        auto tensor = to_tensor(entry);
        if (as_float) tensor = tensor.to(torch::kFloat32);
        tensors[prefix + key] = tensor.contiguous();
    }
    return tensors;
}

Tensors as_stored(const Options& options, const std::string& name) {
    return all_tensors(options, name, false);
}

Tensors as_float(const Options& options, const std::string& name) {
    return all_tensors(options, name, true);
}

/// The tiny UNet of SD 1 from a quantised file: its output and its tensors.
Tensors quantised_unet(const Options& options, const std::string& name) {
    const auto files = open_model(file_of(options, name), tiny_options(options, "sd1"));
    unet::UNet unet(files.description.unet.value());
    diffusion::checkpoint::LoadOptions load;
    load.dtype = torch::kFloat32;
    load.part = "UNet";
    load_weights(*unet, files.unet, load);
    const auto stem = name.substr(0, name.rfind('.'));
    const auto inputs = read_tensors(options, "formats/" + stem + ".vectors.safetensors");
    auto tensors = all_tensors(options, name, true, "dequantised.");
    tensors["out"] = unet(inputs.at("sample"), inputs.at("timestep").reshape({-1}),
                          unet::Conditioning{inputs.at("context"), {}, {}})
                         .contiguous();
    return tensors;
}

struct File {
    const char* name;
    Tensors (*read)(const Options&, const std::string&);
};

constexpr File files[] = {
    {"unet_q8_0_f16.gguf", quantised_unet},
    {"unet_mixed_comfy.gguf", quantised_unet},
    {"quant_blocks.gguf", as_float},
    {"dtypes.safetensors", as_float},
    {"bit_patterns.safetensors", as_float},
    {"unaligned.safetensors", as_stored},
    {"mixed.legacy.pt", as_stored},
    {"mixed.zip.ckpt", as_stored},
    {"protocol4.zip.pt", as_stored},
    {"protocol5.zip.pt", as_stored},
    {"mixed.rezipped_deflate.ckpt", as_stored},
};

}  // namespace

Counts run_formats(const Options& options) {
    const torch::InferenceMode inference;
    Counts counts;
    auto errors = nlohmann::ordered_json::object();
    for (const auto& file : files) {
        if (!options.wants(file.name) || !std::filesystem::exists(file_of(options, file.name))) {
            continue;
        }
        try {
            write_tensors(options, std::string("formats/") + file.name + ".out.safetensors",
                          file.read(options, file.name));
            ++counts.computed;
        } catch (...) {
            errors[file.name] = current_error();
            std::cerr << file.name << ": " << errors[file.name].dump() << '\n';
            ++counts.failed;
        }
    }
    if (!errors.empty()) write_json(options, "formats/errors.json", errors);
    return counts;
}

}  // namespace probe
