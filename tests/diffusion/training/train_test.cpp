// The whole of training on a few tiny pictures: both stages, stopping and going on, export.

#include "diffusion/training/train.h"

#include <gtest/gtest.h>
#include <torch/types.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "diffusion/checkpoint/model_files.h"
#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/error.h"
#include "diffusion/training/pack.h"
#include "tests/diffusion/training/file_limit.h"

namespace diffusion::training {
namespace {

namespace fs = std::filesystem;

constexpr const char* tiny_config = R"({
  "held_out_share": 0.17,
  "vae": {"latent_channels": 8, "factor": 8, "detail_factor": 4, "decoder_width": 8,
          "decoder_blocks": 1, "detail_width": 8, "detail_blocks": 1},
  "unet": {"block_out_channels": [16, 16], "norm_groups": 4, "heads": [2, 2]},
  "text_encoder": {"width": 16, "layers": 1, "heads": 2, "mlp_width": 32, "max_positions": 12},
  "autoencoder_training": {"crop": 16, "trains_encoder": true, "latent_noise": 0, "latent_deviation": 1, "component_patches": 200,
                           "rates": {"batch": 4, "warm_up_steps": 0, "learning_rate": 0.005, "ema_decay": 0.9}},
  "model_training": {"text_first": 0, "text_weight": 0, "vocabulary": 530, "rates": {"batch": 8, "warm_up_steps": 0},
                     "text_rates": {"batch": 8, "warm_up_steps": 0}}
})";

/// The tiny configuration with one text in another's place.
std::string config_with(const std::string& instead, const std::string& of) {
    std::string config(tiny_config);
    return config.replace(config.find(of), of.size(), instead);
}

class TrainTest : public testing::Test {
protected:
    static void SetUpTestSuite() {
        folder_ = fs::temp_directory_path() / ("atelier_train_test_" + std::to_string(::getpid()));
        fs::create_directories(folder_);
        std::ofstream(folder_ / "config.json") << tiny_config;
        PackWriter writer(folder_ / "tiny.pack", 32, 1);
        for (int i = 0; i < 24; ++i) writer.add(disc(i), caption(i));
        writer.finish();
    }
    static void TearDownTestSuite() { fs::remove_all(folder_); }

    /// A coloured disc on nothing; colour and size say which of the labels it has.
    static Image disc(int i) {
        Image image{32, 32, 4, std::vector<std::uint8_t>(32 * 32 * 4, 0)};
        const int radius = 6 + i % 7;
        for (int y = 0; y < 32; ++y) {
            for (int x = 0; x < 32; ++x) {
                if ((x - 16) * (x - 16) + (y - 16) * (y - 16) > radius * radius) continue;
                for (int c = 0; c < 4; ++c) {
                    image.pixels[static_cast<size_t>((y * 32 + x) * 4 + c)] = c == 3 ? 255 : c == i % 3 ? 220 : 20;
                }
            }
        }
        return image;
    }

    static Caption caption(int i) {
        Caption caption;
        caption.file = "disc " + std::to_string(i);
        caption.en = i % 3 == 0 ? "red disc" : i % 3 == 1 ? "green disc" : "blue disc";
        caption.ko = i % 3 == 0 ? "빨간 원" : i % 3 == 1 ? "초록 원" : "파란 원";
        return caption;
    }

    static TrainRequest request(const std::string& work, TrainingStage stage, std::int64_t steps) {
        TrainRequest request;
        request.pack = (folder_ / "tiny.pack").string();
        request.work_folder = (folder_ / work).string();
        request.config = (folder_ / "config.json").string();
        request.stage = stage;
        request.steps = steps;
        request.threads = 1;
        request.device = "cpu";
        return request;
    }

    static TrainProgress run(const TrainRequest& request) {
        TrainProgress last;
        train(request, [&](const TrainProgress& progress) { last = progress; }, {});
        return last;
    }

    static void expect_same_state(const std::string& name, const std::string& one, const std::string& other) {
        const auto left = checkpoint::read_safetensors(folder_ / one / name);
        const auto right = checkpoint::read_safetensors(folder_ / other / name);
        ASSERT_EQ(left.metadata, right.metadata);
        ASSERT_EQ(left.tensors.size(), right.tensors.size());
        for (const auto& [key, value] : left.tensors) {
            EXPECT_TRUE(torch::equal(value, right.tensors.at(key))) << key;
        }
    }

