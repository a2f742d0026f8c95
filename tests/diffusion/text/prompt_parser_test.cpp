#include "diffusion/text/prompt_parser.h"

#include "diffusion/text/styles.h"

#include <gtest/gtest.h>
#include <sstream>

namespace {

using namespace diffusion;

TEST(SplitAnd, TakesTheWeightAfterTheLastColon) {
    const auto parts = split_and("a:b :1.2 AND c AND d:x");
    ASSERT_EQ(parts.size(), 3u);
    EXPECT_EQ(parts[0].text, "a:b");
    EXPECT_DOUBLE_EQ(parts[0].weight, 1.2);
    EXPECT_EQ(parts[1].text, " c");
    EXPECT_EQ(parts[2].text, " d:x");
}

TEST(SplitAnd, LeavesAndInsideAWordAlone) {
    EXPECT_EQ(split_and("BRAND HANDS").size(), 1u);
    EXPECT_EQ(split_and("sand and sea").size(), 1u);
}

TEST(ExtraNetworks, LeaveTheTextAroundThem) {
    const auto found = take_extra_networks("x, <lora:a:0.5:unet=0.9>, <hypernet:h>y");
    EXPECT_EQ(found.prompt, "x, , y");
    ASSERT_EQ(found.networks.size(), 2u);
    const auto weights = lora_weights(found.networks[0]);
    EXPECT_EQ(weights.name, "a");
    EXPECT_DOUBLE_EQ(weights.text_encoder, 0.5);
    EXPECT_DOUBLE_EQ(weights.unet, 0.9);
    EXPECT_EQ(found.networks[1].kind, "hypernet");
}

TEST(ExtraNetworks, NameTheWeightThatIsNoNumber) {
    const auto found = take_extra_networks("<lora:a:big>");
    try {
        lora_weights(found.networks.at(0));
        FAIL() << "a weight of \"big\" was taken";
    } catch (const std::invalid_argument& error) {
        EXPECT_NE(std::string(error.what()).find("big"), std::string::npos);
    }
}

TEST(ExtraNetworks, KeepWhatIsNoTag) {
    for (const auto* text : {"<lora>", "<lora:>", "< lora:x>", "a <b> c", "<lora:x"})
        EXPECT_EQ(take_extra_networks(text).prompt, text);
}

TEST(Comments, EndAtTheEndOfTheLine) {
    EXPECT_EQ(strip_comments("a # b\nc"), "a \nc");
    EXPECT_EQ(strip_comments("a\n# b\nc"), "a\nc");
}

TEST(Styles, GoAroundOrBehindThePrompt) {
    const std::vector<std::string> texts = {"a, b", "best {prompt}"};
    EXPECT_EQ(apply_styles("cat", texts), "best cat, a, b");
    EXPECT_EQ(apply_styles("", std::vector<std::string>{"a"}), "a");
    EXPECT_EQ(apply_styles(" kept as it is ", {}), " kept as it is ");
}

TEST(Styles, AreTakenOffAgain) {
    EXPECT_EQ(extract_style("x {prompt} y", "x cat y").rest, "cat");
    EXPECT_EQ(extract_style("a, b", "cat, a, b").rest, "cat");
    EXPECT_FALSE(extract_style("a", "cat dog").was_found);
}

TEST(Styles, RoundTripThroughCsv) {
    const std::vector<Style> styles = {{"one", "a, \"b\"", ""},
                                       {"둘", "{prompt},\nline two", "bad, worse"}};
    std::stringstream file;
    write_styles_csv(file, styles);
    EXPECT_EQ(read_styles_csv(file), styles);
}

TEST(Styles, ReadOldColumnsAndSkipDividers) {
    std::stringstream file("name,text\r\n# ---,\r\nold,painting of\r\n");
    EXPECT_EQ(read_styles_csv(file), (std::vector<Style>{{"old", "painting of", ""}}));
}

TEST(Styles, ReadListsInJson) {
    std::stringstream file(R"([{"name": "sai", "prompt": "{prompt} x", "negative_prompt": "y"}])");
    EXPECT_EQ(read_styles_json(file), (std::vector<Style>{{"sai", "{prompt} x", "y"}}));
}

TEST(Styles, SayWhatIsWrongWithAFile) {
    std::stringstream no_columns("a,b\n"), open_quote("name,prompt\nx,\"y\n"), object("{}"),
        number("[1]");
    EXPECT_THROW(read_styles_csv(no_columns), StylesError);
    EXPECT_THROW(read_styles_csv(open_quote), StylesError);
    EXPECT_THROW(read_styles_json(object), StylesError);
    EXPECT_THROW(read_styles_json(number), StylesError);
}

}  // namespace
