#include "diffusion/pipeline/model_cache.h"

#include <torch/utils.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/error.h"
#include "vae/autoencoder.h"
#include "vae/tiny_autoencoder.h"

namespace diffusion::pipeline {
namespace {

namespace fs = std::filesystem;

fs::path data_file(const std::string& name) { return fs::path(ATELIER_TEST_DATA) / name; }

class ModelCacheTest : public testing::Test {
protected:
    void SetUp() override {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = fs::temp_directory_path() / (std::string("atelier_cache_") + test->name());
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    std::shared_ptr<Models> get(const fs::path& model, const fs::path& vae = {}) {
        return cache_.get({model, vae, {}}, Placement{}, [](const std::string&) {});
    }

    Error failure(const fs::path& model, const fs::path& vae) {
        try {
            get(model, vae);
        } catch (const Error& error) {
            return error;
        }
        return {ErrorKind::internal, "no error"};
    }

    fs::path write_tiny(const std::string& name, const vae::TinyConfig& config) {
        vae::TinyAutoencoder net(config);
        const torch::NoGradGuard no_grad;
        for (auto& p : net->parameters()) p.normal_(0, 0.1);
        checkpoint::write_safetensors(folder_ / name, checkpoint::state_dict_of(*net));
        return folder_ / name;
    }

    const fs::path model_ = data_file("tiny/sd1/diffusers");
    fs::path folder_;
    ModelCache cache_{Resources{std::string(ATELIER_BINARY_DIR) + "/share/atelier"}, 1 << 30};
};

template <typename Codec>
bool is(const std::shared_ptr<Models>& models) {
    return dynamic_cast<Codec*>(models->vae.get()) != nullptr;
}

TEST_F(ModelCacheTest, AChosenAutoencoderReplacesTheModelsOwnAndNothingElse) {
    const auto own = get(model_);
    EXPECT_TRUE(is<vae::AutoencoderImpl>(own));
    const auto other = get(model_, data_file("decoders/taesd_decoder.safetensors"));
    EXPECT_TRUE(is<vae::TinyAutoencoderImpl>(other));
    EXPECT_EQ(own->unet.get(), other->unet.get());
    EXPECT_TRUE(is<vae::AutoencoderImpl>(get(model_))) << "the choice holds for its request only";
    const torch::InferenceMode inference;
    const auto golden = checkpoint::read_safetensors(data_file("decoders/taesd.vectors.safetensors"));
    const auto pixels = other->vae->decode(golden.tensors.at("decode.latent"));
    EXPECT_LT((pixels - golden.tensors.at("decode.image_pm1")).abs().max().item<double>(), 3.1e-5);
}

TEST_F(ModelCacheTest, AModelsOwnAutoencoderChosenByNameIsTheSame) {
    const torch::InferenceMode inference;
    const auto latent = torch::randn({1, 4, 3, 2});
    const auto own = get(model_)->vae->decode(latent);
    for (const auto& same : {model_ / "vae", model_, data_file("tiny/sd1/diffusers/vae/config.json")}) {
        EXPECT_TRUE(torch::equal(get(model_, same)->vae->decode(latent), own)) << same;
    }
}

TEST_F(ModelCacheTest, KeepsTheChosenAutoencoderUntilItsFileChanges) {
    const auto file = write_tiny("a.safetensors", vae::TinyConfig{});
    const auto first = get(model_, file)->vae;
    EXPECT_EQ(get(model_, file)->vae, first);
    vae::TinyConfig narrow;
    narrow.decoder_width = 8;
    write_tiny("a.safetensors", narrow);
    EXPECT_NE(get(model_, file)->vae, first);
}

TEST_F(ModelCacheTest, AModelThatWaitedIsNotLoadedAgain) {
    fs::copy(model_, folder_ / "b", fs::copy_options::recursive);
    int loads = 0;
    const auto load = [&](const fs::path& model, const Placement& placement) {
        ModelChoice choice;
        choice.model = model;
        return cache_.get(choice, placement, [&](const std::string& part) { loads += part == "UNet"; });
    };
    Placement narrow;
    narrow.keeps_narrow = true;
    const auto a = load(model_, {});
    load(folder_ / "b", {});
    EXPECT_EQ(load(model_, {})->unet.get(), a->unet.get());
    EXPECT_EQ(loads, 2) << "A, B and A again";
    EXPECT_NE(load(model_, narrow)->unet.get(), a->unet.get());
    EXPECT_EQ(loads, 3) << "another way to hold it is another model";
    EXPECT_EQ(load(model_, narrow)->unet.get(), load(model_, narrow)->unet.get());
    EXPECT_EQ(loads, 3);
}

TEST_F(ModelCacheTest, GivesUpWhatWasUsedLongestAgo) {
    for (const char* name : {"b", "c"}) fs::copy(model_, folder_ / name, fs::copy_options::recursive);
    const auto one = get(model_)->bytes;
    const std::weak_ptr<Models> a = get(model_);
    const std::weak_ptr<Models> b = get(folder_ / "b");
    const std::weak_ptr<Models> c = get(folder_ / "c");
    ModelChoice used;
    used.model = folder_ / "c";
    EXPECT_EQ(cache_.bytes_beside(used), 2 * one);
    cache_.keep_beside(used, {}, 2 * one);
    EXPECT_FALSE(a.expired());
    cache_.keep_beside(used, {}, 2 * one - 1);
    EXPECT_TRUE(a.expired());
    EXPECT_FALSE(b.expired());
    cache_.keep_beside(used, {}, 0);
    EXPECT_TRUE(b.expired());
    EXPECT_FALSE(c.expired()) << "the one that is used";
    EXPECT_EQ(cache_.bytes_beside(used), 0);
}

TEST_F(ModelCacheTest, AModelWithoutAnAutoencoderNeedsAnother) {
    for (const char* part : {"unet", "text_encoder", "scheduler"}) {
        fs::copy(model_ / part, folder_ / part, fs::copy_options::recursive);
    }
    fs::copy(model_ / "model_index.json", folder_);
    const auto error = failure(folder_, {});
    EXPECT_EQ(error.kind(), ErrorKind::unsupported_model);
    EXPECT_NE(std::string(error.what()).find("no VAE"), std::string::npos) << error.what();
    EXPECT_TRUE(is<vae::AutoencoderImpl>(get(folder_, model_ / "vae")));
}

TEST_F(ModelCacheTest, RefusesAutoencodersThatCanNotDecodeTheModelsLatents) {
    const auto encoder = failure(model_, data_file("decoders/taesd_encoder.safetensors"));
    EXPECT_EQ(encoder.kind(), ErrorKind::unsupported_model);
    EXPECT_NE(std::string(encoder.what()).find("encoder of a TAESD"), std::string::npos);
    vae::TinyConfig wide;
    wide.latent_channels = 16;
    vae::TinyConfig coarse;
    coarse.encoder_blocks = coarse.decoder_blocks = {1, 1};
    for (const auto& [config, words] : {std::pair{wide, "16 channels for every 8x8"},
                                        std::pair{coarse, "4 channels for every 2x2"}}) {
        const auto error = failure(model_, write_tiny("x.safetensors", config));
        EXPECT_EQ(error.kind(), ErrorKind::bad_request);
        EXPECT_NE(std::string(error.what()).find(words), std::string::npos) << error.what();
    }
    EXPECT_EQ(failure(model_, folder_ / "absent.safetensors").kind(), ErrorKind::missing_file);
}

}  // namespace
}  // namespace diffusion::pipeline
