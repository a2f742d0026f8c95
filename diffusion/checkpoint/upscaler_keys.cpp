#include "diffusion/checkpoint/upscaler_keys.h"

#include <algorithm>
#include <array>
#include <optional>

#include "diffusion/checkpoint/file_error.h"
#include "diffusion/checkpoint/key_rules_impl.h"

namespace diffusion::checkpoint {

namespace {

using rules::take;
using rules::take_index;

struct Rename {
    std::string_view from;
    std::string_view to;
};

constexpr std::array bsrgan_names{
    Rename{"trunk_conv.", "conv_body."},   Rename{"upconv", "conv_up"},
    Rename{"HRconv.", "conv_hr."},         Rename{"conv_first.", "conv_first."},
    Rename{"conv_last.", "conv_last."},
};

/// "RDB2.conv3." with or without a trailing "0." -> "rdb2.conv3."
std::optional<std::string> dense_block(std::string_view key) {
    if (!take(key, "RDB")) return {};
    const auto block = take_index(key);
    if (!block || !take(key, "conv")) return {};
    const auto convolution = take_index(key);
    if (!convolution) return {};
    take(key, "0.");
    return "rdb" + std::to_string(*block) + ".conv" + std::to_string(*convolution) + "." +
           std::string(key);
}

std::optional<std::string> from_bsrgan(std::string_view key) {
    for (const auto& [from, to] : bsrgan_names) {
        if (take(key, from)) return std::string(to) + std::string(key);
    }
    if (!take(key, "RRDB_trunk.")) return {};
    const auto block = take_index(key);
    const auto inner = dense_block(key);
    if (!block || !inner) return {};
    return "body." + std::to_string(*block) + "." + *inner;
}

/// last: the highest number of a layer. Behind the trunk come a convolution for each doubling (every
/// third layer), then two more.
std::optional<std::string> from_numbered(std::string_view key, int last) {
    if (!take(key, "model.")) return {};
    const auto layer = take_index(key);
    if (!layer) return {};
    const std::string rest(key);
    if (*layer == 0) return "conv_first." + rest;
    if (*layer == last) return "conv_last." + rest;
    if (*layer == last - 2) return "conv_hr." + rest;
    if (*layer % 3 == 0) return "conv_up" + std::to_string(*layer / 3) + "." + rest;
    if (!take(key, "sub.")) return {};
    const auto block = take_index(key);
    if (!block) return {};
    if (key.substr(0, 3) != "RDB") return "conv_body." + std::string(key);
    const auto inner = dense_block(key);
    if (!inner) return {};
    return "body." + std::to_string(*block) + "." + *inner;
}

int last_layer(const TensorTable& file) {
    int last = 0;
    for (const auto& [key, entry] : file.tensors) {
        std::string_view rest = key;
        if (!take(rest, "model.")) continue;
        last = std::max(last, take_index(rest).value_or(0));
    }
    return last;
}

template <typename Rename>
TensorTable renamed(const TensorTable& file, const std::string& name, Rename&& rename) {
    TensorTable table;
    for (const auto& [key, entry] : file.tensors) {
        const auto to = rename(key);
        if (!to || !table.tensors.emplace(*to, entry).second) {
            throw file_error(ErrorReason::unsupported_architecture, name,
                             "has the tensor " + key + ", which no known upscaler has");
        }
    }
    return table;
}

}  // namespace

UpscalerTensors upscaler_tensors(const TensorTable& file, const std::string& name) {
    if (file.has("model.0.weight") && file.has("model.1.sub.0.RDB1.conv1.0.weight")) {
        const auto last = last_layer(file);
        return {UpscalerKind::rrdb,
                renamed(file, name, [&](const auto& key) { return from_numbered(key, last); })};
    }
    if (file.has("RRDB_trunk.0.RDB1.conv1.weight")) return {UpscalerKind::rrdb, renamed(file, name, from_bsrgan)};
    if (file.has("body.0.rdb1.conv1.weight")) return {UpscalerKind::rrdb, file};
    if (file.has("layers.0.residual_group.blocks.0.attn.relative_position_bias_table")) {
        return {UpscalerKind::swin, file};
    }
    const auto* slope = file.find("body.1.weight");
    if (file.has("body.0.weight") && slope && slope->shape.size() == 1) return {UpscalerKind::compact, file};
    throw file_error(ErrorReason::unsupported_architecture, name,
                     "is no upscaler that is known (ESRGAN and its kin, SRVGG compact, SwinIR)");
}

}  // namespace diffusion::checkpoint
