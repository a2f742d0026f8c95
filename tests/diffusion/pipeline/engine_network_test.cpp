// LoRAs and embeddings that a prompt names, on the model that ships.

#include "diffusion/engine.h"
#include "diffusion/error.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <unistd.h>

namespace diffusion {
namespace {

namespace fs = std::filesystem;

constexpr const char* unet_layer =
    "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn2_to_k";
constexpr const char* text_layer = "lora_te_text_model_encoder_layers_0_mlp_fc1";

using Shapes = std::map<std::string, std::vector<std::int64_t>>;

/// A safetensors file of float32 values drawn by chance.
void write_tensors(const fs::path& file, const Shapes& tensors, std::uint32_t seed) {
    std::mt19937 generator(seed);
    std::normal_distribution<float> normal(0.0f, 0.3f);
    std::string header, data;
    for (const auto& [name, shape] : tensors) {
        std::int64_t count = 1;
        std::string sizes;
        for (const auto size : shape) {
            count *= size;
            sizes += (sizes.empty() ? "" : ",") + std::to_string(size);
        }
        const auto begin = data.size();
        for (std::int64_t i = 0; i < count; ++i) {
            const float value = normal(generator);
            data.append(reinterpret_cast<const char*>(&value), sizeof(value));
        }
        header += (header.empty() ? "{\"" : ",\"") + name + "\":{\"dtype\":\"F32\",\"shape\":[" +
                  sizes + "],\"data_offsets\":[" + std::to_string(begin) + "," +
                  std::to_string(data.size()) + "]}";
    }
    header += "}";
    const std::uint64_t length = header.size();
    fs::create_directories(file.parent_path());
    std::ofstream stream(file, std::ios::binary);
    stream.write(reinterpret_cast<const char*>(&length), sizeof(length));
    stream << header << data;
}

class EngineNetworkTest : public testing::Test {
protected:
    EngineNetworkTest()
        : folder_(fs::temp_directory_path() / ("atelier_networks_" + std::to_string(::getpid()))) {
        lora("ink", {{unet_layer, {192, 192}}, {text_layer, {768, 192}}});
        lora("wrong", {{unet_layer, {64, 64}}});
        write_tensors(folder_ / "embeddings/charm.safetensors", {{"emb_params", {2, 192}}}, 8);
        write_tensors(folder_ / "embeddings/apple.safetensors", {{"emb_params", {2, 768}}}, 9);
        EngineOptions options;
        options.resource_folder = std::string(ATELIER_BINARY_DIR) + "/share/atelier";
        options.device = "cpu";
        options.threads = 1;
        options.lora_folders = {folder_ / "lora"};
        options.embedding_folders = {folder_ / "embeddings"};
        engine_.reset(atelier_create_engine(options));
    }

    ~EngineNetworkTest() override { fs::remove_all(folder_); }

    /// Rank 4 on layers of these sizes.
    void lora(const std::string& name, const Shapes& layers) {
        Shapes tensors;
        for (const auto& [layer, shape] : layers) {
            tensors[layer + ".lora_down.weight"] = {4, shape[1]};
            tensors[layer + ".lora_up.weight"] = {shape[0], 4};
        }
        write_tensors(folder_ / ("lora/" + name + ".safetensors"), tensors, 7);
    }

    Result run(const std::string& prompt, const std::string& negative = "") {
        GenerationRequest r;
        r.prompt = prompt;
        r.negative_prompt = negative;
        r.seed = 5;
        r.steps = 2;
        r.sampler = "Euler";
        return engine_->generate(r, {}, {}, {}).images.at(0);
    }

    auto pixels(const std::string& prompt) { return run(prompt).image.pixels; }

    std::string refusal(const std::string& prompt, ErrorKind kind) {
        try {
            run(prompt);
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), kind) << error.what();
            return error.what();
        }
        ADD_FAILURE() << "no error";
        return "";
    }

    fs::path folder_;
    std::unique_ptr<Engine> engine_;
};

TEST_F(EngineNetworkTest, ThePlanCountsTheWeightsThatALoraChanges) {
    GenerationRequest request;
    request.prompt = "red apple";
    const auto plain = engine_->plan(request);
    request.prompt = "red apple <lora:ink:0.5>";
    const auto adapted = engine_->plan(request);
    EXPECT_EQ(adapted.peak_bytes - plain.peak_bytes, (192 * 192 + 768 * 192) * 4);
    request.prompt = "red apple <lora:ink:0>";
    EXPECT_EQ(engine_->plan(request).peak_bytes, plain.peak_bytes);
    request.prompt = "<lora:none>";
    EXPECT_THROW(engine_->plan(request), Error);
}

