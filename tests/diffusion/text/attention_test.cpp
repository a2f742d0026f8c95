#include "diffusion/text/attention.h"

#include <gtest/gtest.h>
#include <random>

namespace {

using diffusion::parse_attention;
using diffusion::print_attention;
using diffusion::WeightedText;
using Pieces = std::vector<WeightedText>;

TEST(Attention, MultipliesNestedBrackets) {
    const auto pieces = parse_attention("a (((house:1.3)) [on] a (hill:0.5), sun, (((sky))).");
    ASSERT_EQ(pieces.size(), 9u);
    EXPECT_NEAR(pieces[1].weight, 1.573, 1e-9);
    EXPECT_NEAR(pieces[5].weight, 0.55, 1e-9);
    EXPECT_NEAR(pieces[7].weight, 1.4641, 1e-9);
}

TEST(Attention, KeepsBracketsWithoutAPartner) {
    EXPECT_EQ(parse_attention("a) b]"), (Pieces{{"a) b]", 1.0}}));
    EXPECT_EQ(parse_attention("(open"), (Pieces{{"open", 1.1}}));
}

TEST(Attention, ReadsEscapesAsText) {
    EXPECT_EQ(parse_attention("\\(a\\) \\[b\\] \\\\"), (Pieces{{"(a) [b] \\", 1.0}}));
}

TEST(Attention, TreatsABadNumberAsText) {
    for (const auto* text : {"(a:1.2.3)", "(a:..)", "(a:.)"}) {
        const auto pieces = parse_attention(text);
        ASSERT_EQ(pieces.size(), 1u) << text;
        EXPECT_DOUBLE_EQ(pieces[0].weight, 1.1) << text;
        EXPECT_TRUE(pieces[0].text.starts_with("a:")) << text;
    }
}

TEST(Attention, CutsAtTheWordBreak) {
    const auto pieces = parse_attention("a, BREAK b BREAKING");
    ASSERT_EQ(pieces.size(), 3u);
    EXPECT_TRUE(pieces[1].is_break());
    EXPECT_EQ(pieces[2].text, "b BREAKING");
}

TEST(Attention, IsNeverEmpty) {
    for (const auto* text : {"", "()", "[[", "(:1.2)"})
        EXPECT_EQ(parse_attention(text), (Pieces{{"", 1.0}})) << text;
}

std::string random_prompt(std::mt19937& random) {
    static const std::vector<std::string> parts = {
        "(",  ")",   "[",    "]",        ":",     "1.2",   "a",    "BREAK", " BREAK ", " ",
        "\\", "\\(", "b c",  ",",        ":0.5)", "한글",  "\n",   "::",    ".",       "1",
        "-",  "_",   "\\\\", "(\\:1.0)", "(a)",   "(b:2)", "\xFF", "\x01"};
    std::string prompt;
    for (auto count = random() % 14; count > 0; --count) prompt += parts[random() % parts.size()];
    return prompt;
}

TEST(Attention, ReadsBackWhatItPrints) {
    std::mt19937 random(1);
    for (int round = 0; round < 200'000; ++round) {
        const auto prompt = random_prompt(random);
        const auto pieces = parse_attention(prompt);
        ASSERT_EQ(parse_attention(print_attention(pieces)), pieces) << prompt;
    }
}

TEST(Attention, ReadsDeepNestingInOnePass) {
    const std::string open(50'000, '(');
    EXPECT_EQ(parse_attention(open + "a").back().text, "a");
}

}  // namespace
