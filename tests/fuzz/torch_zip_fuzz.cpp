// A zip archive of one pickle and its storages.

#include "diffusion/checkpoint/torch_file.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::expect_errors_only(
        [&] { fuzz::touch(diffusion::checkpoint::read_torch_zip(fuzz::file_of(data, size))); });
    return 0;
}
