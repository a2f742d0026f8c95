#include "diffusion/adapters/patch.h"

#include "diffusion/checkpoint/file_error.h"
#include "unet/ops/layers.h"

#include <torch/utils.h>

#include <sstream>
#include <system_error>

namespace diffusion::adapters {

namespace {

using checkpoint::ModelFamily;
using checkpoint::Part;

const char* shown(ModelFamily family) {
    switch (family) {
        case ModelFamily::sd1:
            return "Stable Diffusion 1";
        case ModelFamily::sd2:
            return "Stable Diffusion 2";
        case ModelFamily::sdxl:
            return "SDXL";
        case ModelFamily::sdxl_refiner:
            return "the SDXL refiner";
        case ModelFamily::atelier:
            break;
    }
    return "Atelier's own model";
}

/// Sums of small changes need more than 8 bits.
torch::Dtype kept_type(const torch::Tensor& original) {
    return original.element_size() >= 2 ? original.scalar_type() : torch::kFloat16;
}

/// In the memory order of the original (convolutions may be channels-last), if that has a shape.
torch::Tensor as_original(const torch::Tensor& value, const torch::Tensor& original, torch::Dtype type) {
    if (value.sizes() != original.sizes()) return value.to(type);
    if (value.scalar_type() == type && value.strides() == original.strides()) return value;
    return torch::empty_like(original, original.options().dtype(type)).copy_(value);
}

/// " It was made for SDXL, the model is Stable Diffusion 1." where the file tells so; else "".
std::string other_family(const AdapterFile& adapter, ModelFamily model) {
    const auto family = family_of(adapter);
    if (!family || *family == model) return {};
    return std::string(" It was made for ") + shown(*family) + ", and the model is " +
           shown(model) + ".";
}

}  // namespace

std::string identity_of(const std::vector<AdapterUse>& uses) {
    std::ostringstream text;
    text.precision(17);
    for (const auto& use : uses) {
        std::error_code error;
        text << use.file.string() << '\n'
             << std::filesystem::file_size(use.file, error) << ' '
             << std::filesystem::last_write_time(use.file, error).time_since_epoch().count() << ' '
             << use.unet << ' ' << use.text_encoder << ' ' << use.rank.value_or(0) << '\n';
    }
    return text.str();
}

Patch::Patch(std::vector<Network> networks, ModelFamily family, std::optional<torch::Dtype> kept)
    : networks_(std::move(networks)), family_(family), kept_(kept) {}

/// Not before an adapter comes: thousands of names take a while.
void Patch::read_names() {
    if (!parameters_.empty()) return;
    for (const auto& network : networks_) {
        std::vector<std::string> keys;
        for (const auto& item : network.module->named_parameters()) {
            keys.push_back(item.key());
            parameters_.emplace(ModuleName{network.part, item.key()}, item.value());
        }
        names_.add(network.part, keys);
        for (const auto& item : network.module->named_modules(std::string(), false))
            modules_.emplace(ModuleName{network.part, item.key()}, item.value());
    }
}

torch::Tensor Patch::parameter(const ModuleName& module, const std::string& kind) const {
    const auto found = parameters_.find({module.part, module.name + kind});
    return found == parameters_.end() ? torch::Tensor() : found->second;
}

/// In float32, also where its file has blocks of it.
torch::Tensor Patch::weight_of(const ModuleName& module) const {
    const auto found = modules_.find(module);
    auto weight = found == modules_.end() ? torch::Tensor() : unet::ops::readable_weight(*found->second, torch::kFloat32);
    return weight.defined() ? weight.detach() : parameter(module, ".weight").detach().to(torch::kFloat32);
}

void Patch::collect(const AdapterFile& adapter, const AdapterUse& use, Plan& plan) {
    const FactorSource source{adapter.name(), other_family(adapter, family_)};
    std::vector<std::string> unknown;
    for (const auto& [spelled, factors] : adapter.modules) {
        const auto* module = names_.find(spelled);
        if (!module) {
            unknown.push_back(spelled);
            continue;
        }
        const auto strength = module->part == Part::unet ? use.unet : use.text_encoder;
        if (strength == 0) continue;
        plan[*module].push_back({&factors, source, strength, use.rank});
    }
    const auto total = adapter.modules.size();
    if (unknown.empty()) return;
    if (unknown.size() < total) {
        warnings_.push_back(source.file + ": " + std::to_string(unknown.size()) + " of its " +
                            std::to_string(total) +
                            " layers are not in the model and are left out, " + unknown.front() +
                            " the first." + source.hint);
        return;
    }
    throw checkpoint::file_error(ErrorReason::unsupported_architecture, source.file,
                                 "is an adapter for other networks: the model has no layer " +
                                     adapter.modules.begin()->first + "." + source.hint);
}

void Patch::replace(const ModuleName& module, const std::string& kind, const torch::Tensor& value) {
    auto target = parameter(module, kind);
    const auto original = target.detach();
    originals_.emplace(ModuleName{module.part, module.name + kind}, original);
    target.set_data(as_original(value, original, kept_.value_or(kept_type(original))));
}

void Patch::apply_steps(const ModuleName& module, const std::vector<Step>& steps) {
    Layer layer;
    const auto bias = parameter(module, ".bias");
    layer.weight = weight_of(module);
    if (bias.defined()) layer.bias = bias.detach().to(torch::kFloat32);
    Layer sum = layer;
    bool is_weight_changed = false, is_bias_changed = false;
    for (const auto& step : steps) {
        const Factors factors(*step.factors, step.source, layer.weight.device());
        const auto delta = delta_of(factors, layer, step.rank);
        if (delta.weight.defined()) sum.weight = sum.weight.add(delta.weight, step.strength);
        if (delta.bias.defined()) sum.bias = sum.bias.add(delta.bias, step.strength);
        is_weight_changed = is_weight_changed || delta.weight.defined();
        is_bias_changed = is_bias_changed || delta.bias.defined();
    }
    if (is_weight_changed) replace(module, ".weight", sum.weight);
    if (is_bias_changed) replace(module, ".bias", sum.bias);
}

/// Leaves no half of an adapter behind.
struct Patch::RestoreUnlessDone {
    Patch& patch;
    bool is_done = false;

    ~RestoreUnlessDone() {
        if (!is_done) patch.restore();
    }
};

void Patch::apply(const std::vector<AdapterUse>& uses) {
    const auto wanted = identity_of(uses);
    if (wanted == applied_) return;
    const torch::NoGradGuard no_grad;
    restore();
    if (uses.empty()) return;
    read_names();
    for (const auto& network : networks_) unet::ops::settle_weights(*network.module);
    std::vector<AdapterFile> adapters;
    for (const auto& use : uses) adapters.push_back(open_adapter(use.file));
    Plan plan;
    RestoreUnlessDone undo{*this};
    for (std::size_t i = 0; i < uses.size(); ++i) collect(adapters[i], uses[i], plan);
    for (const auto& [module, steps] : plan) apply_steps(module, steps);
    undo.is_done = true;
    applied_ = wanted;
    uses_ = uses;
}

void Patch::restore() {
    for (auto& [key, original] : originals_) parameters_.at(key).set_data(original);
    originals_.clear();
    applied_.clear();
    uses_.clear();
    warnings_.clear();
}

std::vector<ChangedTensor> Patch::changed() const {
    std::vector<ChangedTensor> result;
    for (const auto& [key, original] : originals_) {
        result.push_back({key.part, key.name, original, parameters_.at(key).detach()});
    }
    return result;
}

}  // namespace diffusion::adapters
