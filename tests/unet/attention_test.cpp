#include "unet/ops/attention.h"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <ostream>
#include <vector>

#include "unet/ops/attention_cpu.h"
#include "unet/ops/attention_kernel_impl.h"

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

torch::Tensor heads_of(const torch::Tensor& x, int64_t heads) {
    return x.to(torch::kFloat64).view({x.size(0), x.size(1), heads, -1}).transpose(1, 2);
}

/// The definition in double precision, all heads at once.
torch::Tensor exact(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v, int64_t heads) {
    const auto scores = heads_of(q, heads).matmul(heads_of(k, heads).transpose(2, 3));
    const auto weights = torch::softmax(scores / std::sqrt(double(q.size(2) / heads)), -1);
    return weights.matmul(heads_of(v, heads)).transpose(1, 2).reshape(q.sizes());
}

float largest_difference(const torch::Tensor& a, const torch::Tensor& b) {
    return (a - b).abs().max().item<float>();
}

struct Size {
    int64_t batch, queries, keys, heads, d;
};

void PrintTo(const Size& size, std::ostream* to) {
    *to << size.batch << " x " << size.queries << " queries, " << size.keys << " keys, " << size.heads << " heads of "
        << size.d;
}

class CpuAttention : public testing::TestWithParam<Size> {
protected:
    void SetUp() override {
        torch::manual_seed(7);
        const auto& size = GetParam();
        q = torch::randn({size.batch, size.queries, size.heads * size.d});
        k = torch::randn({size.batch, size.keys, size.heads * size.d});
        v = torch::randn({size.batch, size.keys, size.heads * size.d});
        if (!has_cpu_attention(q, k, v)) GTEST_SKIP() << "no code for this processor";
    }

    torch::Tensor q, k, v;
};

// A weight's relative error is that of its score: float rounds a score of 6 to 3e-7.
TEST_P(CpuAttention, EqualsTheDefinition) {
    const auto heads = GetParam().heads;
    EXPECT_LT(largest_difference(cpu_attention(q, k, v, heads), exact(q, k, v, heads)), 5e-6);
}

// Scores reach 200 and more, whose exponential is no float; there float rounds to 1.5e-5.
TEST_P(CpuAttention, KeepsLargeScoresApart) {
    const auto heads = GetParam().heads;
    EXPECT_LT(largest_difference(cpu_attention(q * 40, k, v, heads), exact(q * 40, k, v, heads)), 3e-4);
}

TEST_P(CpuAttention, WeighsToOne) {
    const auto heads = GetParam().heads;
    const auto ones = torch::ones_like(v);
    EXPECT_LT(largest_difference(cpu_attention(q, k, ones, heads), torch::ones_like(q)), 1e-6);
}

TEST_P(CpuAttention, ReadsPartsOfWiderTensors) {
    const auto heads = GetParam().heads;
    const auto own = cpu_attention(q, k, v, heads);
    const auto fused = torch::cat({k, v}, 2);
    const auto longer = torch::cat({q, q.flip(1)}, 1);
    const auto read = cpu_attention(longer.slice(1, 0, q.size(1)), fused.slice(2, 0, k.size(2)),
                                    fused.slice(2, k.size(2)), heads);
    EXPECT_TRUE(torch::equal(own, read));
}

TEST_P(CpuAttention, IsTheSameOnSeveralThreads) {
    const auto heads = GetParam().heads;
    const auto before = at::get_num_threads();
    const auto alone = cpu_attention(q, k, v, heads);
    at::set_num_threads(3);
    const auto together = cpu_attention(q, k, v, heads);
    at::set_num_threads(before);
    EXPECT_TRUE(torch::equal(alone, together));
}

TEST_P(CpuAttention, ShowsANumberThatIsNone) {
    const auto heads = GetParam().heads;
    q[0][0][0] = std::numeric_limits<float>::quiet_NaN();
    const auto out = cpu_attention(q, k, v, heads);
    EXPECT_TRUE(out[0][0].slice(0, 0, GetParam().d).isnan().all().item<bool>());
    EXPECT_EQ(out.isnan().sum().item<int64_t>(), GetParam().d);
}

