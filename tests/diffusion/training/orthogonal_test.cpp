#include "diffusion/training/orthogonal.h"

#include <gtest/gtest.h>
#include <torch/nn/modules/linear.h>
#include <torch/utils.h>

#include <tuple>
#include <utility>

#include "diffusion/training/trainee.h"

namespace diffusion::training {
namespace {

/// U S V^T with singular values from 1 to 0.01, and U V^T.
std::pair<torch::Tensor, torch::Tensor> known_matrix(int64_t rows, int64_t columns) {
    torch::manual_seed(1);
    const auto [u, s, v] = torch::linalg_svd(torch::randn({rows, columns}, torch::kFloat64), false, {});
    const auto values = torch::logspace(0, -2, std::min(rows, columns), 10, torch::kFloat64);
    return {u.mul(values).mm(v).to(torch::kFloat32), u.mm(v).to(torch::kFloat32)};
}

class Orthogonalised : public ::testing::TestWithParam<std::tuple<int64_t, int64_t, bool>> {};

TEST_P(Orthogonalised, KeepsDirectionsAndEvensTheirLengths) {
    const auto [rows, columns, in_bfloat16] = GetParam();
    const auto [matrix, ideal] = known_matrix(rows, columns);
    const auto made = orthogonalised(matrix, in_bfloat16);
    EXPECT_EQ(made.dtype(), torch::kFloat32);
    // In the matrix's own directions it is nearly diagonal, each number near 1.
    const auto inner = rows < columns ? made.mm(ideal.t()) : ideal.t().mm(made);
    const auto values = std::get<1>(torch::linalg_svd(made, false, {}));
    EXPECT_GT(values.min().item<double>(), 0.6);
    EXPECT_LT(values.max().item<double>(), 1.3);
    const double tolerance = in_bfloat16 ? 0.05 : 1e-4;
    EXPECT_LT((inner - inner.t()).abs().max().item<double>(), tolerance);
    EXPECT_GT(std::get<0>(torch::linalg_eigh((inner + inner.t()) / 2)).min().item<double>(), 0.6);
}

INSTANTIATE_TEST_SUITE_P(Shapes, Orthogonalised,
                         ::testing::Combine(::testing::Values(8, 48), ::testing::Values(8, 96), ::testing::Bool()));

TEST(MoveOrthogonally, StepsByAFifthOfTheRate) {
    torch::manual_seed(2);
    auto weight = torch::zeros({32, 16, 3, 3}), momentum = torch::zeros_like(weight);
    const auto gradient = torch::randn_like(weight);
    move_orthogonally(weight, gradient, momentum, 0.01, 0, false);
    EXPECT_TRUE(torch::allclose(momentum, 0.05 * gradient));
    const double step = weight.square().mean().sqrt().item<double>();
    EXPECT_NEAR(step, 0.01 / 5, 0.01 / 5 * 0.3);
    EXPECT_LT((weight * gradient).sum().item<double>(), 0) << "downhill";
    const auto before = weight.clone();
    move_orthogonally(weight, torch::zeros_like(weight), momentum.zero_(), 0.01, 0.5, false);
    EXPECT_TRUE(torch::allclose(weight, before * 0.995)) << "only the decay is left";
}

/// Two layers between which Muon is at work, and a table that it leaves to AdamW.
struct Net : torch::nn::Module {
    Net() {
        torch::manual_seed(3);
        first = register_module("first", torch::nn::Linear(6, 5));
        second = register_module("second", torch::nn::Linear(5, 4));
        embedding = register_module("embedding", torch::nn::Linear(4, 4));  // its weight has a table's name
    }
    torch::nn::Linear first{nullptr}, second{nullptr}, embedding{nullptr};
};

void take_steps(Net& net, Trainee& trainee, bool orthogonal, int count) {
    Rates rates;
    rates.orthogonal = orthogonal;
    rates.warm_up_steps = 0;
    rates.learning_rate = 0.01;
    for (int i = 0; i < count; ++i) {
        const auto x = torch::linspace(-1, 1, 12).view({2, 6}) * (i + 1);
        net.embedding(torch::tanh(net.second(torch::tanh(net.first(x))))).square().sum().backward();
        trainee.step(rates);
    }
}

TEST(TraineeWithMuon, MovesMatricesByItAndTheRestByAdam) {
    Net plain, muon;
    Trainee a, b;
    a.add("", plain);
    b.add("", muon);
    take_steps(plain, a, false, 1);
    take_steps(muon, b, true, 1);
    EXPECT_FALSE(torch::allclose(plain.first->weight, muon.first->weight));
    EXPECT_TRUE(torch::equal(plain.first->bias, muon.first->bias));
    EXPECT_TRUE(torch::equal(plain.embedding->weight, muon.embedding->weight)) << "a table of tokens";
}

TEST(TraineeWithMuon, WorkersChangeNoBit) {
    Net one, three;
    Trainee alone(1), together(3);
    alone.add("", one);
    together.add("", three);
    take_steps(one, alone, true, 3);
    take_steps(three, together, true, 3);
    const auto expected = alone.save(), got = together.save();
    for (const auto& [name, value] : expected.tensors) EXPECT_TRUE(torch::equal(value, got.tensors.at(name))) << name;
}

TEST(TraineeWithMuon, GoesOnFromItsStateAsIfItHadNotStopped) {
    Net straight, broken, again;
    Trainee one, before, after;
    one.add("", straight);
    before.add("", broken);
    after.add("", again);
    take_steps(straight, one, true, 2);
    take_steps(broken, before, true, 2);
    after.load(before.save(), "state");
    take_steps(straight, one, true, 2);
    take_steps(again, after, true, 2);
    EXPECT_TRUE(torch::equal(straight.first->weight, again.first->weight));
}

}  // namespace
}  // namespace diffusion::training