    static fs::path folder_;
};

fs::path TrainTest::folder_;

TEST_F(TrainTest, AutoencoderGoesOnBitForBitAndLearns) {
    const auto first = run(request("straight", TrainingStage::autoencoder, 1));
    const auto last = run(request("straight", TrainingStage::autoencoder, 480));
    EXPECT_EQ(last.step, 480);
    EXPECT_LT(last.held_out_loss, 0.9 * first.held_out_loss);
    run(request("stopped", TrainingStage::autoencoder, 480));
    expect_same_state("autoencoder-state.safetensors", "straight", "stopped");
}

TEST_F(TrainTest, ModelGoesOnBitForBitAndIsExported) {
    run(request("model", TrainingStage::autoencoder, 1));
    fs::copy(folder_ / "model", folder_ / "model_stopped", fs::copy_options::recursive);
    auto whole = request("model", TrainingStage::model, 6);
    whole.export_folder = (folder_ / "exported").string();
    const auto end = run(whole);
    run(request("model_stopped", TrainingStage::model, 2));
    const auto resumed_end = run(request("model_stopped", TrainingStage::model, 6));
    EXPECT_NEAR(resumed_end.loss, end.loss, 1e-6) << "the smoothed loss goes on, too";
    expect_same_state("model-state.safetensors", "model", "model_stopped");

    const auto description = checkpoint::describe_model(folder_ / "exported");
    EXPECT_STREQ(checkpoint::name_of(description.family), "atelier");
    EXPECT_EQ(description.native_size, 32);
    EXPECT_FALSE(fs::is_empty(folder_ / "model" / "sheets"));
}

TEST_F(TrainTest, ModelIsCopiedAndItsKnobsCount) {
    run(request("knobs", TrainingStage::autoencoder, 1));
    const auto last_loss = [&](const std::string& work, const std::string& knob) {
        fs::copy(folder_ / "knobs", folder_ / work, fs::copy_options::recursive);
        std::ofstream(folder_ / (work + ".json")) << config_with(knob, "\"text_weight\": 0,");
        auto r = request(work, TrainingStage::model, 3);
        r.config = (folder_ / (work + ".json")).string();
        r.export_folder = (folder_ / (work + "_out")).string();
        r.steps_per_copy = 2;
        return run(r).loss;
    };
    const double plain = last_loss("plain", "\"text_weight\": 0,");
    EXPECT_NE(plain, last_loss("offset", "\"noise_offset\": 0.5, \"text_weight\": 0,"));
    EXPECT_NE(plain, last_loss("accumulated", "\"accumulation\": 2, \"text_weight\": 0,"));
    EXPECT_NEAR(plain, last_loss("recomputed", "\"recomputes\": true, \"text_weight\": 0,"), 1e-4);
    EXPECT_GT(last_loss("with_text", "\"text_weight\": 0.5,"), plain + 0.1);
    const double rounded = last_loss("rounded", "\"bfloat16\": true, \"text_weight\": 0,");
    EXPECT_NE(plain, rounded);
    EXPECT_NEAR(plain, rounded, 0.02 * plain);
    EXPECT_TRUE(fs::exists(folder_ / "plain_out-2" / "model_index.json"));
    EXPECT_TRUE(fs::exists(folder_ / "plain_out" / "model_index.json"));
}

TEST_F(TrainTest, TextLearnsAloneBeforeTheUNetAndGoesOnBitForBit) {
    run(request("alone", TrainingStage::autoencoder, 1));
    std::ofstream(folder_ / "alone.json") << config_with("\"text_first\": 40, \"text_weight\": 1",
                                                         "\"text_first\": 0, \"text_weight\": 0");
    const auto to_step = [&](const std::string& work, std::int64_t steps) {
        auto r = request(work, TrainingStage::model, steps);
        r.config = (folder_ / "alone.json").string();
        return run(r);
    };
    const auto state = [&] { return checkpoint::read_safetensors(folder_ / "alone" / "model-state.safetensors"); };
    const auto have_moved = [](const checkpoint::StateDict& from, const checkpoint::StateDict& to, const std::string& what) {
        for (const auto& [name, value] : from.tensors)
            if (name.starts_with("param." + what) && !torch::equal(value, to.tensors.at(name))) return true;
        return false;
    };
    const auto first = to_step("alone", 1);
    fs::copy(folder_ / "alone", folder_ / "alone_at_once", fs::copy_options::recursive);
    const auto begun = state();
    const auto before_unet = to_step("alone", 40);
    EXPECT_LT(before_unet.held_out_loss, 0.9 * first.held_out_loss);
    const auto taught = state();
    EXPECT_TRUE(have_moved(begun, taught, "text_encoder."));
    EXPECT_FALSE(have_moved(begun, taught, "unet."));
    to_step("alone", 43);
    EXPECT_TRUE(have_moved(taught, state(), "unet."));
    to_step("alone_at_once", 43);
    expect_same_state("model-state.safetensors", "alone", "alone_at_once");
}

