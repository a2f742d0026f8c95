#pragma once

#include <torch/types.h>

#include <cstdint>
#include <optional>
#include <string>

namespace diffusion::pipeline {

/// Where a request is computed, and in which type.
struct Placement {
    torch::Device device = torch::kCPU;
    torch::Dtype dtype = torch::kFloat32;          ///< UNet
    torch::Dtype text_dtype = torch::kFloat32;     ///< text encoders
    torch::Dtype decoder_dtype = torch::kFloat32;  ///< autoencoder, whose 16-bit form can overflow
    /// Weights that a file has in a narrower type stay there, mapped, and are widened when they are used:
    /// half the memory for some hundredths of the time.
    bool keeps_narrow = false;

    bool operator==(const Placement&) const = default;
};

/// auto, cpu or cuda. float32 on the CPU, which has no faster type; float16 on CUDA with a float32
/// autoencoder. Throws Error (bad_request) for another name, or cuda where there is none.
Placement choose_placement(const std::string& device);

/// The placement with other types: auto, fp32, bf16 or fp16 for all parts, or a list like
/// "unet=bf16,text=fp32,vae=fp32". Throws Error (bad_request).
Placement with_precision(Placement placement, const std::string& precision);

/// The type that has room for what overflows in this one: float32, then float64; empty after that.
std::optional<torch::Dtype> wider_than(torch::Dtype dtype);

/// "fp16", as with_precision reads it.
const char* precision_name(torch::Dtype dtype);

/// The placement for a model of so many parameters: keeps_narrow on a CPU whose memory the widened weights
/// would fill by more than half.
Placement fitted(Placement placement, std::int64_t parameter_count, std::int64_t memory);

}  // namespace diffusion::pipeline
