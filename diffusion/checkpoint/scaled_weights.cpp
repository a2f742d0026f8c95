#include "diffusion/checkpoint/scaled_weights.h"

#include <cmath>
#include <cstring>

#include "diffusion/checkpoint/file_error.h"

namespace diffusion::checkpoint {

namespace {

bool ends_with(const std::string& text, const std::string& end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

float factor_of(const TensorEntry& entry, const std::string& key, const std::string& file) {
    float value = 0;
    const bool is_number = entry.type == ElementType::f32 && entry.element_count() == 1 &&
                           entry.bytes.size() == sizeof(value);
    if (is_number) std::memcpy(&value, entry.bytes.data(), sizeof(value));
    if (is_number && std::isfinite(value)) return value;
    throw file_error(ErrorReason::malformed, file, "tensor \"" + key + "\" is not one finite number");
}

}  // namespace

void join_scales(TensorTable& table, const std::string& file) {
    const std::string mark = ".scale_weight";
    for (auto it = table.tensors.begin(); it != table.tensors.end();) {
        const auto& key = it->first;
        if (ends_with(key, mark)) {
            const auto weight =
                table.tensors.find(key.substr(0, key.size() - mark.size()) + ".weight");
            if (weight != table.tensors.end()) weight->second.scale = factor_of(it->second, key, file);
        }
        const bool is_spent = ends_with(key, mark) || ends_with(key, ".scale_input") ||
                              ends_with(key, "scaled_fp8");
        it = is_spent ? table.tensors.erase(it) : std::next(it);
    }
}

}  // namespace diffusion::checkpoint
