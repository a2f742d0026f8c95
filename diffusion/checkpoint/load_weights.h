#pragma once

#include <torch/nn/module.h>
#include <torch/types.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "diffusion/checkpoint/state_dict.h"

namespace diffusion::checkpoint {

struct LoadOptions {
    std::optional<torch::Dtype> dtype;  ///< of all parameters; empty: as the file stores them
    /// Whether a parameter that was found under this name is to stay in the file, on the CPU: in its type
    /// and mapped, or, where its elements mean nothing alone (blocks, scaled), as raw bytes [1, n] that pass
    /// for an 8-bit type. For layers that have a source which makes their weight of it.
    std::function<bool(const std::string& name, const TensorEntry& entry)> stays;
    bool channels_last = false;  ///< weights of convolutions in this order, as unet/ops computes with them
    torch::Device device = torch::kCPU;
    bool check_finite = false;  ///< reads every weight; throws non_finite with the first bad key
    std::string part;           ///< "UNet", for messages
};

/// The tensors of a file against the parameters of a module.
struct Fit {
    std::vector<std::string> missing;
    std::vector<std::string> unexpected;  ///< keys that the module has no use for
    std::vector<std::string> misshapen;   ///< "<key> is [4, 4], expected [4, 9]"
};

Fit fit_of(const torch::nn::Module& module, const TensorTable& weights);

struct LoadReport {
    std::vector<std::string> unexpected;  ///< keys that the module has no use for
};

/// Makes the tensors the parameters of the module, by name. A tensor that is of the right type and on
/// the right device already is used where it lies (mapped, not copied); others are converted by all
/// threads, straight from the mapped pages, which are given back, so that the peak is the result and a
/// few pages. Shapes may differ by trailing ones only (1x1 convolution or matrix). Throws Error (unsupported_model,
/// missing_keys or shape_mismatch, with the first keys and both shapes) before anything is changed.
/// Call it outside of InferenceMode, so that the weights can be trained later.
LoadReport load_weights(torch::nn::Module& module, const TensorTable& weights,
                        const LoadOptions& options = {});
LoadReport load_weights(torch::nn::Module& module, const StateDict& weights,
                        const LoadOptions& options = {});

/// Parameters and buffers of a module under their names, as write_safetensors takes them.
StateDict state_dict_of(const torch::nn::Module& module);

}  // namespace diffusion::checkpoint
