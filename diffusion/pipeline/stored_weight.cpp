#include "diffusion/pipeline/stored_weight.h"

#include <chrono>
#include <utility>

#include "diffusion/checkpoint/weight_copy.h"

namespace diffusion::pipeline {

namespace {

bool is_kernel(const std::vector<std::int64_t>& sizes) {
    return sizes.size() == 4 && sizes[1] > 1 && sizes[2] * sizes[3] > 1;
}

}  // namespace

StoredWeight::StoredWeight(const checkpoint::TensorEntry& entry, const torch::Tensor& parameter,
                           std::vector<std::int64_t> sizes, std::optional<torch::Dtype> once)
    : entry_(entry), place_(parameter.const_data_ptr()), sizes_(std::move(sizes)), once_(once) {
    if (parameter.sizes() == sizes_) as_it_lies_ = parameter.detach();
}

bool StoredWeight::is_needed() const {
    return !once_ || !as_it_lies_.defined() || as_it_lies_.scalar_type() != *once_ || is_kernel(sizes_);
}

bool StoredWeight::stands_for(const torch::Tensor& weight) const { return weight.const_data_ptr() == place_; }

torch::Tensor StoredWeight::read(torch::Dtype dtype) const {
    const bool is_ready = !once_ && as_it_lies_.defined() && as_it_lies_.scalar_type() == dtype;
    if (is_ready) return as_it_lies_;
    const auto begin = std::chrono::steady_clock::now();
    auto value = make(dtype);
    if (once_) seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return value;
}

torch::Tensor StoredWeight::make(torch::Dtype dtype) const {
    const auto format =
        is_kernel(sizes_) ? torch::MemoryFormat::ChannelsLast : torch::MemoryFormat::Contiguous;
    const auto to = once_ ? checkpoint::new_weight(sizes_, dtype, is_kernel(sizes_))
                          : torch::empty(sizes_, torch::TensorOptions().dtype(dtype), format);
    checkpoint::copy_weights({{&entry_, to, false}});
    return to;
}

void StoredWeight::let_go() const {
    if (once_ || streams_) entry_.file->drop(entry_.bytes);
}

std::int64_t StoredWeight::bytes() const {
    return once_ ? c10::multiply_integers(sizes_) * static_cast<std::int64_t>(torch::elementSize(*once_)) : 0;
}

}  // namespace diffusion::pipeline
