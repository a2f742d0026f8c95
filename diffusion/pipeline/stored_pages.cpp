#include "diffusion/pipeline/stored_pages.h"

#include <functional>
#include <map>
#include <utility>
#include <string>

#include "unet/ops/layers.h"

namespace diffusion::pipeline {

namespace {

using checkpoint::MappedFile;
using unet::ops::Conv2dImpl;
using unet::ops::LinearImpl;

bool lies_in(const torch::Tensor& tensor, std::span<const std::byte> bytes) {
    // std::less orders pointers into different objects too.
    const std::less<const std::byte*> before;
    const auto* data = static_cast<const std::byte*>(tensor.const_data_ptr());
    return !before(data, bytes.data()) && before(data, bytes.data() + bytes.size());
}

class StreamedWeight : public unet::ops::WeightSource {
public:
    StreamedWeight(torch::Tensor weight, std::shared_ptr<const MappedFile> file,
                   std::span<const std::byte> bytes)
        : weight_(std::move(weight)), file_(std::move(file)), bytes_(bytes) {}

    torch::Tensor read(torch::Dtype dtype) const override {
        return weight_.scalar_type() == dtype ? weight_ : weight_.to(dtype);
    }
    void let_go() const override { file_->drop(bytes_); }

private:
    torch::Tensor weight_;
    std::shared_ptr<const MappedFile> file_;
    std::span<const std::byte> bytes_;
};

/// The layer of this name, if it takes its weight from a source.
std::shared_ptr<torch::nn::Module> layer_of(const std::map<std::string, std::shared_ptr<torch::nn::Module>>& layers,
                                            const std::string& parameter) {
    const auto dot = parameter.rfind('.');
    if (dot == std::string::npos || parameter.substr(dot) != ".weight") return nullptr;
    const auto found = layers.find(parameter.substr(0, dot));
    if (found == layers.end()) return nullptr;
    const bool has_source = found->second->as<LinearImpl>() || found->second->as<Conv2dImpl>();
    return has_source ? found->second : nullptr;
}

template <typename Layer>
void set_source(Layer& layer, const std::shared_ptr<const MappedFile>& file, std::span<const std::byte> bytes,
                bool streams) {
    layer.source.reset();
    if (!streams || !lies_in(layer.weight, bytes)) return;
    layer.source = std::make_shared<StreamedWeight>(layer.weight.detach(), file, bytes);
}

}  // namespace

StoredPages::StoredPages(const torch::nn::Module& module, const checkpoint::TensorTable& weights) {
    std::map<std::string, std::shared_ptr<torch::nn::Module>> layers;
    for (const auto& item : module.named_modules(std::string(), false)) layers[item.key()] = item.value();
    for (const auto& item : module.named_parameters()) {
        const auto* entry = weights.find(item.key());
        if (!entry || !entry->file || !lies_in(item.value(), entry->bytes)) continue;
        ranges_.push_back({entry->file, entry->bytes, layer_of(layers, item.key())});
    }
}

void StoredPages::stream(bool streams) const {
    for (const auto& range : ranges_) {
        if (!range.layer) continue;
        if (auto* linear = range.layer->as<LinearImpl>()) set_source(*linear, range.file, range.bytes, streams);
        if (auto* conv = range.layer->as<Conv2dImpl>()) set_source(*conv, range.file, range.bytes, streams);
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
