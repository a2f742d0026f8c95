#pragma once

#include <filesystem>
#include <string>

namespace diffusion::training {

/// Writes a small file that is there as a whole or not at all; nothing else stays. Throws Error
/// (cannot_write) that names the file, the system's reason and what to do.
void write_whole(const std::filesystem::path& file, const std::string& bytes);

}  // namespace diffusion::training
