#include "clip/text_cleaning.h"

#include "clip/unicode.h"

#include <gtest/gtest.h>
#include <random>

namespace {

using clip::clean_text;
using clip::split_words;
namespace unicode = clip::unicode;

TEST(Unicode, DecodesWhatItEncodes) {
    std::u32string all;
    for (char32_t c = 1; c < 0x110000; c += 7)
        if (c < 0xD800 || c > 0xDFFF) all += c;
    EXPECT_EQ(unicode::decode(unicode::encode(all)), all);
}

TEST(Unicode, TakesEachWrongByteAsOneReplacement) {
    EXPECT_EQ(unicode::decode("a\xFFz"), U"a\uFFFDz");
    EXPECT_EQ(unicode::decode("\xE2\x82"), U"\uFFFD\uFFFD");
    EXPECT_EQ(unicode::decode("\xC0\x80"), U"\uFFFD\uFFFD");            // too long a form
    EXPECT_EQ(unicode::decode("\xED\xA0\x80"), U"\uFFFD\uFFFD\uFFFD");  // a surrogate
}

TEST(Unicode, ComposesHangulAndAccents) {
    EXPECT_EQ(unicode::compose(U"\u1112\u1161\u11AB"), U"\uD55C");
    EXPECT_EQ(unicode::compose(U"e\u0301"), U"\u00E9");
    EXPECT_EQ(unicode::compose(U"a\u0323\u0302"), unicode::compose(U"a\u0302\u0323"));
    EXPECT_EQ(unicode::compose(U"\u212B"), U"\u00C5");
}

TEST(Unicode, LowersTheGreekSigmaByItsPlace) {
    EXPECT_EQ(unicode::to_lower(U"ΣΑΣ"), U"σας");
    EXPECT_EQ(unicode::to_lower(U"Σ"), U"σ");
    EXPECT_EQ(unicode::to_lower(U"\u0130"), U"i\u0307");
}

TEST(TextCleaning, CollapsesSpacesAndLowers) {
    EXPECT_EQ(clean_text("  A\t\nB\xC2\xA0"
                         "c  "),
              "a b c");
}

TEST(TextCleaning, RepairsTextThatWasDecodedWrongly) {
    EXPECT_EQ(clean_text("schÃ¶n"), "schön");
    EXPECT_EQ(clean_text("donâ€™t"), "don't");
    EXPECT_EQ(clean_text("voilÃ  le travail"), "voilà le travail");
}

TEST(TextCleaning, LeavesGoodTextAlone) {
    for (const auto* text : {"café", "한국어", "naïve façade", "猫と犬", "ångström", "ça va à là"})
        EXPECT_EQ(clean_text(text), text);
}

TEST(TextCleaning, ReadsEntitiesUnlessTheTextHasTags) {
    EXPECT_EQ(clean_text("&eacute; &#233; &#xE9; &amp;amp;"), "é é é &");
    EXPECT_EQ(clean_text("<b>&amp;"), "<b>&amp;");
    EXPECT_EQ(clean_text("&notanentity; &amp"), "&notanentity; &amp");
}

TEST(TextCleaning, FoldsPrintersForms) {
    EXPECT_EQ(clean_text("“ﬁt” ＡＢ　１"), "\"fit\" ab 1");
    EXPECT_EQ(clean_text("a\x1B[31mb\x07"), "ab");
}

TEST(TextCleaning, GivesValidTextWithSingleSpacesForAnyInput) {
    std::mt19937 random(3);
    for (int round = 0; round < 3000; ++round) {
        std::string bytes(random() % 40, '\0');
        for (auto& byte : bytes) byte = static_cast<char>(random());
        const auto cleaned = clean_text(bytes);
        EXPECT_EQ(unicode::encode(unicode::decode(cleaned)), cleaned);
        EXPECT_EQ(cleaned.find("  "), std::string::npos);
        EXPECT_FALSE(cleaned.starts_with(' ') || cleaned.ends_with(' '));
    }
}

TEST(SplitWords, CutsContractionsDigitsAndMarks) {
    EXPECT_EQ(split_words("they'll"), (std::vector<std::string>{"they", "'ll"}));
    EXPECT_EQ(split_words("don't"), (std::vector<std::string>{"don", "'t"}));
    EXPECT_EQ(split_words("4k, ok!!"), (std::vector<std::string>{"4", "k", ",", "ok", "!!"}));
}

TEST(SplitWords, KeepsTheGivenTextsWhole) {
    const std::vector<std::string> whole = {"<|end|>"};
    EXPECT_EQ(split_words("a<|end|>b", whole), (std::vector<std::string>{"a", "<|end|>", "b"}));
    EXPECT_EQ(split_words("!<|end|>", whole), (std::vector<std::string>{"!<|", "end", "|>"}));
}

}  // namespace
