#include "diffusion/training/training_config.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "diffusion/error.h"

namespace diffusion::training {
namespace {

TrainingConfig read(const std::string& json) {
    const auto file = std::filesystem::temp_directory_path() / "atelier_training_config_test.json";
    std::ofstream(file) << json;
    return read_training_config(file.string());
}

std::string refusal(const std::string& json) {
    try {
        read(json);
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

TEST(TrainingConfig, ChangesOnlyWhatTheFileNames) {
    const auto config = read(R"({"vae": {"latent_channels": 12}, "model_training": {"rates": {"batch": 3}}})");
    EXPECT_EQ(config.vae.latent_channels, 12);
    EXPECT_EQ(config.unet.in_channels, 12);
    EXPECT_EQ(config.model.rates.batch, 3);
    EXPECT_EQ(config.text.width, TrainingConfig::shipped().text.width);
}

TEST(TrainingConfig, ReadsTheRecipesOfTheDocuments) {
    const std::string folder = ATELIER_SOURCE_DIR "/docs/model/";
    const auto shipped = TrainingConfig::shipped();
    const auto recipe = read_training_config(folder + "recipe.json");
    EXPECT_TRUE(recipe.model.bfloat16);
    EXPECT_EQ(recipe.model.steps, recipe.model.text_first + std::int64_t(recipe.model.rates.decay_start + recipe.model.rates.decay_steps));
    const auto larger = read_training_config(folder + "larger.json");
    EXPECT_GT(larger.model.rates.batch, shipped.model.rates.batch);
    EXPECT_GT(larger.model.text_rates.batch, shipped.model.text_rates.batch);
}

TEST(TrainingConfig, NamesFieldsThatItDoesNotKnow) {
    EXPECT_NE(refusal(R"({"vae": {"laten_channels": 12}})").find("laten_channels"), std::string::npos);
    EXPECT_NE(refusal(R"({"seed": "one"})").find("seed"), std::string::npos);
    EXPECT_NE(refusal("{").find("JSON"), std::string::npos);
    EXPECT_NE(refusal(R"({"vae": {"factor": 30}})").find("detail_factor"), std::string::npos);
    EXPECT_NE(refusal(R"({"model_training": {"noise_power": 0}})").find("noise_power"), std::string::npos);
    EXPECT_NE(refusal(R"({"model_training": {"rates": {"batch": 0}}})").find("batch"), std::string::npos);
    EXPECT_NE(refusal(R"({"model_training": {"text_rates": {"batch": 0}}})").find("batch"), std::string::npos);
    EXPECT_NE(refusal(R"({"model_training": {"composition": {"pair": 2}}})").find("composition"), std::string::npos);
    EXPECT_NE(refusal(R"({"model_training": {"text_first": -1}})").find("text_first"), std::string::npos);
    EXPECT_NE(refusal(R"({"autoencoder_training": {"latent_deviation": 0}})").find("latent_deviation"), std::string::npos);
}

TEST(Rates, WarmUpAndDecay) {
    Rates rates;
    rates.learning_rate = 1.0;
    rates.warm_up_steps = 10;
    rates.decay_start = 100;
    rates.decay_steps = 100;
    EXPECT_DOUBLE_EQ(rates.learning_rate_at(0), 0.1);
    EXPECT_DOUBLE_EQ(rates.learning_rate_at(50), 1.0);
    EXPECT_NEAR(rates.learning_rate_at(150), 0.51, 1e-9);
    EXPECT_NEAR(rates.learning_rate_at(500), 0.02, 1e-9);
}

}  // namespace
}  // namespace diffusion::training
