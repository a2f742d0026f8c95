// Models written in other formats and opened again.

#include "diffusion/checkpoint/convert_model.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <limits>

#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/open_table.h"
#include "diffusion/checkpoint/safetensors.h"
#include "tests/diffusion/checkpoint/checkpoint_support.h"
#include "unet/unet.h"

namespace {

using namespace checkpoint_test;
using namespace diffusion::checkpoint;
using diffusion::ConvertOutcome;
using diffusion::ConvertRequest;
using diffusion::Error;
using diffusion::ErrorKind;
using diffusion::ModelFormat;

namespace fs = std::filesystem;

class ConvertTest : public testing::Test {
protected:
    ConvertOutcome convert(const fs::path& from, const std::string& to, ModelFormat format,
                           const std::string& type = "keep") {
        ConvertRequest request{from.string(), (folder / to).string(), format, type, false};
        return convert_model(request, options, {}, {});
    }

    ErrorKind refusal(const ConvertRequest& request) {
        try {
            convert_model(request, options, {}, {});
        } catch (const Error& error) {
            return error.kind();
        }
        ADD_FAILURE() << request.output << " was written";
        return ErrorKind::internal;
    }

    TempFolder folder;
    OpenOptions options = tiny_options("sd1");
    fs::path sd1 = data_file("tiny/sd1/model.safetensors");
};

/// Every tensor of one table in the other, with the same type and bits.
void expect_same_bits(const TensorTable& a, const TensorTable& b) {
    ASSERT_EQ(a.tensors.size(), b.tensors.size());
    for (const auto& [key, entry] : a.tensors) {
        const auto* other = b.find(key);
        ASSERT_TRUE(other) << key;
        EXPECT_EQ(entry.type, other->type) << key;
        EXPECT_EQ(entry.shape, other->shape) << key;
        const auto left = to_tensor(entry).contiguous();
        const auto right = to_tensor(*other).contiguous();
        ASSERT_EQ(left.nbytes(), right.nbytes()) << key;
        const bool is_same =
            left.nbytes() == 0 || std::memcmp(left.data_ptr(), right.data_ptr(), left.nbytes()) == 0;
        EXPECT_TRUE(is_same) << key;
    }
}

void expect_same_weights(const ModelFiles& a, const ModelFiles& b) {
    expect_same_bits(a.unet, b.unet);
    expect_same_bits(a.vae, b.vae);
    expect_same_bits(a.text_encoder, b.text_encoder);
    expect_same_bits(a.text_encoder_2, b.text_encoder_2);
}

void expect_same_sizes(const ModelDescription& a, const ModelDescription& b) {
    EXPECT_EQ(a.family, b.family);
    EXPECT_EQ(a.unet, b.unet);
    EXPECT_EQ(a.vae, b.vae);
    ASSERT_EQ(a.text_encoder.has_value(), b.text_encoder.has_value());
    if (a.text_encoder) {
        EXPECT_EQ(a.text_encoder->config, b.text_encoder->config);
    }
    ASSERT_EQ(a.text_encoder_2.has_value(), b.text_encoder_2.has_value());
    if (a.text_encoder_2) {
        EXPECT_EQ(a.text_encoder_2->config, b.text_encoder_2->config);
    }
    EXPECT_EQ(a.prediction(), b.prediction());
}

TEST_F(ConvertTest, KeepIsBitForBitInBothContainers) {
    convert(sd1, "a.safetensors", ModelFormat::safetensors);
    convert(folder / "a.safetensors", "b.gguf", ModelFormat::gguf);
    convert(folder / "b.gguf", "c.safetensors", ModelFormat::safetensors);
    expect_same_bits(open_table(sd1), open_table(folder / "a.safetensors"));
    expect_same_bits(open_table(sd1), open_table(folder / "b.gguf"));
    EXPECT_EQ(read_bytes(folder / "a.safetensors"), read_bytes(folder / "c.safetensors"));
}

// Every type that both containers have, numbers that are not finite among them.
TEST_F(ConvertTest, KeepIsBitForBitInEveryTypeThatBothContainersHave) {
    auto dict = read_safetensors(sd1);
    const std::array types{torch::kFloat16, torch::kBFloat16, torch::kFloat32, torch::kFloat64};
    std::size_t next = 0;
    for (auto& [key, value] : dict.tensors) {
        if (!value.is_floating_point()) continue;
        value = value.to(types[next++ % types.size()]).contiguous();
        if (value.dim() == 1) value[0] = std::numeric_limits<double>::quiet_NaN();
    }
    write_safetensors(folder / "mixed.safetensors", dict);
    convert(folder / "mixed.safetensors", "b.gguf", ModelFormat::gguf);
    convert(folder / "b.gguf", "c.safetensors", ModelFormat::safetensors);
    expect_same_bits(open_table(folder / "mixed.safetensors"), open_table(folder / "b.gguf"));
    EXPECT_EQ(read_bytes(folder / "mixed.safetensors"), read_bytes(folder / "c.safetensors"));
}

TEST_F(ConvertTest, KeepIsBitForBitFromPickles) {
    const auto ckpt = data_file("tiny/sd2-v/model.fp16.ckpt");
    options = tiny_options("sd2-v");
    convert(ckpt, "a.safetensors", ModelFormat::safetensors);
    convert(ckpt, "b.gguf", ModelFormat::gguf);
    expect_same_bits(open_table(ckpt), open_table(folder / "a.safetensors"));
    expect_same_bits(open_table(ckpt), open_table(folder / "b.gguf"));
}

TEST_F(ConvertTest, EightBitWeightsKeepTheFactorsBesideThem) {
    const auto fp8 = data_file("tiny/sd1/variants/unet_fp8_e4m3.safetensors");
    convert(fp8, "a.safetensors", ModelFormat::safetensors);
    expect_same_bits(open_table(fp8), open_table(folder / "a.safetensors"));
    convert(fp8, "b.safetensors", ModelFormat::safetensors, "f32");
    const auto before = open_model(fp8, options).unet;
    for (const auto& [key, entry] : open_model(folder / "b.safetensors", options).unet.tensors) {
        EXPECT_EQ(entry.type, ElementType::f32) << key;
        EXPECT_EQ(difference(to_tensor(entry), to_tensor(before.tensors.at(key)).to(torch::kFloat32)), 0)
            << key;
    }
}

struct Family {
    const char* name;
    const char* file;
};

class FamilyConvertTest : public ConvertTest, public testing::WithParamInterface<Family> {};

// Folder and back: renamed twice, packed projections cut and joined, matrices turned twice.
TEST_P(FamilyConvertTest, AFolderAndBackIsTheSameModel) {
    const auto source = data_file(std::string("tiny/") + GetParam().name + "/" + GetParam().file);
    options = tiny_options(GetParam().name);
    const auto before = open_model(source, options);
    convert(source, "folder", ModelFormat::folder);
    const auto between = open_model(folder / "folder");
    expect_same_sizes(before.description, between.description);
    expect_same_weights(before, between);
    if (std::string(GetParam().name) == "sd2-v") return;  // its last layer is gone for good
    convert(folder / "folder", "again.safetensors", ModelFormat::safetensors);
    const auto after = open_model(folder / "again.safetensors", options);
    expect_same_sizes(before.description, after.description);
    expect_same_weights(before, after);
}

// The names that single files have, not only names that this program understands.
TEST_P(FamilyConvertTest, ASingleFileHasTheNamesThatItHadAtFirst) {
    const auto source = data_file(std::string("tiny/") + GetParam().name + "/" + GetParam().file);
    options = tiny_options(GetParam().name);
    if (std::string(GetParam().name) == "sd2-v") return;
    convert(source, "folder", ModelFormat::folder);
    convert(folder / "folder", "again.gguf", ModelFormat::gguf);
    const auto original = open_table(source);
    for (const auto& [key, entry] : open_table(folder / "again.gguf").tensors) {
        const auto* at_first = original.find(key);
        ASSERT_TRUE(at_first) << key;
        EXPECT_EQ(entry.shape, at_first->shape) << key;
    }
}

INSTANTIATE_TEST_SUITE_P(All, FamilyConvertTest,
                         testing::Values(Family{"sd1", "model.safetensors"},
                                         Family{"sd2-v", "model.fp16.ckpt"},
                                         Family{"sdxl", "model.fp16.safetensors"},
                                         Family{"sdxl-refiner", "model.fp16.safetensors"}),
                         [](const auto& row) {
                             auto name = std::string(row.param.name);
                             std::erase(name, '-');
                             return name;
                         });

// The blocks that the gguf package made of the same UNet.
TEST_F(ConvertTest, QuantisesAsTheReferenceDoes) {
    const auto reference = open_table(data_file("formats/unet_q8_0_f16.gguf"));
    convert(sd1, "q.gguf", ModelFormat::gguf, "q8_0");
    const auto written = open_table(folder / "q.gguf");
    int compared = 0;
    for (const auto& [key, entry] : reference.tensors) {
        const auto* own = written.find(key);
        ASSERT_TRUE(own) << key;
        if (entry.type != ElementType::q8_0 || own->type != ElementType::q8_0) continue;
        ASSERT_EQ(entry.bytes.size(), own->bytes.size()) << key;
        EXPECT_EQ(std::memcmp(entry.bytes.data(), own->bytes.data(), own->bytes.size()), 0) << key;
        ++compared;
    }
    EXPECT_GE(compared, 20);
}

TEST_F(ConvertTest, AUNetOfAnotherTypeGivesTheNumbersOfItsWeights) {
    convert(sd1, "half.safetensors", ModelFormat::safetensors, "bf16");
    const auto output_of = [&](const fs::path& file) {
        const auto files = open_model(file, options);
        unet::UNet network(*files.description.unet);
        LoadOptions load;
        load.dtype = torch::kFloat32;
        load_weights(*network, files.unet, load);
        torch::manual_seed(3);
        const torch::NoGradGuard no_grad;
        const auto x = torch::randn({1, 4, 8, 8});
        const auto context = torch::randn({1, 77, files.description.unet->cross_attention_dim});
        return network->forward(x, torch::full({1}, 500.0), {context, {}, {}});
    };
    // The same file with its weights rounded by hand.
    auto rounded = read_safetensors(sd1);
    for (auto& [key, value] : rounded.tensors) value = value.to(torch::kBFloat16);
    write_safetensors(folder / "rounded.safetensors", rounded);
    const auto found = output_of(folder / "half.safetensors");
    EXPECT_EQ(difference(found, output_of(folder / "rounded.safetensors")), 0);
    EXPECT_GT(difference(found, output_of(sd1)), 0);
}

TEST_F(ConvertTest, RefusesWhatIsThereAndWhatTheFormatCanNotSay) {
    write_bytes(folder / "taken", "x");
    const auto path = [&](const char* name) { return (folder / name).string(); };
    EXPECT_EQ(refusal({sd1.string(), path("taken")}), ErrorKind::bad_request);
    EXPECT_EQ(read_bytes(folder / "taken"), "x");
    EXPECT_EQ(refusal({sd1.string(), path("a"), ModelFormat::safetensors, "q8_0"}),
              ErrorKind::bad_request);
    EXPECT_EQ(refusal({sd1.string(), path("a"), ModelFormat::safetensors, "f12"}),
              ErrorKind::bad_request);
    EXPECT_EQ(refusal({sd1.string(), path("none/a.gguf"), ModelFormat::gguf}),
              ErrorKind::cannot_write);
    EXPECT_EQ(refusal({path("nowhere"), path("a")}), ErrorKind::missing_file);
    // Only a folder states a scale that is not the family's.
    convert(sd1, "folder", ModelFormat::folder);
    options.scaling_factor = 0.5;
    EXPECT_EQ(refusal({path("folder"), path("lost.safetensors")}), ErrorKind::bad_request);
    EXPECT_FALSE(fs::exists(folder / "lost.safetensors"));
}

TEST_F(ConvertTest, ForceReplacesAModelButNoFolderOfOtherThings) {
    const auto path = [&](const char* name) { return (folder / name).string(); };
    fs::create_directories(folder / "photos");
    write_bytes(folder / "photos/cat.jpg", "x");
    EXPECT_EQ(refusal({sd1.string(), path("photos"), ModelFormat::folder, "keep", true}),
              ErrorKind::bad_request);
    convert(sd1, "model", ModelFormat::folder);
    write_bytes(folder / "model/unet/old", "x");
    convert_model({sd1.string(), path("model"), ModelFormat::folder, "f16", true}, options, {}, {});
    EXPECT_FALSE(fs::exists(folder / "model/unet/old"));
    EXPECT_EQ(open_model(folder / "model").description.precision, "F16");
}

TEST_F(ConvertTest, AStopLeavesNothingBehind) {
    const auto stop = [](std::uint64_t done, std::uint64_t total) { return done * 2 < total; };
    for (const auto format : {ModelFormat::safetensors, ModelFormat::gguf, ModelFormat::folder}) {
        const auto outcome =
            convert_model({sd1.string(), (folder / "out").string(), format}, options, {}, stop);
        EXPECT_TRUE(outcome.was_cancelled);
    }
    EXPECT_TRUE(fs::is_empty((folder / "out").parent_path()));
}

TEST_F(ConvertTest, NumbersTooLargeForATypeAreNamed) {
    StateDict dict = read_safetensors(sd1);
    auto& bias = dict.tensors.at("model.diffusion_model.out.2.bias");
    bias = torch::full_like(bias, 1e6);
    write_safetensors(folder / "large.safetensors", dict);
    try {
        convert(folder / "large.safetensors", "half.safetensors", ModelFormat::safetensors, "f16");
        FAIL() << "1e6 is no float16";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("out.2.bias"), std::string::npos) << error.what();
    }
    EXPECT_FALSE(fs::exists(folder / "half.safetensors"));
}

}  // namespace
