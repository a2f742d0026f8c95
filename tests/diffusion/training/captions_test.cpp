#include "diffusion/training/captions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "diffusion/error.h"

namespace diffusion::training {
namespace {

Caption apple() {
    return read_caption(R"({"file": "a.webp", "style_en": "3d", "style_ko": "입체", "en": "red apple",
        "ko": "빨간 사과", "en_tags": ["apple", "fruit", "red"], "ko_tags": ["과일", "사과"]})");
}

TEST(Captions, AreTheSameAfterWritingAndReading) {
    const auto caption = apple();
    EXPECT_EQ(caption.ko, "빨간 사과");
    EXPECT_EQ(caption.en_tags.size(), 3U);
    EXPECT_EQ(read_caption(write_caption(caption)), caption);
}

TEST(Captions, NameTheFieldThatIsWrong) {
    const auto message = [](const char* line) -> std::string {
        try {
            read_caption(line);
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::corrupt_file);
            return error.what();
        }
        return "nothing was wrong";
    };
    EXPECT_NE(message("not json").find("JSON"), std::string::npos);
    EXPECT_NE(message(R"({"en": "x"})").find("file"), std::string::npos);
    EXPECT_NE(message(R"({"file": "x"})").find("captions"), std::string::npos);
    EXPECT_NE(message(R"({"file": "x", "en": 3})").find("en"), std::string::npos);
    EXPECT_NE(message(R"({"file": "x", "en": "y", "en_tags": "z"})").find("en_tags"), std::string::npos);
}

TEST(Prompts, AreTheSameForTheSameSeed) {
    std::set<std::string> drawn;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const auto prompt = draw_prompt(apple(), {}, seed);
        EXPECT_EQ(prompt, draw_prompt(apple(), {}, seed));
        drawn.insert(prompt);
    }
    EXPECT_GT(drawn.size(), 5U);
}

TEST(Prompts, AreLeftEmptyAsOftenAsAsked) {
    PromptMix mix;
    mix.dropout = 0.25;
    int empty = 0;
    for (std::uint64_t seed = 0; seed < 4000; ++seed) empty += draw_prompt(apple(), mix, seed).empty();
    EXPECT_NEAR(empty / 4000.0, 0.25, 0.03);
}

TEST(Prompts, FollowTheMix) {
    PromptMix mix{.dropout = 0, .korean = 0, .style = 1, .tags = 0, .tag_only = 0, .article = 0};
    EXPECT_EQ(draw_prompt(apple(), mix, 1), "red apple, 3d");
    mix.korean = 1;
    EXPECT_EQ(draw_prompt(apple(), mix, 1), "빨간 사과, 입체");
    mix.style = 0;
    EXPECT_EQ(draw_prompt(apple(), mix, 1), "빨간 사과");
    EXPECT_EQ(full_prompt(apple(), true), "빨간 사과, 입체");
}

TEST(Prompts, TakeTheLanguageThatIsThere) {
    auto caption = apple();
    caption.ko.clear();
    EXPECT_EQ(full_prompt(caption, true), "red apple, 3d");
    const PromptMix mix{.dropout = 0, .korean = 1, .style = 0, .tags = 0, .tag_only = 0, .article = 0};
    EXPECT_EQ(draw_prompt(caption, mix, 3), "red apple");
}

Caption cat() {
    Caption caption;
    caption.en = "cat";
    caption.ko = "고양이";
    return caption;
}

TEST(Prompts, SayWhatAPictureWasGiven) {
    PromptMix mix{.dropout = 0, .korean = 0, .style = 1, .tags = 1, .tag_only = 1, .article = 0};
    const auto other = cat();
    const auto& blue = *std::ranges::find_if(backgrounds(), [](const auto& b) { return b.en == std::string("blue"); });
    const auto drawn = [&](const Caption& caption, const Scene& scene) {
        std::set<std::string> prompts;
        for (std::uint64_t seed = 0; seed < 30; ++seed) prompts.insert(draw_prompt(caption, mix, seed, scene));
        return prompts;
    };
    using Set = std::set<std::string>;
    const Scene pair{&other, nullptr}, on_blue{&other, &blue};
    EXPECT_EQ(drawn(apple(), pair), (Set{"red apple and cat, 3d", "red apple next to cat, 3d"}));
    EXPECT_EQ(drawn(apple(), on_blue), (Set{"red apple and cat on a blue background, 3d",
                                            "red apple next to cat on a blue background, 3d"}));
    mix.korean = 1;
    EXPECT_EQ(drawn(apple(), pair), (Set{"빨간 사과와 고양이, 입체", "빨간 사과 옆에 고양이, 입체"}));
    EXPECT_EQ(drawn(other, {nullptr, &blue}), (Set{"고양이, 파란 배경"}));
    auto ring = cat();
    ring.ko = "금반지는 금";
    EXPECT_TRUE(drawn(ring, pair).contains("금반지는 금과 고양이"));
    const auto& orange = backgrounds()[1];
    mix.korean = 0;
    EXPECT_EQ(drawn(other, {nullptr, &orange}), (Set{"cat on an orange background"}));
}

