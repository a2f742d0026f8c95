#pragma once

#include <torch/types.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace bench {

/// Seconds of `rounds` calls after one that is not counted, ascending.
std::vector<double> time_rounds(int rounds, const std::function<void()>& work);

/// Middle of an ascending list.
double median(const std::vector<double>& sorted);

/// Floating-point operations per second that this machine reaches right now.
struct Ceilings {
    double matmul = 0;       ///< a large float32 matrix product
    double convolution = 0;  ///< a large 3x3 float32 convolution, channels last
};

Ceilings measure_ceilings(const torch::Device& device);

/// Largest resident memory of this process so far, in bytes.
std::int64_t peak_memory();

}  // namespace bench
