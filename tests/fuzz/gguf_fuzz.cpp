// A GGUF file, and its quantised blocks as numbers.

#include "diffusion/checkpoint/dequantise.h"
#include "diffusion/checkpoint/gguf.h"
#include "tests/fuzz/fuzz.h"

namespace {

using diffusion::checkpoint::block_of;
using diffusion::checkpoint::TensorEntry;

void dequantise(const TensorEntry& entry) {
    const auto block = block_of(entry.type);
    const auto count = entry.bytes.size() / static_cast<std::size_t>(block.bytes) *
                       static_cast<std::size_t>(block.elements);
    std::vector<float> values(count);
    diffusion::checkpoint::dequantise(entry.type, entry.bytes, values);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::expect_errors_only([&] {
        const auto table = diffusion::checkpoint::read_gguf(fuzz::file_of(data, size));
        fuzz::touch(table);
        for (const auto& [name, entry] : table.tensors) {
            if (is_quantised(entry.type)) dequantise(entry);
        }
    });
    return 0;
}
