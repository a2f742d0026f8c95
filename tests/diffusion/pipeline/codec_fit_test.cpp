#include "diffusion/pipeline/codec_fit.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include "vae/autoencoder.h"
#include "vae/tiny_autoencoder.h"

namespace {

using diffusion::pipeline::misfit;

vae::AutoencoderConfig small(double scale = 0.18215) {
    vae::AutoencoderConfig config;
    config.block_out_channels = {8, 16};
    config.norm_groups = 4;
    config.scaling_factor = scale;
    return config;
}

vae::Autoencoder seeded(std::uint64_t seed, double scale = 0.18215) {
    vae::Autoencoder net(small(scale));
    const torch::NoGradGuard no_grad;
    auto generator = at::detail::createCPUGenerator(seed);
    for (auto& p : net->parameters()) p.normal_(0, 0.2, generator);
    return net;
}

/// The same autoencoder, its decoder trained on.
vae::Autoencoder descendant_of(const vae::Autoencoder& parent) {
    auto net = seeded(9);
    const torch::NoGradGuard no_grad;
    const auto from = parent->named_parameters();
    for (auto& item : net->named_parameters()) {
        item.value().mul_(0.2).add_(from[item.key()]);
    }
    return net;
}

TEST(CodecFit, ADescendantFits) {
    const auto own = seeded(1);
    EXPECT_EQ(misfit(*own, *seeded(1), "same.safetensors"), "");
    EXPECT_EQ(misfit(*own, *descendant_of(own), "tuned.safetensors"), "");
}

TEST(CodecFit, AStrangerIsToldByItsWeights) {
    const auto text = misfit(*seeded(1), *seeded(2), "/vae/stranger.safetensors");
    EXPECT_NE(text.find("stranger.safetensors"), std::string::npos) << text;
    EXPECT_NE(text.find("nothing in common"), std::string::npos) << text;
}

TEST(CodecFit, AnotherScaleIsNamedWithBothNumbers) {
    const auto text = misfit(*seeded(1), *seeded(1, 0.13025), "sdxl.vae.pt");
    EXPECT_NE(text.find("0.13025"), std::string::npos) << text;
    EXPECT_NE(text.find("0.18215"), std::string::npos) << text;
}

TEST(CodecFit, DistilledOnesAreNotJudged) {
    EXPECT_EQ(misfit(*seeded(1), *vae::TinyAutoencoder(vae::TinyConfig()), "taesd"), "");
}

}  // namespace
