#pragma once

#include <memory>
#include <string>

#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::checkpoint {

/// Bytes of a file and what keeps them alive; the name is used in messages.
struct FileBytes {
    std::span<const std::byte> bytes;
    std::string name;
    std::shared_ptr<const void> owner;
    std::shared_ptr<const MappedFile> file;  ///< null if the bytes are not a mapping

    static FileBytes of(const std::shared_ptr<const MappedFile>& mapped);
};

/// Reads the header of a safetensors file: tensors that cover the data buffer exactly, without
/// overlap or hole. Throws diffusion::Error with the reasons of the format's reference reader.
TensorTable read_safetensors_table(const FileBytes& file);

}  // namespace diffusion::checkpoint
