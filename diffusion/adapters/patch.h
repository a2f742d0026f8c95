#pragma once

// Adapters on the networks of a loaded model. The weights that they touch are replaced, never
// changed: the originals stay where they are (often in the mapped file) and are put back by their
// handles, so that a model without adapters is the model that was loaded, bit for bit, and taking
// one off costs nothing.

#include "diffusion/adapters/delta.h"
#include "diffusion/adapters/module_names.h"

#include <torch/nn/module.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace diffusion::adapters {

/// An adapter and how strongly it acts; a strength may be negative or above 1.
struct AdapterUse {
    std::filesystem::path file;
    double unet = 1.0;
    double text_encoder = 1.0;
    std::optional<int> rank;  ///< LoRA's rows that count; empty: all

    bool operator==(const AdapterUse&) const = default;
};

/// Files by name, size and time, and their strengths: another text means another model.
std::string identity_of(const std::vector<AdapterUse>& uses);

struct Network {
    checkpoint::Part part = checkpoint::Part::unet;
    std::shared_ptr<torch::nn::Module> module;
};

/// A tensor that differs from the one that was loaded.
struct ChangedTensor {
    checkpoint::Part part;
    std::string key;  ///< canonical
    torch::Tensor original;
    torch::Tensor patched;
};

class Patch {
public:
    /// text encoders in their order; family: for messages; kept: the type of changed weights, empty for
    /// the one that each had (a half where that was of 8 bits or less).
    Patch(std::vector<Network> networks, checkpoint::ModelFamily family, std::optional<torch::Dtype> kept = {});

    /// Makes every weight W + sum of strength * delta(W), computed in float32. The list that is
    /// applied already costs nothing. Throws Error (missing_file, corrupt_file, unsupported_model)
    /// and leaves the originals in place where a file is of another kind, of another family or
    /// doesn't fit. Call it outside of InferenceMode if the weights are to be trained.
    void apply(const std::vector<AdapterUse>& uses);

    /// What is applied.
    const std::vector<AdapterUse>& uses() const { return uses_; }

    /// A sentence for each adapter whose layers are not all in the model; of the list that is
    /// applied.
    const std::vector<std::string>& warnings() const { return warnings_; }

    /// What apply left, in no particular order.
    std::vector<ChangedTensor> changed() const;

private:
    struct Step {
        const FactorEntries* factors;
        FactorSource source;
        double strength;
        std::optional<int> rank;
    };
    struct RestoreUnlessDone;
    using Plan = std::map<ModuleName, std::vector<Step>>;

    void read_names();
    void collect(const AdapterFile& adapter, const AdapterUse& use, Plan& plan);
    void apply_steps(const ModuleName& module, const std::vector<Step>& steps);
    void replace(const ModuleName& module, const std::string& kind, const torch::Tensor& value);
    torch::Tensor parameter(const ModuleName& module, const std::string& kind) const;
    torch::Tensor weight_of(const ModuleName& module) const;
    void restore();

    std::vector<Network> networks_;
    checkpoint::ModelFamily family_;
    std::optional<torch::Dtype> kept_;
    ModuleNames names_;
    std::map<ModuleName, torch::Tensor> parameters_;  // by part and key
    std::map<ModuleName, std::shared_ptr<torch::nn::Module>> modules_;
    std::map<ModuleName, torch::Tensor> originals_;   // of those that are replaced now
    std::string applied_;
    std::vector<AdapterUse> uses_;
    std::vector<std::string> warnings_;
};

}  // namespace diffusion::adapters
