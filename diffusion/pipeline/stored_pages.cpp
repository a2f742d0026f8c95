#include "diffusion/pipeline/stored_pages.h"

#include <functional>

namespace diffusion::pipeline {

StoredPages::StoredPages(const torch::nn::Module& module, const checkpoint::TensorTable& weights) {
    for (const auto& item : module.named_parameters()) {
        const auto* entry = weights.find(item.key());
        if (!entry || !entry->file) continue;
        const auto* data = static_cast<const std::byte*>(item.value().const_data_ptr());
        const auto* end = entry->bytes.data() + entry->bytes.size();
        // std::less orders pointers into different objects too.
        const std::less<const std::byte*> before;
        if (!before(data, entry->bytes.data()) && before(data, end)) ranges_.push_back({entry->file, entry->bytes});
    }
}

void StoredPages::rest() const {
    for (const auto& range : ranges_) range.file->drop(range.bytes);
}

std::int64_t StoredPages::bytes() const {
    std::int64_t sum = 0;
    for (const auto& range : ranges_) sum += static_cast<std::int64_t>(range.bytes.size());
    return sum;
}

void StoredPages::add(const StoredPages& other) {
    ranges_.insert(ranges_.end(), other.ranges_.begin(), other.ranges_.end());
}

}  // namespace diffusion::pipeline
