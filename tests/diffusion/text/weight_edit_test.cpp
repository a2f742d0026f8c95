#include "diffusion/text/weight_edit.h"

#include "clip/unicode.h"

#include <gtest/gtest.h>

namespace {

using diffusion::change_weight;

/// The prompt after the key; "|" is the cursor, two of them a selection, in what comes and goes.
std::string pressed(std::string prompt, double step) {
    const auto first = prompt.find('|');
    prompt.erase(first, 1);
    auto second = prompt.find('|');
    if (second != prompt.npos) prompt.erase(second, 1);
    if (second == prompt.npos) second = first;
    const auto length = [&](size_t bytes) {
        return clip::unicode::decode(prompt.substr(0, bytes)).size();
    };
    const auto edit = change_weight(prompt, length(first), length(second), step);
    if (!edit) return "nothing";
    auto text = clip::unicode::decode(prompt);
    text.replace(edit->begin, edit->end - edit->begin, clip::unicode::decode(edit->text));
    text.insert(edit->selected_end, U"|");
    text.insert(edit->selected_begin, U"|");
    return clip::unicode::encode(text);
}

TEST(WeightEdit, GivesTheWordAtTheCursorAWeight) {
    EXPECT_EQ(pressed("a soft| glow", 0.1), "a (|soft|:1.1) glow");
    EXPECT_EQ(pressed("부드러|운 빛", -0.1), "(|부드러운|:0.9) 빛");
}

TEST(WeightEdit, GivesTheSelectionAWeight) {
    EXPECT_EQ(pressed("a |soft glow |", 0.1), "a (|soft glow|:1.1) ");
}

TEST(WeightEdit, ChangesTheWeightAround) {
    EXPECT_EQ(pressed("(|soft glow|:1.1)", 0.1), "(|soft glow|:1.2)");
    EXPECT_EQ(pressed("(so|ft glow:1.25)", 0.1), "(|soft glow|:1.35)");
    EXPECT_EQ(pressed("(a (b|:0.5):2)", 0.1), "(a (|b|:0.6):2)");
    EXPECT_EQ(pressed("((b|))", 0.1), "((|b|:1.2))");
}

TEST(WeightEdit, AWeightOfOneHasNoBrackets) {
    EXPECT_EQ(pressed("a (|soft glow|:1.1)", -0.1), "a |soft glow|");
}

TEST(WeightEdit, NeverGoesBelowZero) {
    EXPECT_EQ(pressed("(|a|:0.05)", -0.1), "(|a|:0)");
}

TEST(WeightEdit, ChangesTheWeightOfANetwork) {
    EXPECT_EQ(pressed("<lora:cl|ay:0.8>", 0.1), "<lora:|clay|:0.9>");
    EXPECT_EQ(pressed("<lora:clay|>", -0.1), "<lora:|clay|:0.9>");
    EXPECT_EQ(pressed("<lora:clay|:0.8:0.5>", 0.1), "<lora:|clay|:0.9:0.5>");
}

TEST(WeightEdit, LeavesATextWithoutAWordAlone) {
    EXPECT_EQ(pressed("a, | ", 0.1), "nothing");
    EXPECT_EQ(pressed("|", 0.1), "nothing");
    EXPECT_EQ(pressed("<lora:clay|:x>", 0.1), "nothing");
}

}  // namespace
