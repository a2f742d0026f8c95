#pragma once

#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::checkpoint {

/// Networks that enlarge pictures, told by their keys.
enum class UpscalerKind { rrdb, compact, swin };

/// The weights of an upscaler file under canonical names. RRDB networks come in three namings: that of
/// the first ESRGAN (numbered layers), BSRGAN's, and Real-ESRGAN's, which is the canonical one.
struct UpscalerTensors {
    UpscalerKind kind = UpscalerKind::rrdb;
    TensorTable weights;
};

/// Throws Error (unsupported_architecture) where the keys are of none of these networks.
UpscalerTensors upscaler_tensors(const TensorTable& file, const std::string& name);

}  // namespace diffusion::checkpoint
