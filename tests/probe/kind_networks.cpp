#include <iostream>
#include <set>

#include "clip/text_encoder.h"
#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/model_files.h"
#include "tests/probe/probe.h"
#include "tests/probe/tiny_models.h"
#include "unet/unet.h"
#include "vae/autoencoder.h"

namespace probe {

namespace {

using diffusion::checkpoint::load_weights;
using diffusion::checkpoint::LoadOptions;
using diffusion::checkpoint::ModelFiles;
using diffusion::checkpoint::TensorTable;
using diffusion::checkpoint::TextEncoderPart;

struct Model {
    const char* family;
    const char* file;
};

constexpr Model models[] = {
    {"sd1", "model.safetensors"},
    {"sd1", "model.fp16.legacy.pt"},
    {"sd1", "diffusers"},
    {"sd1", "variants/old_clip_names_ema_no_vae.safetensors"},
    {"sd1", "variants/unet_only_no_prefix.safetensors"},
    {"sd1", "variants/vae_only.vae.pt"},
    {"sd1", "variants/text_encoder_flat_names.safetensors"},
    {"sd1-inpaint", "model.fp16.safetensors"},
    {"sd1-inpaint", "diffusers/unet"},
    {"sd2-v", "model.fp16.ckpt"},
    {"sd2-v", "diffusers"},
    {"sdxl", "model.fp16.safetensors"},
    {"sdxl", "diffusers"},
    {"sdxl-refiner", "model.fp16.safetensors"},
};

class Run {
public:
    Run(const Options& options, Tensors inputs)
        : device_(options.device), inputs_(std::move(inputs)) {}

    void text(const std::string& name, const std::optional<TextEncoderPart>& part,
              const TensorTable& weights) {
        const auto ids = inputs_.find(name + ".ids");
        if (!part || ids == inputs_.end()) return;
        clip::TextEncoder encoder(part->config);
        fill(*encoder, weights, "text encoder");
        const auto output = encoder(ids->second.to(device_));
        const auto layers = output.hidden.size() - 1;
        for (size_t i = 0; i <= layers; ++i) {
            put(name + ".hidden." + std::to_string(i), output.hidden[i]);
        }
        put(name + ".last", output.last);
        put(name + ".penultimate_ln", encoder->final_layer_norm(output.hidden[layers - 1]));
        if (part->config.projection_dim > 0) put(name + ".pooled", output.pooled);
        if (name == "te") put(name + ".pooler", output.pooled);
    }

    void unet(const ModelFiles& files) {
        if (!files.description.unet) return;
        unet::UNet unet(*files.description.unet);
        fill(*unet, files.unet, "UNet");
        for (const auto& name : cases("unet.", ".sample")) {
            const unet::Conditioning conditioning{input(name + ".context"),
                                                  input(name + ".text_embeds"),
                                                  input(name + ".time_ids")};
            const bool is_tapped = name == "unet.t981";
            const auto tap = [&](std::string_view inner, const torch::Tensor& value) {
                if (is_tapped) put(name + ".act." + std::string(inner), value);
            };
            put(name + ".out",
                unet(input(name + ".sample"), input(name + ".timestep").reshape({-1}), conditioning,
                     nullptr, is_tapped ? unet::Tap(tap) : unet::Tap()));
        }
    }

    void vae(const ModelFiles& files) {
        if (!files.description.vae) return;
        const auto& config = std::get<vae::AutoencoderConfig>(*files.description.vae);
        vae::Autoencoder autoencoder(config);
        fill(*autoencoder, files.vae, "autoencoder");
        for (const auto& name : cases("vae.", ".image")) {
            const auto moments = autoencoder->encode(input(name + ".image"));
            put(name + ".mean", moments.mean);
            put(name + ".logvar", moments.logvar);
            put(name + ".scaled_mode", moments.mean * config.scaling_factor);
            put(name + ".decoded", autoencoder->decode(input(name + ".latent")));
        }
    }

    const Tensors& outputs() const { return outputs_; }

private:
    void fill(torch::nn::Module& module, const TensorTable& weights, const std::string& part) {
        LoadOptions load;
        load.dtype = torch::kFloat32;
        load.device = device_;
        load.part = part;
        load_weights(module, weights, load);
    }

    torch::Tensor input(const std::string& name) const {
        const auto found = inputs_.find(name);
        return found == inputs_.end() ? torch::Tensor() : found->second.to(device_);
    }

    /// "unet.t981" of every input "unet.t981.sample".
    std::set<std::string> cases(const std::string& start, const std::string& end) const {
        std::set<std::string> names;
        for (const auto& [name, tensor] : inputs_) {
            const bool fits = name.rfind(start, 0) == 0 && name.size() > end.size() &&
                              name.compare(name.size() - end.size(), end.size(), end) == 0;
            if (fits) names.insert(name.substr(0, name.size() - end.size()));
        }
        return names;
    }

    void put(const std::string& name, const torch::Tensor& value) {
        outputs_[name] = value.to(torch::kCPU).contiguous();
    }

    torch::Device device_;
    Tensors inputs_;
    Tensors outputs_;
};

void run_model(const Options& options, const Model& model) {
    const std::string folder = std::string("tiny/") + model.family;
    const auto files = diffusion::checkpoint::open_model(options.in / folder / model.file,
                                                         tiny_options(options, model.family));
    Run run(options, read_tensors(options, folder + "/vectors.safetensors"));
    run.text("te", files.description.text_encoder, files.text_encoder);
    run.text("te2", files.description.text_encoder_2, files.text_encoder_2);
    run.unet(files);
    run.vae(files);
    write_tensors(options, folder + "/" + model.file + ".out.safetensors", run.outputs());
}

}  // namespace

Counts run_networks(const Options& options) {
    const torch::InferenceMode inference;
    Counts counts;
    auto errors = nlohmann::ordered_json::object();
    for (const auto& model : models) {
        const auto name = std::string(model.family) + "/" + model.file;
        if (!std::filesystem::exists(options.in / "tiny" / name) || !options.wants(name)) continue;
        try {
            run_model(options, model);
            ++counts.computed;
        } catch (...) {
            errors[name] = current_error();
            std::cerr << name << ": " << errors[name].dump() << '\n';
            ++counts.failed;
        }
    }
    if (!errors.empty()) write_json(options, "tiny/errors.json", errors);
    return counts;
}

}  // namespace probe
