#pragma once

// How much memory the networks' inner tensors take: their operations are gone through in order, every
// result is counted from the operation that makes it to the last one that reads it.

#include <cstdint>

#include "diffusion/checkpoint/model_files.h"

namespace diffusion::pipeline {

struct Workload {
    std::int64_t batch = 1;   ///< pictures times texts
    std::int64_t height = 0;  ///< latent pixels
    std::int64_t width = 0;
    std::int64_t tokens = 77;        ///< of a text
    std::int64_t element_bytes = 4;  ///< of the type computed in
    /// Weights are widened for each call.
    bool narrow_weights = false;
    /// Positions that a transformer block works on at once; 0: all.
    std::int64_t slice = 0;
};

/// Peak bytes of one call of the UNet beside its weights.
std::int64_t unet_memory(const unet::UNetConfig& config, const Workload& work);

/// Peak bytes of decoding or encoding the latent that the workload describes.
std::int64_t decoder_memory(const checkpoint::VaeConfig& config, const Workload& work);
std::int64_t encoder_memory(const checkpoint::VaeConfig& config, const Workload& work);

/// Peak bytes of encoding a text.
std::int64_t text_memory(const clip::TextEncoderConfig& config, const Workload& work);

}  // namespace diffusion::pipeline
