#include "diffusion/text/prompt_encoder.h"

#include "diffusion/error.h"
#include "tests/support/clip_tokenizer.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <gtest/gtest.h>

namespace {

using namespace diffusion;

clip::TextEncoder tiny_encoder(int64_t width, int64_t projection, uint64_t seed) {
    clip::TextEncoderConfig config;
    config.width = width;
    config.layers = 3;
    config.heads = 2;
    config.mlp_width = 2 * width;
    config.projection_dim = projection;
    clip::TextEncoder encoder(config);
    torch::manual_seed(seed);
    torch::NoGradGuard no_grad;
    for (auto& weight : encoder->parameters()) weight.normal_(0.0, 0.3);
    return encoder;
}

/// One encoder of width 16 by the rule of SD1.
std::vector<EncoderPart> sd1_parts() {
    return {{tiny_encoder(16, 0, 1), &support::clip_tokenizer(), HiddenStateRule::sd1()}};
}

std::string words(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "cat ";
    return text;
}

torch::Tensor ids_of(const std::string& prompt) {
    const auto chunk = chunk_prompt(prompt, support::clip_tokenizer()).chunks.front();
    return torch::tensor(std::vector<int64_t>(chunk.ids.begin(), chunk.ids.end())).unsqueeze(0);
}

bool same(const torch::Tensor& a, const torch::Tensor& b) {
    return torch::allclose(a, b, 1e-5, 1e-6);
}

class PromptEncoderTest : public ::testing::Test {
    torch::NoGradGuard no_grad_;
};

TEST_F(PromptEncoderTest, EncodesAShortPromptAsOneChunk) {
    auto parts = sd1_parts();
    const auto made = encode_prompt("a cat", parts);
    EXPECT_EQ(made.context.sizes(), (std::vector<int64_t>{1, 77, 16}));
    EXPECT_TRUE(same(made.context, parts[0].encoder->forward(ids_of("a cat")).last));
    EXPECT_FALSE(made.pooled.defined());
}

TEST_F(PromptEncoderTest, LaysLongPromptsSideBySide) {
    auto parts = sd1_parts();
    const auto made = encode_prompt(words(100), parts);
    ASSERT_EQ(made.context.size(1), 154);
    EXPECT_TRUE(same(made.context.slice(1, 0, 77), encode_prompt(words(75), parts).context));
    EXPECT_TRUE(same(made.context.slice(1, 77), encode_prompt(words(25), parts).context));
}

TEST_F(PromptEncoderTest, FillsUpWithEmptyChunks) {
    auto parts = sd1_parts();
    EncodeOptions options;
    options.least_chunks = 2;
    const auto made = encode_prompt("bad", parts, options);
    ASSERT_EQ(made.context.size(1), 154);
    EXPECT_TRUE(same(made.context.slice(1, 77), encode_prompt("", parts).context));
}

TEST_F(PromptEncoderTest, SkipsLayersThenNorms) {
    auto parts = sd1_parts();
    EncodeOptions options;
    options.clip_skip = 2;
    const auto output = parts[0].encoder->forward(ids_of("cat"));
    const auto expected = parts[0].encoder->final_layer_norm(output.hidden[2]);
    EXPECT_TRUE(same(encode_prompt("cat", parts, options).context, expected));
}

TEST_F(PromptEncoderTest, RefusesASkipBeyondTheLayers) {
    auto parts = sd1_parts();
    EncodeOptions options;
    options.clip_skip = 4;
    try {
        encode_prompt("cat", parts, options);
        FAIL() << "clip skip 4 of 3 layers was taken";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::bad_request);
        EXPECT_NE(std::string(error.what()).find("1 to 3"), std::string::npos) << error.what();
    }
}

TEST_F(PromptEncoderTest, JoinsTwoEncodersAndPoolsTheSecond) {
    std::vector<EncoderPart> parts = {
        {tiny_encoder(16, 0, 1), &support::clip_tokenizer(), HiddenStateRule::sdxl(false)},
        {tiny_encoder(24, 8, 2), &support::clip_tokenizer(), HiddenStateRule::sdxl(true)}};
    EncodeOptions options;
    options.clip_skip = 3;  // SDXL has its own rule
    const auto made = encode_prompt("cat", parts, options);
    EXPECT_EQ(made.context.sizes(), (std::vector<int64_t>{1, 77, 40}));
    EXPECT_TRUE(
        same(made.context.slice(2, 0, 16), parts[0].encoder->forward(ids_of("cat")).hidden[2]));
    EXPECT_TRUE(same(made.pooled, parts[1].encoder->forward(ids_of("cat")).pooled));
}

TEST_F(PromptEncoderTest, RestoresTheMeanAfterWeights) {
    auto parts = sd1_parts();
    const auto plain = encode_prompt("a cat", parts).context;
    const auto made = encode_prompt("a (cat:1.5)", parts).context;
    EXPECT_NEAR(made.mean().item<double>(), plain.mean().item<double>(), 1e-5);
    const auto ratio = (made / plain)[0];
    EXPECT_NEAR((ratio[2] / ratio[1]).mean().item<double>(), 1.5, 1e-3);
}

