// Samplers against closed answers. For a Gaussian target of deviation s the exact denoiser is
// x s^2 / (s^2 + sigma^2) and the path of the ODE is x(sigma) ~ sqrt(s^2 + sigma^2); for a point
// mass the denoiser is the point.

#include <torch/utils.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "diffusion/error.h"
#include "diffusion/sampling/sampler.h"
#include "diffusion/sampling/schedule_formulas.h"

namespace diffusion::sampling {
namespace {

constexpr double deviation = 0.7;

/// Without guidance both halves are the same, so that samplers of the CFG++ kind have an order, too.
Denoiser gaussian() {
    return Denoiser(
        std::function<Denoised(const torch::Tensor&, double)>([](const torch::Tensor& x, double sigma) {
            const auto d = x * (deviation * deviation / (deviation * deviation + sigma * sigma));
            return Denoised{d, d};
        }));
}

Denoiser point_at(const torch::Tensor& point) {
    return Denoiser(std::function<Denoised(const torch::Tensor&, double)>(
        [point](const torch::Tensor&, double) { return Denoised{point, point}; }));
}

torch::Tensor one() { return torch::ones({1, 4, 2, 2}, torch::kFloat64); }

/// Error at the end of a descent between two positive sigmas.
double error_after(const char* sampler, int steps) {
    const auto sigmas = karras_sigmas(steps + 1, 0.1, 10.0);
    SamplerContext context;
    context.eta = 0.0;
    const auto spread = [](double sigma) { return std::hypot(deviation, sigma); };
    const auto x = find_sampler(sampler).run(gaussian(), one(), sigmas, context);
    return std::abs(x[0][0][0][0].item<double>() - spread(0.1) / spread(10.0));
}

struct Order {
    const char* sampler;
    double order;
    int steps;  ///< enough to be in the range where the order shows
};

class OrderTest : public testing::TestWithParam<Order> {};

TEST_P(OrderTest, DoublingTheStepsDividesTheErrorByTwoToTheOrder) {
    const auto& [sampler, order, steps] = GetParam();
    const double ratio = error_after(sampler, steps) / error_after(sampler, 2 * steps);
    EXPECT_NEAR(std::log2(ratio), order, 0.1 * order) << sampler;
}

// Methods of a higher order begin with steps of first order (DPM fast ends with one), whose error of
// second order remains; PLMS and IPNDM weigh their history as if all steps were equally long. DEIS and
// SA-Solver show their own order as long as that first error is small beside the others.
const std::vector<Order> orders = {
    {"Euler", 1, 100},          {"Euler a", 1, 100},
    {"DDIM", 1, 100},           {"DDIM CFG++", 1, 100},
    {"DDPM", 1, 100},           {"Euler CFG++", 1, 100},
    {"Euler a CFG++", 1, 100},  {"HeunPP2", 1, 100},
    {"Gradient estimation", 1, 100}, {"Gradient estimation CFG++", 1, 100},
    {"Heun", 2, 50},            {"DPM2", 2, 50},
    {"DPM2 a", 2, 50},          {"DPM++ 2M", 2, 50},
    {"DPM++ 2M CFG++", 2, 50},  {"DPM++ 2M SDE", 2, 50},
    {"DPM++ 2M SDE Heun", 2, 50}, {"DPM++ 2S a", 2, 50},
    {"DPM++ SDE", 2, 50},
    {"DPM++ 3M SDE", 2, 50},    {"RES multistep", 2, 50},
    {"RES multistep a", 2, 50}, {"RES multistep CFG++", 2, 50},
    {"RES multistep a CFG++", 2, 50}, {"SEEDS-2", 2, 50},
    {"UniPC", 2, 100},          {"UniPC bh2", 2, 100},
    {"LMS", 2, 400},            {"PLMS", 2, 400},
    {"IPNDM", 2, 400},          {"IPNDM_V", 2, 400},
    {"DEIS", 3, 25},           {"DPM fast", 2, 60},
    {"SA-Solver", 4, 200},      {"SA-Solver PECE", 4, 200},
    {"SEEDS-3", 3, 50}};

INSTANTIATE_TEST_SUITE_P(Deterministic, OrderTest, testing::ValuesIn(orders));

/// No order: they choose their own steps, jump to the end in each, go up again on the way, or move x
/// by what two different noise levels differ in.
const std::vector<const char*> without_order = {"DPM adaptive", "Restart", "LCM", "TCD", "ER-SDE",
                                                "DPM++ 2S a CFG++"};

class PointMassTest : public testing::TestWithParam<const char*> {};

TEST_P(PointMassTest, ReachesThePointWhateverTheNoise) {
    torch::manual_seed(3);
    const auto point = one() * 0.3;
    auto sigmas = karras_sigmas(24, 0.001, 10.0);
    sigmas.push_back(0.0);
    SamplerContext context;
    context.noise = [](double, double) { return torch::randn({1, 4, 2, 2}, torch::kFloat64); };
    const auto x = find_sampler(GetParam()).run(point_at(point), point + one() * 10, sigmas, context);
    // DPM adaptive stops at the last positive sigma.
    EXPECT_LT((x - point).abs().max().item<double>(), 0.003);
}

INSTANTIATE_TEST_SUITE_P(WithoutOrder, PointMassTest, testing::ValuesIn(without_order));

TEST(Samplers, AllHaveAnOrderOrReachThePoint) {
    std::set<std::string> covered(without_order.begin(), without_order.end());
    for (const auto& order : orders) covered.insert(order.sampler);
    for (const auto& row : samplers())
        EXPECT_TRUE(covered.contains(row.name)) << row.name << " is in neither table";
    EXPECT_EQ(covered.size(), samplers().size());
}

TEST(PointMass, SamplersReachThePointInOneStepToZero) {
    const auto point = one() * 0.3;
    const std::vector<double> sigmas = {10.0, 0.0};
    for (const auto* name : {"Euler", "Euler a", "Heun", "DPM++ 2M", "DDIM", "DPM2", "LCM"}) {
        const auto x = find_sampler(name).run(point_at(point), one() * 10, sigmas, {});
        EXPECT_LT((x - point).abs().max().item<double>(), 1e-14) << name;
    }
}

TEST(PointMass, EulerStaysOnTheStraightLine) {
    const auto point = one() * 0.3;
    const auto sigmas = karras_sigmas(8, 0.1, 10.0);
    const auto x = find_sampler("Euler").run(point_at(point), point + one() * 10, sigmas, {});
    EXPECT_LT((x - point - one() * 0.1).abs().max().item<double>(), 1e-13);
}

/// Mean and variance of many pictures: an SDE sampler keeps the spread of a Gaussian target.
class SpreadTest : public testing::TestWithParam<const char*> {};

TEST_P(SpreadTest, StochasticSamplersEndWithTheTargetsVariance) {
    torch::manual_seed(7);
    torch::set_num_threads(1);  // small tensors: threads cost more than they bring
    const std::vector<int64_t> shape = {64, 4, 16, 16};
    SamplerContext context;
    context.noise = [&](double, double) { return torch::randn(shape, torch::kFloat64); };
    auto sigmas = karras_sigmas(60, 0.02, 20.0);
    sigmas.push_back(0.0);
    const auto start =
        torch::randn(shape, torch::kFloat64) * std::hypot(deviation, sigmas.front());
    const auto x = find_sampler(GetParam()).run(gaussian(), start, sigmas, context);
    EXPECT_NEAR(x.mean().item<double>(), 0.0, 0.01);
    // Methods of first order in the noise are still some percent off after 60 steps.
    EXPECT_NEAR(x.std().item<double>(), deviation, 0.08 * deviation);
}

INSTANTIATE_TEST_SUITE_P(Stochastic, SpreadTest,
                         testing::Values("Euler a", "DPM2 a", "DPM++ 2S a", "DPM++ SDE",
                                         "DPM++ 2M SDE", "DPM++ 2M SDE Heun", "DPM++ 3M SDE",
                                         "DDPM", "ER-SDE", "SA-Solver", "SA-Solver PECE", "SEEDS-2",
                                         "SEEDS-3", "RES multistep a"));

/// Twice the same run but for one knob; noise of a fixed stream.
bool matters(const SamplerRow& row, double SamplerContext::*knob, double before, double after) {
    auto sigmas = karras_sigmas(24, 0.03, 14.6);
    sigmas.push_back(0.0);
    const auto run = [&](double value) {
        torch::manual_seed(11);
        SamplerContext context;
        context.noise = [](double, double) { return torch::randn({1, 4, 2, 2}, torch::kFloat64); };
        // What a factor or a limit of churn does shows only where there is some.
        if (knob == &SamplerContext::s_noise || knob == &SamplerContext::s_tmin ||
            knob == &SamplerContext::s_tmax)
            context.s_churn = 4;
        if (knob == &SamplerContext::s_noise) context.eta = 0.8;
        context.*knob = value;
        return row.run(gaussian(), one() * 14.6, sigmas, context);
    };
    return !torch::equal(run(before), run(after));
}

TEST(Samplers, NameTheFieldsThatMatterToThem) {
    struct Knob {
        const char* field;
        double SamplerContext::*member;
        double before;
        double after;
    };
    const Knob knobs[] = {{"eta", &SamplerContext::eta, -1, 0.55},
                          {"s_churn", &SamplerContext::s_churn, 0, 4},
                          {"s_tmin", &SamplerContext::s_tmin, 0, 5},
                          {"s_tmax", &SamplerContext::s_tmax, 1e300, 5},
                          {"s_noise", &SamplerContext::s_noise, 1, 1.1}};
    for (const auto& row : samplers()) {
        for (const auto& [field, member, before, after] : knobs) {
            const bool is_named =
                std::find(row.fields.begin(), row.fields.end(), field) != row.fields.end();
            EXPECT_EQ(matters(row, member, before, after), is_named) << row.name << " " << field;
        }
    }
}

TEST(Samplers, KeepTheTypeOfTheLatentAndReportEveryStep) {
    auto sigmas = karras_sigmas(6, 0.03, 14.6);
    sigmas.push_back(0.0);
    for (const auto& row : samplers()) {
        for (const auto type : {torch::kFloat32, torch::kFloat64}) {
            int reported = 0;
            SamplerContext context;
            context.noise = [](double, double) { return torch::ones({1, 4, 2, 2}); };
            context.on_step = [&](const Step& step) {
                EXPECT_EQ(step.index, reported++) << row.name;
                EXPECT_TRUE(step.denoised.defined()) << row.name;
            };
            const Denoiser denoise(
                std::function<Denoised(const torch::Tensor&, double)>([](const torch::Tensor& x,
                                                                         double) {
                    return Denoised{x * 0.5, x * 0.4};
                }));
            const auto x = row.run(denoise, one().to(type), sigmas, context);
            EXPECT_EQ(x.scalar_type(), type) << row.name;
            EXPECT_TRUE(torch::isfinite(x).all().item<bool>()) << row.name;
            EXPECT_GT(reported, 2) << row.name;
        }
    }
}

TEST(Samplers, StopBeforeTheNextCallWhenTheJobIsCancelled) {
    std::stop_source source;
    int calls = 0;
    const Denoiser denoise(
        [&](const torch::Tensor& x, double) {
            if (++calls == 3) source.request_stop();
            return x * 0.5;
        },
        source.get_token());
    const auto sigmas = karras_sigmas(20, 0.1, 10.0);
    EXPECT_THROW(find_sampler("Euler").run(denoise, one(), sigmas, {}), Cancelled);
    EXPECT_EQ(calls, 3);
}

}  // namespace
}  // namespace diffusion::sampling
