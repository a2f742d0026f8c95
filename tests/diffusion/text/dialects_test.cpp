#include "diffusion/text/comfy_weights.h"
#include "diffusion/text/compel.h"
#include "diffusion/text/prompt_plan.h"

#include <gtest/gtest.h>
#include <random>

namespace {

using namespace diffusion;
using Pieces = std::vector<WeightedText>;

void expect_near(const Pieces& pieces, const Pieces& expected) {
    ASSERT_EQ(pieces.size(), expected.size());
    for (size_t i = 0; i < pieces.size(); ++i) {
        EXPECT_EQ(pieces[i].text, expected[i].text);
        EXPECT_NEAR(pieces[i].weight, expected[i].weight, 1e-12);
    }
}

std::string random_text(std::mt19937& random) {
    static const std::vector<std::string> parts = {"(",     ")",   "\"", "+",  "-",   "++",
                                                   "a",     "b c", ",",  "\\", "\\(", "1.3",
                                                   ":0.5)", " ",   ".",  "한", "[",   "x:"};
    std::string text;
    for (auto count = random() % 12; count > 0; --count) text += parts[random() % parts.size()];
    return text;
}

/// Neighbours of equal weight as one.
Pieces merged(const Pieces& pieces) {
    Pieces out;
    for (const auto& piece : pieces) {
        if (!out.empty() && out.back().weight == piece.weight) {
            out.back().text += piece.text;
        } else {
            out.push_back(piece);
        }
    }
    return out;
}

TEST(Compel, ReadsSignsNumbersAndQuotes) {
    expect_near(parse_compel("a cat++, close-up dog-"),
                {{"a ", 1.0}, {"cat", 1.21}, {", close-up ", 1.0}, {"dog", 0.9}});
    expect_near(parse_compel("((x)++ y)0.5"), {{"x", 0.605}, {" y", 0.5}});
    expect_near(parse_compel("\"two words\"+ \"said\""), {{"two words", 1.1}, {" \"said\"", 1.0}});
    expect_near(parse_compel("\\(a\\)+"), {{"(a)", 1.1}});
}

TEST(Compel, ReadsBlendsAndConjunctions) {
    const auto blend = read_compel("(\"a cat+\", \"a dog\").blend(0.7, 0.3, no_normalize)");
    EXPECT_EQ(blend.join, CompelJoin::blend);
    ASSERT_EQ(blend.parts.size(), 2u);
    EXPECT_DOUBLE_EQ(blend.parts[0].weight, 0.7);
    EXPECT_EQ(blend.parts[0].pieces.back().text, "cat");
    EXPECT_FALSE(blend.is_normalized);
    EXPECT_EQ(read_compel("(\"a\",\"b\").and()").join, CompelJoin::conjunction);
    EXPECT_EQ(read_compel("(\"a\",\"b\").blend(1)").join, CompelJoin::none);
}

TEST(Compel, ReadsBackWhatItPrints) {
    std::mt19937 random(4);
    for (int round = 0; round < 100'000; ++round) {
        const auto text = random_text(random);
        const auto pieces = parse_compel(text);
        ASSERT_EQ(parse_compel(print_compel(pieces)), pieces) << text;
    }
}

TEST(ComfyWeights, ReadBackWhatTheyPrint) {
    std::mt19937 random(6);
    for (int round = 0; round < 100'000; ++round) {
        const auto text = random_text(random);
        const auto pieces = parse_comfy_weights(text);
        ASSERT_EQ(merged(parse_comfy_weights(print_comfy(pieces))), merged(pieces)) << text;
    }
}

TEST(Dialects, SayTheSameInEachOther) {
    const auto pieces = parse_attention("a (red:1.25) [dull] cat-like");
    expect_near(parse_compel(print_compel(pieces)), pieces);
    expect_near(merged(parse_comfy_weights(print_comfy(pieces))), pieces);
}

TEST(PromptPlan, TakesAPromptApartInOrder) {
    const auto plan = plan_prompt("a [b:c:5] :1.5 AND <lora:x:0.5>d # note", {10, 0, false});
    ASSERT_EQ(plan.parts.size(), 2u);
    EXPECT_DOUBLE_EQ(plan.parts[0].weight, 1.5);
    EXPECT_EQ(plan.parts[0].texts, (std::vector<ScheduledText>{{5, "a b"}, {10, "a c"}}));
    EXPECT_EQ(plan.parts[1].texts[0].text, " d");
    ASSERT_EQ(plan.networks.size(), 1u);
    EXPECT_FALSE(plan.is_plain());
    EXPECT_TRUE(plan_prompt("a (cat:1.2), [dog]", {10, 0, false}).is_plain());
}

TEST(PromptPlan, KeepsTagsAndAndsOfANegativePrompt) {
    const auto plan = plan_negative_prompt("bad AND <lora:x:1>", {10, 0, false});
    EXPECT_TRUE(plan.networks.empty());
    EXPECT_EQ(plan.parts[0].texts[0].text, "bad AND <lora:x:1>");
}

}  // namespace
