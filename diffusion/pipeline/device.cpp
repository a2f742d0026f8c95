#include "diffusion/pipeline/device.h"

#include <torch/cuda.h>

#include <sstream>

#include "diffusion/error.h"

namespace diffusion::pipeline {

namespace {

std::optional<torch::Dtype> type_of(const std::string& name) {
    if (name == "fp32") return torch::kFloat32;
    if (name == "bf16") return torch::kBFloat16;
    if (name == "fp16") return torch::kFloat16;
    return std::nullopt;
}

}  // namespace

Placement choose_placement(const std::string& device) {
    const bool has_cuda = torch::cuda::is_available();
    if (device == "cpu" || (device == "auto" && !has_cuda)) return {};
    if (device == "cuda" && !has_cuda) {
        throw Error(ErrorKind::bad_request,
                    "device: found \"cuda\", but this computer has no CUDA device that LibTorch can "
                    "use; choose cpu or auto.");
    }
    if (device == "cuda" || device == "auto") {
        return {torch::Device(torch::kCUDA, 0), torch::kFloat16, torch::kFloat16, torch::kFloat32};
    }
    throw Error(ErrorKind::bad_request,
                "device: expected auto, cpu or cuda, found \"" + device + "\".");
}

Placement with_precision(Placement placement, const std::string& precision) {
    std::istringstream list(precision);
    std::string item;
    while (std::getline(list, item, ',')) {
        const auto equals = item.find('=');
        const auto part = equals == std::string::npos ? std::string() : item.substr(0, equals);
        const auto name = equals == std::string::npos ? item : item.substr(equals + 1);
        const auto type = type_of(name);
        if ((!type && name != "auto") || (!part.empty() && part != "unet" && part != "text" && part != "vae"))
            throw Error(ErrorKind::bad_request,
                        "precision: expected auto, fp32, bf16 or fp16, or a list like "
                        "unet=bf16,text=fp32,vae=fp32, found \"" + precision + "\".");
        if (!type) continue;
        if (part.empty() || part == "unet") placement.dtype = *type;
        if (part.empty() || part == "text") placement.text_dtype = *type;
        if (part.empty() || part == "vae") placement.decoder_dtype = *type;
    }
    return placement;
}

std::optional<torch::Dtype> wider_than(torch::Dtype dtype) {
    if (dtype == torch::kFloat32) return torch::kFloat64;
    if (dtype == torch::kFloat64) return std::nullopt;
    return torch::kFloat32;
}

const char* precision_name(torch::Dtype dtype) {
    switch (dtype) {
        case torch::kFloat16: return "fp16";
        case torch::kBFloat16: return "bf16";
        case torch::kFloat64: return "fp64";
        default: return "fp32";
    }
}

Placement fitted(Placement placement, std::int64_t parameter_count, std::int64_t memory) {
    const auto widened = parameter_count * static_cast<std::int64_t>(torch::elementSize(placement.dtype));
    if (placement.device.is_cpu() && memory > 0 && widened > memory / 2) placement.keeps_narrow = true;
    return placement;
}

}  // namespace diffusion::pipeline
