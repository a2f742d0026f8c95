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
    changed += other.changed;
    changed_narrow += other.changed_narrow;
    return *this;
}

bool stays_until_used(const std::string& name, const checkpoint::TensorEntry& entry) {
    // Rows of an embedding are looked up as they are.
    return entry.file && entry.is_contiguous() && entry.shape.size() >= 2 && name.ends_with(".weight") &&
           !name.ends_with("embedding.weight") &&
           (checkpoint::is_quantised(entry.type) || torch::isFloatingType(checkpoint::dtype_of(entry.type)));
}

bool may_stay(const std::string& name, const checkpoint::TensorEntry& entry, torch::Dtype dtype) {
    if (!stays_until_used(name, entry)) return false;
    const auto block = checkpoint::block_of(entry.type);
    const auto width = static_cast<std::int64_t>(torch::elementSize(dtype));
    const bool is_plain = entry.scale == 1 && !checkpoint::is_quantised(entry.type);
    return block.bytes < block.elements * width || (is_plain && checkpoint::dtype_of(entry.type) == dtype);
}

PartSize part_size(const checkpoint::TensorTable& weights, torch::Dtype dtype, bool can_stay,
                   const std::set<std::string>& changed) {
    PartSize size;
    for (const auto& [name, entry] : weights.tensors) {
        const auto stored = static_cast<std::int64_t>(entry.bytes.size());
        const auto wide = entry.element_count() * static_cast<std::int64_t>(torch::elementSize(dtype));
        size.wide += wide;
        size.file += stored;
        if (changed.contains(name)) {
            // As the patch keeps them: never in less than 16 bits.
            const auto width = checkpoint::is_quantised(entry.type) ? 2 : checkpoint::block_of(entry.type).bytes;
            size.changed += wide;
            size.changed_narrow += entry.element_count() * std::max<std::int64_t>(width, 2);
        }
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
