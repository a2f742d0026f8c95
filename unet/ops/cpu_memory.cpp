#include "unet/ops/cpu_memory.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/alloc_cpu.h>
#include <c10/util/Exception.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <list>
#include <map>
#include <mutex>
#include <unordered_map>

namespace unet::ops {

namespace {

constexpr std::size_t smallest_block = std::size_t{1} << 20;  // below, malloc keeps memory well itself
constexpr std::size_t huge_page = std::size_t{2} << 20;
constexpr std::size_t grain = std::size_t{256} << 10;

/// Blocks that wait, oldest first, found by size. Every call holds the lock.
class BlockCache {
public:
    void* take(std::size_t bytes) {
        const auto size = (bytes + grain - 1) / grain * grain;
        const std::lock_guard lock(mutex_);
        auto found = by_size_.lower_bound(size);
        void* block = nullptr;
        std::size_t given = size;
        // A block much larger than asked for would keep more memory than it saves time.
        if (found != by_size_.end() && found->first <= size + size / 8) {
            block = found->second->address;
            given = found->first;
            state_.waiting -= given;
            ages_.erase(found->second);
            by_size_.erase(found);
        } else {
            if (total_ > 0) shrink_to(total_ > state_.used + size ? total_ - state_.used - size : 0);
            block = map(size);
        }
        used_.emplace(block, given);
        state_.used += given;
        state_.peak = std::max(state_.peak, state_.used);
        return block;
    }

    /// False for a block that is not from here.
    bool give_back(void* block) {
        const std::lock_guard lock(mutex_);
        const auto found = used_.find(block);
        if (found == used_.end()) return false;
        const auto size = found->second;
        used_.erase(found);
        state_.used -= size;
        state_.waiting += size;
        ages_.push_back({block, size, {}});
        const auto age = std::prev(ages_.end());
        age->place = by_size_.emplace(size, age);
        shrink_to(limit_);
        return true;
    }

    void set_limit(std::size_t bytes) {
        const std::lock_guard lock(mutex_);
        limit_ = bytes;
        shrink_to(limit_);
    }

    void set_total(std::size_t bytes) {
        const std::lock_guard lock(mutex_);
        total_ = bytes;
        if (total_ > 0) shrink_to(total_ > state_.used ? total_ - state_.used : 0);
    }

    void restart_peak() {
        const std::lock_guard lock(mutex_);
        state_.peak = state_.used;
    }

    void empty() {
        const std::lock_guard lock(mutex_);
        shrink_to(0);
    }

    BlockCacheState state() {
        const std::lock_guard lock(mutex_);
        return state_;
    }

private:
    struct Waiting;
    using Ages = std::list<Waiting>;
    using Sizes = std::multimap<std::size_t, Ages::iterator>;
    struct Waiting {
        void* address;
        std::size_t size;
        Sizes::iterator place;
    };

    void* map(std::size_t size) {
        void* block = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (block == MAP_FAILED) {  // what waits may be in the way
            shrink_to(0);
            block = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        }
        TORCH_CHECK_WITH(OutOfMemoryError, block != MAP_FAILED, "a tensor needs ", size, " bytes");
        if (size >= huge_page) madvise(block, size, MADV_HUGEPAGE);
        return block;
    }

    void shrink_to(std::size_t bytes) {
        while (state_.waiting > bytes) {
            const auto oldest = ages_.begin();
            munmap(oldest->address, oldest->size);
            state_.waiting -= oldest->size;
            by_size_.erase(oldest->place);
            ages_.erase(oldest);
        }
    }

    std::mutex mutex_;
    Ages ages_;
    Sizes by_size_;
    std::unordered_map<void*, std::size_t> used_;
    std::size_t limit_ = std::size_t{1} << 30;
    std::size_t total_ = 0;
    BlockCacheState state_;
};

/// Never destroyed: tensors may be released after main has ended.
BlockCache& cache() {
    static auto* const made = new BlockCache;
    return *made;
}

void release(void* block) {
    if (block && !cache().give_back(block)) c10::free_cpu(block);
}

class BlockCacheAllocator : public c10::Allocator {
public:
    c10::DataPtr allocate(std::size_t bytes) override {
        void* const block = bytes < smallest_block ? c10::alloc_cpu(bytes) : cache().take(bytes);
        return {block, block, &release, c10::Device(c10::DeviceType::CPU)};
    }
    c10::DeleterFnPtr raw_deleter() const override { return &release; }
    void copy_data(void* to, const void* from, std::size_t count) const override {
        std::memcpy(to, from, count);
    }
};

}  // namespace

void use_block_cache() {
    static auto* const allocator = new BlockCacheAllocator;
    // Above the default's priority 0, so that LibTorch's own later calls do not take it away again.
    c10::SetCPUAllocator(allocator, 100);
}

void set_block_cache_limit(std::size_t bytes) { cache().set_limit(bytes); }

void set_block_cache_total(std::size_t bytes) { cache().set_total(bytes); }

void restart_block_cache_peak() { cache().restart_peak(); }

BlockCacheState block_cache_state() { return cache().state(); }

void empty_block_cache() { cache().empty(); }

}  // namespace unet::ops
