#include "diffusion/training/trainee.h"

#include <ATen/Parallel.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <future>

#include "diffusion/error.h"
#include "diffusion/training/orthogonal.h"

namespace diffusion::training {

namespace {

/// What AdamW moves together, in its order of arguments.
struct Group {
    std::vector<torch::Tensor> values, gradients, means, squares, steps;
};

double limit_norm(const std::vector<torch::Tensor>& gradients, double limit) {
    if (gradients.empty()) return 0;
    const auto norms = torch::stack(at::_foreach_norm(gradients, 2));
    const double norm = norms.norm().item<double>();
    if (limit > 0 && std::isfinite(norm) && norm > limit) {
        for (const auto& gradient : gradients) gradient.mul_(limit / norm);
    }
    return norm;
}

}  // namespace

void move_average(torch::Tensor& average, const torch::Tensor& value, double decay) {
    torch::NoGradGuard no_grad;
    average.lerp_(value, 1.0 - decay);
}

void Trainee::add(const std::string& prefix, torch::nn::Module& module) {
    for (auto& item : module.named_parameters()) {
        if (!item.value().requires_grad()) continue;
        const auto& value = item.value();
        names_.push_back(prefix + item.key());
        parameters_.push_back(value);
        averages_.push_back(value.detach().clone());
        means_.push_back(torch::zeros_like(value));
        squares_.push_back(torch::zeros_like(value));
        steps_.push_back(torch::zeros({}, value.options().requires_grad(false)));
        moves_.push_back(0);
    }
}

/// Muon is for maps between hidden layers: not for tables, nor for the UNet's first and last convolution.
bool Trainee::is_orthogonal(size_t weight, const Rates& rates) const {
    const auto& name = names_[weight];
    const auto has = [&](const char* part) { return name.find(part) != std::string::npos; };
    return rates.orthogonal && parameters_[weight].dim() > 1 && !has("embedding.weight") && !has("conv_in.") &&
           !has("conv_out.");
}

/// Those with gradients, divided by what moving them costs.
std::vector<std::vector<size_t>> Trainee::shares(const Rates& rates) const {
    std::vector<std::vector<size_t>> all(static_cast<size_t>(workers_));
    std::vector<double> costs(all.size());
    for (size_t i = 0; i < parameters_.size(); ++i) {
        if (!parameters_[i].grad().defined()) continue;
        const auto numbers = double(parameters_[i].numel());
        const auto rows = double(parameters_[i].dim() > 1 ? parameters_[i].size(0) : 1);
        const auto lightest = static_cast<size_t>(std::ranges::min_element(costs) - costs.begin());
        costs[lightest] += numbers * (is_orthogonal(i, rates) ? 8 + std::min(rows, numbers / rows) : 8);
        all[lightest].push_back(i);
    }
    return all;
}

void Trainee::move(const std::vector<size_t>& weights, const Rates& rates, double rate) {
    const torch::NoGradGuard no_grad;  // of this thread
    Group groups[2];  // vectors, which keep their length; matrices, which decay
    for (const auto i : weights) {
        steps_[i].add_(1);
        if (is_orthogonal(i, rates)) {
            move_orthogonally(parameters_[i], parameters_[i].grad(), means_[i], rate, rates.weight_decay, in_bfloat16_);
            continue;
        }
        auto& group = groups[parameters_[i].dim() > 1];
        group.values.push_back(parameters_[i]);
        group.gradients.push_back(parameters_[i].grad());
        group.means.push_back(means_[i]);
        group.squares.push_back(squares_[i]);
        group.steps.push_back(steps_[i]);
    }
    for (auto& group : groups) {
        if (group.values.empty()) continue;
        at::_fused_adamw_(group.values, group.gradients, group.means, group.squares, {}, group.steps, rate, rates.beta1,
                          rates.beta2, &group == &groups[1] ? rates.weight_decay : 0.0, 1e-8, false, false);
    }
    for (const auto i : weights) move_average(averages_[i], parameters_[i], rates.ema_decay_at(moves_[i]++));
}

double Trainee::step(const Rates& rates, std::int64_t place) {
    torch::NoGradGuard no_grad;
    std::vector<torch::Tensor> gradients;
    for (auto& parameter : parameters_) {
        auto& gradient = parameter.mutable_grad();
        if (!gradient.defined()) continue;
        gradient = gradient.contiguous();
        gradients.push_back(gradient);
    }
    const double norm = limit_norm(gradients, rates.gradient_limit);
    if (std::isfinite(norm)) {
        const auto parts = shares(rates);
        const double rate = rates.learning_rate_at(place);
        std::vector<std::future<void>> others;
        for (size_t i = 1; i < parts.size(); ++i)
            others.push_back(std::async(std::launch::async, [&, i] {
                at::init_num_threads();
                move(parts[i], rates, rate);
            }));
        move(parts[0], rates, rate);
        for (auto& other : others) other.get();
    }
    for (auto& parameter : parameters_) parameter.mutable_grad() = torch::Tensor();
    ++step_count_;
    return norm;
}

checkpoint::StateDict Trainee::save() const {
    checkpoint::StateDict state;
    for (size_t i = 0; i < names_.size(); ++i) {
        state.tensors["param." + names_[i]] = parameters_[i].detach();
        state.tensors["ema." + names_[i]] = averages_[i];
        state.tensors["mean." + names_[i]] = means_[i];
        state.tensors["square." + names_[i]] = squares_[i];
        state.tensors["steps." + names_[i]] = steps_[i];
    }
    state.metadata = notes;
    state.metadata["step"] = std::to_string(step_count_);
    return state;
}

void Trainee::load(const checkpoint::StateDict& state, const std::string& file) {
    torch::NoGradGuard no_grad;
    const auto take = [&](const std::string& name, torch::Tensor& into) {
        const auto found = state.tensors.find(name);
        if (found == state.tensors.end() || found->second.sizes() != into.sizes()) {
            throw Error(ErrorKind::corrupt_file,
                        "The training state " + file + " does not fit the configured networks: " + name +
                            " is missing or of another shape. Use another work folder.",
                        ErrorReason::shape_mismatch);
        }
        into.copy_(found->second);
    };
    for (size_t i = 0; i < names_.size(); ++i) {
        take("param." + names_[i], parameters_[i]);
        take("ema." + names_[i], averages_[i]);
        take("mean." + names_[i], means_[i]);
        take("square." + names_[i], squares_[i]);
        take("steps." + names_[i], steps_[i]);
        moves_[i] = std::llround(steps_[i].item<double>());
    }
    const auto step = state.metadata.find("step");
    if (step == state.metadata.end()) {
        throw Error(ErrorKind::corrupt_file, "The training state " + file + " does not say its step.");
    }
    step_count_ = std::stoll(step->second);
    notes = state.metadata;
}

void Trainee::swap_average() {
    torch::NoGradGuard no_grad;
    for (size_t i = 0; i < parameters_.size(); ++i) {
        const auto value = parameters_[i].data();
        parameters_[i].set_data(averages_[i]);
        averages_[i] = value;
    }
}

Trainee::Averaged::Averaged(Trainee& trainee) : trainee_(trainee) { trainee_.swap_average(); }
Trainee::Averaged::~Averaged() { trainee_.swap_average(); }

}  // namespace diffusion::training
