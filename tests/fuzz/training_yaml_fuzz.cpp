// The side file that says what a model predicts.

#include "diffusion/checkpoint/training_yaml.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    diffusion::checkpoint::prediction_in_yaml({reinterpret_cast<const char*>(data), size});
    return 0;
}
