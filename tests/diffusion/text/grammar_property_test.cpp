// What is printed reads as it was meant, for a million generated prompts of each writing.

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "diffusion/text/attention.h"
#include "diffusion/text/comfy_weights.h"
#include "diffusion/text/compel.h"
#include "diffusion/text/prompt_plan.h"

namespace diffusion {
namespace {

using Pieces = std::vector<WeightedText>;

constexpr int rounds = 1'000'000;

std::string one_of(std::mt19937& random, const std::vector<std::string>& texts) {
    return texts[random() % texts.size()];
}

std::string word(std::mt19937& random) {
    return one_of(random, {"a", "cat", "b c", " ", ",", "한글", "BREAK", " BREAK ", "AND", " AND ",
                           "\\(", "\\", "\\\\", ":", "::", "|", "#", "\n", "1.2", "-0.5", ".", "+", "--",
                           "\"", "_", "<lora:x:1>", "\xFF", "\x01", ""});
}

/// Whole constructs, often nested, with a bracket too many or too few now and then.
std::string prompt(std::mt19937& random, int depth) {
    std::string text;
    for (auto count = random() % 4 + 1; count > 0; --count) {
        const auto kind = depth > 0 ? random() % 9 : 0;
        const auto inner = [&] { return prompt(random, depth - 1); };
        const auto number = one_of(random, {"1.3", "0.5", "0", "-1", "2", ".25", "3.", "1e1", "x"});
        if (kind == 1) text += "(" + inner() + ")";
        else if (kind == 2) text += "(" + inner() + ":" + number + ")";
        else if (kind == 3) text += "[" + inner() + "]";
        else if (kind == 4) text += "[" + inner() + ":" + inner() + ":" + number + "]";
        else if (kind == 5) text += "[" + inner() + "|" + inner() + "]";
        else if (kind == 6) text += "(" + inner() + ")" + one_of(random, {"+", "--", "1.3", "++"});
        else if (kind == 7) text += one_of(random, {"(", ")", "[", "]"});
        else text += word(random);
    }
    return text;
}

/// Neighbours of equal weight as one.
Pieces merged(const Pieces& pieces) {
    Pieces out;
    for (const auto& piece : pieces) {
        if (!out.empty() && out.back().weight == piece.weight) out.back().text += piece.text;
        else out.push_back(piece);
    }
    return out;
}

TEST(Grammar, A1111sWeightsReadBackAsTheyArePrinted) {
    std::mt19937 random(101);
    for (int round = 0; round < rounds; ++round) {
        const auto text = prompt(random, 3);
        const auto pieces = parse_attention(text);
        ASSERT_EQ(parse_attention(print_attention(pieces)), pieces) << text;
    }
}

TEST(Grammar, ComfyUIsWeightsReadBackAsTheyArePrinted) {
    std::mt19937 random(102);
    for (int round = 0; round < rounds; ++round) {
        const auto text = prompt(random, 3);
        const auto pieces = parse_comfy_weights(text);
        ASSERT_EQ(merged(parse_comfy_weights(print_comfy(pieces))), merged(pieces)) << text;
    }
}

TEST(Grammar, CompelsWeightsReadBackAsTheyArePrinted) {
    std::mt19937 random(103);
    for (int round = 0; round < rounds; ++round) {
        const auto text = prompt(random, 3);
        const auto pieces = parse_compel(text);
        ASSERT_EQ(parse_compel(print_compel(pieces)), pieces) << text;
    }
}

TEST(Grammar, PlansCoverEveryStepInOrder) {
    std::mt19937 random(104);
    for (int round = 0; round < rounds / 10; ++round) {
        const auto text = prompt(random, 2);
        const int steps = static_cast<int>(random() % 30) + 1;
        const auto plan = plan_prompt(text, {.steps = steps});
        ASSERT_FALSE(plan.parts.empty()) << text;
        for (const auto& part : plan.parts) {
            ASSERT_FALSE(part.texts.empty()) << text;
            ASSERT_EQ(part.texts.back().end_step, steps) << text;
            for (size_t i = 1; i < part.texts.size(); ++i)
                ASSERT_LT(part.texts[i - 1].end_step, part.texts[i].end_step) << text;
        }
    }
}

}  // namespace
}  // namespace diffusion
