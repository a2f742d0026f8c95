#include "diffusion/text/prompt_plan.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace diffusion {
namespace {

TEST(PromptPlan, WithoutGrammarEverythingIsText) {
    const PromptRules rules{.has_comments = true, .has_grammar = false};
    const auto plan = plan_prompt("a AND b [c:d:0.5] # e", {.steps = 10}, rules);
    ASSERT_EQ(plan.parts.size(), 1u);
    EXPECT_EQ(plan.parts[0].texts, (std::vector<ScheduledText>{{10, "a AND b [c:d:0.5] # e"}}));
    const auto negative = plan_negative_prompt("[a|b]", {.steps = 10}, rules);
    EXPECT_EQ(negative.parts[0].texts[0].text, "[a|b]");
}

TEST(PromptPlan, NetworksAreTakenOutWhateverTheGrammar) {
    const auto plan = plan_prompt("a <lora:x:1>", {.steps = 4}, {.has_grammar = false});
    EXPECT_EQ(plan.parts[0].texts[0].text, "a ");
    ASSERT_EQ(plan.networks.size(), 1u);
}

TEST(PromptPlan, CommentsCanBeText) {
    EXPECT_EQ(plan_prompt("a # b", {.steps = 4}).parts[0].texts[0].text, "a");
    const PromptRules rules{.has_comments = false};
    EXPECT_EQ(plan_prompt("a # b", {.steps = 4}, rules).parts[0].texts[0].text, "a # b");
}

TEST(PromptPlan, TwoPromptsChangeAtTheStepsOfBoth) {
    const ScheduleSteps steps{.steps = 10};
    const auto both = joined(plan_prompt("[a:b:4]", steps), plan_prompt("[x:y:7]", steps));
    ASSERT_EQ(both.parts.size(), 1u);
    const auto& texts = both.parts[0].texts;
    ASSERT_EQ(texts.size(), 3u);
    const std::pair<std::string, std::string> expected[] = {{"a", "x"}, {"b", "x"}, {"b", "y"}};
    const int ends[] = {4, 7, 10};
    for (size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(texts[i].end_step, ends[i]);
        EXPECT_EQ(separated(texts[i].text), expected[i]);
    }
}

TEST(PromptPlan, OneTextStandsBesideEverySide) {
    const ScheduleSteps steps{.steps = 5};
    const auto both = joined(plan_prompt("a :0.3 AND b", steps), plan_prompt("x", steps));
    ASSERT_EQ(both.parts.size(), 2u);
    EXPECT_EQ(both.parts[0].weight, 0.3);
    EXPECT_EQ(separated(both.parts[1].texts[0].text).second, "x");
    EXPECT_THROW(joined(plan_prompt("a AND b", steps), plan_prompt("x AND y AND z", steps)),
                 std::invalid_argument);
}

TEST(PromptPlan, ATextByItselfIsForBothEncoders) {
    EXPECT_EQ(separated("a"), (std::pair<std::string, std::string>{"a", "a"}));
}

}  // namespace
}  // namespace diffusion
