#pragma once

// Models in other formats. A single file that becomes a single file keeps its names and every tensor,
// so that keep is bit for bit; between a folder and a single file the tensors of the networks are
// renamed. What is written is opened again before it gets its name: a format that can't say what the
// model is (its heads, its vocabulary) is refused instead of giving other pictures.

#include <filesystem>
#include <functional>

#include "diffusion/checkpoint/model_files.h"
#include "diffusion/checkpoint/tensor_spec.h"
#include "diffusion/model_tools.h"

namespace diffusion::checkpoint {

/// Writes the vocabulary of a text encoder that brings none of its own.
using TokenizerWriter = std::function<void(const std::filesystem::path& folder,
                                           const clip::TextEncoderConfig& config)>;

/// The type that a tensor gets, of what the user chose ("keep", "f16", ...). Names that no network has
/// and whole numbers keep theirs; q8_0 is for matrices of whole blocks, whose neighbours become F16.
ElementType target_type(const std::string& name, const TensorEntry& entry, const std::string& type,
                        ModelFormat format);

/// options: what the caller knows of the model; the written one is opened with them again. Throws
/// Error as Engine::convert does.
ConvertOutcome convert_model(const ConvertRequest& request, const OpenOptions& options,
                             const TokenizerWriter& write_tokenizer, const WriteProgress& progress);

}  // namespace diffusion::checkpoint
