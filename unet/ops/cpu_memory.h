#pragma once

// Memory for LibTorch's CPU tensors. By default each large tensor of a step is fresh memory from the
// kernel, which clears it page by page: a sixth of a step's time. Here large blocks are kept when they
// come back and handed out again, and lie on huge pages.

#include <cstddef>

namespace unet::ops {

/// Makes this the process's allocator of CPU tensors; tensors that exist keep their memory. Again: nothing.
void use_block_cache();

/// Most bytes that waiting blocks may hold; what is above goes back at once. Begins at 1 GiB.
void set_block_cache_limit(std::size_t bytes);

/// Most bytes that tensors and waiting blocks may hold together before a waiting block is given back for
/// a new one; it never refuses a tensor. 0, as it begins: no limit of this kind.
void set_block_cache_total(std::size_t bytes);

struct BlockCacheState {
    std::size_t used = 0;     ///< bytes of blocks that tensors hold
    std::size_t waiting = 0;  ///< bytes of blocks that wait
    std::size_t peak = 0;     ///< the most that `used` was since restart_block_cache_peak()
};
BlockCacheState block_cache_state();

void restart_block_cache_peak();

/// Gives the waiting blocks back to the system.
void empty_block_cache();

}  // namespace unet::ops
