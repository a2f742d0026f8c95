#pragma once

#include <string>
#include <vector>

#include "diffusion/checkpoint/model_files.h"
#include "diffusion/model_tools.h"

namespace diffusion::pipeline {

/// What a model lacks to make pictures by itself, for people: "text encoder, VAE". Empty: nothing.
std::string absent_parts(const checkpoint::ModelDescription& description);

/// Every part of a model, its tensors held against the network that its headers describe.
std::vector<PartReport> examine_parts(const checkpoint::ModelFiles& files);

/// "safetensors", "PyTorch", "GGUF", "folder"; the second are the bytes that it takes on the disk.
std::pair<std::string, std::uint64_t> format_of(const std::filesystem::path& model);

}  // namespace diffusion::pipeline
