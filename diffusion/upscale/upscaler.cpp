#include "diffusion/upscale/upscaler.h"

#include <string>

#include "diffusion/checkpoint/file_error.h"
#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/open_table.h"
#include "diffusion/checkpoint/upscaler_keys.h"
#include "diffusion/upscale/compact.h"
#include "diffusion/upscale/rrdb.h"
#include "diffusion/upscale/swin.h"

namespace diffusion::upscale {

namespace {

using checkpoint::file_error;
using checkpoint::TensorTable;
using checkpoint::UpscalerKind;

/// Sizes of the tensors of one file.
class Sizes {
public:
    Sizes(const TensorTable& table, const std::string& file) : table_(table), file_(file) {}

    bool has(const std::string& key) const { return table_.has(key); }

    int64_t of(const std::string& key, size_t dimension) const {
        const auto* entry = table_.find(key);
        if (!entry) throw file_error(ErrorReason::missing_keys, file_, "lacks the tensor " + key);
        if (entry->shape.size() <= dimension || entry->shape[dimension] < 1) {
            throw file_error(ErrorReason::shape_mismatch, file_,
                             "tensor " + key + " has the shape " + checkpoint::shape_text(entry->shape));
        }
        return entry->shape[dimension];
    }

    /// How many of stem + first + end, stem + (first + step) + end, ... there are.
    int64_t count(const std::string& stem, const std::string& end, int64_t first = 0, int64_t step = 1) const {
        int64_t n = 0;
        while (has(stem + std::to_string(first + n * step) + end)) ++n;
        return n;
    }

    Error unsupported(const std::string& text) const {
        return file_error(ErrorReason::unsupported_architecture, file_, text);
    }

private:
    const TensorTable& table_;
    std::string file_;
};

/// The whole number whose square is n; 0 if there is none.
int64_t root_of(int64_t n) {
    int64_t root = 1;
    while (root * root < n) ++root;
    return root * root == n ? root : 0;
}

RrdbConfig rrdb_config(const Sizes& sizes) {
    RrdbConfig config;
    config.in_channels = sizes.of("conv_first.weight", 1);
    config.width = sizes.of("conv_first.weight", 0);
    config.growth = sizes.of("body.0.rdb1.conv1.weight", 0);
    config.blocks = sizes.count("body.", ".rdb1.conv1.weight");
    config.doublings = sizes.count("conv_up", ".weight", 1);
    const bool is_known = config.in_channels == 3 || config.fold() > 1;
    if (!is_known || config.doublings > 4 || (int64_t{1} << config.doublings) < config.fold()) {
        throw sizes.unsupported("reads " + std::to_string(config.in_channels) +
                                " channels and doubles " + std::to_string(config.doublings) +
                                " times, which is not supported");
    }
    return config;
}

CompactConfig compact_config(const Sizes& sizes) {
    CompactConfig config;
    config.width = sizes.of("body.0.weight", 0);
    // Activations have the odd numbers; every one but the first follows a convolution in between.
    config.convolutions = sizes.count("body.", ".weight", 1, 2) - 1;
    const auto last = "body." + std::to_string(2 * config.convolutions + 2) + ".weight";
    const auto out = sizes.of(last, 0);
    config.scale = out % 3 == 0 ? root_of(out / 3) : 0;
    if (config.scale == 0) {
        throw sizes.unsupported("ends in " + std::to_string(out) +
                                " channels, which is three times no square number");
    }
    return config;
}

SwinConfig swin_config(const Sizes& sizes) {
    const std::string block = "layers.0.residual_group.blocks.0.";
    if (!sizes.has("conv_up1.weight") || !sizes.has("conv_before_upsample.0.weight") ||
        !sizes.has("layers.0.conv.weight") || !sizes.has("patch_embed.norm.weight")) {
        throw sizes.unsupported("is a SwinIR of another form than the one for real pictures");
    }
    SwinConfig config;
    config.width = sizes.of("conv_first.weight", 0);
    config.heads = sizes.of(block + "attn.relative_position_bias_table", 1);
    const auto side = root_of(sizes.of(block + "attn.relative_position_bias_table", 0));
    config.window = (side + 1) / 2;
    config.mlp_width = sizes.of(block + "mlp.fc1.weight", 0);
    config.depths.clear();
    for (int64_t i = 0; i < sizes.count("layers.", ".conv.weight"); ++i) {
        config.depths.push_back(sizes.count("layers." + std::to_string(i) + ".residual_group.blocks.",
                                            ".norm1.weight"));
    }
    config.head_width = sizes.of("conv_before_upsample.0.weight", 0);
    config.doublings = sizes.count("conv_up", ".weight", 1);
    if (side % 2 == 0 || config.window < 2 || config.width % config.heads != 0) {
        throw sizes.unsupported("has windows or heads that do not fit its width");
    }
    return config;
}

std::shared_ptr<Upscaler> make_network(UpscalerKind kind, const Sizes& sizes) {
    switch (kind) {
        case UpscalerKind::rrdb: return Rrdb(rrdb_config(sizes)).ptr();
        case UpscalerKind::compact: return Compact(compact_config(sizes)).ptr();
        case UpscalerKind::swin: return Swin(swin_config(sizes)).ptr();
    }
    return nullptr;
}

}  // namespace

std::shared_ptr<Upscaler> load_upscaler(const std::filesystem::path& path, torch::Device device) {
    const auto name = path.filename().string();
    const auto file = checkpoint::upscaler_tensors(checkpoint::open_table(path), name);
    auto network = make_network(file.kind, Sizes(file.weights, name));
    checkpoint::LoadOptions options;
    options.dtype = torch::kFloat32;
    options.device = device;
    options.part = "upscaler";
    checkpoint::load_weights(*network, file.weights, options);
    network->eval();
    unet::ops::use_channels_last(*network);
    return network;
}

torch::Tensor mirrored_to_multiple(const torch::Tensor& pixels, int64_t multiple) {
    const auto below = (multiple - pixels.size(2) % multiple) % multiple;
    const auto right = (multiple - pixels.size(3) % multiple) % multiple;
    if (below == 0 && right == 0) return pixels;
    TORCH_CHECK(below < pixels.size(2) && right < pixels.size(3), "upscaler: pixels ", pixels.sizes(),
                " are too few for blocks of ", multiple);
    return torch::reflection_pad2d(pixels, {0, right, 0, below});
}

}  // namespace diffusion::upscale
