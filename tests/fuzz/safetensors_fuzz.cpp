// The header of a safetensors file.

#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::expect_errors_only([&] {
        fuzz::touch(diffusion::checkpoint::read_safetensors_table(fuzz::file_of(data, size)));
    });
    return 0;
}
