#include "diffusion/pipeline/phase_watch.h"

#include <utility>

#include "diffusion/pipeline/machine_memory.h"
#include "unet/ops/cpu_memory.h"

namespace diffusion::pipeline {

namespace {

constexpr Phase reading_phases[] = {Phase::encoding, Phase::sampling, Phase::decoding};

const StoredPages& pages_in(const Models& models, Phase phase) {
    if (phase == Phase::encoding) return models.text_pages;
    return phase == Phase::sampling ? models.unet_pages : models.vae_pages;
}

}  // namespace

PhaseWatch::~PhaseWatch() { unet::ops::set_block_cache_total(0); }

void PhaseWatch::begin(std::shared_ptr<const Models> models) {
    models_ = std::move(models);
    for (const auto phase : reading_phases) read_before_[phase] = pages_in(*models_, phase).seconds();
}

double PhaseWatch::reading(Phase phase) const {
    const auto before = read_before_.find(phase);
    return before == read_before_.end() ? 0 : pages_in(*models_, phase).seconds() - before->second;
}

void PhaseWatch::hear(Phase phase) {
    if (phase == phase_) return;
    const auto now = Clock::now();
    seconds_[phase_] += std::chrono::duration<double>(now - since_).count();
    since_ = now;
    phase_ = phase;
    if (!models_ || !models_->placement.device.is_cpu()) return;
    limit_blocks(phase);
    if (models_->placement.keeps_narrow) rest_others(phase);
}

double PhaseWatch::seconds(Phase phase) const {
    const auto found = seconds_.find(phase);
    const auto passed = found == seconds_.end() ? 0 : found->second;
    if (phase != Phase::loading) return passed - reading(phase);
    double sum = passed;
    for (const auto reader : reading_phases) sum += reading(reader);
    return sum;
}

void PhaseWatch::limit_blocks(Phase phase) const {
    const auto tensors = phase == Phase::encoding   ? decision_.encoding_tensors
                         : phase == Phase::sampling ? decision_.sampling_tensors
                         : phase == Phase::decoding ? decision_.decoding_tensors
                                                    : 0;
    if (tensors == 0) return;
    const auto used = unet::ops::block_cache_state().used;
    unet::ops::set_block_cache_total(used + static_cast<std::size_t>(tensors));
}

void PhaseWatch::rest_others(Phase phase) const {
    if (phase != Phase::encoding) models_->text_pages.rest();
    if (phase != Phase::sampling) models_->unet_pages.rest();
    if (phase == Phase::sampling) models_->vae_pages.rest();
    trim_heap();
}

}  // namespace diffusion::pipeline