TEST_F(TrainTest, TextAloneGoesByRatesOfItsOwn) {
    run(request("own_rates", TrainingStage::autoencoder, 1));
    auto config = config_with("\"text_first\": 2", "\"text_first\": 0");
    const std::string before = "\"text_rates\": {";
    config.insert(config.find(before) + before.size(), "\"learning_rate\": 0, ");
    std::ofstream(folder_ / "own_rates.json") << config;
    const auto weight_after = [&](std::int64_t steps) {
        auto r = request("own_rates", TrainingStage::model, steps);
        r.config = (folder_ / "own_rates.json").string();
        run(r);
        return checkpoint::read_safetensors(folder_ / "own_rates" / "model-state.safetensors")
            .tensors.at("param.text_encoder.text_model.final_layer_norm.weight");
    };
    const auto begun = weight_after(2);
    EXPECT_TRUE(torch::equal(begun, torch::ones_like(begun))) << "a rate of nothing";
    EXPECT_FALSE(torch::equal(begun, weight_after(3))) << "the rates of both";
}

TEST_F(TrainTest, LatentsHaveTheDeviationThatIsAskedForAlsoAfterwards) {
    const auto scale_with = [&](const std::string& deviation) {
        std::ofstream(folder_ / "deviation.json")
            << config_with("\"latent_deviation\": " + deviation, "\"latent_deviation\": 1");
        auto r = request("deviation", TrainingStage::autoencoder, 1);
        r.config = (folder_ / "deviation.json").string();
        run(r);
        std::ifstream file(folder_ / "deviation" / "vae" / "config.json");
        const std::string text((std::istreambuf_iterator<char>(file)), {});
        return std::stod(text.substr(text.find(':', text.find("scaling_factor")) + 1));
    };
    const double one = scale_with("1");
    EXPECT_NEAR(scale_with("0.25"), 0.25 * one, 1e-6 * one);
    const auto state = checkpoint::read_safetensors(folder_ / "deviation" / "autoencoder-state.safetensors");
    EXPECT_EQ(std::stod(state.metadata.at("latent_deviation")), 0.25);
}

TEST_F(TrainTest, ModelLearnsTheFewPicturesItSees) {
    run(request("overfit", TrainingStage::autoencoder, 1));
    const auto first = run(request("overfit", TrainingStage::model, 2));
    const auto last = run(request("overfit", TrainingStage::model, 150));
    EXPECT_LT(last.held_out_loss, 0.75 * first.held_out_loss);
}

TEST_F(TrainTest, SaysWhichPicturesItKeepsAndWhereAStateKeptOthers) {
    run(request("kept", TrainingStage::autoencoder, 1));
    const auto messages = [&](const TrainRequest& r) {
        std::string all;
        train(r, [&](const TrainProgress& progress) { all += progress.message + "\n"; }, {});
        return all;
    };
    EXPECT_EQ(messages(request("kept", TrainingStage::model, 1)).find("held out"), std::string::npos);
    std::ifstream names(folder_ / "kept" / "held-out.txt");
    int count = 0;
    for (std::string name; std::getline(names, name); ++count) EXPECT_TRUE(name.starts_with("disc ")) << name;
    EXPECT_EQ(count, 4);  // 17 % of 24
    std::ofstream(folder_ / "other.json") << config_with("0.25", "0.17");
    auto changed = request("kept", TrainingStage::model, 2);
    changed.config = (folder_ / "other.json").string();
    EXPECT_NE(messages(changed).find("other pictures held out"), std::string::npos);
}

