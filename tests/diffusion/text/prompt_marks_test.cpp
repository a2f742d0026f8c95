#include "diffusion/text/prompt_marks.h"

#include "clip/unicode.h"
#include "diffusion/text/attention.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace {

using namespace diffusion;

std::string text_of(const std::string& prompt, size_t begin, size_t end) {
    return clip::unicode::encode(clip::unicode::decode(prompt).substr(begin, end - begin));
}

/// "kind:text" of every mark.
std::vector<std::string> marked(const std::string& prompt, const MarkOptions& options = {}) {
    static const std::vector<std::string> names = {"weight",   "schedule", "alternation",
                                                   "network",  "wildcard", "variant",
                                                   "variable", "keyword",  "comment", "idle"};
    std::vector<std::string> out;
    for (const auto& mark : mark_prompt(prompt, options).marks)
        out.push_back(names[size_t(mark.kind)] + " " + text_of(prompt, mark.begin, mark.end));
    return out;
}

using Texts = std::vector<std::string>;

TEST(PromptMarks, FindEveryPartOfTheGrammar) {
    EXPECT_EQ(marked("a (b (c):1.3) [d] 한 (글:0.5)"),
              (Texts{"weight (b (c):1.3)", "weight (c)", "weight [d]", "weight (글:0.5)"}));
    EXPECT_EQ(marked("[a:(b:2):0.5] [x|y|z] [in:5]"),
              (Texts{"schedule [a:(b:2):0.5]", "weight (b:2)", "alternation [x|y|z]",
                     "schedule [in:5]"}));
    EXPECT_EQ(marked("<lora:x:0.8> AND b BREAK c"),
              (Texts{"network <lora:x:0.8>", "keyword AND", "keyword BREAK"}));
    EXPECT_EQ(marked("{2$$a|__b__} ${x=!d} %{e ... $$f}"),
              (Texts{"variant {2$$a|__b__}", "wildcard __b__", "variable ${x=!d}",
                     "variant %{e ... $$f}"}));
    EXPECT_EQ(marked("a # (b\nc"), (Texts{"comment # (b"}));
}

TEST(PromptMarks, ANegativePromptHasNeitherAndNorNetworks) {
    EXPECT_EQ(marked("a AND <lora:x:1> BREAK", {.has_templates = true, .is_negative = true, .has_comments = true}),
              (Texts{"keyword BREAK"}));
}

TEST(PromptMarks, TemplatesAreTextWhereNobodyExpandsThem) {
    EXPECT_EQ(marked("{a|b} __c__", {.has_templates = false, .is_negative = false, .has_comments = true}), Texts{});
}

TEST(PromptMarks, AHashIsTextWhereCommentsAreNotRead) {
    const MarkOptions options{.has_templates = true, .is_negative = false, .has_comments = false};
    EXPECT_EQ(marked("a # (b)", options), (Texts{"weight (b)"}));
}

MarkOptions read_as(const char* compatibility, const char* emphasis) {
    MarkOptions options;
    options.reading = prompt_reading(compatibility, emphasis);
    return options;
}

TEST(PromptMarks, WithoutEmphasisBracketsAreText) {
    const auto a1111 = read_as("A1111", "None");
    EXPECT_EQ(marked("(a:1.2) [b:c:3] AND d BREAK e # f", a1111),
              (Texts{"schedule [b:c:3]", "keyword AND", "comment # f"}));
    EXPECT_TRUE(mark_prompt("(a] b:", a1111).faults.empty());
}

TEST(PromptMarks, DiffusersReadsNothingButText) {
    EXPECT_EQ(marked("(a:1.2) [b:c:3] AND d BREAK e # f", read_as("diffusers", "Automatic")), Texts{});
    EXPECT_EQ(marked("(a:1.2) AND d", read_as("diffusers", "Original")),
              (Texts{"weight (a:1.2)", "keyword AND"}));
}

TEST(PromptMarks, IgnoredWeightsAreIdle) {
    const auto options = read_as("Atelier", "Ignore");
    EXPECT_EQ(marked("(a:1.2) [b]", options), (Texts{"idle (", "idle :1.2)", "idle [", "idle ]"}));
    EXPECT_EQ(mark_prompt("(a", options).faults.size(), 1u);
}

TEST(PromptMarks, ComfyUIKnowsRoundBracketsOnly) {
    const auto options = read_as("ComfyUI", "Automatic");
    EXPECT_EQ(marked("((한:1.2) b:1.5) \\(c\\) [d] AND # e", options),
              (Texts{"weight ((한:1.2) b:1.5)", "weight (한:1.2)"}));
    const auto marks = mark_prompt("(a:1.25) (b:c)", options).marks;
    ASSERT_EQ(marks.size(), 2u);
    EXPECT_EQ(marks[0].weight, 1.25);
    EXPECT_TRUE(marks[0].has_number);
    EXPECT_EQ(marks[1].weight, 1.1);
    EXPECT_FALSE(marks[1].has_number);
    const auto faults = mark_prompt("a) (b", options).faults;
    ASSERT_EQ(faults.size(), 2u);
    EXPECT_EQ(faults[0].kind, PromptFaultKind::unopened);
    EXPECT_EQ(faults[1].kind, PromptFaultKind::unclosed);
    EXPECT_EQ(faults[1].begin, 3u);
}

