#include "diffusion/training/captions.h"

#include <gtest/gtest.h>

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
    PromptMix mix{.dropout = 0, .korean = 0, .style = 1, .tags = 0, .tag_only = 0};
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
    const PromptMix mix{.dropout = 0, .korean = 1, .style = 0, .tags = 0, .tag_only = 0};
    EXPECT_EQ(draw_prompt(caption, mix, 3), "red apple");
}

}  // namespace
}  // namespace diffusion::training
