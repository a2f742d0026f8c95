#include "app/prompts/expansion.h"

#include "app/prompts/styles.h"
#include "diffusion/error.h"

#include <gtest/gtest.h>
#include <set>
#include <sstream>

namespace prompts {
namespace {

using Request = diffusion::GenerationRequest;

diffusion::WildcardLibrary colours() {
    diffusion::WildcardLibrary library;
    std::istringstream words("red\ngreen\nblue\n");
    library.add_text("colour", words);
    return library;
}

TEST(Expansion, LeavesAPlainPromptAsItIs) {
    const Request request{.prompt = "  a  (b:1.2) ", .seed = 3, .prompt_template = "old"};
    const auto made = expand(request, {}, Expand::all, 100);
    ASSERT_EQ(made.requests.size(), 1u);
    EXPECT_EQ(made.requests[0].prompt, "  a  (b:1.2) ");
    EXPECT_EQ(made.requests[0].prompt_template, "") << "it belongs to another prompt";
}

TEST(Expansion, NoneTakesTheSignsForText) {
    const auto made = expand({.prompt = "{a|b}", .seed = 3}, {}, Expand::none, 100);
    EXPECT_EQ(made.requests[0].prompt, "{a|b}");
    EXPECT_EQ(made.requests[0].prompt_template, "");
}

TEST(Expansion, AllMakesEveryCombinationWithSeedsThatFollow) {
    const Request request{
        .prompt = "{a|b} __colour__", .negative_prompt = "{x|y}", .seed = 10, .count = 2};
    const auto made = expand(request, colours(), Expand::all, 100);
    ASSERT_EQ(made.requests.size(), 12u);
    std::set<std::pair<std::string, std::string>> prompts;
    for (const auto& one : made.requests) prompts.emplace(one.prompt, one.negative_prompt);
    EXPECT_EQ(prompts.size(), 12u);
    EXPECT_TRUE(prompts.contains({"b green", "y"}));
    EXPECT_EQ(made.requests[0].seed, 10);
    EXPECT_EQ(made.requests[11].seed, 10 + 11 * 2);
    EXPECT_EQ(made.requests[5].count, 2);
    EXPECT_EQ(made.requests[5].prompt_template, "{a|b} __colour__");
    EXPECT_EQ(made.requests[5].negative_template, "{x|y}");
}

TEST(Expansion, SaysThatThereAreMore) {
    const auto made = expand({.prompt = "{a|b|c}{d|e|f}", .seed = 1}, {}, Expand::all, 4);
    EXPECT_EQ(made.requests.size(), 4u);
    EXPECT_FALSE(made.isComplete);
}

TEST(Expansion, RandomDrawsEveryPictureByItsOwnSeed) {
    const Request request{.prompt = "{a|b|c|d|e} __colour__", .seed = 5, .count = 20};
    const auto made = expand(request, colours(), Expand::random, 100);
    ASSERT_EQ(made.requests.size(), 20u);
    std::set<std::string> prompts;
    for (const auto& one : made.requests) prompts.insert(one.prompt);
    EXPECT_GT(prompts.size(), 3u);
    EXPECT_EQ(made.requests[7].seed, 12);
    EXPECT_EQ(made.requests[7].count, 1);
    const auto again = expand({.prompt = request.prompt, .seed = 12}, colours(), Expand::random, 1);
    EXPECT_EQ(again.requests[0].prompt, made.requests[7].prompt);
}

TEST(Expansion, NamesWildcardsWithoutAList) {
    for (const auto mode : {Expand::random, Expand::all}) {
        const auto made = expand({.prompt = "a __nobody__", .seed = 1}, colours(), mode, 10);
        EXPECT_EQ(made.missing, QStringList{"nobody"});
        EXPECT_EQ(made.requests[0].prompt, "a __nobody__");
    }
}

TEST(Expansion, PointsAtWhatItCanNotRead) {
    try {
        expand({.prompt = "x", .negative_prompt = "a {b", .seed = 1}, {}, Expand::random, 1);
        FAIL();
    } catch (const diffusion::Error& error) {
        EXPECT_EQ(error.kind(), diffusion::ErrorKind::bad_request);
        EXPECT_STREQ(error.what(),
                     "negative_prompt: Character 5: expected \"}\" for the \"{\" at character 3, "
                     "found the end.");
    }
}

TEST(Styles, StandAroundThePromptsInTheirOrder) {
    const QList<diffusion::Style> styles{{"film", "photo of {prompt}, grain", "drawing"},
                                         {"warm", "warm light", ""}};
    const auto made = withStyles({.prompt = "a cat", .negative_prompt = "dog"}, {"film", "warm"},
                                 styles);
    EXPECT_EQ(made.prompt, "photo of a cat, grain, warm light");
    EXPECT_EQ(made.negative_prompt, "dog, drawing");
    EXPECT_THROW(withStyles({}, {"cold"}, styles), diffusion::Error);
}

}  // namespace
}  // namespace prompts
