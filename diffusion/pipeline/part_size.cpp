#include "diffusion/pipeline/part_size.h"

#include <algorithm>

#include "diffusion/checkpoint/state_dict.h"

namespace diffusion::pipeline {

PartSize& PartSize::operator+=(const PartSize& other) {
    wide += other.wide;
    mapped += other.mapped;
    owned += other.owned;
    largest = std::max(largest, other.largest);
    file += other.file;
    return *this;
}

bool may_stay(const std::string& name, const checkpoint::TensorEntry& entry, torch::Dtype dtype) {
    if (!entry.file || entry.scale != 1 || !entry.is_contiguous() || entry.shape.size() < 2) return false;
    if (name.ends_with("embedding.weight") || checkpoint::is_quantised(entry.type)) return false;
    const auto stored = checkpoint::dtype_of(entry.type);
    return stored == dtype ||
           (torch::isFloatingType(stored) && torch::elementSize(stored) < torch::elementSize(dtype));
}

PartSize part_size(const checkpoint::TensorTable& weights, torch::Dtype dtype, bool can_stay) {
    PartSize size;
    for (const auto& [name, entry] : weights.tensors) {
        const auto stored = static_cast<std::int64_t>(entry.bytes.size());
        const auto wide = entry.element_count() * static_cast<std::int64_t>(torch::elementSize(dtype));
        size.wide += wide;
        size.file += stored;
        if (!can_stay || !may_stay(name, entry, dtype)) {
            size.owned += wide;
            continue;
        }
        size.mapped += stored;
        size.largest = std::max(size.largest, stored);
    }
    return size;
}

}  // namespace diffusion::pipeline
