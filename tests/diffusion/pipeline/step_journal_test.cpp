#include "diffusion/pipeline/step_journal.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <memory>

#include "diffusion/sampling/brownian.h"
#include "diffusion/sampling/noise.h"
#include "diffusion/sampling/sampler.h"
#include "diffusion/sampling/schedule.h"

namespace diffusion::pipeline {
namespace {

namespace fs = std::filesystem;
using sampling::Predictions;

class StepJournalTest : public testing::Test {
protected:
    StepJournalTest() { fs::remove(file_); }
    ~StepJournalTest() override { fs::remove(file_); }

    /// A network that answers call number i with x * i, and counts how often it was asked.
    sampling::Predictor counting() {
        return [this](const torch::Tensor& x, const torch::Tensor&) {
            ++asked_;
            return Predictions{x * asked_, asked_ % 2 == 0 ? x - asked_ : torch::Tensor()};
        };
    }

    /// Asks so many times; what came back.
    std::vector<Predictions> ask(StepJournal& journal, int times) {
        auto predictor = journal.recorded(counting());
        std::vector<Predictions> answers;
        for (int i = 0; i < times; ++i) answers.push_back(predictor(x_, torch::zeros({2})));
        return answers;
    }

    const fs::path file_ = fs::path(testing::TempDir()) / "step_journal_test.steps";
    const torch::Tensor x_ = torch::arange(2 * 3 * 4).view({2, 3, 4}) / 7.0;
    int asked_ = 0;
};

TEST_F(StepJournalTest, GivesBackWhatItKeptAndAsksForTheRestOnly) {
    std::vector<Predictions> first;
    {
        StepJournal journal(file_, "a picture");
        EXPECT_EQ(journal.known(), 0);
        first = ask(journal, 3);
    }
    asked_ = 0;
    StepJournal journal(file_, "a picture");
    ASSERT_EQ(journal.known(), 3);
    const auto again = ask(journal, 5);
    EXPECT_EQ(asked_, 2);
    for (size_t i = 0; i < first.size(); ++i) {
        EXPECT_TRUE(torch::equal(again[i].conditional, first[i].conditional));
        ASSERT_EQ(again[i].unconditional.defined(), first[i].unconditional.defined());
        if (!first[i].unconditional.defined()) continue;
        EXPECT_TRUE(torch::equal(again[i].unconditional, first[i].unconditional));
    }
}

TEST_F(StepJournalTest, BelievesWholeRecordsOnlyAndGoesOnBehindThem) {
    {
        StepJournal journal(file_, "a picture");
        ask(journal, 2);
    }
    const auto whole = fs::file_size(file_);
    const auto copy = fs::path(file_).concat(".copy");
    fs::copy_file(file_, copy, fs::copy_options::overwrite_existing);
    std::int64_t last = 0;
    for (std::uintmax_t size = 0; size <= whole; ++size) {
        fs::copy_file(copy, file_, fs::copy_options::overwrite_existing);
        fs::resize_file(file_, size);
        std::int64_t known = 0;
        {
            StepJournal journal(file_, "a picture");
            known = journal.known();
            EXPECT_GE(known, last) << size;
            ask(journal, 3);
        }
        EXPECT_EQ(StepJournal(file_, "a picture").known(), 3) << "cut at " << size;
        last = known;
    }
    EXPECT_EQ(last, 2);
    fs::remove(copy);
}

TEST_F(StepJournalTest, DropsWhatFollowsADamagedRecord) {
    {
        StepJournal journal(file_, "a picture");
        ask(journal, 3);
    }
    std::fstream stream(file_, std::ios::binary | std::ios::in | std::ios::out);
    stream.seekp(static_cast<std::streamoff>(fs::file_size(file_) / 2));
    stream.put('\x55');
    stream.close();
    EXPECT_LT(StepJournal(file_, "a picture").known(), 3);
}

TEST_F(StepJournalTest, AnotherKeyBeginsAnew) {
    {
        StepJournal journal(file_, "a picture");
        ask(journal, 3);
    }
    EXPECT_EQ(StepJournal(file_, "another picture").known(), 0);
    EXPECT_EQ(StepJournal(file_, "a picture").known(), 0);
}

TEST_F(StepJournalTest, GoesOnWhereNothingCanBeWritten) {
    StepJournal journal(file_ / "no folder", "a picture");
    EXPECT_FALSE(journal.is_kept());
    EXPECT_EQ(ask(journal, 2).size(), 2u);
    StepJournal none({}, "a picture");
    EXPECT_TRUE(none.is_kept());
    EXPECT_EQ(ask(none, 2).size(), 2u);
}

/// Every sampler of the table, interrupted after each call of the network.
class Resuming : public testing::TestWithParam<std::string> {};

torch::Tensor walk(const sampling::SamplerRow& row, const std::vector<double>& sigmas,
                   sampling::Predictor predictor) {
    const std::vector<std::int64_t> shape{4, 5, 3};
    sampling::ImageNoiseOptions options;
    options.seeds = {5, 6};
    const auto noise = std::make_shared<sampling::ImageNoise>(options, shape);
    const auto x = noise->next() * sigmas.front();
    sampling::SamplerContext context;
    context.noise = [noise](double, double) { return noise->next(); };
    if (row.brownian) {
        const auto tree = std::make_shared<const sampling::BrownianNoise>(
            options.seeds, shape, sigmas[sigmas.size() - 2], sigmas.front());
        context.noise = [tree](double sigma, double next) { return (*tree)(sigma, next); };
    }
    sampling::DenoiserOptions guided;
    guided.guidance_scale = 3;
    const auto schedule = sampling::NoiseSchedule::scaled_linear();
    return row.run(sampling::Denoiser(std::move(predictor), schedule, guided), x, sigmas, context);
}

TEST_P(Resuming, IsBitExactAfterEveryCall) {
    const fs::path file = fs::path(testing::TempDir()) / "resuming_test.steps";
    const auto& row = sampling::find_sampler(GetParam());
    const std::vector<double> sigmas{14.0, 7.5, 3.25, 1.5, 0.6, 0.2, 0.03, 0.0};
    int calls = 0;
    const sampling::Predictor network = [&](const torch::Tensor& x, const torch::Tensor& t) {
        ++calls;
        const auto time = t.view({-1, 1, 1, 1}).to(x.scalar_type()) / 1000;
        return Predictions{torch::sin(x * 1.7 + time), torch::cos(x - time)};
    };
    fs::remove(file);
    const auto straight = walk(row, sigmas, network);
    const int all = calls;
    struct Interrupted {};
    for (int stop = 1; stop < all; stop += std::max(1, all / 6)) {
        int left = stop;
        const auto dying = [&](const torch::Tensor& x, const torch::Tensor& t) {
            if (left-- == 0) throw Interrupted{};
            return network(x, t);
        };
        fs::remove(file);
        {
            StepJournal journal(file, "a picture");
            EXPECT_THROW(walk(row, sigmas, journal.recorded(dying)), Interrupted);
        }
        calls = 0;
        StepJournal journal(file, "a picture");
        EXPECT_EQ(journal.known(), stop);
        EXPECT_TRUE(torch::equal(walk(row, sigmas, journal.recorded(network)), straight)) << stop;
        EXPECT_EQ(calls, all - stop);
    }
    fs::remove(file);
}

std::vector<std::string> names() {
    std::vector<std::string> out;
    for (const auto& row : sampling::samplers()) out.push_back(row.name);
    return out;
}

INSTANTIATE_TEST_SUITE_P(EverySampler, Resuming, testing::ValuesIn(names()), [](const auto& row) {
    std::string name;
    for (const char c : row.param) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
    return name + std::to_string(row.index);
});

}  // namespace
}  // namespace diffusion::pipeline
