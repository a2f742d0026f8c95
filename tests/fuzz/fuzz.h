#pragma once

// What the targets share. A target calls one reader with the bytes that libFuzzer gives it and then
// touches everything that the reader says is there. Errors are the right answer to nonsense; anything
// else, or an address outside of the bytes, is a finding.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "diffusion/checkpoint/safetensors_table.h"
#include "diffusion/error.h"

namespace fuzz {

/// The bytes in memory of their own, so that a read behind their end is seen.
inline diffusion::checkpoint::FileBytes file_of(const std::uint8_t* data, std::size_t size) {
    const auto* begin = reinterpret_cast<const std::byte*>(data);
    const auto owner = std::make_shared<std::vector<std::byte>>(begin, begin + size);
    return {{owner->data(), owner->size()}, "fuzz", owner, nullptr};
}

/// Runs the reader; what it throws must be an Error with a sentence.
template <typename Reader>
void expect_errors_only(Reader&& reader) {
    try {
        reader();
    } catch (const diffusion::Error& error) {
        if (error.what()[0] == '\0') __builtin_trap();
    }
}

/// The element that lies last in the stored run, and the size of the run.
void touch(const diffusion::checkpoint::TensorEntry& entry);
void touch(const diffusion::checkpoint::TensorTable& table);

}  // namespace fuzz