TEST_F(TrainTest, EndsWhereTheConfigurationSaysUnlessTheRequestDoes) {
    std::ofstream(folder_ / "bounded.json") << config_with("\"autoencoder_training\": {\"steps\": 2,", "\"autoencoder_training\": {");
    const auto last_step = [&](const std::string& work, std::int64_t steps) {
        auto one = request(work, TrainingStage::autoencoder, steps);
        one.config = (folder_ / "bounded.json").string();
        return run(one).step;
    };
    EXPECT_EQ(last_step("bounded", 0), 2);
    EXPECT_EQ(last_step("asked", 3), 3);
}

TEST_F(TrainTest, SaysWhereScenesCantBePutTogether) {
    const auto messages = [&](const std::string& work, const std::string& config) {
        std::ofstream(folder_ / "scenes.json") << config;
        std::string all;
        for (const auto stage : {TrainingStage::autoencoder, TrainingStage::model}) {
            auto one = request(work, stage, 1);
            one.config = (folder_ / "scenes.json").string();
            train(one, [&](const TrainProgress& progress) { all += progress.message + "\n"; }, {});
        }
        return all;
    };
    EXPECT_EQ(messages("scenes", tiny_config).find("put together"), std::string::npos);
    EXPECT_TRUE(fs::exists(folder_ / "scenes" / "layer-codes.safetensors"));
    EXPECT_NE(messages("coarse", config_with(R"("factor": 16)", R"("factor": 8)")).find("put together"), std::string::npos);
    EXPECT_FALSE(fs::exists(folder_ / "coarse" / "layer-codes.safetensors"));
}

/// What the run ends with; "" if it comes to its end.
std::string error_of(const TrainRequest& request) {
    try {
        train(request, {}, {});
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

TEST_F(TrainTest, AFullDiskEndsBothStagesAndLosesNothing) {
    run(request("full", TrainingStage::autoencoder, 2));
    fs::copy(folder_ / "full", folder_ / "undisturbed", fs::copy_options::recursive);
    for (const auto& [stage, name] : {std::pair{TrainingStage::autoencoder, "autoencoder-state.safetensors"},
                                      {TrainingStage::model, "model-state.safetensors"}}) {
        run(request("full", stage, 2));
        const auto file = folder_ / "full" / name;
        auto disturbed = request("full", stage, 5);
        disturbed.minutes_per_save = 1e-9;
        std::string message;
        {
            const FileLimit limit(fs::file_size(file) / 2);
            message = error_of(disturbed);
        }
        for (const char* part : {name, "Make room", "up to step 2", "same work folder"})
            EXPECT_NE(message.find(part), message.npos) << message;
        EXPECT_EQ(checkpoint::read_safetensors(file).metadata.at("step"), "2");
        run(request("full", stage, 5));
        run(request("undisturbed", stage, 5));
        expect_same_state(name, "full", "undisturbed");
    }
}

TEST_F(TrainTest, OnePictureIsNamedAndTrainedOn) {
    PackWriter writer(folder_ / "one.pack", 32, 1);
    writer.add(disc(0), caption(0));
    writer.finish();
    for (const auto stage : {TrainingStage::autoencoder, TrainingStage::model}) {
        auto alone = request("one", stage, 2);
        alone.pack = (folder_ / "one.pack").string();
        std::string said;
        TrainProgress last;
        train(alone, [&](const TrainProgress& progress) { said += progress.message, last = progress; }, {});
        EXPECT_NE(said.find("only one picture"), said.npos) << said;
        EXPECT_EQ(last.step, 2);
        EXPECT_TRUE(std::isfinite(last.loss));
    }
}

TEST_F(TrainTest, StopsWhenAskedAndKeepsWhatItHas) {
    std::stop_source source;
    source.request_stop();
    train(request("asked", TrainingStage::autoencoder, 50), {}, source.get_token());
    EXPECT_TRUE(fs::exists(folder_ / "asked" / "autoencoder-state.safetensors"));
}

TEST_F(TrainTest, ModelSaysThatTheAutoencoderIsMissing) {
    try {
        train(request("nothing", TrainingStage::model, 1), {}, {});
        FAIL() << "trained without an autoencoder";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::missing_file);
        EXPECT_NE(std::string(error.what()).find("autoencoder"), std::string::npos);
    }
}

TEST_F(TrainTest, RefusesDevicesThatAreNotThere) {
    auto wrong = request("device", TrainingStage::autoencoder, 1);
    wrong.device = "abacus";
    EXPECT_THROW(train(wrong, {}, {}), Error);
}

}  // namespace
}  // namespace diffusion::training