INSTANTIATE_TEST_SUITE_P(Sizes, CpuAttention,
                         testing::Values(Size{2, 64, 64, 8, 40}, Size{1, 1, 1, 1, 5}, Size{2, 3, 2, 3, 5},
                                         Size{1, 65, 77, 2, 8}, Size{2, 257, 77, 2, 40}, Size{1, 300, 301, 2, 64},
                                         Size{2, 129, 240, 3, 80}, Size{2, 63, 77, 2, 160}, Size{1, 33, 121, 1, 512},
                                         Size{3, 31, 119, 1, 1}, Size{1, 70, 70, 5, 17}));

/// The kernel of one vector width, compiled for the least processor: every width on every machine.
template <int Lanes, int Columns>
torch::Tensor by_kernel(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v, int64_t heads) {
    const auto rows = [](const torch::Tensor& x) {
        return AttentionRows{x.const_data_ptr<float>(), x.stride(0), x.stride(1)};
    };
    auto out = torch::empty_like(q);
    const auto d = q.size(2) / heads;
    const AttentionProblem problem{rows(q), rows(k), rows(v), out.mutable_data_ptr<float>(), heads, q.size(1),
                                   k.size(1), d, 2 * query_block, 1.44269504f / std::sqrt(float(d))};
    std::vector<float> room(size_t(AttentionScratch::size(problem)));
    const AttentionScratch own(problem, room.data());
    for (int64_t i = 0; i < q.size(0) * heads; ++i) {
        for (int64_t t = 0; t < problem.queries; t += problem.task_queries) {
            AttentionKernel<Lanes, Columns>::run(problem, {i / heads, i % heads, t}, own);
        }
    }
    return out;
}

TEST(AttentionKernels, OfAllWidthsEqualTheDefinition) {
    const auto q = torch::randn({2, 145, 44}), k = torch::randn({2, 123, 44}), v = torch::randn({2, 123, 44});
    const auto expected = exact(q, k, v, 2);
    EXPECT_LT(largest_difference(by_kernel<4, 2>(q, k, v, 2), expected), 5e-6);
    EXPECT_LT(largest_difference(by_kernel<8, 2>(q, k, v, 2), expected), 5e-6);
    EXPECT_LT(largest_difference(by_kernel<16, 4>(q, k, v, 2), expected), 5e-6);
}

TEST(AttentionPaths, AgreeWithAndWithoutGradient) {
    const auto q = torch::randn({2, 66, 80}), k = torch::randn({2, 77, 80}), v = torch::randn({2, 77, 80});
    const auto learns = q.clone().set_requires_grad(true);
    const auto out = attention(learns, k, v, 2);
    EXPECT_LT(largest_difference(out.detach(), attention(q, k, v, 2)), 5e-6);
    out.sum().backward();
    const auto twin = q.to(torch::kFloat64).set_requires_grad(true);
    exact(twin, k, v, 2).sum().backward();
    EXPECT_LT(largest_difference(learns.grad(), twin.grad()), 1e-5);
}

TEST(AttentionPaths, TakeChannelsThatLieApart) {
    const auto q = torch::randn({1, 80, 70}).transpose(1, 2);
    const auto k = torch::randn({1, 80, 90}).transpose(1, 2);
    EXPECT_FALSE(has_cpu_attention(q, k, k));
    EXPECT_LT(largest_difference(attention(q, k, k, 2), exact(q, k, k, 2)), 5e-6);
}

TEST(AttentionPaths, LeaveOtherTypesToLibTorch) {
    const auto x = torch::randn({1, 70, 16}, torch::kFloat64);
    EXPECT_FALSE(has_cpu_attention(x, x, x));
    EXPECT_LT(largest_difference(attention(x, x, x, 2), exact(x, x, x, 2)), 1e-12);
    EXPECT_THROW(cpu_attention(x, x, x, 2), c10::Error);
}

}  // namespace
}  // namespace unet::ops
