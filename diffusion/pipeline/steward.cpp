#include "diffusion/pipeline/steward.h"

#include <algorithm>
#include <chrono>

#include "diffusion/error.h"
#include "diffusion/pipeline/machine_memory.h"
#include "diffusion/pipeline/work_count.h"
#include "unet/ops/convolution.h"

namespace diffusion::pipeline {

namespace {

/// Share of a convolution's speed that whole networks reach. Measured with SD 1.5 on x86-64.
constexpr double network_share = 0.6;

/// Bytes per second at which a model in the system's file cache is widened. Measured as above.
constexpr double usual_load_speed = 1.0e9;

/// Share of free memory that is left to others.
constexpr double spared_share = 0.05;

/// Floating-point operations per second of a convolution, the better of two.
double try_speed(const torch::Device& device) {
    const torch::InferenceMode inference;
    constexpr std::int64_t channels = 320, extent = 32;
    const auto options = torch::TensorOptions().device(device);
    const auto x = torch::ones({2, channels, extent, extent}, options)
                       .contiguous(torch::MemoryFormat::ChannelsLast);
    const auto weight = torch::ones({channels, channels, 3, 3}, options)
                            .contiguous(torch::MemoryFormat::ChannelsLast);
    double least = 0;
    for (int i = 0; i < 3; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        // Copied back, so that a device has finished.
        unet::ops::conv2d(x, weight, {}, 1, 1).slice(2, 0, 1).cpu();
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        if (i > 0 && (least == 0 || took.count() < least)) least = took.count();
    }
    return least > 0 ? 2.0 * 2 * channels * channels * 9 * extent * extent / least : 0;
}

void check_mode(const std::string& mode) {
    if (mode == "auto" || mode == "fast" || mode == "saving") return;
    throw Error(ErrorKind::bad_request, "memory: expected auto, fast or saving, found \"" + mode + "\".");
}

double work_of(const Task& task) {
    return static_cast<double>(task.pictures) * task.step_count * task.calls_per_step *
           unet_work(*task.model.unet, task.extent.latent_height, task.extent.latent_width, 77, task.texts);
}

}  // namespace

Steward::Steward(const EngineOptions& options) : options_(options), start_(resident_memory()) {
    check_mode(options.memory);
}

std::int64_t Steward::limit() const {
    if (options_.memory_limit > 0) return options_.memory_limit;
    return static_cast<std::int64_t>((1 - spared_share) * static_cast<double>(available_memory()));
}

Decision Steward::decide(const GenerationRequest& request, const checkpoint::ModelFiles& files,
                         const SamplingSetup& setup, const std::vector<adapters::AdapterUse>& uses,
                         std::int64_t others) const {
    auto placement = with_precision(choose_placement(options_.device), options_.precision);
    if (options_.memory == "auto")
        placement = fitted(placement, files.description.parameter_count, physical_memory());
    Measures begin;
    begin.narrow_weights = placement.keeps_narrow || options_.memory == "saving";
    const Surroundings around{placement.device.is_cpu() ? start_ : 0, others,
                              placement.device.is_cpu() ? limit() : options_.memory_limit};
    auto decision = pipeline::decide(task_of(request, files, setup, uses, placement), begin, around, speed_);
    decision.task.placement.keeps_narrow = decision.measures.narrow_weights;
    return decision;
}

Plan Steward::plan(const GenerationRequest& request, const checkpoint::ModelFiles& files,
                   const SamplingSetup& setup, const std::vector<adapters::AdapterUse>& uses,
                   std::int64_t others) {
    if (speed_.work <= 0) speed_.work = network_share * try_speed(choose_placement(options_.device).device);
    if (speed_.load <= 0) speed_.load = usual_load_speed;
    return decide(request, files, setup, uses, others).plan;
}

std::string Steward::advice(const Decision& decision) const {
    // What there was is what there will be.
    return size_that_fits(decision.task, {start_, 0, std::min(limit(), peak_memory())});
}

void Steward::learn(const Decision& decision, const PhaseWatch& watch, bool has_loaded) {
    const auto& task = decision.task;
    const auto sampling = watch.seconds(Phase::sampling);
    if (sampling > 0 && task.step_count > 0) speed_.work = work_of(task) / sampling;
    const auto loading = watch.seconds(Phase::loading);
    const auto bytes = task.text_size.file + task.unet_size.file + task.vae_size.file;
    if (has_loaded && loading > 0) speed_.load = static_cast<double>(bytes) / loading;
}

}  // namespace diffusion::pipeline
