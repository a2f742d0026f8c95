#include "diffusion/pipeline/stored_pages.h"

#include <functional>
#include <optional>
#include <utility>

#include "diffusion/checkpoint/state_dict.h"
#include "diffusion/pipeline/stored_weight.h"
#include "unet/ops/layers.h"

namespace diffusion::pipeline {

namespace {

using unet::ops::Conv2dImpl;
using unet::ops::LinearImpl;

bool lies_in(const torch::Tensor& tensor, std::span<const std::byte> bytes) {
    // std::less orders pointers into different objects too.
    const std::less<const std::byte*> before;
    const auto* data = static_cast<const std::byte*>(tensor.const_data_ptr());
    return !before(data, bytes.data()) && before(data, bytes.data() + bytes.size());
}

/// The weight's own sizes: what the file has, but for trailing ones.
std::vector<std::int64_t> sizes_in(const torch::nn::Module& layer, std::vector<std::int64_t> shape) {
    shape.resize(layer.as<Conv2dImpl>() ? 4 : 2, 1);
    return shape;
}

void set_source(torch::nn::Module& layer, std::shared_ptr<const unet::ops::WeightSource> source) {
    if (auto* linear = layer.as<LinearImpl>()) linear->source = std::move(source);
    else if (auto* convolution = layer.as<Conv2dImpl>()) convolution->source = std::move(source);
}

}  // namespace

std::map<std::string, std::shared_ptr<torch::nn::Module>> layer_weights(const torch::nn::Module& module) {
    std::map<std::string, std::shared_ptr<torch::nn::Module>> layers;
    for (const auto& item : module.named_modules(std::string(), false))
        if (item.value()->as<LinearImpl>() || item.value()->as<Conv2dImpl>())
            layers[item.key() + ".weight"] = item.value();
    return layers;
}

StoredPages::StoredPages(const torch::nn::Module& module, const checkpoint::TensorTable& weights,
                         torch::Dtype dtype, bool reads_once) {
    const auto layers = layer_weights(module);
    for (const auto& item : module.named_parameters()) {
        const auto* entry = weights.find(item.key());
        if (!entry || !entry->file || !lies_in(item.value(), entry->bytes)) continue;
        Range range{entry->file, entry->bytes, nullptr};
        const auto layer = layers.find(item.key());
        if (layer != layers.end()) {
            range.weight = std::make_shared<StoredWeight>(*entry, item.value(), sizes_in(*layer->second, entry->shape),
                                                          reads_once ? std::optional(dtype) : std::nullopt);
            if (!range.weight->is_needed()) range.weight = nullptr;
            set_source(*layer->second, range.weight);
        }
        ranges_.push_back(std::move(range));
    }
}

void StoredPages::stream(bool streams) const {
    for (const auto& range : ranges_)
        if (range.weight) range.weight->stream(streams);
}

void StoredPages::rest() const {
    for (const auto& range : ranges_) range.file->drop(range.bytes);
}

std::int64_t StoredPages::bytes() const {
    std::int64_t sum = 0;
    for (const auto& range : ranges_) sum += static_cast<std::int64_t>(range.bytes.size());
    return sum;
}

std::int64_t StoredPages::growth() const {
    std::int64_t sum = 0;
    for (const auto& range : ranges_) {
        if (range.weight && range.weight->once())
            sum += range.weight->bytes() - static_cast<std::int64_t>(range.bytes.size());
    }
    return sum;
}

double StoredPages::seconds() const {
    double sum = 0;
    for (const auto& range : ranges_)
        if (range.weight) sum += range.weight->seconds();
    return sum;
}

void StoredPages::add(const StoredPages& other) {
    ranges_.insert(ranges_.end(), other.ranges_.begin(), other.ranges_.end());
}

}  // namespace diffusion::pipeline
