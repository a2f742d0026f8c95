#include "diffusion/text/prompt_schedule.h"

#include <gtest/gtest.h>
#include <random>

namespace {

using diffusion::entry_for_call;
using diffusion::schedule_prompt;
using diffusion::ScheduledText;
using Entries = std::vector<ScheduledText>;

Entries at(const std::string& prompt, int steps = 10) {
    return schedule_prompt(prompt, {steps, 0, false});
}

TEST(PromptSchedule, LeavesAPlainPromptAsOneEntry) {
    EXPECT_EQ(at("a cat (b:1.2) [c]"), (Entries{{10, "a cat (b:1.2) [c]"}}));
}

TEST(PromptSchedule, ChangesAtAStepOrAFraction) {
    EXPECT_EQ(at("[a:b:3]"), (Entries{{3, "a"}, {10, "b"}}));
    EXPECT_EQ(at("[a:b:0.3]"), (Entries{{3, "a"}, {10, "b"}}));
    EXPECT_EQ(at("[a:b:1e0]"), (Entries{{1, "a"}, {10, "b"}}));
    EXPECT_EQ(at("x[a::5]"), (Entries{{5, "xa"}, {10, "x"}}));
}

TEST(PromptSchedule, AlternatesEveryStep) {
    EXPECT_EQ(at("[a|b|]", 4), (Entries{{1, "a"}, {2, "b"}, {3, ""}, {4, "a"}}));
}

TEST(PromptSchedule, NestsChangesInChanges) {
    EXPECT_EQ(at("a[b:[c:d:2]:1]e"), (Entries{{1, "abe"}, {2, "ace"}, {10, "ade"}}));
}

TEST(PromptSchedule, TakesWhatItCannotReadAsText) {
    for (const auto* text : {"a [b|c", "a | b", "[a:b:c:0.5", "\\", "(a|b)"})
        EXPECT_EQ(at(text), (Entries{{10, text}})) << text;
}

TEST(PromptSchedule, CountsTheSecondPassFromOne) {
    EXPECT_EQ(schedule_prompt("[a:b:1.5]", {10, 10, false}), (Entries{{5, "a"}, {10, "b"}}));
    EXPECT_EQ(schedule_prompt("[a:b:15]", {10, 10, false}), (Entries{{5, "a"}, {10, "b"}}));
    EXPECT_EQ(schedule_prompt("[a:b:0.5]", {10, 10, true}), (Entries{{5, "a"}, {10, "b"}}));
}

TEST(PromptSchedule, KeepsAnEntryOneCallLonger) {
    const auto entries = at("[a:b:3]");
    EXPECT_EQ(entry_for_call(entries, 3), 0u);
    EXPECT_EQ(entry_for_call(entries, 4), 1u);
    EXPECT_EQ(entry_for_call(entries, 99), 1u);
}

TEST(PromptSchedule, EndsAtTheLastStepWhateverTheText) {
    std::mt19937 random(5);
    const std::string letters = "[]():|ab \\.12e-+";
    for (int round = 0; round < 50'000; ++round) {
        std::string text;
        for (auto n = random() % 30; n > 0; --n) text += letters[random() % letters.size()];
        const auto entries = at(text, 7);
        ASSERT_EQ(entries.back().end_step, 7) << text;
        for (size_t i = 1; i < entries.size(); ++i)
            ASSERT_LT(entries[i - 1].end_step, entries[i].end_step) << text;
    }
}

TEST(PromptSchedule, ReadsManyOpenBracketsWithoutRecursionThatDeep) {
    const std::string open(20'000, '[');
    EXPECT_EQ(at(open), (Entries{{10, open}}));
}

}  // namespace
