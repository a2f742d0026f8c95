#include "diffusion/text/token_chunks.h"

#include "diffusion/text/comfy_weights.h"
#include "tests/support/clip_tokenizer.h"

#include <gtest/gtest.h>
#include <random>

namespace {

using namespace diffusion;
using support::clip_tokenizer;

std::string words(int count, const std::string& word = "cat ") {
    std::string text;
    for (int i = 0; i < count; ++i) text += word;
    return text;
}

TEST(TokenChunks, FillAndWrapOneChunk) {
    const auto made = chunk_prompt("a (cat:1.5)", clip_tokenizer());
    ASSERT_EQ(made.chunks.size(), 1u);
    const auto& chunk = made.chunks[0];
    EXPECT_EQ(chunk.ids.size(), 77u);
    EXPECT_EQ(chunk.ids.front(), 49406);
    EXPECT_EQ(chunk.ids.back(), 49407);
    EXPECT_DOUBLE_EQ(chunk.weights[1], 1.0);
    EXPECT_DOUBLE_EQ(chunk.weights[2], 1.5);
    EXPECT_DOUBLE_EQ(chunk.weights[3], 1.0);
}

TEST(TokenChunks, NeverLoseAToken) {
    std::mt19937 random(2);
    for (int round = 0; round < 200; ++round) {
        std::string text;
        for (auto n = random() % 300; n > 0; --n) text += random() % 9 ? "cat " : ", ";
        std::vector<int> kept;
        for (const auto& chunk : chunk_prompt(text, clip_tokenizer()).chunks)
            for (const int id : chunk.ids)
                if (id < 49406) kept.push_back(id);
        ASSERT_EQ(kept, clip_tokenizer().encode(text));
    }
}

TEST(TokenChunks, MoveAPhraseBackToItsComma) {
    const auto made = chunk_prompt(words(70) + ", " + words(10), clip_tokenizer());
    ASSERT_EQ(made.chunks.size(), 2u);
    EXPECT_EQ(made.chunks[0].ids[71], 267);  // the comma ends the first chunk
    EXPECT_EQ(made.chunks[0].ids[72], 49407);
    EXPECT_EQ(made.chunks[1].ids[10], 2368);  // all ten words begin the second
}

TEST(TokenChunks, BreakBeginsANewChunk) {
    const auto made = chunk_prompt("a BREAK b", clip_tokenizer());
    EXPECT_EQ(made.chunks.size(), 2u);
    EXPECT_EQ(made.token_count, 76);
    EXPECT_EQ(made.limit, 150);
}

TEST(TokenChunks, CountAsTheCounterShows) {
    EXPECT_EQ(count_tokens(clip_tokenizer(), "").limit, 75);
    EXPECT_EQ(count_tokens(clip_tokenizer(), words(75)).limit, 75);
    const auto more = count_tokens(clip_tokenizer(), words(76));
    EXPECT_EQ(more.count, 76);
    EXPECT_EQ(more.limit, 150);
}

TEST(TokenChunks, PadAfterTheFirstEnd) {
    const auto ids = chunk_prompt("cat", clip_tokenizer()).chunks[0].ids_padded_with(0, 49407);
    EXPECT_EQ(ids[2], 49407);
    for (size_t i = 3; i < ids.size(); ++i) EXPECT_EQ(ids[i], 0);
}

TEST(TokenChunks, PlaceTheLongestEmbeddingName) {
    const std::vector<EmbeddingName> known = {
        {clip_tokenizer().encode("bad-hands"), "bad-hands", 2},
        {clip_tokenizer().encode("bad-hands-5"), "bad-hands-5", 4}};
    ChunkOptions options;
    options.embeddings = known;
    const auto made = chunk_prompt("x BAD-hands-5", clip_tokenizer(), options);
    ASSERT_EQ(made.chunks[0].embeddings.size(), 1u);
    EXPECT_EQ(made.chunks[0].embeddings[0].name, "bad-hands-5");
    EXPECT_EQ(made.chunks[0].embeddings[0].offset, 1);
    EXPECT_EQ(made.token_count, 5);
}

TEST(TokenChunks, RefuseAnEmbeddingLongerThanAChunk) {
    const std::vector<EmbeddingName> known = {{clip_tokenizer().encode("huge"), "huge", 76}};
    ChunkOptions options;
    options.embeddings = known;
    EXPECT_THROW(chunk_prompt("huge", clip_tokenizer(), options), std::invalid_argument);
}

TEST(TokenChunks, TakeBracketsAsTextWithoutEmphasis) {
    ChunkOptions options;
    options.emphasis = Emphasis::none;
    const auto made = chunk_prompt("(cat:1.2)", clip_tokenizer(), options);
    EXPECT_EQ(made.token_count, 7);
}

TEST(TokenChunks, CutWhatHasNoRoom) {
    ChunkOptions options;
    options.emphasis = Emphasis::none;
    options.comma_backtrack = 0;
    options.most_chunks = 1;
    const auto whole = chunk_prompt(words(75), clip_tokenizer(), options);
    EXPECT_TRUE(whole.cut_ids.empty());
    const auto made = chunk_prompt(words(74) + ", dog BREAK " + words(160), clip_tokenizer(), options);
    ASSERT_EQ(made.chunks.size(), 1u);
    EXPECT_EQ(made.chunks[0].ids[75], 267);  // the comma
    EXPECT_EQ(made.cut_ids.size(), 162u);
    EXPECT_EQ(made.cut_ids.front(), 1929);  // dog
    EXPECT_EQ(made.token_count, 237);
    EXPECT_EQ(made.limit, 75);
}

std::vector<EmbeddingName> embeddings_of(int small, int large) {
    return {{clip_tokenizer().encode("ugly"), "ugly", small},
            {clip_tokenizer().encode("style"), "style", large}};
}

TEST(ComfyChunks, PlaceEmbeddingsByTheirPrefix) {
    const auto known = embeddings_of(2, 3);
    ChunkOptions options;
    options.emphasis = Emphasis::comfy;
    options.embeddings = known;
    const auto made = chunk_prompt("ugly (embedding:ugly, cat:1.2) embedding:sub/style.pt dog",
                                   clip_tokenizer(), options);
    const auto& chunk = made.chunks.at(0);
    ASSERT_EQ(chunk.embeddings.size(), 2u);  // the first word is a word
    EXPECT_EQ(chunk.embeddings[0].name, "ugly");
    EXPECT_EQ(chunk.embeddings[0].offset, 1);
    EXPECT_EQ(chunk.weights[2], 1.2);
    EXPECT_EQ(chunk.ids[4], 267);  // its comma
    EXPECT_EQ(chunk.embeddings[1].name, "style");
    EXPECT_EQ(made.token_count, 1 + 2 + 2 + 3 + 1);
    EXPECT_TRUE(made.missing_embeddings.empty());
    const auto missing = chunk_prompt("a embedding:nobody, b", clip_tokenizer(), options);
    EXPECT_EQ(missing.missing_embeddings, std::vector<std::string>{"nobody"});
    EXPECT_EQ(missing.token_count, 3);
}

TEST(ComfyChunks, CutALongEmbeddingBetweenItsVectors) {
    const auto known = embeddings_of(7, 20);
    ChunkOptions options;
    options.emphasis = Emphasis::comfy;
    options.embeddings = known;
    const auto cut = chunk_prompt(words(70) + " embedding:style", clip_tokenizer(), options);
    ASSERT_EQ(cut.chunks.size(), 2u);
    EXPECT_EQ(cut.chunks[0].embeddings.at(0).vectors, 5);
    EXPECT_EQ(cut.chunks[1].embeddings.at(0).first, 5);
    EXPECT_EQ(cut.chunks[1].embeddings.at(0).vectors, 15);
    const auto moved = chunk_prompt(words(70) + " embedding:ugly", clip_tokenizer(), options);
    EXPECT_TRUE(moved.chunks.at(0).embeddings.empty());
    EXPECT_EQ(moved.chunks.at(1).embeddings.at(0).vectors, 7);
}

TEST(ComfyChunks, SetWeightsWhateverIsAround) {
    const auto pieces = parse_comfy_weights("((a:1.2) b:1.5) [c] \\(d\\)");
    ASSERT_EQ(pieces.size(), 3u);
    EXPECT_DOUBLE_EQ(pieces[0].weight, 1.2);
    EXPECT_DOUBLE_EQ(pieces[1].weight, 1.5);
    EXPECT_EQ(pieces[2].text, " [c] (d)");
}

TEST(ComfyChunks, MoveShortPiecesWholeAndCutLongOnes) {
    const auto moved = chunk_comfy(words(72) + "(dog dog dog dog:1.1)", clip_tokenizer());
    EXPECT_EQ(moved.chunks.at(0).ids[73], 49407);
    EXPECT_EQ(moved.chunks.at(1).ids[4], 1929);
    const auto cut = chunk_comfy(words(80), clip_tokenizer());
    EXPECT_EQ(cut.chunks.at(0).ids[75], 2368);
}

}  // namespace
