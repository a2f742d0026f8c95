#include "diffusion/text/prompt_expander.h"

#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>
#include <sstream>

namespace {

using namespace diffusion;
using Texts = std::vector<std::string>;

WildcardLibrary library() {
    WildcardLibrary made;
    std::istringstream colors("# comment\nred\n\ngreen\n"),
        more("big:\n  - 3::oak\n  - pine\nword: one\n");
    std::istringstream json(R"({"animal": ["cat", {"text": "dog", "weight": 2}]})");
    made.add_text("colors", colors);
    made.add_yaml("tree/", "more", more);
    made.add_json("", "more", json);
    return made;
}

Texts all(const std::string& prompt, size_t most = 100) {
    return expand_all(prompt, library(), most).prompts;
}

TEST(PromptExpander, LeavesPlainTextAlone) {
    for (const auto* text :
         {"a cat", "100% wool, 5$", "snake_case", "a}", "x | y", "(a:1.2) [b|c]"})
        EXPECT_EQ(all(text), Texts{text});
}

TEST(PromptExpander, TakesEveryOptionInOrder) {
    EXPECT_EQ(all("{a|b} {c|d}"), (Texts{"a c", "a d", "b c", "b d"}));
    EXPECT_EQ(all("{a|{b|c}}"), (Texts{"a", "b", "c"}));
}

TEST(PromptExpander, TakesSeveralWithoutRepeating) {
    EXPECT_EQ(all("{2$$a|b|c}").size(), 6u);
    EXPECT_EQ(all("{1-2$$ and $$a|b}"), (Texts{"a", "b", "a and b", "b and a"}));
    EXPECT_EQ(all("{9$$a|b}"), (Texts{"a,b", "b,a"}));
}

TEST(PromptExpander, ReadsWildcardsOfEveryKind) {
    EXPECT_EQ(all("__colors__"), (Texts{"green", "red"}));
    EXPECT_EQ(all("__tree/big__"), (Texts{"oak", "oak", "oak", "pine"}));
    EXPECT_EQ(all("__animal__"), (Texts{"cat", "dog", "dog"}));
    EXPECT_EQ(all("__word__"), Texts{"one"});  // found in a sub-folder
}

TEST(PromptExpander, NamesWildcardsThatAreMissing) {
    const auto made = expand_all("a __nowhere__", library(), 3);
    EXPECT_EQ(made.missing, Texts{"nowhere"});
    EXPECT_EQ(made.prompts[0], "a __nowhere__");
}

TEST(PromptExpander, SetsAndUsesVariables) {
    EXPECT_EQ(all("${x={a|b}}${x} ${x}"), (Texts{"a a", "a b", "b a", "b b"}));
    EXPECT_EQ(all("${x=!{a|b}}${x} ${x}"), Texts{"a a"});
    EXPECT_EQ(all("${y:none}"), Texts{"none"});
}

TEST(PromptExpander, PutsTextIntoAWrapper) {
    EXPECT_EQ(all("%{photo of ... at night$${a cat|a dog}}"),
              (Texts{"photo of a cat at night", "photo of a dog at night"}));
}

TEST(PromptExpander, SaysWhereATemplateIsWrong) {
    try {
        all("red {a|b");
        FAIL() << "an open bracket was taken";
    } catch (const PromptTemplateError& error) {
        EXPECT_EQ(error.position(), 8u);
        EXPECT_NE(std::string(error.what()).find("character 5"), std::string::npos) << error.what();
    }
    EXPECT_THROW(all("${unknown}"), PromptTemplateError);
    EXPECT_THROW(all("${x=${x}}${x}"), PromptTemplateError);
}

TEST(PromptExpander, StopsAtTheWantedNumber) {
    const auto made = expand_all("{1|2|3}{1|2|3}{1|2|3}", library(), 5);
    EXPECT_EQ(made.prompts.size(), 5u);
    EXPECT_FALSE(made.is_complete);
}

TEST(PromptExpander, GivesUpOnWhatNeverEnds) {
    EXPECT_THROW(all("{2$$__nowhere__|__nowhere__ }"), PromptTemplateError);
    WildcardLibrary looped;
    std::istringstream self("__self__\n");
    looped.add_text("self", self);
    EXPECT_THROW(expand_all("__self__", looped, 1), PromptTemplateError);
    EXPECT_THROW(expand_random("__self__", looped, 1), PromptTemplateError);
}

TEST(PromptExpander, DrawsTheSameForTheSameSeed) {
    const std::string prompt = "{a|b|c|d} __colors__ {2$$x|y|z}";
    std::set<std::string> drawn;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const auto text = expand_random(prompt, library(), seed);
        EXPECT_EQ(text, expand_random(prompt, library(), seed));
        drawn.insert(text);
    }
    EXPECT_GT(drawn.size(), 20u);
}

