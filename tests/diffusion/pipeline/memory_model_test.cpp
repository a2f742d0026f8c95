// The model on paper against what LibTorch's tensors really take.

#include "diffusion/pipeline/memory_model.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include "diffusion/pipeline/tally.h"
#include "unet/ops/cpu_memory.h"
#include "unet/ops/layers.h"
#include "unet/unet.h"
#include "vae/autoencoder.h"

namespace diffusion::pipeline {
namespace {

constexpr double tolerance = 0.15;

/// Bytes of large tensors at once, beside those that are there already.
template <typename Work>
double measured(const Work& work) {
    const torch::InferenceMode inference;
    unet::ops::use_block_cache();
    unet::ops::restart_block_cache_peak();
    const auto before = unet::ops::block_cache_state().used;
    work();
    return static_cast<double>(unet::ops::block_cache_state().peak - before);
}

template <typename Module>
void prepare(Module& module) {
    const torch::NoGradGuard no_grad;
    for (auto& p : module->parameters()) p.normal_(0, 0.02);
    module->eval();
    unet::ops::use_channels_last(*module);
}

unet::UNetConfig middle_size() {
    unet::UNetConfig config;
    config.block_out_channels = {64, 128, 128};
    config.down_depth = {{1, 1}, {1, 1}, {0, 0}};
    config.up_depth = {{1, 1, 1}, {1, 1, 1}, {0, 0, 0}};
    config.heads = {4, 4, 4};
    config.cross_attention_dim = 64;
    return config;
}

double unet_peak(std::int64_t slice) {
    unet::UNet net(middle_size());
    prepare(net);
    net->set_slice(slice);
    const auto x = torch::randn({2, 4, 96, 80});
    return measured([&] { net(x, torch::tensor({500.0f}), unet::Conditioning{torch::randn({2, 77, 64}), {}, {}}); });
}

TEST(MemoryModel, KnowsTheUNetsTensors) {
    Workload work{.batch = 2, .height = 96, .width = 80};
    const auto whole = unet_peak(0);
    EXPECT_NEAR(static_cast<double>(unet_memory(middle_size(), work)) / whole, 1, tolerance);
    work.slice = 512;
    const auto sliced = unet_peak(512);
    EXPECT_NEAR(static_cast<double>(unet_memory(middle_size(), work)) / sliced, 1, tolerance);
    EXPECT_LT(sliced, 0.8 * whole);
}

TEST(MemoryModel, KnowsTheAutoencodersTensors) {
    vae::AutoencoderConfig config;
    config.block_out_channels = {32, 64, 64};
    vae::Autoencoder net(config);
    prepare(net);
    const Workload work{.batch = 1, .height = 64, .width = 48};
    const auto latent = torch::randn({1, 4, 64, 48});
    EXPECT_NEAR(static_cast<double>(decoder_memory(config, work)) / measured([&] { net->decode(latent); }), 1,
                tolerance);
    const auto pixels = torch::randn({1, 3, 256, 192});
    EXPECT_NEAR(static_cast<double>(encoder_memory(config, work)) / measured([&] { net->encode(pixels); }), 1,
                tolerance);
}

TEST(MemoryModel, SdTakesAsMuchAsWasMeasured) {
    // Half a mebibyte times channels of 512x512 positions: six maps of 128 channels and one of 256 at once.
    const Workload work{.batch = 1, .height = 64, .width = 64};
    const auto map = std::int64_t{512} * 512 * 128 * 4;
    const auto bytes = decoder_memory(vae::AutoencoderConfig::sd(), work);
    EXPECT_GT(bytes, 5 * map);
    EXPECT_LT(bytes, 8 * map);
}

TEST(Tally, RemembersTheMostThatWasHeldAtOnce) {
    Tally tally;
    {
        auto a = Held(tally, 100);
        { const Held b(tally, 50); }
        a.release();
        const Held c(tally, 120);
    }
    EXPECT_EQ(tally.peak(), 150);
}

}  // namespace
}  // namespace diffusion::pipeline
