#pragma once

#include "diffusion/checkpoint/model_files.h"
#include "diffusion/training/lesson.h"
#include "diffusion/training/low_rank.h"

#include <filesystem>
#include <map>
#include <string>

namespace diffusion::training {

/// Writes the factors in 16 bits with kohya's keys and metadata (ss_*, modelspec.*), whole or not
/// at all. Throws Error (cannot_write).
void write_lora(const std::filesystem::path& file, LowRank& low_rank, const LoraTraining& options,
                const checkpoint::ModelDescription& model, const LessonFacts& facts);

/// What an embedding's file says of itself, in the same words.
std::map<std::string, std::string> embedding_metadata(const EmbeddingTraining& options,
                                                      const std::string& name,
                                                      const std::filesystem::path& file,
                                                      const checkpoint::ModelDescription& model,
                                                      const LessonFacts& facts);

}  // namespace diffusion::training
