#pragma once

#include "diffusion/error.h"

namespace cli {

inline constexpr int done = 0;
inline constexpr int failed = 1;
inline constexpr int badRequest = 2;
inline constexpr int modelProblem = 3;
inline constexpr int outOfMemory = 4;
inline constexpr int interrupted = 130;

int exitCode(diffusion::ErrorKind kind);

}  // namespace cli
