#pragma once

// Predicts what a request takes and chooses what is given up for it to fit.

#include <torch/types.h>

#include "diffusion/adapters/patch.h"
#include "diffusion/checkpoint/model_files.h"
#include "diffusion/pipeline/device.h"
#include "diffusion/pipeline/extent.h"
#include "diffusion/pipeline/memory_ladder.h"
#include "diffusion/pipeline/part_size.h"
#include "diffusion/pipeline/sampling_setup.h"
#include "diffusion/plan.h"

namespace diffusion::pipeline {

/// What of a request memory and time depend on.
struct Task {
    checkpoint::ModelDescription model;
    checkpoint::VaeConfig vae;
    PartSize text_size;
    PartSize unet_size;
    PartSize vae_size;
    Placement placement;
    Extent extent;
    int pictures = 1;
    int step_count = 0;
    int calls_per_step = 1;  ///< of the network
    int texts = 2;           ///< that one call reads
    bool has_picture = false;   ///< something is encoded
};

/// Work and bytes per second, as they were measured last; 0: not yet.
struct Speed {
    double work = 0;
    double load = 0;
};

/// What of memory is not this request's doing.
struct Surroundings {
    std::int64_t start = 0;   ///< the process before its first tensor
    std::int64_t others = 0;  ///< models that wait, and can be given up
    std::int64_t limit = 0;   ///< 0: none
};

struct Decision {
    Task task;
    Plan plan;
    Measures measures;
    /// Bytes of tensors beside the weights, while a phase lasts: what the block cache may hold.
    std::int64_t encoding_tensors = 0;
    std::int64_t sampling_tensors = 0;
    std::int64_t decoding_tensors = 0;
    std::int64_t others = 0;  ///< bytes that models which wait may keep
};

/// The request's Task, from the headers of the model and of its adapters. Throws Error: what open_vae and
/// open_adapter throw, bad_request and
/// unsupported_model where a part is absent.
Task task_of(const GenerationRequest& request, const checkpoint::ModelFiles& files,
             const SamplingSetup& setup, const std::vector<adapters::AdapterUse>& uses,
             const Placement& placement);

/// begin: what is given up whether it is needed or not.
Decision decide(const Task& task, const Measures& begin, const Surroundings& around, const Speed& speed);

/// After memory ran out: what would have fitted into so many bytes, as the end of a sentence; or empty.
std::string size_that_fits(const Task& task, const Surroundings& around);

/// Pictures that are made in one batch.
int pictures_at_once(const Task& task, const Measures& measures);

}  // namespace diffusion::pipeline
