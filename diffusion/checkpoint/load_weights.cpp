#include "diffusion/checkpoint/load_weights.h"

#include <torch/utils.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "diffusion/error.h"

namespace diffusion::checkpoint {

namespace {

constexpr std::size_t shown_keys = 5;

/// One parameter or buffer of the module and the shape that the file has for it.
struct Target {
    torch::Tensor tensor;
    std::string name;
};

std::vector<Target> targets_of(const torch::nn::Module& module) {
    std::vector<Target> targets;
    for (const auto& item : module.named_parameters()) targets.push_back({item.value(), item.key()});
    for (const auto& item : module.named_buffers()) targets.push_back({item.value(), item.key()});
    return targets;
}

std::vector<int64_t> without_trailing_ones(std::vector<int64_t> shape) {
    while (!shape.empty() && shape.back() == 1) shape.pop_back();
    return shape;
}

bool fits(const std::vector<int64_t>& found, const std::vector<int64_t>& expected) {
    return found == expected || without_trailing_ones(found) == without_trailing_ones(expected);
}

/// The first few problems of one kind as a sentence's part.
std::string listed(const std::vector<std::string>& problems) {
    std::string text = std::to_string(problems.size()) + " (";
    for (std::size_t i = 0; i < std::min(problems.size(), shown_keys); ++i) {
        text += (i > 0 ? ", " : "") + problems[i];
    }
    return text + (problems.size() > shown_keys ? ", ...)" : ")");
}

std::string part_name(const LoadOptions& options) {
    return options.part.empty() ? "The network" : "The " + options.part;
}

/// Shapes by key, so that both kinds of source are checked alike.
using Shapes = std::map<std::string, std::vector<int64_t>>;

Fit compare(const std::vector<Target>& targets, const Shapes& shapes) {
    Fit fit;
    std::set<std::string> used;
    for (const auto& target : targets) {
        used.insert(target.name);
        const auto found = shapes.find(target.name);
        const auto expected = target.tensor.sizes().vec();
        if (found == shapes.end()) {
            fit.missing.push_back(target.name);
        } else if (!fits(found->second, expected)) {
            fit.misshapen.push_back(target.name + " is " + shape_text(found->second) +
                                    ", expected " + shape_text(expected));
        }
    }
    for (const auto& [key, shape] : shapes) {
        if (!used.count(key)) fit.unexpected.push_back(key);
    }
    return fit;
}

void check(const Fit& fit, const LoadOptions& options) {
    if (!fit.misshapen.empty()) {
        throw Error(ErrorKind::unsupported_model,
                    part_name(options) + " doesn't fit the file: tensors of another shape: " +
                        listed(fit.misshapen) +
                        (fit.missing.empty() ? "" : "; missing tensors: " + listed(fit.missing)),
                    ErrorReason::shape_mismatch);
    }
    if (!fit.missing.empty()) {
        throw Error(ErrorKind::unsupported_model,
                    part_name(options) + " is incomplete in the file: missing tensors: " +
                        listed(fit.missing),
                    ErrorReason::missing_keys);
    }
}

Shapes shapes_of(const TensorTable& weights) {
    Shapes shapes;
    for (const auto& [key, entry] : weights.tensors) shapes[key] = entry.shape;
    return shapes;
}

void check_finite(const std::string& key, const torch::Tensor& value, const LoadOptions& options) {
    if (!value.is_floating_point()) return;
    // The sum of a tensor is finite unless it holds a NaN or infinity (or is absurdly large).
    const auto wide = value.element_size() == 1 ? value.to(torch::kFloat32) : value;
    const auto sum = wide.sum(torch::kFloat64).item<double>();
    if (std::isfinite(sum) || torch::isfinite(wide).all().item<bool>()) return;
    throw Error(ErrorKind::corrupt_file,
                part_name(options) + ": tensor " + key + " holds NaN or infinity",
                ErrorReason::non_finite);
}

/// Rows of an embedding are looked up as they are, so they can't stay.
bool stays_narrow(const torch::Tensor& value, const Target& target, const LoadOptions& options) {
    return options.keeps_narrow && options.dtype && target.tensor.dim() >= 2 &&
           static_cast<std::size_t>(value.element_size()) < torch::elementSize(*options.dtype) &&
           !target.name.ends_with("embedding.weight");
}

torch::Tensor converted(const torch::Tensor& value, const Target& target,
                        const LoadOptions& options) {
    const bool is_float = value.is_floating_point();
    const auto dtype = stays_narrow(value, target, options) ? value.scalar_type()
                       : is_float ? options.dtype.value_or(value.scalar_type())
                                : target.tensor.scalar_type();
    return value.to(torch::TensorOptions(options.device).dtype(dtype))
        .contiguous()
        .view(target.tensor.sizes());
}

/// The disk works on the next tensors while tensor i is converted.
void prefetch(const TensorTable& weights, const std::vector<Target>& targets, std::size_t i) {
    constexpr std::size_t ahead = 8;
    const auto first = i == 0 ? 0 : i + ahead - 1;
    for (auto next = first; next < std::min(i + ahead, targets.size()); ++next) {
        const auto& entry = weights.tensors.at(targets[next].name);
        if (entry.file) entry.file->prefetch(entry.bytes);
    }
}

torch::Tensor fetch(const TensorTable& weights, const std::vector<Target>& targets, std::size_t i,
                    const LoadOptions& options) {
    prefetch(weights, targets, i);
    const auto& entry = weights.tensors.at(targets[i].name);
    const auto value = to_tensor(entry);
    if (options.check_finite) check_finite(targets[i].name, value, options);
    auto result = converted(value, targets[i], options);
    const bool is_view = entry.file && result.data_ptr() >= entry.bytes.data() &&
                         result.data_ptr() < entry.bytes.data() + entry.bytes.size();
    if (!is_view && entry.file) entry.file->drop(entry.bytes);
    return result;
}

torch::Tensor fetch(const StateDict& weights, const std::vector<Target>& targets, std::size_t i,
                    const LoadOptions& options) {
    const auto value = weights.tensors.at(targets[i].name).detach();
    if (options.check_finite) check_finite(targets[i].name, value, options);
    return converted(value, targets[i], options);
}

template <typename Weights>
LoadReport load(torch::nn::Module& module, const Weights& weights, const Shapes& shapes,
                const LoadOptions& options) {
    const auto targets = targets_of(module);
    auto fit = compare(targets, shapes);
    check(fit, options);
    const torch::NoGradGuard no_grad;
    std::vector<torch::Tensor> results;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        results.push_back(fetch(weights, targets, i, options));
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
        auto tensor = targets[i].tensor;
        tensor.set_data(results[i]);
    }
    return {std::move(fit.unexpected)};
}

}  // namespace

Fit fit_of(const torch::nn::Module& module, const TensorTable& weights) {
    return compare(targets_of(module), shapes_of(weights));
}

LoadReport load_weights(torch::nn::Module& module, const TensorTable& weights,
                        const LoadOptions& options) {
    return load(module, weights, shapes_of(weights), options);
}

LoadReport load_weights(torch::nn::Module& module, const StateDict& weights,
                        const LoadOptions& options) {
    Shapes shapes;
    for (const auto& [key, tensor] : weights.tensors) shapes[key] = tensor.sizes().vec();
    return load(module, weights, shapes, options);
}

StateDict state_dict_of(const torch::nn::Module& module) {
    StateDict dict;
    for (const auto& target : targets_of(module)) dict.tensors[target.name] = target.tensor.detach();
    return dict;
}

}  // namespace diffusion::checkpoint
