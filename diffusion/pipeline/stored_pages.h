#pragma once

// The weights of a part that stayed in their file: memory that can be given back at any time, because
// the file has them still.

#include <torch/nn/module.h>

#include <memory>
#include <span>
#include <vector>

#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::pipeline {

class StoredPages {
public:
    StoredPages() = default;
    /// Of the parameters that lie where the table says that the file has them.
    StoredPages(const torch::nn::Module& module, const checkpoint::TensorTable& weights);

    /// Gives back their memory; they are read again when they are used.
    void rest() const;
    std::int64_t bytes() const;

    void add(const StoredPages& other);

    /// From here on each layer's weights leave memory as soon as it is done, or stay until rest().
    /// Layers whose weight is another one by now (an adapter's) are left out.
    void stream(bool streams) const;

private:
    struct Range {
        std::shared_ptr<const checkpoint::MappedFile> file;
        std::span<const std::byte> bytes;
        std::shared_ptr<torch::nn::Module> layer;  ///< that reads it; null if it can't be streamed
    };

    std::vector<Range> ranges_;
};

}  // namespace diffusion::pipeline
