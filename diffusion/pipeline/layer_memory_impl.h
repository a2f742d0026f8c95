#pragma once

// The layers that UNet and autoencoders share, as memory_model counts them.

#include "diffusion/pipeline/memory_model.h"
#include "diffusion/pipeline/tally.h"

namespace diffusion::pipeline {

class LayerMemory {
public:
    explicit LayerMemory(const Workload& work) : work_(work) {}

    Tally& tally() { return tally_; }
    const Workload& work() const { return work_; }

    /// A map or a row of tokens of the whole batch.
    Held tensor(std::int64_t channels, std::int64_t positions) {
        return {tally_, channels * positions * work_.batch * work_.element_bytes};
    }

    /// The result of a layer; while it runs, oneDNN's own copy of the weights in the order of its
    /// kernels is held too, and the widened one.
    Held layer(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t positions) {
        const auto weight = in * out * kernel * kernel * work_.element_bytes;
        const Held copies(tally_, work_.narrow_weights ? 2 * weight : weight);
        return tensor(out, positions);
    }

    /// The same for a convolution with an addition, for which oneDNN's bridge makes a map of its own.
    Held added_layer(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t positions) {
        const auto own = tensor(out, positions);
        return layer(in, out, kernel, positions);
    }

    /// unet::ResnetBlock; the caller holds its input.
    Held resnet(std::int64_t in, std::int64_t out, std::int64_t positions) {
        auto normed = tensor(in, positions);
        const auto h = layer(in, out, 3, positions);
        normed.release();
        const auto shortcut = in == out ? Held() : layer(in, out, 1, positions);
        const auto normed_again = tensor(out, positions);
        return added_layer(out, out, 3, positions);
    }

private:
    Workload work_;
    Tally tally_;
};

}  // namespace diffusion::pipeline
