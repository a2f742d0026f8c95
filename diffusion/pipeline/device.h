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
    /// Weights that a file has in a narrower type stay there, mapped, and are widened when they are used:
    /// half the memory for some hundredths of the time.
    bool keeps_narrow = false;

    bool operator==(const Placement&) const = default;
};

/// auto, cpu or cuda. float32 on the CPU, which has no faster type; float16 on CUDA with a float32
/// autoencoder. Throws Error (bad_request) for another name, or cuda where there is none.
Placement choose_placement(const std::string& device);

/// The placement for a model of so many parameters: keeps_narrow on a CPU whose memory the widened weights
/// would fill by more than half.
Placement fitted(Placement placement, std::int64_t parameter_count, std::int64_t memory);

}  // namespace diffusion::pipeline
