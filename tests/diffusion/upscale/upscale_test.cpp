#include "diffusion/upscale/upscaler.h"

#include <torch/utils.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/checkpoint/upscaler_keys.h"
#include "diffusion/error.h"
#include "diffusion/upscale/compact.h"
#include "diffusion/upscale/rrdb.h"
#include "diffusion/upscale/swin_block.h"

namespace diffusion::upscale {
namespace {

namespace fs = std::filesystem;
using checkpoint::StateDict;

class UpscaleTest : public testing::Test {
protected:
    void SetUp() override {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = fs::temp_directory_path() / (std::string("atelier_upscale_") + test->name());
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    fs::path write(const StateDict& dict) {
        checkpoint::write_safetensors(folder_ / "x.safetensors", dict);
        return folder_ / "x.safetensors";
    }

    fs::path folder_;
};

StateDict seeded(torch::nn::Module& net, double deviation = 0.1) {
    const torch::NoGradGuard no_grad;
    auto generator = at::detail::createCPUGenerator(4);
    for (auto& p : net.parameters()) p.normal_(0, deviation, generator);
    return checkpoint::state_dict_of(net);
}

RrdbConfig small_rrdb() {
    RrdbConfig config;
    config.width = 4;
    config.growth = 3;
    config.blocks = 2;
    return config;
}

SwinConfig small_swin() {
    SwinConfig config;
    config.width = 8;
    config.heads = 2;
    config.window = 4;
    config.mlp_width = 12;
    config.depths = {2, 1};
    config.head_width = 6;
    return config;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

/// The name that a key of Real-ESRGAN has in BSRGAN's files.
std::string bsrgan_name(std::string key) {
    for (const auto& [to, from] : {std::pair{"RRDB_trunk.", "body."}, {"RDB", "rdb"}, {"upconv", "conv_up"},
                                   {"HRconv", "conv_hr"}}) {
        if (key.rfind("conv_body", 0) != 0) key = replaced(key, from, to);
    }
    return replaced(key, "conv_body", "trunk_conv");
}

/// The same in files of the first ESRGAN, of two doublings and two blocks.
std::string numbered_name(const std::string& key) {
    const std::map<std::string, std::string> heads{
        {"conv_first.", "model.0."}, {"conv_body.", "model.1.sub.2."}, {"conv_up1.", "model.3."},
        {"conv_up2.", "model.6."},   {"conv_hr.", "model.8."},         {"conv_last.", "model.10."}};
    for (const auto& [from, to] : heads) {
        if (key.rfind(from, 0) == 0) return to + key.substr(from.size());
    }
    auto name = replaced(replaced(key, "body.", "model.1.sub."), "rdb", "RDB");
    return replaced(replaced(name, ".weight", ".0.weight"), ".bias", ".0.bias");
}

TEST_F(UpscaleTest, EveryNamingOfAnRrdbNetworkIsTheSameNetwork) {
    const torch::InferenceMode inference;
    Rrdb net(small_rrdb());
    const auto dict = seeded(*net);
    const auto picture = torch::rand({1, 3, 5, 6});
    const auto expected = net->forward(picture);
    EXPECT_EQ(expected.sizes(), torch::IntArrayRef({1, 3, 20, 24}));
    for (const auto& name : {std::function<std::string(std::string)>([](auto key) { return key; }),
                             std::function<std::string(std::string)>(bsrgan_name),
                             std::function<std::string(std::string)>(numbered_name)}) {
        StateDict renamed;
        for (const auto& [key, tensor] : dict.tensors) renamed.tensors[name(key)] = tensor;
        ASSERT_EQ(renamed.tensors.size(), dict.tensors.size());
        const auto loaded = load_upscaler(write(renamed));
        EXPECT_EQ(loaded->scale(), 4);
        EXPECT_LT((loaded->forward(picture) - expected).abs().max().item<double>(), 1e-5)
            << renamed.tensors.begin()->first;
    }
}

TEST_F(UpscaleTest, AFoldedNetworkEnlargesLessAndTakesAnySize) {
    const torch::InferenceMode inference;
    auto config = small_rrdb();
    config.in_channels = 12;
    Rrdb net(config);
    const auto loaded = load_upscaler(write(seeded(*net)));
    EXPECT_EQ(loaded->scale(), 2);
    EXPECT_EQ(loaded->forward(torch::rand({1, 3, 7, 9})).sizes(), torch::IntArrayRef({1, 3, 14, 18}));
}

TEST_F(UpscaleTest, ACompactNetworkOfZerosRepeatsEachPixel) {
    const torch::InferenceMode inference;
    CompactConfig config;
    config.width = 4;
    config.convolutions = 2;
    config.scale = 3;
    Compact net(config);
    const auto picture = torch::rand({1, 3, 2, 2});
    const auto out = load_upscaler(write(seeded(*net, 0)))->forward(picture);
    EXPECT_TRUE(torch::equal(out, picture.repeat_interleave(3, 2).repeat_interleave(3, 3)));
}

TEST_F(UpscaleTest, ACompactNetworkGivesTheReferenceValues) {
    const torch::InferenceMode inference;
    const auto folder = fs::path(ATELIER_TEST_DATA) / "decoders";
    const auto golden = checkpoint::read_safetensors(folder / "compact_x2.vectors.safetensors").tensors;
    const auto net = load_upscaler(folder / "compact_x2.pth");
    EXPECT_EQ(net->scale(), 2);
    EXPECT_LT((net->forward(golden.at("in")) - golden.at("out")).abs().max().item<double>(), 2e-5);
}

TEST_F(UpscaleTest, ASwinNetworkIsReadFromItsShapesAndTakesAnySize) {
    const torch::InferenceMode inference;
    Swin net(small_swin());
    const auto dict = seeded(*net);
    const auto picture = torch::rand({1, 3, 6, 9});
    const auto expected = net->forward(picture);
    EXPECT_EQ(expected.sizes(), torch::IntArrayRef({1, 3, 24, 36}));
    const auto loaded = load_upscaler(write(dict));
    EXPECT_LT((loaded->forward(picture) - expected).abs().max().item<double>(), 1e-5);
}

TEST_F(UpscaleTest, WindowsSeeThemselvesOnlyAndShiftedOnesTheirNeighbours) {
    const torch::InferenceMode inference;
    const auto config = small_swin();
    for (const int64_t shift : {0, 2}) {
        SwinBlock block(config, shift);
        seeded(*block, 0.3);
        const auto mask = shift_mask(8, 8, 4);
        auto x = torch::randn({1, 8, 8, 8});
        const auto before = block(x, mask);
        x[0][0][0][0] += 1;
        const auto changed = (block(x, mask) - before).abs().amax({0, 3}) > 1e-6;
        // The first position's window: 4 x 4, or 2 x 2 of it where windows begin at 2.
        const int64_t side = shift == 0 ? 4 : 2;
        auto expected = torch::zeros({8, 8}, torch::kBool);
        expected.slice(0, 0, side).slice(1, 0, side).fill_(true);
        EXPECT_TRUE(torch::equal(changed, expected)) << shift << "\n" << changed;
    }
}

TEST_F(UpscaleTest, RefusesWhatIsNoUpscalerAndNamesWhatIsMissing) {
    StateDict other;
    other.tensors["conv.weight"] = torch::zeros({1});
    try {
        load_upscaler(write(other));
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.reason(), ErrorReason::unsupported_architecture);
    }
    Rrdb net(small_rrdb());
    auto dict = seeded(*net);
    dict.tensors.erase("conv_hr.weight");
    try {
        load_upscaler(write(dict));
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.reason(), ErrorReason::missing_keys);
        EXPECT_NE(std::string(error.what()).find("conv_hr.weight"), std::string::npos) << error.what();
    }
}

}  // namespace
}  // namespace diffusion::upscale
