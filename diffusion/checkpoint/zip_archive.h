#pragma once

#include <map>
#include <string>

#include "diffusion/checkpoint/safetensors_table.h"

namespace diffusion::checkpoint {

/// One file of an archive: its bytes as they lie there.
struct ZipEntry {
    std::span<const std::byte> bytes;
    std::uint64_t size = 0;  ///< unpacked
    bool is_deflated = false;
};

/// The bytes of an entry and what keeps them alive.
FileBytes unpack(const FileBytes& archive, const ZipEntry& entry);

/// Lists an archive by its central directory (ZIP and ZIP64). Names are names only: nothing is ever
/// written or opened by them. Throws diffusion::Error (malformed, truncated, out_of_range, ...).
std::map<std::string, ZipEntry> read_zip(const FileBytes& archive);

}  // namespace diffusion::checkpoint
