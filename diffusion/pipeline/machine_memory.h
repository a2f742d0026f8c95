#pragma once

// What the system says of memory. Every figure is 0 where it doesn't say.

#include <cstdint>

namespace diffusion::pipeline {

/// Memory of this machine in bytes, or of the container it runs in.
std::int64_t physical_memory();

/// What this process could take without anything being swapped: free memory and what the process has.
std::int64_t available_memory();

/// What of this process is in memory now, mapped files included.
std::int64_t resident_memory();

/// The most that was resident since the process began, or since the last restart_peak().
std::int64_t peak_memory();

/// False where the system can't.
bool restart_peak();

/// Gives freed memory back to the system.
void trim_heap();

}  // namespace diffusion::pipeline
