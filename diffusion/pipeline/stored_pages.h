#pragma once

// The weights of a part that stayed in their file: memory that can be given back at any time, because
// the file has them still. Layers make what they compute with of them, for each call or once.

#include <torch/nn/module.h>
#include <torch/types.h>

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::pipeline {

class StoredWeight;

/// The layers of a module that can make their weight of what a file has, by the weight's name.
std::map<std::string, std::shared_ptr<torch::nn::Module>> layer_weights(const torch::nn::Module& module);

class StoredPages {
public:
    StoredPages() = default;
    /// Of the parameters that lie where the table says that the file has them; gives their layers a
    /// source. reads_once: the first call in a layer makes its weight, of this type, and the file's is
    /// not needed any more; else it is made for each call.
    StoredPages(const torch::nn::Module& module, const checkpoint::TensorTable& weights, torch::Dtype dtype,
                bool reads_once);

    /// Gives back their memory; they are read again when they are used.
    void rest() const;
    std::int64_t bytes() const;

    void add(const StoredPages& other);

    /// From here on each layer's weights leave memory as soon as it is done, or stay until rest().
    void stream(bool streams) const;

    /// Bytes that reading once adds to what the parameters took when they were loaded.
    std::int64_t growth() const;
    /// What reading once has taken so far.
    double seconds() const;

private:
    struct Range {
        std::shared_ptr<const checkpoint::MappedFile> file;
        std::span<const std::byte> bytes;
        std::shared_ptr<StoredWeight> weight;  ///< null where the parameter is used as it lies
    };

    std::vector<Range> ranges_;
};

}  // namespace diffusion::pipeline
