#pragma once

// What an adapter's factors do to the weight of their layer, in float32. Formulas: LoRA (Hu et al.
// 2021), LoHa and LoKr (LyCORIS, Yeh et al. 2023), DoRA (Liu et al. 2024), OFT (Qiu et al. 2023),
// BOFT (Liu et al. 2023), IA3 (Liu et al. 2022), GLoRA (Chavan et al. 2023).

#include "diffusion/adapters/adapter_file.h"

#include <torch/types.h>

#include <map>
#include <optional>
#include <string>

namespace diffusion::adapters {

struct Factor {
    std::string key;  ///< in the file, for messages
    torch::Tensor value;
};

/// Whose factors they are, for messages.
struct FactorSource {
    std::string file;
    std::string hint;  ///< what to say behind a misfit: " It was made for SDXL ..."; may be empty
};

/// The factors of one module, read: float32 on the device of the weight.
class Factors {
public:
    Factors(const FactorEntries& entries, FactorSource source, const torch::Device& device);

    bool has(const std::string& name) const { return factors_.contains(name); }

    /// Throws Error (unsupported_model) naming the file where the factor is absent.
    const Factor& get(const std::string& name) const;

    const torch::Tensor& operator[](const std::string& name) const { return get(name).value; }

    /// The value of "alpha" and the like. Throws Error (corrupt_file) if it is not one number.
    std::optional<double> number(const std::string& name) const;

    /// Throws Error (unsupported_model, shape_mismatch): "file: tensor KEY is [4, 320], expected
    /// ...".
    [[noreturn]] void misfit(const std::string& name, const std::string& expected) const;

private:
    FactorSource source_;
    std::map<std::string, Factor> factors_;
};

/// The layer as it is without adapters; float32. bias is undefined where it has none.
struct Layer {
    torch::Tensor weight;
    torch::Tensor bias;
};

/// What is added to the layer at strength 1, of the layer's own shapes; undefined: nothing. rank
/// truncates a LoRA to its first rows (its scale stays). DoRA's norm is that of W + delta. Throws
/// Error (unsupported_model) naming file and key where the factors don't fit the layer.
Layer delta_of(const Factors& factors, const Layer& layer, std::optional<int> rank = std::nullopt);

}  // namespace diffusion::adapters
