#include "diffusion/training/trainee.h"

#include <torch/nn/modules/linear.h>
#include <torch/utils.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "diffusion/error.h"

namespace diffusion::training {
namespace {

Rates plain_rates() {
    Rates rates;
    rates.learning_rate = 0.1;
    rates.warm_up_steps = 0;
    rates.weight_decay = 0;
    rates.gradient_limit = 0;
    rates.ema_decay = 0.5;
    return rates;
}

torch::nn::Linear ones() {
    torch::nn::Linear layer(2, 1);
    torch::NoGradGuard no_grad;
    layer->weight.fill_(1.0);
    layer->bias.fill_(1.0);
    return layer;
}

TEST(Average, FollowsItsFormula) {
    auto average = torch::tensor({1.0f, 2.0f});
    move_average(average, torch::tensor({5.0f, 2.0f}), 0.75);
    EXPECT_FLOAT_EQ(average[0].item<float>(), 0.75f * 1 + 0.25f * 5);
    EXPECT_FLOAT_EQ(average[1].item<float>(), 2.0f);
}

TEST(Average, OfAYoungRunForgetsFaster) {
    Rates rates;
    rates.ema_decay = 0.999;
    EXPECT_DOUBLE_EQ(rates.ema_decay_at(0), 0.1);
    EXPECT_DOUBLE_EQ(rates.ema_decay_at(90), 0.91);
    EXPECT_DOUBLE_EQ(rates.ema_decay_at(1000000), 0.999);
}

TEST(Trainee, FirstStepOfAdamMovesByTheLearningRate) {
    auto layer = ones();
    Trainee trainee;
    trainee.add("", *layer);
    (layer->weight * torch::tensor({{3.0f, -0.5f}})).sum().backward();
    EXPECT_NEAR(trainee.step(plain_rates()), std::sqrt(9.25), 1e-6);
    EXPECT_NEAR(layer->weight[0][0].item<double>(), 0.9, 1e-5);
    EXPECT_NEAR(layer->weight[0][1].item<double>(), 1.1, 1e-5);
    EXPECT_EQ(trainee.step_count(), 1);
}

TEST(Trainee, RateIsThatOfThePlaceItIsTold) {
    auto rates = plain_rates();
    rates.decay_start = 100;
    rates.decay_steps = 100;
    const auto moved_at = [&](std::int64_t place) {
        auto layer = ones();
        Trainee trainee;
        trainee.add("", *layer);
        layer->bias.sum().backward();
        trainee.step(rates, place);
        return 1 - layer->bias.item<double>();
    };
    EXPECT_NEAR(moved_at(0), 0.1, 1e-6);
    EXPECT_NEAR(moved_at(150), 0.1 * 0.51, 1e-6);
}

TEST(Trainee, LeavesAWeightWithoutGradientAlone) {
    auto layer = ones();
    Trainee trainee;
    trainee.add("", *layer);
    auto rates = plain_rates();
    rates.weight_decay = 0.5;
    layer->bias.sum().backward();
    trainee.step(rates);
    EXPECT_TRUE(torch::equal(layer->weight, torch::ones({1, 2})));
    EXPECT_NEAR(layer->bias.item<double>(), 0.9, 1e-5);
}

TEST(Trainee, StepWithABrokenGradientChangesNothing) {
    auto layer = ones();
    Trainee trainee;
    trainee.add("", *layer);
    (layer->weight * std::numeric_limits<float>::quiet_NaN()).sum().backward();
    trainee.step(plain_rates());
    EXPECT_TRUE(torch::equal(layer->weight, torch::ones({1, 2})));
    EXPECT_EQ(trainee.step_count(), 1);
}

TEST(Trainee, ComputesWithTheAverageOnlyInsideItsScope) {
    auto layer = ones();
    Trainee trainee;
    trainee.add("", *layer);
    layer->weight.sum().backward();
    trainee.step(plain_rates());
    const double moved = layer->weight[0][0].item<double>();
    {
        const Trainee::Averaged averaged(trainee);
        EXPECT_NEAR(layer->weight[0][0].item<double>(), 1.0 + 0.9 * (moved - 1.0), 1e-6);
    }
    EXPECT_DOUBLE_EQ(layer->weight[0][0].item<double>(), moved);
}

TEST(Trainee, AverageOfAWeightThatBeginsLaterIsYoung) {
    auto layer = ones();
    Trainee trainee;
    trainee.add("", *layer);
    auto rates = plain_rates();
    rates.ema_decay = 0.999;
    for (int i = 0; i < 200; ++i) {
        layer->bias.sum().backward();
        trainee.step(rates);
    }
    // Half way, what stands in the state must be enough to know.
    auto again = ones();
    Trainee resumed;
    resumed.add("", *again);
    resumed.load(trainee.save(), "state");
    again->weight.sum().backward();
    resumed.step(rates);
    const double moved = again->weight[0][0].item<double>(), bias = again->bias.item<double>();
    ASSERT_LT(moved, 0.95);
    const Trainee::Averaged averaged(resumed);
    EXPECT_NEAR(again->weight[0][0].item<double>(), 1.0 + 0.9 * (moved - 1.0), 1e-6);
    EXPECT_GT(again->bias.item<double>(), bias + 0.1) << "the older weight's average is as slow as it was";
}

TEST(Trainee, GoesOnFromItsStateAsIfItHadNotStopped) {
    auto straight = ones(), first = ones(), second = ones();
    Trainee one, before, after;
    one.add("", *straight);
    before.add("", *first);
    const auto step = [](torch::nn::Linear& layer, Trainee& trainee) {
        layer->forward(torch::tensor({{0.3f, 0.7f}})).square().sum().backward();
        trainee.step(plain_rates());
    };
    for (int i = 0; i < 4; ++i) step(straight, one);
    for (int i = 0; i < 2; ++i) step(first, before);
    after.add("", *second);
    after.load(before.save(), "state");
    EXPECT_EQ(after.step_count(), 2);
    for (int i = 0; i < 2; ++i) step(second, after);
    const auto expected = one.save(), got = after.save();
    for (const auto& [name, value] : expected.tensors) {
        EXPECT_TRUE(torch::equal(value, got.tensors.at(name))) << name;
    }
}

TEST(Trainee, RefusesTheStateOfAnotherNetwork) {
    torch::nn::Linear small(2, 1), large(3, 1);
    Trainee one, other;
    one.add("", *small);
    other.add("", *large);
    EXPECT_THROW(other.load(one.save(), "state"), Error);
}

}  // namespace
}  // namespace diffusion::training
