#pragma once

// Networks that enlarge a finished picture. Which one a file holds, and every dimension of it, is read
// off its keys and shapes; names and prefixes of the file say nothing.

#include <torch/nn/module.h>
#include <torch/types.h>

#include <filesystem>
#include <memory>

namespace diffusion::upscale {

class Upscaler : public torch::nn::Module {
public:
    using torch::nn::Module::Module;

    /// Pixels of a side that one pixel becomes.
    virtual int64_t scale() const = 0;
    /// pixels [B, 3, H, W] in 0 ... 1 -> [B, 3, H * scale, W * scale], not clamped.
    virtual torch::Tensor forward(const torch::Tensor& pixels) = 0;
};

/// Throws Error: missing_file, corrupt_file or unsupported_model.
std::shared_ptr<Upscaler> load_upscaler(const std::filesystem::path& path, torch::Device device = torch::kCPU);

/// pixels, mirrored beyond the right and lower edge to multiples of a number.
torch::Tensor mirrored_to_multiple(const torch::Tensor& pixels, int64_t multiple);

}  // namespace diffusion::upscale