TEST_F(PromptEncoderTest, LeavesWeightsOutWhereAsked) {
    auto parts = sd1_parts();
    EncodeOptions options;
    options.emphasis = Emphasis::ignore;
    EXPECT_TRUE(same(encode_prompt("a (cat:1.5)", parts, options).context,
                     encode_prompt("a cat", parts).context));
    options.emphasis = Emphasis::no_norm;
    const auto rows = encode_prompt("a (cat:1.5)", parts, options).context[0];
    EXPECT_TRUE(same(rows[2], encode_prompt("a cat", parts).context[0][2] * 1.5));
}

TEST_F(PromptEncoderTest, MovesComfyWeightsFromTheEmptyPrompt) {
    auto parts = sd1_parts();
    EncodeOptions options;
    options.emphasis = Emphasis::comfy;
    const auto rows = encode_prompt("a (cat:0.0)", parts, options).context[0];
    const auto plain = encode_prompt("a cat", parts).context[0],
               empty = encode_prompt("", parts).context[0];
    EXPECT_TRUE(same(rows[1], plain[1]));
    EXPECT_TRUE(same(rows[2], empty[2]));
}

TEST_F(PromptEncoderTest, PadsAsTheEncodersConfigSays) {
    auto parts = sd1_parts();
    clip::TextEncoderConfig config = parts[0].encoder->config();
    config.pad_token = 0;
    clip::TextEncoder other(config);
    for (size_t i = 0; i < other->parameters().size(); ++i)
        other->parameters()[i].copy_(parts[0].encoder->parameters()[i]);
    auto ids = ids_of("cat");
    ids.slice(1, 3).fill_(0);
    std::vector<EncoderPart> padded = {{other, parts[0].tokenizer, parts[0].rule}};
    EXPECT_TRUE(same(encode_prompt("cat", padded).context, other->forward(ids).last));
}

/// The embeddings of a text's own tokens, under another name.
NamedEmbedding named_after(const std::string& name, const std::string& text,
                           std::vector<EncoderPart>& parts) {
    NamedEmbedding embedding{name, {}};
    const auto ids = parts[0].tokenizer->encode(text);
    const auto tokens = torch::tensor(std::vector<int64_t>(ids.begin(), ids.end())).unsqueeze(0);
    for (auto& part : parts)
        embedding.vectors.push_back(part.encoder->token_embeddings(tokens).squeeze(0));
    return embedding;
}

TEST_F(PromptEncoderTest, AnEmbeddingStandsWhereItsNameIsWritten) {
    auto parts = sd1_parts();
    parts.push_back({tiny_encoder(12, 10, 2), &support::clip_tokenizer(), HiddenStateRule::sdxl(true)});
    const std::vector embeddings{named_after("bad-hands-5", "ugly blue fingers", parts)};
    EncodeOptions options;
    options.embeddings = embeddings;
    const auto made = encode_prompt("a (bad-hands-5:1.2) cat", parts, options);
    const auto expected = encode_prompt("a (ugly blue fingers:1.2) cat", parts);
    EXPECT_TRUE(same(made.context, expected.context));
    EXPECT_TRUE(same(made.pooled, expected.pooled));
    EXPECT_EQ(made.embeddings, std::vector<std::string>{"bad-hands-5"});
    EXPECT_TRUE(encode_prompt("a cat", parts, options).embeddings.empty());
}

TEST_F(PromptEncoderTest, ComfyUIWritesAnEmbeddingWithAPrefix) {
    auto parts = sd1_parts();
    const std::string fingers = words(10);  // a group long enough to be cut
    const std::vector embeddings{named_after("fingers", fingers, parts)};
    EncodeOptions options;
    options.emphasis = Emphasis::comfy;
    options.embeddings = embeddings;
    const auto made = encode_prompt("a embedding:fingers, red", parts, options);
    EXPECT_TRUE(same(made.context, encode_prompt("a " + fingers + ", red", parts, options).context));
    EXPECT_EQ(made.embeddings, std::vector<std::string>{"fingers"});
    const auto split = encode_prompt(words(70) + " embedding:fingers", parts, options);
    EXPECT_TRUE(same(split.context, encode_prompt(words(80), parts, options).context));
    EXPECT_TRUE(encode_prompt("a fingers", parts, options).embeddings.empty());
    EXPECT_THROW(encode_prompt("a embedding:toes", parts, options), Error);
}

TEST_F(PromptEncoderTest, AnEmbeddingLongerThanAChunkIsNamed) {
    auto parts = sd1_parts();
    const std::vector embeddings{named_after("endless", words(76), parts)};
    EncodeOptions options;
    options.embeddings = embeddings;
    try {
        encode_prompt("an endless cat", parts, options);
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::bad_request);
        EXPECT_NE(std::string(error.what()).find("endless"), std::string::npos) << error.what();
    }
}

}  // namespace
