#include "diffusion/pipeline/preview_decoder.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/part_files.h"
#include "diffusion/error.h"
#include "diffusion/pipeline/picture.h"
#include "vae/autoencoder.h"
#include "vae/latent_preview.h"

namespace {

namespace fs = std::filesystem;
using namespace diffusion::pipeline;
using diffusion::checkpoint::ModelFamily;

class PreviewDecoderTest : public testing::Test {
protected:
    PreviewDecoderTest() {
        std::string name = (fs::temp_directory_path() / "atelier-preview-XXXXXX").string();
        folder = mkdtemp(name.data());
        vae::AutoencoderConfig config;
        config.block_out_channels = {8, 8, 8, 8};
        config.norm_groups = 4;
        models.description.vae = config;
        models.vae = make_codec(config);
    }

    ~PreviewDecoderTest() override { fs::remove_all(folder); }

    void put(const std::string& name) {
        fs::copy_file(fs::path(ATELIER_TEST_DATA) / "decoders/taesd_decoder.safetensors", folder / name);
    }

    PreviewMaker maker() { return PreviewDecoder({"/nowhere", folder.string()}).maker_for(models); }

    fs::path folder;
    Models models;
    torch::Tensor latent = torch::linspace(-2, 2, 4 * 5 * 6).view({1, 4, 5, 6});
};

TEST_F(PreviewDecoderTest, ShowsWhatTheDecoderMakesOfTheLatent) {
    put("taesd_decoder.safetensors");
    const torch::NoGradGuard no_grad;
    const auto preview = maker();
    ASSERT_TRUE(preview);
    const auto image = preview(latent);
    EXPECT_EQ(image.width, 48);
    EXPECT_EQ(image.height, 40);
    const auto codec = load_codec(folder / "taesd_decoder.safetensors", models);
    EXPECT_EQ(image.pixels, image_of(vae::preview_bytes(codec->decode(latent)), 0).pixels);
    EXPECT_TRUE(preview(latent).is_empty()) << "takes more than its share of time";
}

TEST_F(PreviewDecoderTest, IsForTheFamilyThatItsNameSays) {
    EXPECT_FALSE(maker()) << "no file";
    put("taesdxl_decoder.safetensors");
    EXPECT_FALSE(maker()) << "of another family";
    models.description.family = ModelFamily::sdxl;
    EXPECT_TRUE(maker());
    auto& config = std::get<vae::AutoencoderConfig>(*models.description.vae);
    config.latents_mean = {0, 0, 0, 0};
    config.latents_std = {8, 6, 6, 5};
    EXPECT_FALSE(maker()) << "latents of another scale";
    models.description.family = ModelFamily::atelier;
    models.description.vae.reset();
    EXPECT_FALSE(maker()) << "latents of another kind";
}

TEST_F(PreviewDecoderTest, ADamagedFileIsAnError) {
    std::ofstream(folder / "taesd_decoder.pth") << "not a model";
    EXPECT_THROW(maker(), diffusion::Error);
}

}  // namespace