TEST(Prompts, CountWhatHasAPlural) {
    PromptMix mix{.dropout = 0, .korean = 0, .style = 1, .tags = 0, .tag_only = 1, .article = 1};
    const auto counted = [&](Caption caption, const char* label, int count) {
        caption.en = label;
        caption.group = "food & drink";
        EXPECT_TRUE(is_countable(caption)) << label;
        return draw_prompt(caption, mix, 1, {nullptr, nullptr, count});
    };
    EXPECT_EQ(counted(apple(), "red apple", 2), "two red apples, 3d");
    EXPECT_EQ(counted(apple(), "box", 3), "three boxes, 3d");
    EXPECT_EQ(counted(apple(), "candy", 4), "four candies, 3d");
    EXPECT_EQ(counted(apple(), "fallen leaf", 2), "two fallen leaves, 3d");
    mix.korean = 1;
    EXPECT_EQ(counted(apple(), "red apple", 3), "빨간 사과 세 개, 입체");
    auto animal = cat();
    animal.subgroup = "mammals";
    EXPECT_EQ(counted(animal, "cat", 2), "고양이 두 마리");
}

TEST(Prompts, LeaveAloneWhatHasNoPlainPlural) {
    auto caption = apple();
    caption.group = "food & drink";
    for (const char* label : {"cooked rice", "grapes", "flag: Wales", "Tokyo tower", "man in tuxedo", "ox"}) {
        caption.en = label;
        EXPECT_FALSE(is_countable(caption)) << label;
    }
    caption.en = "apple";
    caption.group = "flags";
    EXPECT_FALSE(is_countable(caption));
}

TEST(Prompts, PutArticlesBeforePlainLabels) {
    const PromptMix mix{.dropout = 0, .korean = 0, .style = 0, .tags = 0, .tag_only = 0, .article = 1};
    const auto other = cat();
    auto caption = apple();
    EXPECT_EQ(draw_prompt(caption, mix, 1), "a red apple");
    caption.en = "orange";
    EXPECT_EQ(draw_prompt(caption, mix, 1), "an orange");
    EXPECT_TRUE(draw_prompt(caption, mix, 1, {&other, nullptr}).ends_with(" a cat"));
    caption.en = "grapes";
    EXPECT_EQ(draw_prompt(caption, mix, 1), "grapes");
}

TEST(Prompts, NoSceneIsMentionedWhereThePromptIsEmpty) {
    const PromptMix mix{.dropout = 1, .korean = 0, .style = 1, .tags = 0, .tag_only = 0, .article = 0};
    EXPECT_EQ(draw_prompt(apple(), mix, 1, {nullptr, &backgrounds()[0]}), "");
}

TEST(Captions, OfWritingAreNotMirrored) {
    auto caption = cat();
    EXPECT_FALSE(is_mirrorable(caption));  // nobody says what it is
    caption.group = "animals & nature";
    EXPECT_TRUE(is_mirrorable(caption));
    caption.en = "Left-facing cat";
    EXPECT_FALSE(is_mirrorable(caption));
    caption.en = "leftover cat";
    EXPECT_TRUE(is_mirrorable(caption));
    caption.subgroup = "books & paper";
    EXPECT_FALSE(is_mirrorable(caption));
    caption.subgroup.clear();
    caption.group = "flags";
    EXPECT_FALSE(is_mirrorable(caption));
}

TEST(Vocabulary, KnowsTheWordsOfScenes) {
    const auto texts = vocabulary_texts(std::vector<Caption>(backgrounds().size(), apple()));
    for (const char* text : {"on a blue background", "파란 배경", " next to ", " and ", " 옆에 "})
        EXPECT_NE(std::ranges::find(texts, text), texts.end()) << text;
}

}  // namespace
}  // namespace diffusion::training
