#pragma once

// Picture files -> diffusion::Image, by whatever formats Qt's plugins read.

#include <string>

#include "diffusion/image.h"

namespace app::codec {

/// 8-bit RGBA (straight alpha), turned as the file's orientation says.
/// Throws diffusion::Error (missing_file, corrupt_file, bad_request when it is larger than 16384).
diffusion::Image readPicture(const std::string& file);

}  // namespace app::codec