TEST_F(EngineNetworkTest, ALoraChangesThePictureAndLeavesNothingBehind) {
    const auto plain = pixels("red apple");
    const auto inked = pixels("red apple<lora:ink:1>");
    EXPECT_NE(inked, plain);
    EXPECT_EQ(pixels("red apple"), plain);
    EXPECT_EQ(pixels("red apple<lora:ink:1>"), inked);
    EXPECT_EQ(pixels("red apple<lora:ink:0>"), plain);
    EXPECT_NE(pixels("red apple<lora:ink:1:0>"), inked) << "the UNet without it";
    EXPECT_EQ(pixels("red apple<lora:ink:te=0.4:unet=-0.5>"),
              pixels("red apple<lyco:ink:0.4:-0.5>"));
}

TEST_F(EngineNetworkTest, PicturesNameTheNetworksAndTheirHashes) {
    EXPECT_TRUE(run("red apple").networks.empty()) << "the embedding apple is of another width";
    const auto networks = run("a charm<lora:ink>").networks;
    ASSERT_EQ(networks.size(), 2u);
    EXPECT_EQ(networks[0].kind, UsedNetwork::Kind::lora);
    EXPECT_EQ(networks[0].name, "ink");
    EXPECT_EQ(networks[0].hash.size(), 12u);
    EXPECT_EQ(networks[1].kind, UsedNetwork::Kind::embedding);
    EXPECT_EQ(networks[1].name, "charm");
    EXPECT_EQ(networks[1].hash.size(), 12u);
}

TEST_F(EngineNetworkTest, AnEmbeddingStandsForItsNameInEitherPrompt) {
    const auto with = pixels("a charm");
    EXPECT_EQ(pixels("a CHARM"), with) << "tokens don't know upper case";
    EXPECT_EQ(run("red apple", "charm").networks.size(), 1u);
    fs::remove(folder_ / "embeddings/charm.safetensors");
    EXPECT_NE(pixels("a charm"), with);
}

TEST_F(EngineNetworkTest, AnUnknownNameIsRefusedWithThoseLikeIt) {
    const auto message = refusal("red apple<lora:Inkk:1>", ErrorKind::bad_request);
    EXPECT_NE(message.find("<lora:Inkk>"), message.npos) << message;
    EXPECT_NE(message.find((folder_ / "lora").string()), message.npos) << message;
    EXPECT_NE(message.find("Names like it: ink."), message.npos) << message;
}

TEST_F(EngineNetworkTest, OddTagsAreRefused) {
    const auto kind = refusal("<hypernet:ink:1>", ErrorKind::bad_request);
    EXPECT_NE(kind.find("<hypernet:ink:1>"), kind.npos) << kind;
    const auto number = refusal("<lora:ink:strong>", ErrorKind::bad_request);
    EXPECT_NE(number.find("strong"), number.npos) << number;
    refusal("<lora:ink:1:1:0>", ErrorKind::bad_request);
}

TEST_F(EngineNetworkTest, ALoraThatDoesNotFitIsNamedAndTheModelStays) {
    const auto plain = pixels("red apple");
    const auto message = refusal("red apple<lora:ink><lora:wrong>", ErrorKind::unsupported_model);
    EXPECT_NE(message.find("wrong.safetensors: tensor lora_unet_mid_block"), message.npos)
        << message;
    EXPECT_EQ(pixels("red apple"), plain);
}

TEST_F(EngineNetworkTest, FoldersBesideTheModelCountToo) {
    const auto model = folder_ / "models/checkpoints/shipped";
    fs::create_directories(model.parent_path());
    engine_->convert({"", model.string(), ModelFormat::folder, "keep", true}, {}, {});
    fs::create_directories(folder_ / "models/loras/sub");
    fs::copy_file(folder_ / "lora/ink.safetensors",
                  folder_ / "models/loras/sub/beside.safetensors");
    GenerationRequest r;
    r.model = model.string();
    r.prompt = "red apple<lora:beside>";
    r.seed = 5;
    r.steps = 1;
    EXPECT_EQ(engine_->generate(r, {}, {}, {}).images.at(0).networks.at(0).name, "beside");
}

}  // namespace
}  // namespace diffusion
