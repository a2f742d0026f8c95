#pragma once

// Why a file could not be written, for people: the system's reason and what to do.

#include <cerrno>
#include <cstring>
#include <string>

namespace diffusion {

/// error: as errno has it. "No space left on device. Make room there, or choose another folder."
inline std::string write_failure(int error) {
    const bool is_full = error == ENOSPC || error == EDQUOT || error == EFBIG;
    return std::string(std::strerror(error)) +
           (is_full ? ". Make room there, or choose another folder."
                    : ". Choose a folder that may be written to.");
}

}  // namespace diffusion
