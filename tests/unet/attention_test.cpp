#include "unet/ops/attention.h"

#include <gtest/gtest.h>

#include <cmath>

namespace unet::ops {
namespace {

/// The definition, one number at a time.
torch::Tensor naive(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                    int64_t heads, bool is_causal) {
    const auto d = q.size(2) / heads;
    auto out = torch::zeros_like(q);
    for (int64_t b = 0; b < q.size(0); ++b) {
        for (int64_t head = 0; head < heads; ++head) {
            for (int64_t t = 0; t < q.size(1); ++t) {
                const auto row = q[b][t].slice(0, head * d, (head + 1) * d);
                std::vector<double> weight;
                double total = 0;
                const auto seen = is_causal ? t + 1 : k.size(1);
                for (int64_t s = 0; s < seen; ++s) {
                    const auto dot = row.dot(k[b][s].slice(0, head * d, (head + 1) * d));
                    weight.push_back(std::exp(dot.item<double>() / std::sqrt(double(d))));
                    total += weight.back();
                }
                for (int64_t s = 0; s < seen; ++s) {
                    out[b][t].slice(0, head * d, (head + 1) * d) +=
                        v[b][s].slice(0, head * d, (head + 1) * d) * (weight[size_t(s)] / total);
                }
            }
        }
    }
    return out;
}

class Attention : public testing::TestWithParam<bool> {};

TEST_P(Attention, EqualsTheDefinition) {
    const auto q = torch::randn({2, 5, 12});
    const auto k = torch::randn({2, 5, 12});
    const auto v = torch::randn({2, 5, 12});
    const auto difference = attention(q, k, v, 3, GetParam()) - naive(q, k, v, 3, GetParam());
    EXPECT_LT(difference.abs().max().item<float>(), 1e-5);
}

INSTANTIATE_TEST_SUITE_P(FullAndCausal, Attention, testing::Bool());

TEST(AttentionShapes, LooksAtAContextOfAnotherLength) {
    const auto q = torch::randn({1, 7, 8});
    const auto k = torch::randn({1, 3, 8});
    const auto v = torch::randn({1, 3, 8});
    EXPECT_LT((attention(q, k, v, 2) - naive(q, k, v, 2, false)).abs().max().item<float>(), 1e-5);
    EXPECT_THROW(attention(q, k, torch::randn({1, 4, 8}), 2), c10::Error);
}

}  // namespace
}  // namespace unet::ops
