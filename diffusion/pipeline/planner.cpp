#include "diffusion/pipeline/planner.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <tuple>

#include "diffusion/pipeline/memory_model.h"
#include "diffusion/pipeline/work_count.h"

namespace diffusion::pipeline {

namespace {

/// What the first pictures of a process add to it for good: code of LibTorch that is paged in, kernels
/// that oneDNN compiles, the heap of small things. Measured with SD 1.5 on x86-64.
constexpr std::int64_t code_memory = std::int64_t{80} << 20;

/// A block that waits to be used again may be as large as the one that is wanted now.
constexpr double waiting_share = 0.1;

std::int64_t with_waiting(std::int64_t tensors) {
    return tensors + static_cast<std::int64_t>(waiting_share * static_cast<double>(tensors));
}

struct PhaseMemory {
    std::int64_t loading = 0, encoding = 0, sampling = 0, decoding = 0;
    std::int64_t encoding_tensors = 0, sampling_tensors = 0, decoding_tensors = 0;

    std::int64_t peak() const { return std::max({loading, encoding, sampling, decoding}); }
};

Workload workload(const Task& task, const Measures& measures, std::int64_t batch) {
    Workload work;
    work.batch = batch;
    work.height = task.extent.latent_height;
    work.width = task.extent.latent_width;
    work.element_bytes = static_cast<std::int64_t>(torch::elementSize(task.placement.dtype));
    work.narrow_weights = measures.narrow_weights;
    work.slice = measures.slice;
    return work;
}

/// One tile of the autoencoder, or everything.
Workload codec_workload(const Task& task, const Measures& measures) {
    auto work = workload(task, measures, 1);
    work.element_bytes = static_cast<std::int64_t>(torch::elementSize(task.placement.decoder_dtype));
    if (measures.tile == 0) return work;
    work.height = std::min(work.height, measures.tile);
    work.width = std::min(work.width, measures.tile);
    return work;
}

/// The picture's own planes: decoded, blended, as bytes.
std::int64_t canvas_memory(const Task& task) {
    const auto pixels = std::int64_t{task.extent.width} * task.extent.height;
    return pixels * 3 * 4 * 3;
}

/// What a part's weights take while it works, and while another does.
std::int64_t at_work(const PartSize& size, const Measures& measures) {
    if (!measures.narrow_weights) return size.wide + size.changed;
    return size.owned + size.changed_narrow + (measures.streams_weights ? size.largest : size.mapped);
}

std::int64_t at_rest(const PartSize& size, const Measures& measures) {
    return measures.narrow_weights ? size.owned + size.changed_narrow : size.wide + size.changed;
}

PhaseMemory memory_of(const Task& task, const Measures& measures, std::int64_t start) {
    const auto& [text, unet, vae] = std::tie(task.text_size, task.unet_size, task.vae_size);
    const auto base = start + (task.placement.device.is_cpu() ? code_memory : 0);
    const auto rest = [&](const PartSize& size) { return at_rest(size, measures); };
    const auto work = [&](const PartSize& size) { return at_work(size, measures); };
    const auto batch = measures.splits_batch ? 1 : std::int64_t{pictures_at_once(task, measures)} * task.texts;

    PhaseMemory memory;
    memory.loading = base + rest(text) + rest(unet) + rest(vae);
    auto words = workload(task, measures, 1);
    words.element_bytes = static_cast<std::int64_t>(torch::elementSize(task.placement.text_dtype));
    for (const auto& part : {task.model.text_encoder, task.model.text_encoder_2})
        if (part)
            memory.encoding_tensors =
                std::max(memory.encoding_tensors, with_waiting(text_memory(part->config, words)));
    memory.encoding = base + work(text) + rest(unet) + rest(vae) + memory.encoding_tensors;
    const auto codec = codec_workload(task, measures);
    if (task.has_picture) {
        const auto tensors = with_waiting(encoder_memory(task.vae, codec)) + canvas_memory(task);
        // The text encoder leaves memory when the phase is over.
        memory.encoding_tensors = std::max(memory.encoding_tensors, tensors);
        memory.encoding = std::max(memory.encoding, base + work(text) + rest(unet) + work(vae) + tensors);
    }
    memory.sampling_tensors = with_waiting(unet_memory(*task.model.unet, workload(task, measures, batch)));
    memory.sampling = base + rest(text) + work(unet) + rest(vae) + memory.sampling_tensors;
    memory.decoding_tensors = with_waiting(decoder_memory(task.vae, codec)) + canvas_memory(task);
    memory.decoding = base + rest(text) + rest(unet) + work(vae) + memory.decoding_tensors;
    return memory;
}

/// Work of a tile's neighbourhood is done twice.
double tile_surplus(const Task& task, const Measures& measures) {
    const auto tile = measures.tile;
    if (tile == 0 || tile >= std::max(task.extent.latent_width, task.extent.latent_height)) return 1;
    const auto step = static_cast<double>(tile - std::max(tile / 4, std::min<std::int64_t>(tile / 2, 8)));
    return std::pow(static_cast<double>(tile) / step, 2);
}

double seconds_of(Phase phase, const Task& task, const Measures& measures, const Speed& speed) {
    const auto h = task.extent.latent_height;
    const auto w = task.extent.latent_width;
    const auto rate = speed.work > 0 ? 1 / speed.work : 0;
    const double pictures = task.pictures;
    switch (phase) {
        case Phase::loading: {
            if (speed.load <= 0) return 0;
            const auto bytes = task.text_size.file + task.unet_size.file + task.vae_size.file;
            return static_cast<double>(bytes) / speed.load;
        }
        case Phase::encoding: {
            double work = task.has_picture ? encoder_work(task.vae, h, w) * tile_surplus(task, measures) : 0;
            for (const auto& part : {task.model.text_encoder, task.model.text_encoder_2})
                if (part) work += task.texts * text_work(part->config, 77);
            return work * rate;
        }
        case Phase::sampling:
            return pictures * task.step_count * task.calls_per_step *
                   unet_work(*task.model.unet, h, w, 77, task.texts) * rate;
        case Phase::decoding:
            return pictures * decoder_work(task.vae, h, w) * tile_surplus(task, measures) * rate;
        case Phase::finished: break;
    }
    return 0;
}

std::string mebibytes(std::int64_t bytes) { return std::to_string((bytes + (1 << 20) - 1) >> 20) + " MiB"; }

std::string size_text(const Extent& extent) {
    return std::to_string(extent.width) + "x" + std::to_string(extent.height);
}

/// The request's shape made smaller by sixteenths, in steps of 64 pixels.
std::vector<Extent> smaller(const Extent& extent, std::int64_t factor) {
    std::vector<Extent> sizes;
    for (int share = 15; share > 0; --share) {
        Extent next;
        next.width = std::max(extent.width * share / 16 / 64 * 64, 64);
        next.height = std::max(extent.height * share / 16 / 64 * 64, 64);
        next.latent_width = (next.width + factor - 1) / factor;
        next.latent_height = (next.height + factor - 1) / factor;
        if (next.width <= extent.width && next.height <= extent.height) sizes.push_back(next);
    }
    return sizes;
}

/// The largest of the smaller sizes that fits, or the least memory that any of them takes.
struct SmallerSize {
    std::optional<Extent> extent;
    std::int64_t least_bytes = 0;
};

SmallerSize smaller_size(const Task& task, const Measures& begin, const Surroundings& around) {
    const auto factor = checkpoint::factor_of(task.vae);
    SmallerSize result;
    for (const auto& extent : smaller(task.extent, factor)) {
        auto other = task;
        other.extent = extent;
        const auto found = descend(begin, around.limit, factor, [&](const Measures& m) {
            return memory_of(other, m, around.start).peak();
        });
        const auto least = result.least_bytes == 0 ? found.peak_bytes : result.least_bytes;
        result.least_bytes = std::min(least, found.peak_bytes);
        if (!found.fits) continue;
        result.extent = extent;
        break;
    }
    return result;
}

/// Says in words and in numbers why the plan can't be run.
void add_obstacle(Plan& plan, const Task& task, const Descent& descent, const Surroundings& around) {
    const std::string text = "Memory: " + size_text(task.extent) + " takes at least " +
                             mebibytes(descent.peak_bytes) + ", and the limit is " +
                             mebibytes(around.limit) + ". ";
    const auto other = smaller_size(task, descent.measures, around);
    plan.least_bytes = other.least_bytes > 0 ? std::min(other.least_bytes, descent.peak_bytes) : descent.peak_bytes;
    if (other.extent) {
        plan.fitting_width = other.extent->width;
        plan.fitting_height = other.extent->height;
        plan.obstacle = text + size_text(*other.extent) + " would fit.";
    } else {
        plan.obstacle = text + "No size fits; raise the limit to " + mebibytes(plan.least_bytes) +
                        ", or choose a smaller model.";
    }
}

/// Models that wait are given up for this one only where they must be.
std::int64_t others_kept(const Descent& descent, const Surroundings& around) {
    const auto room = around.limit > 0 ? around.limit - descent.peak_bytes : around.others;
    return std::clamp<std::int64_t>(room, 0, around.others);
}

Plan plan_of(const Task& task, const Descent& descent, const Surroundings& around, const Speed& speed) {
    const auto memory = memory_of(task, descent.measures, around.start);
    Plan plan;
    plan.limit_bytes = around.limit;
    const auto others = others_kept(descent, around);
    for (const auto& [phase, bytes] :
         {std::pair{Phase::loading, memory.loading}, std::pair{Phase::encoding, memory.encoding},
          std::pair{Phase::sampling, memory.sampling}, std::pair{Phase::decoding, memory.decoding}}) {
        plan.phases.push_back({phase, bytes + others, seconds_of(phase, task, descent.measures, speed)});
        plan.peak_bytes = std::max(plan.peak_bytes, bytes + others);
        plan.seconds += plan.phases.back().seconds;
    }
    plan.fallbacks = fallbacks_of(descent.measures);
    plan.width = task.extent.width;
    plan.height = task.extent.height;
    plan.pictures_at_once = pictures_at_once(task, descent.measures);
    plan.tile = static_cast<int>(descent.measures.tile * checkpoint::factor_of(task.vae));
    if (!descent.fits) add_obstacle(plan, task, descent, around);
    return plan;
}

}  // namespace

std::string size_that_fits(const Task& task, const Surroundings& around) {
    const auto found = smaller_size(task, {}, around);
    return found.extent ? size_text(*found.extent) + " would fit." : std::string();
}

int pictures_at_once(const Task& task, const Measures& measures) {
    if (measures.splits_batch) return 1;
    // Small latents leave a CPU's cores waiting for each other, so that a few pictures together cost
    // less than one by one; large ones fill them alone, and their memory counts.
    const auto area = task.extent.latent_width * task.extent.latent_height;
    const auto small = task.placement.device.is_cuda() ? 64 * 64 : 32 * 32;
    return std::min(task.pictures, area <= small ? 4 : 1);
}

Decision decide(const Task& task, const Measures& begin, const Surroundings& around, const Speed& speed) {
    const auto descent = descend(begin, around.limit, checkpoint::factor_of(task.vae), [&](const Measures& m) {
        return memory_of(task, m, around.start).peak();
    });
    const auto memory = memory_of(task, descent.measures, around.start);
    return {task,
            plan_of(task, descent, around, speed),
            descent.measures,
            memory.encoding_tensors,
            memory.sampling_tensors,
            memory.decoding_tensors,
            others_kept(descent, around)};
}

}  // namespace diffusion::pipeline
