#include "tests/fuzz/fuzz.h"

namespace fuzz {

using diffusion::checkpoint::block_of;
using diffusion::checkpoint::TensorEntry;
using diffusion::checkpoint::TensorTable;

namespace {

volatile unsigned char sink;

void read(const std::byte* at) { sink = std::to_integer<unsigned char>(*at); }

}  // namespace

void touch(const TensorEntry& entry) {
    if (entry.strides.size() != entry.shape.size()) __builtin_trap();
    if (!entry.bytes.empty()) {
        read(entry.bytes.data());
        read(entry.bytes.data() + entry.bytes.size() - 1);
    }
    const auto block = block_of(entry.type);
    std::int64_t last = entry.first;
    for (std::size_t i = 0; i < entry.shape.size(); ++i) {
        if (entry.shape[i] < 0 || entry.strides[i] < 0) __builtin_trap();
        if (entry.shape[i] == 0) return;
        last += (entry.shape[i] - 1) * entry.strides[i];
    }
    // UBSan saw an overflow; this sees an element that is not there.
    const auto begin = last / block.elements * block.bytes;
    if (begin < 0 || static_cast<std::size_t>(begin + block.bytes) > entry.bytes.size()) {
        __builtin_trap();
    }
    read(entry.bytes.data() + begin + block.bytes - 1);
}

void touch(const TensorTable& table) {
    for (const auto& [name, entry] : table.tensors) touch(entry);
}

}  // namespace fuzz
