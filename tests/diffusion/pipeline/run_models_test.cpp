#include "diffusion/pipeline/run_models.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <filesystem>
#include <map>

#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/model_files.h"
#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/error.h"
#include "diffusion/pipeline/finite_guard.h"
#include "diffusion/pipeline/part_size.h"
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

    static torch::Tensor weight_in(const Models& models) {
        return models.unet->named_parameters()["conv_in.weight"];
    }

    /// Makes the UNet's file one of this type.
    void store_as(torch::Dtype dtype) const {
        const auto models = load({});
        read_all_weights(models);
        auto weights = checkpoint::state_dict_of(*models.unet);
        for (auto& [name, tensor] : weights.tensors) tensor = tensor.contiguous().to(dtype);
        for (const auto& file : fs::directory_iterator(folder_ / "unet"))
            if (file.path().filename() != "config.json") fs::remove(file.path());
        checkpoint::write_safetensors(folder_ / "unet/diffusion_pytorch_model.safetensors", weights);
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

TEST_F(RunModelsTest, AWeightIsReadAtItsFirstUseAndIsThenTheLayersOwn) {
    store_as(torch::kFloat16);
    const auto models = load({});
    const auto kernel = weight_in(models);
    const auto* mapped = kernel.const_data_ptr();
    EXPECT_EQ(kernel.scalar_type(), torch::kFloat16);
    EXPECT_GT(models.unet_pages.growth(), 0);
    EXPECT_EQ(models.unet_pages.seconds(), 0);
    const auto first = answer(network_of(models.unet));
    EXPECT_EQ(kernel.scalar_type(), torch::kFloat32);
    EXPECT_TRUE(kernel.is_contiguous(torch::MemoryFormat::ChannelsLast));
    EXPECT_TRUE(kernel.requires_grad() && !kernel.is_inference()) << "can be trained later";
    EXPECT_NE(kernel.const_data_ptr(), mapped);
    EXPECT_GT(models.unet_pages.seconds(), 0);
    const auto* own = kernel.const_data_ptr();
    EXPECT_TRUE(torch::equal(answer(network_of(models.unet)), first));
    EXPECT_EQ(kernel.const_data_ptr(), own) << "read again";

    const auto read = load({});
    read_all_weights(read);
    EXPECT_EQ(weight_in(read).scalar_type(), torch::kFloat32);
    EXPECT_TRUE(torch::equal(answer(network_of(read.unet)), first));
    EXPECT_EQ(bytes_of(*read.unet), bytes_of(*load({}).unet) + models.unet_pages.growth());
}

TEST_F(RunModelsTest, EightBitWeightsStayInTheFileAndGiveTheSameNumbers) {
    store_as(torch::kFloat8_e4m3fn);
    Placement narrow;
    narrow.keeps_narrow = true;
    const auto models = load(narrow);
    EXPECT_EQ(weight_in(models).scalar_type(), torch::kFloat8_e4m3fn);
    const auto expected = answer(network_of(load({}).unet));
    EXPECT_TRUE(expected.isfinite().all().item<bool>());
    EXPECT_LT(largest_difference(answer(network_of(models.unet)), expected), 1e-5);
    EXPECT_EQ(weight_in(models).scalar_type(), torch::kFloat8_e4m3fn) << "still";
}

/// A UNet whose weights stay in a file of GGUF's blocks.
struct BlockedUNet {
    explicit BlockedUNet(const std::string& name) {
        checkpoint::OpenOptions options;
        options.family = checkpoint::ModelFamily::sd1;
        options.unet_heads = {2, 2};
        options.unet_norm_groups = 16;
        const auto folder = fs::path(ATELIER_TEST_DATA) / "formats";
        const auto files = checkpoint::open_model(folder / (name + ".gguf"), options);
        network = unet::UNet(*files.description.unet);
        checkpoint::LoadOptions load;
        load.dtype = torch::kFloat32;
        load.stays = [](const std::string& key, const checkpoint::TensorEntry& entry) {
            return may_stay(key, entry, torch::kFloat32);
        };
        checkpoint::load_weights(*network, files.unet, load);
        pages = StoredPages(*network, files.unet, torch::kFloat32, false);
        golden = checkpoint::read_safetensors(folder / (name + ".vectors.safetensors")).tensors;
    }

    double error() {
        const torch::InferenceMode inference;
        const unet::Conditioning text{golden.at("context"), {}, {}};
        const auto out = network(golden.at("sample"), golden.at("timestep"), text);
        return largest_difference(out, golden.at("out"));
    }

    unet::UNet network{nullptr};
    StoredPages pages;
    std::map<std::string, torch::Tensor> golden;
};

TEST(StoredBlocks, StayInTheFileAndGiveTheReferenceNumbers) {
    for (const char* name : {"unet_q8_0_f16", "unet_mixed_comfy"}) {
        BlockedUNet blocked(name);
        std::int64_t raw = 0, halves = 0;
        for (const auto& weight : blocked.network->parameters()) {
            raw += weight.element_size() == 1;
            halves += weight.element_size() == 2;
        }
        EXPECT_GT(raw, 5) << name;
        EXPECT_GT(halves, 5) << name;
        EXPECT_LT(blocked.error(), 1e-4) << name;
        blocked.pages.stream(true);
        EXPECT_LT(blocked.error(), 1e-4) << name;
        EXPECT_EQ(blocked.pages.seconds(), 0) << "nothing is read once";
    }
}

class FiniteGuardTest : public RunModelsTest {
protected:
    /// Networks in one float32 file each, whose tensors can be made too large.
    void SetUp() override {
        RunModelsTest::SetUp();
        const auto models = load({});
        read_all_weights(models);
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

    /// A LoRA of rank 1 on a 3x3 convolution of the UNet.
    fs::path lora_of(const std::string& layer) const {
        const auto models = load({});
        const auto sizes = models.unet->named_parameters()[layer + ".weight"].sizes().vec();
        torch::manual_seed(6);
        checkpoint::StateDict lora;
        lora.tensors["lora_unet_" + layer + ".lora_down.weight"] = torch::randn({1, sizes[1], 3, 3}) * 1e5;
        lora.tensors["lora_unet_" + layer + ".lora_up.weight"] = torch::randn({sizes[0], 1, 1, 1});
        lora.tensors["lora_unet_" + layer + ".alpha"] = torch::tensor(1.0f);
        checkpoint::write_safetensors(folder_ / "lora.safetensors", lora);
        return folder_ / "lora.safetensors";
    }

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

/// A prompt's conditioning, without a tokenizer's help.
TextConditioning encoded(FiniteGuard& guard) {
    const torch::InferenceMode inference;
    return guard.encoded([](std::vector<EncoderPart>& parts) {
        const auto ids = torch::arange(77).unsqueeze(0) % 20;
        return TextConditioning{parts.at(0).encoder(ids).last, {}, {}, {}};
    });
}

TEST_F(FiniteGuardTest, ATextThatOverflowsIsEncodedAgainInTheNextWiderType) {
    const std::string file = "text_encoder/model.fp16.safetensors";
    auto models = load({});
    FiniteGuard plain_guard(models, {});
    const auto usual = encoded(plain_guard);
    ASSERT_TRUE(usual.context.isfinite().all().item<bool>());

    Placement half;
    half.text_dtype = torch::kFloat16;
    scale_to(file, "text_model.final_layer_norm.weight", 6e4);
    auto wide = load({});
    FiniteGuard wide_guard(wide, {});
    const auto expected = encoded(wide_guard);
    ASSERT_TRUE(expected.context.isfinite().all().item<bool>());
    ASSERT_GT(expected.context.abs().max().item<double>(), 65504);

    auto narrow = load(half);
    guarded(narrow);
    const auto found = encoded(*guard_);
    EXPECT_LT(largest_difference(found.context, expected.context),
              1e-5 * expected.context.abs().max().item<double>());
    EXPECT_EQ(warnings_.size(), 1u);
    encoded(*guard_);
    EXPECT_EQ(warnings_.size(), 1u) << "said once";
}

TEST_F(FiniteGuardTest, WithoutALookAtEachAnswerTheLatentTells) {
    scale(unet_file, "conv_in.weight", 1e7);
    const auto expected = answer(network_of(load({}).unet));
    Placement half;
    half.dtype = torch::kFloat16;
    auto models = load(half);
    const auto network = guarded(models);
    guard_->check_calls(false);
    const auto first = answer(network);
    EXPECT_FALSE(first.isfinite().all().item<bool>());
    EXPECT_TRUE(warnings_.empty());
    EXPECT_TRUE(guard_->accepts(expected));
    EXPECT_FALSE(guard_->accepts(first));
    EXPECT_LT(largest_difference(answer(network), expected), 1e-4);
    EXPECT_EQ(warnings_.size(), 1u);
}

TEST_F(FiniteGuardTest, AnOverflowUnderAnAdapterIsMadeAgainWithIt) {
    scale(unet_file, "conv_in.weight", 1e7);
    const std::vector<adapters::AdapterUse> uses{{lora_of("conv_in"), 0.5, 1.0, {}}};
    const auto plain = load({});
    const auto without = answer(network_of(plain.unet));
    plain.patch->apply(uses);
    const auto expected = answer(network_of(plain.unet));
    ASSERT_GT(largest_difference(expected, without), 1e-3);
    Placement half;
    half.dtype = torch::kFloat16;
    auto models = load(half);
    models.patch->apply(uses);
    ASSERT_FALSE(answer(network_of(models.unet)).isfinite().all().item<bool>());
    const auto network = guarded(models);
    EXPECT_LT(largest_difference(answer(network), expected), 1e-4);
    models.patch->apply({});
    EXPECT_LT(largest_difference(answer(guard_->network()), without), 1e-4) << "taken off";
    EXPECT_EQ(warnings_.size(), 1u);
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
