#pragma once

#include "clip/text_encoder.h"
#include "diffusion/adapters/patch.h"
#include "diffusion/error.h"
#include "tests/diffusion/checkpoint/checkpoint_support.h"
#include "unet/unet.h"

#include <torch/nn/module.h>
#include <torch/types.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace adapters_test {

using Tensors = std::map<std::string, torch::Tensor>;

/// The networks of tests/data/tiny/<family>, in float32.
struct TinyModel {
    explicit TinyModel(const std::string& family);

    diffusion::adapters::Patch patch() const;
    /// UNet on the inputs of tests/data/adapters/<family>.
    torch::Tensor predict();

    diffusion::checkpoint::ModelFamily family;
    unet::UNet unet{nullptr};
    std::map<diffusion::checkpoint::Part, clip::TextEncoder> encoders;
    std::vector<diffusion::adapters::Network> networks;
    Tensors inputs;
};

/// Writes a safetensors file and gives its path back.
std::filesystem::path write(const std::filesystem::path& path, const Tensors& tensors,
                            const std::map<std::string, std::string>& metadata = {});

/// The message of the Error that work throws; "" if it throws none.
template <typename Work>
std::string refusal_of(Work&& work) {
    try {
        work();
        return "";
    } catch (const diffusion::Error& error) {
        return error.what();
    }
}

}  // namespace adapters_test
