#pragma once

#include <filesystem>
#include <vector>

#include "diffusion/image.h"

namespace diffusion::training {

/// RGB pictures of one size side by side on white, `columns` to a row.
Image sheet_of(const std::vector<Image>& pictures, int columns);

/// RGB -> PNG through a temporary file; folders are made. Throws Error (cannot_write).
void write_png(const std::filesystem::path& file, const Image& image);

}  // namespace diffusion::training
