// A deflate stream; the first three bytes are the size that an archive claims for it.

#include "diffusion/checkpoint/inflate.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3) return 0;
    const std::uint64_t claimed = data[0] | data[1] << 8 | (data[2] & 15) << 16;
    fuzz::expect_errors_only([&] {
        const auto file = fuzz::file_of(data + 3, size - 3);
        if (diffusion::checkpoint::inflate(file.bytes, claimed, file.name).size() != claimed) {
            __builtin_trap();
        }
    });
    return 0;
}
