#pragma once

// The loop that every stage of training shares: step, measure, report, save, show, stop.

#include <torch/types.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "diffusion/training/trainee.h"
#include "diffusion/training_request.h"

namespace diffusion::training {

/// What is particular to a stage. Every function depends on the step's number alone, never on what
/// was drawn before: that is what makes a stopped run go on as if it had not stopped.
struct StageWork {
    std::string name;                                 ///< of its state and sheets
    Rates rates;
    /// The first steps may go by others; rates counts its steps from their end.
    std::int64_t first_steps = 0;
    Rates first_rates = {};
    std::function<torch::Tensor(std::int64_t step)> loss;  ///< with its graph, or without and the gradients made
    std::function<double()> held_out_loss;            ///< with the average's weights; may be unset
    std::function<Image()> sheet;                     ///< with the average's weights; may be unset
    /// Writes the result of so far, with the average's weights, and says where; may be unset.
    std::function<std::filesystem::path(std::int64_t step)> copy = {};
};

/// Trains from where the trainee stands until the request's budget ends or stop is set; then saves. Keeps
/// the losses of all steps, and a picture of their curve, beside the state. What can't be written ends
/// the run after the state was saved, if that can. Returns the last measured held-out loss.
double run_stage(const TrainRequest& request, const StageWork& work, Trainee& trainee,
                 const TrainProgressCallback& report, std::stop_token stop);

/// Reports a message without a step; none if it is empty.
void tell(const TrainRequest& request, const TrainProgressCallback& report, const std::string& message);

/// What stays of a run of that name that was saved at this step, and how to go on: the end of the error
/// that ended it.
std::string words_of_what_stays(const TrainRequest& request, const std::string& name, std::int64_t step);

/// <work folder>/<name>-state.safetensors
std::filesystem::path state_file(const TrainRequest& request, const std::string& name);

}  // namespace diffusion::training
