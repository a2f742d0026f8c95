#include "tests/bench/measure.h"

#include <torch/cuda.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>

#include "unet/ops/linear.h"

namespace bench {

namespace {

void wait_for(const torch::Device& device) {
    if (device.is_cuda()) torch::cuda::synchronize();
}

}  // namespace

std::vector<double> time_rounds(int rounds, const std::function<void()>& work) {
    using Clock = std::chrono::steady_clock;
    std::vector<double> seconds;
    work();
    for (int i = 0; i < rounds; ++i) {
        const auto begin = Clock::now();
        work();
        seconds.push_back(std::chrono::duration<double>(Clock::now() - begin).count());
    }
    std::sort(seconds.begin(), seconds.end());
    return seconds;
}

double median(const std::vector<double>& sorted) {
    const auto middle = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

Ceilings measure_ceilings(const torch::Device& device) {
    const auto options = torch::TensorOptions().device(device);
    constexpr int64_t side = 2048;
    const auto a = torch::randn({side, side}, options);
    const auto b = torch::randn({side, side}, options);
    const auto matmul = time_rounds(5, [&] {
        torch::mm(a, b);
        wait_for(device);
    });
    const auto linear = time_rounds(5, [&] {
        unet::ops::linear(a, b, {});
        wait_for(device);
    });
    constexpr int64_t channels = 320, extent = 64;
    const auto x = torch::randn({2, channels, extent, extent}, options)
                       .contiguous(torch::MemoryFormat::ChannelsLast);
    const auto weight = torch::randn({channels, channels, 3, 3}, options)
                            .contiguous(torch::MemoryFormat::ChannelsLast);
    const auto convolution = time_rounds(5, [&] {
        torch::conv2d(x, weight, {}, 1, 1);
        wait_for(device);
    });
    return {2.0 * side * side * side / std::min(matmul.front(), linear.front()),
            2.0 * 2 * channels * channels * 9 * extent * extent / convolution.front()};
}

std::int64_t peak_memory() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return std::int64_t{usage.ru_maxrss} * 1024;
}

}  // namespace bench
