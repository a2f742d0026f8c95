// The config.json files of diffusers folders; the first byte says which.

#include <nlohmann/json.hpp>

#include "diffusion/checkpoint/infer_config.h"
#include "diffusion/checkpoint/json_file.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace diffusion::checkpoint;
    if (size == 0) return 0;
    fuzz::expect_errors_only([&] {
        const auto file = fuzz::file_of(data + 1, size - 1);
        const auto config = parse_json(file.bytes, file.name);
        switch (data[0] % 5) {
            case 0: unet_config_of(config, file.name); break;
            case 1: factor_of(vae_config_of(config, file.name)); break;
            case 2: text_config_of(config, file.name); break;
            case 3: scheduler_config_of(config, file.name); break;
            default: {
                OpenOptions options;
                read_control_config(config, file.name, options);
            }
        }
    });
    return 0;
}
