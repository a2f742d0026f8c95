// The index of a model in several files: no name that it gives may leave its folder.

#include <filesystem>

#include "diffusion/checkpoint/shard_index.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::expect_errors_only([&] {
        const auto index = diffusion::checkpoint::read_shard_index(fuzz::file_of(data, size));
        for (const auto& [tensor, shard] : index) {
            const auto path = (std::filesystem::path("/models/a") / shard).lexically_normal().string();
            if (path.compare(0, 10, "/models/a/") != 0 || path.find('\0') != path.npos) {
                __builtin_trap();
            }
        }
    });
    return 0;
}
