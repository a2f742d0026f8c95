#include "diffusion/pipeline/guidance_plan.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

namespace diffusion::pipeline {
namespace {

/// Texts stand for themselves: the encoding of the n-th new text is n.
class Planner {
public:
    GuidancePlan plan(const std::string& prompt, const std::string& negative, int calls) {
        const ScheduleSteps steps{.steps = calls};
        return GuidancePlan(plan_prompt(prompt, steps), plan_negative_prompt(negative, steps),
                            [this](const std::string& text, bool is_negative) {
                                encoded.push_back((is_negative ? "-" : "+") + text);
                                const auto id = static_cast<double>(encoded.size() - 1);
                                return unet::Conditioning{torch::full({1, 1, 1}, id), {}, {}};
                            });
    }

    std::string name(const unet::Conditioning& c) const {
        return encoded.at(static_cast<size_t>(c.context.item<double>()));
    }

    /// "+a" or "+a*0.5 +b*2" for each call.
    std::vector<std::string> texts(const GuidancePlan& plan, int calls) const {
        std::vector<std::string> made;
        for (int call = 0; call < calls; ++call) {
            std::ostringstream line;
            for (const auto& part : plan.at(call).positive) {
                if (line.tellp() > 0) line << " ";
                line << name(part.conditioning);
                if (part.weight != 1) line << "*" << part.weight;
            }
            made.push_back(line.str());
        }
        return made;
    }

    std::vector<std::string> encoded;
};

std::vector<std::string> schedule_of(const std::string& prompt, int calls) {
    Planner planner;
    return planner.texts(planner.plan(prompt, "", calls), calls);
}

using Lines = std::vector<std::string>;

TEST(GuidancePlan, SwitchesOneCallAfterTheStep) {
    EXPECT_EQ(schedule_of("[a:b:2]", 5), (Lines{"+a", "+a", "+a", "+b", "+b"}));
    EXPECT_EQ(schedule_of("[a:b:0.4]", 5), (Lines{"+a", "+a", "+a", "+b", "+b"}));
    EXPECT_EQ(schedule_of("[a:b:0]", 2), (Lines{"+b", "+b"}));
    EXPECT_EQ(schedule_of("[a:b:1.0]", 2), (Lines{"+a", "+a"}));
}

TEST(GuidancePlan, AlternatesFromTheSecondCallOn) {
    EXPECT_EQ(schedule_of("[a|b]", 6), (Lines{"+a", "+a", "+b", "+a", "+b", "+a"}));
}

TEST(GuidancePlan, WeighsTheSidesOfAnAnd) {
    EXPECT_EQ(schedule_of("a AND b :0.5", 1), (Lines{"+a +b*0.5"}));
    EXPECT_EQ(schedule_of("a AND b :0", 1), (Lines{"+a"}));
    EXPECT_EQ(schedule_of("a :0.5 AND a :0.7", 1), (Lines{"+a*1.2"}));
    EXPECT_EQ(schedule_of("a :0", 1), (Lines{""}));
    EXPECT_EQ(schedule_of("[a:c:1] AND b", 4), (Lines{"+a +b", "+a +b", "+c +b", "+c +b"}));
}

TEST(GuidancePlan, EncodesEachTextOnce) {
    Planner planner;
    planner.plan("[a|b] AND a AND b # nothing", "x", 20);
    EXPECT_EQ(planner.encoded, (Lines{"+a", "+b", "-x"}));
}

TEST(GuidancePlan, TheNegativePromptHasATimelineButNoAnd) {
    Planner planner;
    const auto plan = planner.plan("a", "[x:y:1] AND z", 4);
    EXPECT_EQ(planner.name(*plan.at(1).unconditional), "-x AND z");
    EXPECT_EQ(planner.name(*plan.at(2).unconditional), "-y AND z");
}

TEST(GuidancePlan, SaysWhenWeightsNeedTheUnconditional) {
    const auto needs = [](const char* prompt) {
        return needs_unconditional(plan_prompt(prompt, {.steps = 4}));
    };
    EXPECT_FALSE(needs("a"));
    EXPECT_FALSE(needs("a :0.3 AND b :0.7"));
    EXPECT_TRUE(needs("a AND b"));
    EXPECT_TRUE(needs("a :1.5"));
}

/// Each text is as many rows as it has letters, all of them its first letter's number.
GuidancePlan lettered(const std::string& prompt, const std::string& negative) {
    const ScheduleSteps steps{.steps = 4};
    return GuidancePlan(plan_prompt(prompt, steps), plan_negative_prompt(negative, steps),
                        [](const std::string& text, bool) {
                            const auto rows = static_cast<int64_t>(text.size());
                            return unet::Conditioning{torch::full({1, rows, 1}, double(text[0])), {}, {}};
                        });
}

std::string letters(const unet::Conditioning& c) {
    std::string text;
    for (int64_t i = 0; i < c.context.size(1); ++i)
        text += static_cast<char>(c.context[0][i][0].item<double>());
    return text;
}

TEST(GuidancePlan, FillsTheShorterTextWithTheEmptyOne) {
    const auto empty = torch::tensor({double('.'), double(',')}).view({1, 2, 1});
    auto plan = lettered("aaaaaa AND bb", "n");
    EXPECT_EQ(letters(*plan.at(0).unconditional), "n");
    plan.pad(Padding::empty_prompt, empty);
    const auto made = plan.at(0);
    EXPECT_EQ(letters(made.positive[0].conditioning), "aaaaaa");
    EXPECT_EQ(letters(made.positive[1].conditioning), "bb.,.,");
    EXPECT_EQ(letters(*made.unconditional), "n.,.,.");
    plan = lettered("aa", "nnnn");
    plan.pad(Padding::empty_prompt, empty);
    EXPECT_EQ(letters(plan.at(0).positive[0].conditioning), "aa.,");
}

TEST(GuidancePlan, OldPaddingChangesTheNegativeTextAlone) {
    auto plan = lettered("aaaa", "n");
    plan.pad(Padding::last_row, {});
    EXPECT_EQ(letters(*plan.at(0).unconditional), "nnnn");
    plan = lettered("aa", "nnnn");
    plan.pad(Padding::last_row, {});
    EXPECT_EQ(letters(*plan.at(0).unconditional), "nn");
    EXPECT_EQ(letters(plan.at(0).positive[0].conditioning), "aa");
}

}  // namespace
}  // namespace diffusion::pipeline
