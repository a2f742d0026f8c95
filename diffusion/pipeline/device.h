#pragma once

#include <torch/types.h>

#include <cstdint>
#include <string>

namespace diffusion::pipeline {

/// Where a request is computed, and in which type.
struct Placement {
    torch::Device device = torch::kCPU;
    torch::Dtype dtype = torch::kFloat32;          ///< UNet and text encoders
    torch::Dtype decoder_dtype = torch::kFloat32;  ///< autoencoder, whose 16-bit form can overflow

    bool operator==(const Placement&) const = default;
};

/// auto, cpu or cuda. float32 on the CPU, which has no faster type; float16 on CUDA with a float32
/// autoencoder. Throws Error (bad_request) for another name, or cuda where there is none.
Placement choose_placement(const std::string& device);

/// Memory of this machine in bytes; 0 if the system does not say.
std::int64_t physical_memory();

}  // namespace diffusion::pipeline
