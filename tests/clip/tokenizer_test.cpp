#include "clip/tokenizer.h"

#include "tests/support/clip_tokenizer.h"

#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

namespace {

using Ids = std::vector<int>;
using support::clip_tokenizer;

nlohmann::json golden(const std::string& name) {
    return nlohmann::json::parse(std::ifstream(ATELIER_TEST_DATA "/tokenizer/" + name));
}

/// a, b and c with "ab" and "abc</w>" as merges; two specials.
struct SmallFolder {
    std::string vocabulary = R"({"a":0,"b":1,"c":2,"a</w>":3,"b</w>":4,"c</w>":5,"ab":6,)"
                             R"("abc</w>":7,"<|startoftext|>":8,"<|endoftext|>":9,"!":10})";
    std::string merges = "#version: 0.2\na b\nab c</w>\n";
    std::string specials;

    clip::Tokenizer read() const {
        std::istringstream v(vocabulary), m(merges), s(specials);
        return clip::Tokenizer::from_folder({&v, &m, specials.empty() ? nullptr : &s, nullptr});
    }
};

std::string error_of(const SmallFolder& folder) {
    try {
        folder.read();
    } catch (const clip::TokenizerError& error) {
        return error.what();
    }
    return "";
}

TEST(Tokenizer, ClipHas49408TokensAndItsSpecials) {
    const auto& t = clip_tokenizer();
    EXPECT_EQ(t.vocab_size(), 49408);
    EXPECT_EQ(t.start_token(), 49406);
    EXPECT_EQ(t.end_token(), 49407);
    EXPECT_EQ(t.pad_token(), 49407);
    EXPECT_EQ(t.token(320), "a</w>");
}

TEST(Tokenizer, GivesTheIdsOfTheReferenceForEveryText) {
    int count = 0;
    const auto document = golden("prompts.json");
    for (const auto& row : document["prompts"]) {
        const auto text = row["text"].get<std::string>();
        EXPECT_EQ(clip_tokenizer().encode(text), row["ids"].get<Ids>()) << row["text"];
        ++count;
    }
    EXPECT_EQ(count, 420);
}

TEST(Tokenizer, DecodesToWordsWithASpaceAfterEach) {
    const auto document = golden("decode.json");
    for (const auto& row : document["cases"]) {
        auto expected = row["open_clip_decode"].get<std::string>();
        if (expected == "<start_of_text>") continue;  // open_clip's own spelling of the special
        EXPECT_EQ(clip_tokenizer().decode(row["ids"].get<Ids>()), expected);
    }
}

TEST(Tokenizer, KeepsEverySyllableOfKorean) {
    EXPECT_EQ(clip_tokenizer().decode(clip_tokenizer().encode("파란 하트")), "파란 하트 ");
}

TEST(Tokenizer, ReadsSpecialTokensInATextAsThemselves) {
    const auto& t = clip_tokenizer();
    EXPECT_EQ(t.encode("x<|startoftext|>y"), (Ids{343, 49406, 344}));
    EXPECT_EQ(t.encode("<|ENDOFTEXT|>"), Ids{49407});
}

TEST(Tokenizer, MergesByRankInAFolderOfItsOwn) {
    const auto t = SmallFolder{}.read();
    EXPECT_EQ(t.encode("abc"), Ids{7});
    EXPECT_EQ(t.encode("ab"), (Ids{0, 4}));
    EXPECT_EQ(t.encode("ABC abc"), (Ids{7, 7}));
}

TEST(Tokenizer, GivesTheUnknownTokenForWhatTheFolderLacks) {
    EXPECT_EQ(SmallFolder{}.read().encode("z"), Ids{9});
}

TEST(Tokenizer, TakesPaddingFromTheSpecialTokensMap) {
    SmallFolder folder;
    folder.specials = R"({"pad_token": "!", "eos_token": {"content": "<|endoftext|>"}})";
    const auto t = folder.read();
    EXPECT_EQ(t.pad_token(), 10);
    EXPECT_EQ(t.end_token(), 9);
}

TEST(Tokenizer, NamesTheLineOfABadMerge) {
    SmallFolder folder;
    folder.merges = "#version: 0.2\na b\nabc\n";
    EXPECT_NE(error_of(folder).find("line 3"), std::string::npos) << error_of(folder);
}

TEST(Tokenizer, NamesTheKeyOfABadId) {
    SmallFolder folder;
    for (const auto* id : {"-1", "1048576", "1.5", "\"7\"", "1e99", "0"}) {
        folder.vocabulary = std::string(R"({"a":0,"zz":)") + id + "}";
        EXPECT_NE(error_of(folder).find("zz"), std::string::npos) << id;
    }
}

TEST(Tokenizer, RefusesAVocabularyThatIsNoJsonObject) {
    SmallFolder folder;
    for (const auto* text : {"", "[]", "{", "null", "{\"a\":0}"}) {
        folder.vocabulary = text;
        EXPECT_NE(error_of(folder), "") << text;
    }
}

TEST(Tokenizer, RefusesMergesWithoutAMerge) {
    std::istringstream empty("#version: 0.2\n");
    EXPECT_THROW(clip::Tokenizer::from_clip_merges(empty), clip::TokenizerError);
}

TEST(Tokenizer, SpellsSpecialsAsItsListOfMergesIsSaidTo) {
    for (const auto& names : {clip::SpecialNames(), clip::SpecialNames::open_clip()}) {
        std::istringstream merges("a b\n");
        const auto t = clip::Tokenizer::from_clip_merges(merges, names);
        EXPECT_EQ(t.decode({t.start_token(), t.end_token()}), names.start + names.end);
        EXPECT_EQ(t.encode(names.start), std::vector<int>{t.start_token()});
        const bool is_open_clip = names.start == "<start_of_text>";
        EXPECT_GT(t.encode(is_open_clip ? "<|startoftext|>" : "<start_of_text>").size(), 1u);
    }
}

TEST(Tokenizer, TakesAnyBytesAsAText) {
    std::mt19937 random(7);
    for (int round = 0; round < 3000; ++round) {
        std::string bytes(random() % 60, '\0');
        for (auto& byte : bytes) byte = static_cast<char>(random());
        for (const int id : clip_tokenizer().encode(bytes)) {
            ASSERT_GE(id, 0);
            ASSERT_LT(id, 49408);
        }
    }
}

TEST(Tokenizer, SurvivesDamagedVocabularies) {
    std::mt19937 random(11);
    const SmallFolder whole;
    int refused = 0;
    for (int round = 0; round < 2000; ++round) {
        SmallFolder folder;
        auto& text = round % 2 ? folder.vocabulary : folder.merges;
        for (int change = 0; change < 3; ++change)
            text[random() % text.size()] = static_cast<char>(random());
        refused += error_of(folder) != "";
    }
    EXPECT_GT(refused, 100);
}

TEST(Tokenizer, EncodesALongWordQuickly) {
    const std::string word(200'000, 'x');
    const auto ids = clip_tokenizer().encode(word);
    size_t letters = 0;
    for (const int id : ids)
        for (const char c : clip_tokenizer().token(id)) letters += c == 'x';
    EXPECT_EQ(letters, word.size());
}

}  // namespace
