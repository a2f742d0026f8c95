#include "diffusion/pipeline/device.h"

#include <torch/cuda.h>

#include "diffusion/error.h"

namespace diffusion::pipeline {

Placement choose_placement(const std::string& device) {
    const bool has_cuda = torch::cuda::is_available();
    if (device == "cpu" || (device == "auto" && !has_cuda)) return {};
    if (device == "cuda" && !has_cuda) {
        throw Error(ErrorKind::bad_request,
                    "device: found \"cuda\", but this computer has no CUDA device that LibTorch can "
                    "use; choose cpu or auto.");
    }
    if (device == "cuda" || device == "auto") {
        return {torch::Device(torch::kCUDA, 0), torch::kFloat16, torch::kFloat32};
    }
    throw Error(ErrorKind::bad_request,
                "device: expected auto, cpu or cuda, found \"" + device + "\".");
}

Placement fitted(Placement placement, std::int64_t parameter_count, std::int64_t memory) {
    const auto widened = parameter_count * static_cast<std::int64_t>(torch::elementSize(placement.dtype));
    if (placement.device.is_cpu() && memory > 0 && widened > memory / 2) placement.keeps_narrow = true;
    return placement;
}

}  // namespace diffusion::pipeline
