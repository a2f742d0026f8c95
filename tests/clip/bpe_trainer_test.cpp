#include "clip/bpe_trainer.h"

#include "clip/tokenizer.h"

#include <gtest/gtest.h>
#include <set>
#include <sstream>

namespace {

clip::Tokenizer read_back(const clip::BpeVocabulary& vocabulary) {
    std::stringstream vocab, merges, specials, config;
    vocabulary.write_vocab_json(vocab);
    vocabulary.write_merges_txt(merges);
    vocabulary.write_special_tokens_map_json(specials);
    vocabulary.write_tokenizer_config_json(config);
    return clip::Tokenizer::from_folder({&vocab, &merges, &specials, &config});
}

const std::vector<clip::CountedText> captions = {{"red apple", 40},
                                                 {"green apple", 30},
                                                 {"파란 하트", 50},
                                                 {"빨간 하트", 20},
                                                 {"red heart", 10}};

TEST(BpeTrainer, LearnsTheMostFrequentPairFirst) {
    const std::vector<clip::CountedText> texts = {{"ab", 3}, {"cd", 5}, {"ce", 1}};
    const auto vocabulary = clip::train_bpe(texts, 516);
    ASSERT_EQ(vocabulary.merges.size(), 2u);
    EXPECT_EQ(vocabulary.merges[0], (std::pair<std::string, std::string>{"c", "d</w>"}));
    EXPECT_EQ(vocabulary.merges[1], (std::pair<std::string, std::string>{"a", "b</w>"}));
}

TEST(BpeTrainer, StopsWhenNoPairOccursTwice) {
    const std::vector<clip::CountedText> texts = {{"ab", 1}, {"cd", 1}};
    EXPECT_EQ(clip::train_bpe(texts, 600).tokens.size(), 514u);
}

TEST(BpeTrainer, MakesEveryTokenOnce) {
    const auto vocabulary = clip::train_bpe(captions, 560);
    const std::set<std::string> distinct(vocabulary.tokens.begin(), vocabulary.tokens.end());
    EXPECT_EQ(distinct.size(), vocabulary.tokens.size());
    EXPECT_EQ(vocabulary.tokens.size(), 512 + vocabulary.merges.size() + 2);
}

TEST(BpeTrainer, CountsStayRightWhileMerging) {
    // "aaaa" overlaps with itself: a pair counted twice or left over would keep a word in parts.
    const std::vector<clip::CountedText> texts = {{"aaaa", 5}, {"aaa", 4}, {"aab", 7}};
    const auto vocabulary = clip::train_bpe(texts, 540);
    const auto tokenizer = read_back(vocabulary);
    for (const auto& text : texts) EXPECT_EQ(tokenizer.encode(text.text).size(), 1u) << text.text;
}

TEST(BpeTrainer, WritesFilesThatTheTokenizerReads) {
    const auto tokenizer = read_back(clip::train_bpe(captions, 600));
    for (const auto& caption : captions) {
        EXPECT_EQ(tokenizer.decode(tokenizer.encode(caption.text)), caption.text + " ");
        EXPECT_EQ(tokenizer.encode(caption.text).size(), 2u) << caption.text;
    }
    EXPECT_EQ(tokenizer.end_token(), tokenizer.vocab_size() - 1);
    EXPECT_EQ(tokenizer.start_token(), tokenizer.vocab_size() - 2);
}

TEST(BpeTrainer, SpellsTextThatItHasNeverSeen) {
    const auto tokenizer = read_back(clip::train_bpe(captions, 600));
    EXPECT_EQ(tokenizer.decode(tokenizer.encode("보라색 고양이 🐱")), "보라색 고양이 🐱 ");
}

TEST(BpeTrainer, GivesTheSameVocabularyEveryTime) {
    const auto once = clip::train_bpe(captions, 580), again = clip::train_bpe(captions, 580);
    EXPECT_EQ(once.merges, again.merges);
}

TEST(BpeTrainer, RefusesAVocabularyTooSmallForTheBytes) {
    EXPECT_THROW(clip::train_bpe(captions, 514), std::invalid_argument);
}

}  // namespace
