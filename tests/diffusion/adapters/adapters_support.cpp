#include "tests/diffusion/adapters/adapters_support.h"

#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/model_files.h"
#include "diffusion/checkpoint/safetensors.h"

namespace adapters_test {

namespace checkpoint = diffusion::checkpoint;
using checkpoint::Part;
using checkpoint_test::data_file;

namespace {

void fill(torch::nn::Module& module, const checkpoint::TensorTable& weights) {
    checkpoint::LoadOptions options;
    options.dtype = torch::kFloat32;
    checkpoint::load_weights(module, weights, options);
}

}  // namespace

TinyModel::TinyModel(const std::string& name) {
    const std::string file = name == "sd1" ? "model.safetensors" : "model.fp16.safetensors";
    const auto files = checkpoint::open_model(data_file("tiny/" + name + "/" + file),
                                              checkpoint_test::tiny_options(name));
    family = files.description.family;
    unet = unet::UNet(files.description.unet.value());
    fill(*unet, files.unet);
    networks.push_back({Part::unet, unet.ptr()});
    const auto add = [&](Part part, const auto& described, const auto& weights) {
        if (!described) return;
        clip::TextEncoder encoder(described->config);
        fill(*encoder, weights);
        networks.push_back({part, encoder.ptr()});
        encoders.emplace(part, encoder);
    };
    add(Part::text_encoder, files.description.text_encoder, files.text_encoder);
    add(Part::text_encoder_2, files.description.text_encoder_2, files.text_encoder_2);
    inputs =
        checkpoint::read_safetensors(data_file("adapters/" + name + "/inputs_and_base.safetensors"))
            .tensors;
}

diffusion::adapters::Patch TinyModel::patch() const {
    return {networks, family};
}

torch::Tensor TinyModel::predict() {
    const unet::Conditioning conditioning{inputs["unet.context"], inputs["unet.text_embeds"],
                                          inputs["unet.time_ids"]};
    return unet(inputs.at("unet.sample"), inputs.at("unet.timestep").reshape({-1}), conditioning);
}

std::filesystem::path write(const std::filesystem::path& path, const Tensors& tensors,
                            const std::map<std::string, std::string>& metadata) {
    std::filesystem::create_directories(path.parent_path());
    checkpoint::write_safetensors(path, {tensors, metadata});
    return path;
}

}  // namespace adapters_test
