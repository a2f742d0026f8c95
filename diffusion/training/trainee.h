#pragma once

// The weights in training with everything that moves them: AdamW (Loshchilov and Hutter 2019), Muon (Jordan et al.
// 2024) where it is asked for, the gradient's limit, and the running average that is kept of them.

#include <torch/nn/module.h>
#include <torch/types.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "diffusion/checkpoint/state_dict.h"
#include "diffusion/training/training_config.h"

namespace diffusion::training {

class Trainee {
public:
    /// The weights are divided among so many threads, each moved by one of them, in whose ATen one thread
    /// computes: the same bits for any number. in_bfloat16: of Muon's products.
    explicit Trainee(int workers = 1, bool in_bfloat16 = false) : workers_(workers), in_bfloat16_(in_bfloat16) {}

    /// Takes the module's parameters that want gradients; prefix goes before their names in states.
    void add(const std::string& prefix, torch::nn::Module& module);

    /// After backward: limits the gradient, moves the weights and their average, clears the
    /// gradients. Returns the gradient's norm before the limit. A weight without a gradient stays as
    /// it is and its average is as young as its first move; a step whose gradient is not finite changes nothing but counts.
    double step(const Rates& rates) { return step(rates, step_count_); }
    /// The same where the rates' steps are counted from elsewhere: as their step `place`.
    double step(const Rates& rates, std::int64_t place);

    std::int64_t step_count() const { return step_count_; }

    /// Small facts of the run that go into its state with the weights.
    std::map<std::string, std::string> notes;

    /// Weights, averages and moments under param., ema., mean. and square.
    checkpoint::StateDict save() const;
    /// The reverse; throws Error (corrupt_file) that names `file` when a tensor is missing or misshapen.
    void load(const checkpoint::StateDict& state, const std::string& file);

    /// While one lives, the networks compute with the average.
    class Averaged {
    public:
        explicit Averaged(Trainee& trainee);
        ~Averaged();
        Averaged(const Averaged&) = delete;
        Averaged& operator=(const Averaged&) = delete;

    private:
        Trainee& trainee_;
    };

private:
    void swap_average();
    void move(const std::vector<std::size_t>& weights, const Rates& rates, double rate);
    bool is_orthogonal(std::size_t weight, const Rates& rates) const;
    std::vector<std::vector<std::size_t>> shares(const Rates& rates) const;

    int workers_;
    bool in_bfloat16_;

    std::vector<std::string> names_;
    std::vector<torch::Tensor> parameters_, averages_, means_, squares_, steps_;
    std::vector<std::int64_t> moves_;  ///< of each weight; the numbers in steps_
    std::int64_t step_count_ = 0;
};

/// average += (1 - decay) * (value - average)
void move_average(torch::Tensor& average, const torch::Tensor& value, double decay);

}  // namespace diffusion::training