TEST(PromptExpander, DrawsByWeight) {
    int often = 0;
    constexpr int draws = 4000;
    for (std::uint64_t seed = 0; seed < draws; ++seed)
        often += expand_random("{3::a|b}", library(), seed) == "a";
    EXPECT_NEAR(often / double(draws), 0.75, 5 * std::sqrt(0.75 * 0.25 / draws));
}

TEST(PromptExpander, DrawsOnlyWhatTheListHolds) {
    const auto list = all("{1-2$$a|b|{c|d}} ${x=__colors__}${x}");
    const std::set<std::string> language(list.begin(), list.end());
    for (std::uint64_t seed = 0; seed < 300; ++seed)
        EXPECT_TRUE(language.contains(
            expand_random("{1-2$$a|b|{c|d}} ${x=__colors__}${x}", library(), seed)));
}

TEST(PromptExpander, SurvivesAnyText) {
    std::mt19937 random(9);
    const Texts parts = {"{",      "}", "|", "$$", "${",   "%{", "x",  "=",   "__",
                         "colors", "2", "-", ":",  "#",    "\n", " ",  "...", "!",
                         "@",      "~", "(", ")",  "\xF0", "::", "0.5"};
    int read = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (auto n = random() % 12; n > 0; --n) text += parts[random() % parts.size()];
        try {
            expand_all(text, library(), 20);
            expand_random(text, library(), 1);
            ++read;
        } catch (const PromptTemplateError&) {
        }
    }
    EXPECT_GT(read, 2000);
}

TEST(Wildcards, ReadTheYamlOfWordLists) {
    WildcardLibrary made;
    std::istringstream yaml(
        "# lists\na:\n  b:\n    - 'it''s'  # note\n    - \"q: x\"\n    - {text: y, weight: 2}\n"
        "  c: [one, \"two, three\"]\nd:\n- plain text\n- text: z\n  weight: 3\n");
    made.add_yaml("", "file", yaml);
    EXPECT_EQ(made.values("a/b"), (std::vector<WildcardValue>{{"it's", 1}, {"q: x", 1}, {"y", 2}}));
    EXPECT_EQ(made.values("a/c"), (std::vector<WildcardValue>{{"one", 1}, {"two, three", 1}}));
    EXPECT_EQ(made.values("d"), (std::vector<WildcardValue>{{"plain text", 1}, {"z", 3}}));
}

TEST(Wildcards, RefuseFilesThatAreNoLists) {
    WildcardLibrary made;
    std::istringstream json("[1, 2"), yaml("a: [b\n"), text("just text\n");
    EXPECT_THROW(made.add_json("", "x", json), std::runtime_error);
    EXPECT_THROW(made.add_yaml("", "x", yaml), std::runtime_error);
    EXPECT_THROW(made.add_yaml("", "x", text), std::runtime_error);
}

TEST(Wildcards, StayInsideTheirFolder) {
    EXPECT_TRUE(library().values("../colors").empty());
    EXPECT_EQ(library().values("*").size(), 7u);
}

}  // namespace
