#include "diffusion/checkpoint/load_weights.h"

#include <torch/utils.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "diffusion/checkpoint/weight_copy.h"
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

torch::Dtype dtype_for(const torch::Tensor& value, const Target& target, const LoadOptions& options) {
    if (!value.is_floating_point()) return target.tensor.scalar_type();
    return options.dtype.value_or(value.scalar_type());
}

/// A convolution whose weights get another order than the file's.
bool wants_channels_last(const Target& target, const LoadOptions& options) {
    return options.channels_last && target.tensor.dim() == 4 &&
           target.tensor.size(2) * target.tensor.size(3) > 1 && target.tensor.size(1) > 1;
}

torch::Tensor converted(const torch::Tensor& value, const Target& target,
                        const LoadOptions& options) {
    const auto dtype = dtype_for(value, target, options);
    auto result = value.to(torch::TensorOptions(options.device).dtype(dtype))
                      .contiguous()
                      .view(target.tensor.sizes());
    return wants_channels_last(target, options)
               ? result.contiguous(torch::MemoryFormat::ChannelsLast)
               : result;
}

/// Quantised blocks and scaled numbers, which to_tensor has to compute.
bool is_computed(const TensorEntry& entry) { return is_quantised(entry.type) || entry.scale != 1; }

/// An empty tensor of the type that to_tensor would give.
torch::Tensor sample_of(const TensorEntry& entry) {
    return torch::empty({0}, is_computed(entry) ? torch::kFloat32 : dtype_of(entry.type));
}

/// A view of the mapping where the tensor can be used as it lies; else undefined.
torch::Tensor as_it_lies(const TensorEntry& entry, torch::Dtype dtype, const Target& target,
                         const LoadOptions& options) {
    if (is_computed(entry) || dtype != dtype_of(entry.type) || !entry.is_contiguous() ||
        wants_channels_last(target, options)) {
        return {};
    }
    return to_tensor(entry).view(target.tensor.sizes());
}

/// A view of the mapping for a parameter that stays there; undefined where none can be had.
torch::Tensor stored(const TensorEntry& entry, const Target& target, const LoadOptions& options) {
    if (!options.stays || !entry.is_contiguous() || !options.stays(target.name, entry)) return {};
    auto raw = entry;
    if (is_computed(entry)) {
        raw.type = ElementType::f8_e5m2;  // a parameter can't hold whole numbers
        raw.scale = 1;
        raw.first = 0;
        raw.shape = {1, static_cast<std::int64_t>(entry.bytes.size())};
        raw.strides = contiguous_strides(raw.shape);
        return to_tensor(raw);
    }
    const auto address = reinterpret_cast<std::uintptr_t>(entry.bytes.data());
    if (address % torch::elementSize(dtype_of(entry.type)) != 0) return {};
    return to_tensor(entry).view(target.tensor.sizes());
}

/// On the CPU: what can't be used where it lies is written anew by all threads.
std::vector<torch::Tensor> fetch_all(const TensorTable& weights, const std::vector<Target>& targets,
                                     const LoadOptions& options) {
    std::vector<torch::Tensor> results;
    std::vector<WeightCopy> copies;
    for (const auto& target : targets) {
        const auto& entry = weights.tensors.at(target.name);
        const auto dtype = dtype_for(sample_of(entry), target, options);
        auto value = as_it_lies(entry, dtype, target, options);
        if (!value.defined()) value = stored(entry, target, options);
        if (!value.defined()) {
            value = new_weight(target.tensor.sizes().vec(), dtype, wants_channels_last(target, options));
            copies.push_back({&entry, value});
        }
        results.push_back(std::move(value));
    }
    copy_weights(copies);
    return results;
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

/// On another device: one after the other, so that this side never holds more than one of them.
std::vector<torch::Tensor> fetch_in_turn(const TensorTable& weights,
                                         const std::vector<Target>& targets,
                                         const LoadOptions& options) {
    std::vector<torch::Tensor> results;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        prefetch(weights, targets, i);
        const auto& entry = weights.tensors.at(targets[i].name);
        results.push_back(converted(to_tensor(entry), targets[i], options));
        if (entry.file) entry.file->drop(entry.bytes);
    }
    return results;
}

std::vector<torch::Tensor> fetch(const TensorTable& weights, const std::vector<Target>& targets,
                                 const LoadOptions& options) {
    for (const auto& target : targets) {
        if (!options.check_finite) break;
        check_finite(target.name, to_tensor(weights.tensors.at(target.name)), options);
    }
    return options.device.is_cpu() ? fetch_all(weights, targets, options)
                                   : fetch_in_turn(weights, targets, options);
}

std::vector<torch::Tensor> fetch(const StateDict& weights, const std::vector<Target>& targets,
                                 const LoadOptions& options) {
    std::vector<torch::Tensor> results;
    for (const auto& target : targets) {
        const auto value = weights.tensors.at(target.name).detach();
        if (options.check_finite) check_finite(target.name, value, options);
        results.push_back(converted(value, target, options));
    }
    return results;
}

template <typename Weights>
LoadReport load(torch::nn::Module& module, const Weights& weights, const Shapes& shapes,
                const LoadOptions& options) {
    const auto targets = targets_of(module);
    auto fit = compare(targets, shapes);
    check(fit, options);
    const torch::NoGradGuard no_grad;
    const auto results = fetch(weights, targets, options);
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
