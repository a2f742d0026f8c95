// One pickle by itself.

#include "diffusion/checkpoint/pickle.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::expect_errors_only([&] {
        const auto file = fuzz::file_of(data, size);
        diffusion::checkpoint::ByteReader reader(file.bytes, file.name);
        const auto pickle = diffusion::checkpoint::read_pickle(reader);
        for (const auto& value : pickle.values) {
            for (const auto item : value.items) pickle.at(item);
        }
        pickle.at(pickle.root);
        pickle.model_tensors();
    });
    return 0;
}
