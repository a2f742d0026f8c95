#include "diffusion/adapters/embedding_file.h"

#include "diffusion/checkpoint/safetensors.h"
#include "tests/diffusion/adapters/adapters_support.h"

#include <gtest/gtest.h>

namespace {

using namespace adapters_test;
using checkpoint_test::data_file;
using checkpoint_test::TempFolder;
using diffusion::adapters::open_embedding;

TEST(EmbeddingFile, AllFormatsGiveTheirVectors) {
    const auto golden = diffusion::checkpoint::read_safetensors(
                            data_file("adapters/sd1/embeddings/expected.safetensors"))
                            .tensors;
    const auto vectors = [](const std::string& file) {
        return open_embedding(data_file("adapters/sd1/embeddings/" + file)).vectors;
    };
    for (const char* file :
         {"a1111.pt", "a1111_parameterdict_legacy.pt", "emb_params.safetensors"}) {
        ASSERT_EQ(vectors(file).size(), 1u) << file;
        EXPECT_TRUE(torch::equal(vectors(file)[0], golden.at("vectors"))) << file;
    }
    for (const char* file : {"diffusers_learned_embeds.bin", "single_1d.safetensors"}) {
        EXPECT_TRUE(torch::equal(vectors(file).at(0), golden.at("vector0"))) << file;
    }
}

TEST(EmbeddingFile, SdxlHasVectorsForBothEncoders) {
    const auto file = data_file("adapters/sdxl/embeddings/clip_l_clip_g.safetensors");
    const auto golden = diffusion::checkpoint::read_safetensors(file).tensors;
    const auto vectors = open_embedding(file).vectors;
    ASSERT_EQ(vectors.size(), 2u);
    EXPECT_TRUE(torch::equal(vectors[0], golden.at("clip_l")));
    EXPECT_TRUE(torch::equal(vectors[1], golden.at("clip_g")));
}

TEST(EmbeddingFile, OtherFilesAreRefusedByName) {
    const TempFolder folder;
    const auto refusal = [&](const Tensors& tensors) {
        const auto file = write(folder / "x.safetensors", tensors);
        return refusal_of([&] { open_embedding(file); });
    };
    const auto two = refusal({{"a", torch::ones({1, 4})}, {"b", torch::ones({1, 4})}});
    EXPECT_NE(two.find("x.safetensors: is no embedding"), two.npos) << two;
    const auto cube = refusal({{"a", torch::ones({2, 2, 2})}});
    EXPECT_NE(cube.find("tensor a is [2, 2, 2]"), cube.npos) << cube;
    EXPECT_NE(refusal({{"a", torch::ones({0, 4})}}), "");
    EXPECT_NE(refusal({{"clip_l", torch::ones({1, 4})}, {"clip_g", torch::ones({2, 4})}}), "");
}

}  // namespace
