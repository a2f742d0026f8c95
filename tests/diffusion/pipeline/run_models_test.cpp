#include "diffusion/pipeline/run_models.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <filesystem>

#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/error.h"
#include "diffusion/pipeline/finite_guard.h"
#include "diffusion/pipeline/predictor.h"

namespace diffusion::pipeline {
namespace {

namespace fs = std::filesystem;

class RunModelsTest : public testing::Test {
protected:
    void SetUp() override {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = fs::temp_directory_path() / (std::string("atelier_run_") + test->name());
        fs::remove_all(folder_);
        fs::copy(fs::path(ATELIER_TEST_DATA) / "tiny/sd1/diffusers", folder_, fs::copy_options::recursive);
        torch::manual_seed(3);
        latent_ = torch::randn({2, 4, 24, 16});
    }
    void TearDown() override { fs::remove_all(folder_); }

    Models load(const Placement& placement) const {
        const Resources resources{std::string(ATELIER_BINARY_DIR) + "/share/atelier"};
        return load_models(folder_, resources, placement, [](const std::string&) {});
    }

    /// Multiplies a tensor of a part's file.
    void scale(const std::string& file, const std::string& key, double factor) const {
        auto weights = checkpoint::read_safetensors(folder_ / file);
        checkpoint::StateDict own;
        for (const auto& [name, tensor] : weights.tensors) own.tensors[name] = tensor.clone();
        own.tensors.at(key) = (own.tensors.at(key).to(torch::kFloat64) * factor).to(torch::kFloat32);
        checkpoint::write_safetensors(folder_ / file, own);
    }

    /// Multiplies it so that its largest number is this one.
    void scale_to(const std::string& file, const std::string& key, double largest) const {
        const auto weights = checkpoint::read_safetensors(folder_ / file);
        scale(file, key, largest / weights.tensors.at(key).abs().max().item<double>());
    }

    torch::Tensor answer(const Network& network) const {
        const torch::InferenceMode inference;
        const auto width = unet::UNetConfig(load({}).unet->config()).cross_attention_dim;
        torch::manual_seed(4);
        const unet::Conditioning text{torch::randn({2, 77, width}), {}, {}};
        return network(latent_, torch::tensor({500.0f, 500.0f}), text);
    }

    fs::path folder_;
    torch::Tensor latent_;
};

double largest_difference(const torch::Tensor& a, const torch::Tensor& b) {
    return (a - b).abs().max().item<double>();
}

TEST_F(RunModelsTest, EveryMeasureGivesTheSameNumbers) {
    const torch::InferenceMode inference;
    const auto plain = load({});
    const auto expected = answer(network_of(plain.unet));
    Placement narrow;
    narrow.keeps_narrow = true;
    const auto models = load(narrow);
    EXPECT_GT(models.unet_pages.bytes(), 0);
    EXPECT_LT(largest_difference(answer(network_of(models.unet)), expected), 1e-4);
    {
        RunModels run(models, {.narrow_weights = true, .slice = 50, .streams_weights = true, .splits_batch = true});
        EXPECT_LT(largest_difference(answer(one_by_one(network_of(run.models().unet))), expected), 1e-4);
        EXPECT_LT(largest_difference(run.models().vae->decode(latent_), plain.vae->decode(latent_)), 1e-4);
    }
    models.unet_pages.rest();
    EXPECT_LT(largest_difference(answer(network_of(models.unet)), expected), 1e-4) << "as before";
}

TEST_F(RunModelsTest, StreamedWeightsAreReadFromTheFileAgain) {
    const torch::InferenceMode inference;
    Placement narrow;
    narrow.keeps_narrow = true;
    const auto models = load(narrow);
    const RunModels run(models, {.narrow_weights = true, .streams_weights = true});
    const auto first = answer(network_of(models.unet));
    EXPECT_TRUE(torch::equal(first, answer(network_of(models.unet))));
}

class FiniteGuardTest : public RunModelsTest {
protected:
    /// Networks in one float32 file each, whose tensors can be made too large.
    void SetUp() override {
        RunModelsTest::SetUp();
        const auto models = load({});
        for (const char* part : {"unet", "vae"}) {
            fs::copy(folder_ / part / "config.json", folder_ / "config.json", fs::copy_options::overwrite_existing);
            fs::remove_all(folder_ / part);
            fs::create_directory(folder_ / part);
            fs::rename(folder_ / "config.json", folder_ / part / "config.json");
        }
        checkpoint::write_safetensors(folder_ / unet_file, checkpoint::state_dict_of(*models.unet));
        checkpoint::write_safetensors(folder_ / vae_file, checkpoint::state_dict_of(*models.vae));
    }

    static constexpr const char* unet_file = "unet/diffusion_pytorch_model.safetensors";
    static constexpr const char* vae_file = "vae/diffusion_pytorch_model.safetensors";

    Network guarded(Models& models) {
        guard_.emplace(models, [this](const std::string& text) { warnings_.push_back(text); });
        return guard_->network();
    }

    std::optional<FiniteGuard> guard_;
    std::vector<std::string> warnings_;
};

TEST_F(FiniteGuardTest, AnOverflowInHalfPrecisionIsMadeAgainInFloat32AndSaidOnce) {
    scale(unet_file, "conv_in.weight", 1e7);
    const auto plain = load({});
    const auto expected = answer(network_of(plain.unet));
    ASSERT_TRUE(expected.isfinite().all().item<bool>());
    Placement half;
    half.dtype = torch::kFloat16;
    auto models = load(half);
    ASSERT_FALSE(answer(network_of(models.unet)).isfinite().all().item<bool>());
    const auto network = guarded(models);
    EXPECT_LT(largest_difference(answer(network), expected), 1e-4);
    EXPECT_LT(largest_difference(answer(network), expected), 1e-4);
    ASSERT_EQ(warnings_.size(), 1u);
    EXPECT_NE(warnings_[0].find("fp16"), std::string::npos);
    EXPECT_NE(warnings_[0].find("fp32"), std::string::npos);
}

TEST_F(FiniteGuardTest, AnOverflowInFloat32IsMadeAgainInFloat64) {
    // Their sum has no room in float32; the norms behind it make it small again.
    scale_to(unet_file, "conv_in.weight", 2e38);
    scale_to(unet_file, "conv_in.bias", 3e38);
    auto models = load({});
    ASSERT_FALSE(answer(network_of(models.unet)).isfinite().all().item<bool>());
    EXPECT_TRUE(answer(guarded(models)).isfinite().all().item<bool>());
    ASSERT_EQ(warnings_.size(), 1u);
    EXPECT_NE(warnings_[0].find("fp64"), std::string::npos);
}

TEST_F(FiniteGuardTest, APictureThatOverflowsIsDecodedAgain) {
    const torch::InferenceMode inference;
    scale(vae_file, "decoder.conv_in.weight", 1e7);
    const auto plain = load({});
    Placement half;
    half.decoder_dtype = torch::kFloat16;
    auto models = load(half);
    guarded(models);
    EXPECT_LT(largest_difference(guard_->decoded(latent_), plain.vae->decode(latent_)), 1e-3);
    EXPECT_EQ(warnings_.size(), 1u);
}

TEST_F(FiniteGuardTest, DamagedWeightsAreAnErrorInEveryType) {
    scale(unet_file, "conv_in.bias", std::nan(""));
    auto models = load({});
    try {
        answer(guarded(models));
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.reason(), ErrorReason::non_finite);
    }
}

}  // namespace
}  // namespace diffusion::pipeline
