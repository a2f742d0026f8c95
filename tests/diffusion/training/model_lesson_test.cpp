#include "diffusion/training/model_lesson.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <map>
#include <string>

namespace diffusion::training {
namespace {

constexpr int64_t batch = 5, channels = 4, side = 4, positions = 6, vocabulary = 20;

ModelNetworks made() {
    unet::UNetConfig unet;
    unet.in_channels = unet.out_channels = channels;
    unet.block_out_channels = {8, 16};
    unet.down_depth = {{1}, {0}};
    unet.up_depth = {{1, 1}, {0, 0}};
    unet.layers_per_block = 1;
    unet.heads = {2, 2};
    unet.cross_attention_dim = 12;
    unet.norm_groups = 4;
    clip::TextEncoderConfig text;
    text.width = 12;
    text.layers = 1;
    text.heads = 2;
    text.mlp_width = 24;
    text.vocab_size = vocabulary;
    text.max_positions = positions;
    text.end_token = text.pad_token = vocabulary - 1;
    ModelNetworks networks;
    networks.unet = unet::UNet(unet);
    networks.text_encoder = clip::TextEncoder(text);
    networks.text_pictures = TextPictures(text.width, positions, channels, side, side);
    return networks;
}

ModelNetworks drawn() {
    const auto networks = made();
    const torch::NoGradGuard no_grad;
    auto generator = at::detail::createCPUGenerator(7);
    for (auto* module : networks.modules())
        for (auto& weight : module->parameters()) weight.normal_(0, 0.2, generator);
    return networks;
}

ModelBatch some_batch() {
    torch::manual_seed(3);
    ModelBatch made;
    made.latents = torch::randn({batch, channels, side, side});
    made.ids = torch::randint(vocabulary, {batch, positions});
    made.noise = torch::randn({batch, channels, side, side});
    made.timesteps = torch::tensor({10, 300, 500, 700, 990}, torch::kInt64);
    return made;
}

struct Learnt {
    double loss = 0;
    std::map<std::string, torch::Tensor> gradients;
};

Learnt learnt(int workers, bool text_alone, double share = 1) {
    ModelTraining config;
    config.text_weight = 0.5;
    const auto networks = drawn();
    const ModelLesson lesson(networks, config, 0.25, workers, made);
    Learnt learnt;
    learnt.loss = lesson.learn(some_batch(), text_alone, share).item<double>();
    int part = 0;
    for (auto* module : networks.modules()) {
        for (const auto& item : module->named_parameters()) learnt.gradients[std::to_string(part) + item.key()] = item.value().grad();
        ++part;
    }
    return learnt;
}

void expect_same(const Learnt& one, const Learnt& other, double factor) {
    EXPECT_NEAR(other.loss, factor * one.loss, 1e-6 * one.loss);
    for (const auto& [name, gradient] : one.gradients) {
        const auto& again = other.gradients.at(name);
        ASSERT_EQ(gradient.defined(), again.defined()) << name;
        if (!gradient.defined()) continue;
        const double largest = gradient.abs().max().item<double>();
        EXPECT_LE((factor * gradient - again).abs().max().item<double>(), 1e-5 * largest + 1e-8) << name;
    }
}

TEST(ModelLesson, AnyNumberOfWorkersLearnsTheSame) {
    const int threads = at::get_num_threads();
    at::set_num_threads(1);
    for (const bool text_alone : {false, true}) {
        const auto alone = learnt(1, text_alone);
        for (const int workers : {2, 3, 8}) expect_same(alone, learnt(workers, text_alone), 1);  // 8 are more than rows
    }
    at::set_num_threads(threads);
}

TEST(ModelLesson, ShareCountsForTheLossAndItsGradients) { expect_same(learnt(1, false), learnt(1, false, 0.5), 0.5); }

TEST(ModelLesson, TextAloneLeavesTheUNetWithoutGradients) {
    const auto alone = learnt(2, true);
    for (const auto& [name, gradient] : alone.gradients) EXPECT_EQ(gradient.defined(), !name.starts_with("0")) << name;
}

TEST(ModelLesson, WorkersFollowTheWeightsWhenTheyMove) {
    ModelTraining config;
    const auto networks = drawn();
    const ModelLesson lesson(networks, config, 1, 2, made);
    const auto first = lesson.learn(some_batch(), false, 1);
    {
        const torch::NoGradGuard no_grad;
        for (auto* module : networks.modules())
            for (auto& weight : module->parameters()) weight.mul_(0.5);
    }
    const auto moved = lesson.learn(some_batch(), false, 1);
    EXPECT_NE(first.item<double>(), moved.item<double>());
    EXPECT_NEAR(moved.item<double>(), lesson.loss(some_batch(), false).item<double>(), 1e-5);
}

}  // namespace
}  // namespace diffusion::training