TEST(PromptMarks, SayTheNumberOfAWeight) {
    const auto marks = mark_prompt("(a:1.25) (b) [c]").marks;
    ASSERT_EQ(marks.size(), 3u);
    EXPECT_EQ(marks[0].weight, 1.25);
    EXPECT_TRUE(marks[0].has_number);
    EXPECT_EQ(marks[1].weight, 1.1);
    EXPECT_FALSE(marks[1].has_number);
    EXPECT_DOUBLE_EQ(marks[2].weight, 1 / 1.1);
}

struct Faulty {
    std::string prompt;
    PromptFaultKind kind;
    std::string found;
    std::string message;
};

TEST(PromptMarks, PointAtWhatIsWrongAndSayWhatWasExpected) {
    const Faulty cases[] = {
        {"한 (b", PromptFaultKind::unclosed, "(",
         "Character 3: expected \")\" for the \"(\", found the end."},
        {"a [b", PromptFaultKind::unclosed, "[",
         "Character 3: expected \"]\" for the \"[\", found the end."},
        {"a b)", PromptFaultKind::unopened, ")", "Character 4: expected \"(\" before the \")\"."},
        {"a:1.2) b", PromptFaultKind::unopened, ")",
         "Character 6: expected \"(\" before the \")\"."},
        {"(a:1.2.3)", PromptFaultKind::not_a_number, "1.2.3",
         "Character 4: expected a number, found \"1.2.3\"."},
        {"<lora:x", PromptFaultKind::unclosed, "<",
         "Character 1: expected \">\" for the \"<\", found the end."},
        {"a | [b:c:1]", PromptFaultKind::stray_bar, "|",
         "Character 3: expected \"|\" inside of [ ], found it outside."},
        {"x {a|b", PromptFaultKind::bad_template, "",
         "Character 7: expected \"}\" for the \"{\" at character 3, found the end."},
    };
    for (const auto& wrong : cases) {
        const auto faults = mark_prompt(wrong.prompt).faults;
        ASSERT_EQ(faults.size(), 1u) << wrong.prompt;
        EXPECT_EQ(faults[0].kind, wrong.kind) << wrong.prompt;
        EXPECT_EQ(text_of(wrong.prompt, faults[0].begin, faults[0].end), wrong.found);
        EXPECT_EQ(faults[0].message, wrong.message);
    }
}

TEST(PromptMarks, HaveNothingToSayOfAGoodPrompt) {
    for (const auto* prompt : {"", "a \\(b\\)", "(a:1.2), [b:c:0.3] AND d :0.5", "{a|b} __c__"})
        EXPECT_TRUE(mark_prompt(prompt).faults.empty()) << prompt;
}

std::string random_prompt(std::mt19937& random) {
    static const std::vector<std::string> parts = {"(", ")", "[",  "]", ":", "1.2", "a", "b",
                                                   "c", "d", "\\", ",", " ", "한",  ":0.5)"};
    std::string prompt;
    for (auto count = random() % 14; count > 0; --count) prompt += parts[random() % parts.size()];
    return prompt;
}

/// Weight of every letter a to d, in the order of the text, as the marks have it.
std::vector<double> weights_by_marks(const std::string& prompt) {
    const auto made = mark_prompt(prompt);
    const auto text = clip::unicode::decode(prompt);
    std::vector<double> weights;
    for (size_t at = 0; at < text.size(); ++at) {
        if (text[at] < U'a' || text[at] > U'd') continue;
        double weight = 1.0;
        for (const auto& mark : made.marks)
            if (mark.begin <= at && at < mark.end) weight *= mark.weight;
        for (const auto& fault : made.faults)
            if (fault.kind == PromptFaultKind::unclosed && fault.begin < at)
                weight *= fault.expected == ")" ? 1.1 : 1 / 1.1;
        weights.push_back(weight);
    }
    return weights;
}

std::vector<double> weights_by_parser(const std::string& prompt) {
    std::vector<double> weights;
    for (const auto& piece : parse_attention(prompt))
        for (const char c : piece.text)
            if (c >= 'a' && c <= 'd') weights.push_back(piece.weight);
    return weights;
}

TEST(PromptMarks, AgreeWithTheParserOnEveryWeight) {
    std::mt19937 random(7);
    int compared = 0;
    for (int round = 0; round < 50'000; ++round) {
        const auto prompt = random_prompt(random);
        const auto marks = mark_prompt(prompt).marks;
        // A schedule chooses between its texts before weights are read.
        if (std::any_of(marks.begin(), marks.end(),
                        [](const auto& mark) { return mark.kind != MarkKind::weight; }))
            continue;
        const auto by_marks = weights_by_marks(prompt), by_parser = weights_by_parser(prompt);
        ASSERT_EQ(by_marks.size(), by_parser.size()) << prompt;
        for (size_t i = 0; i < by_marks.size(); ++i)
            ASSERT_NEAR(by_marks[i], by_parser[i], 1e-9) << prompt;
        ++compared;
    }
    EXPECT_GT(compared, 40'000);
}

}  // namespace
