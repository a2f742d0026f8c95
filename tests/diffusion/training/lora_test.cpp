// Training a LoRA: gradients against PyTorch, the layers and names of kohya's trainer, going on
// after a stop, and that what comes out is an adapter.

#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/training/lora_pictures.h"
#include "diffusion/training/lora_trainer.h"
#include "diffusion/training/loss.h"
#include "diffusion/training/low_rank.h"
#include "tests/diffusion/training/lesson_support.h"

#include <torch/utils.h>

#include <gtest/gtest.h>
#include <map>
#include <set>
#include <sstream>

namespace {

using namespace adapters_test;
using namespace diffusion;
using namespace diffusion::training;
using namespace lesson_test;
using checkpoint::Part;
using checkpoint_test::data_file;
using checkpoint_test::difference;
using checkpoint_test::read_bytes;
using checkpoint_test::TempFolder;
using checkpoint_test::write_bytes;

std::set<std::string> keys_of(LowRank& low_rank) {
    std::set<std::string> keys;
    for (const auto& item : low_rank.factors().named_parameters()) keys.insert(item.key());
    return keys;
}

/// Keys of a file without its alphas.
std::set<std::string> factor_keys(const std::filesystem::path& file) {
    std::set<std::string> keys;
    const auto state = checkpoint::read_safetensors(file);
    for (const auto& [key, tensor] : state.tensors) {
        if (!key.ends_with(".alpha")) keys.insert(key);
    }
    return keys;
}

TEST(LowRank, LearnsTheLayersThatKohyaTeachesUnderItsNames) {
    LoraTraining options;
    options.rank = 4;
    TinyModel sd1("sd1"), sdxl("sdxl");
    LowRank first(sd1.networks, sd1.family, options);
    EXPECT_EQ(keys_of(first),
              factor_keys(data_file("adapters/sd1/lora.kohya_diffusers.safetensors")));
    LowRank second(sdxl.networks, sdxl.family, options);
    EXPECT_EQ(keys_of(second), factor_keys(data_file("adapters/sdxl/lora.kohya_ldm.safetensors")));
    options.has_text_encoder = false;
    LowRank third(sdxl.networks, sdxl.family, options);
    for (const auto& key : keys_of(third)) EXPECT_TRUE(key.starts_with("lora_unet_")) << key;
}

torch::Tensor prediction_of(TinyModel& model) {
    const torch::NoGradGuard no_grad;
    return model.predict();
}

TEST(LowRank, StartsAsTheModelAndLeavesItAsItWas) {
    TinyModel model("sd1");
    const auto before = prediction_of(model);
    {
        LoraTraining options;
        options.has_convolutions = true;
        LowRank low_rank(model.networks, model.family, options);
        low_rank.install();
        EXPECT_LT(difference(prediction_of(model), before), 1e-5);
        for (auto& item : low_rank.factors().named_parameters()) {
            const torch::NoGradGuard no_grad;
            if (item.key().ends_with("up.weight")) item.value().fill_(0.1);
        }
        low_rank.install();
        EXPECT_GT(difference(prediction_of(model), before), 1e-3);
    }
    EXPECT_TRUE(torch::equal(prediction_of(model), before));
}

TEST(LowRank, GradientsAreThoseOfPyTorch) {
    const auto golden =
        checkpoint::read_safetensors(data_file("training/lora_gradients.safetensors")).tensors;
    TinyModel model("sd1");
    LoraTraining options;
    options.rank = 2;
    options.alpha = 1;
    options.has_convolutions = true;
    LowRank low_rank(model.networks, model.family, options);
    auto factors = low_rank.factors().named_parameters();
    std::size_t count = 0;
    for (auto& item : factors) {
        const torch::NoGradGuard no_grad;
        ASSERT_TRUE(golden.contains("factor." + item.key())) << item.key();
        item.value().copy_(golden.at("factor." + item.key()));
    }
    low_rank.install();
    const auto timesteps = golden.at("timesteps");
    const auto batch =
        noised(golden.at("latents"), golden.at("noise"), timesteps, training_alphas(), false, 5);
    const auto context = model.encoders.at(Part::text_encoder)(golden.at("ids")).last;
    const auto prediction =
        model.unet(batch.noisy, timesteps.to(torch::kFloat32), unet::Conditioning{context, {}, {}});
    auto loss = weighted_loss(prediction, batch);
    EXPECT_NEAR(loss.item<double>(), golden.at("loss").item<double>(), 1e-5);
    loss.backward();
    for (const auto& item : factors) {
        const auto& expected = golden.at("gradient." + item.key());
        EXPECT_LT(difference(item.value().grad(), expected), 1e-5) << item.key();
        // Behind norms of one channel an offset does nothing: some gradients are rounding alone.
        const auto largest = expected.abs().max().item<double>();
        EXPECT_LT(difference(item.value().grad(), expected), 1e-3 * largest + 1e-8) << item.key();
        ++count;
    }
    EXPECT_EQ(count, golden.size() / 2 - 2) << "5 inputs, then factor and gradient of each";
}

TEST(LoraLoss, NoiseAndVWeighAsMinSnrSays) {
    const auto alphas = torch::tensor({0.9f, 0.1f});
    const auto latents = torch::ones({2, 1, 1, 1}), noise = torch::full({2, 1, 1, 1}, 2.0);
    const auto steps = torch::tensor({0, 1});
    const auto epsilon = noised(latents, noise, steps, alphas, false, 5);
    EXPECT_TRUE(torch::equal(epsilon.target, noise));
    EXPECT_NEAR(epsilon.weight[0].item<double>(), 5.0 / 9.0, 1e-5);
    EXPECT_NEAR(epsilon.weight[1].item<double>(), 1.0, 1e-5);
    const auto v = noised(latents, noise, steps, alphas, true, 5);
    EXPECT_NEAR(v.target[0].item<double>(), std::sqrt(0.9) * 2 - std::sqrt(0.1), 1e-5);
    EXPECT_NEAR(v.weight[0].item<double>(), 5.0 / 10.0, 1e-5);
    EXPECT_NEAR(noised(latents, noise, steps, alphas, false, 0).weight.min().item<double>(), 1.0,
                0);
}

TEST(LoraPictures, BucketsKeepTheShapeAndTheArea) {
    EXPECT_EQ(bucket_of(512, 512, 512, 64), (Bucket{512, 512}));
    EXPECT_EQ(bucket_of(3000, 2000, 512, 64), (Bucket{640, 384}));
    EXPECT_EQ(bucket_of(100, 4000, 512, 64), (Bucket{256, 1024}));
    for (const auto& [w, h] : {std::pair{640, 480}, {1, 9}, {1920, 1080}, {777, 1234}}) {
        const auto bucket = bucket_of(w, h, 1024, 64);
        EXPECT_EQ(bucket.width % 64 + bucket.height % 64, 0);
        EXPECT_LE(bucket.width * bucket.height, 1024 * 1024);
        EXPECT_LE(std::max(bucket.width, bucket.height), 2048);
    }
}

TEST(LoraPictures, EveryPictureComesOnceAnEpochWithItsLike) {
    std::vector<LoraPicture> pictures(7);
    for (std::size_t i = 0; i < pictures.size(); ++i) pictures[i].bucket = {i < 4 ? 512 : 448, 512};
    for (std::int64_t epoch = 0; epoch < 3; ++epoch) {
        std::multiset<std::size_t> seen;
        for (std::int64_t step = 0; step < 4; ++step) {  // two batches of two; two and one
            const auto batch = bucket_batch(pictures, 4 * epoch + step, 2, 9);
            for (const auto i : batch) EXPECT_EQ(pictures[i].bucket, pictures[batch[0]].bucket);
            seen.insert(batch.begin(), batch.end());
        }
        EXPECT_EQ(seen, (std::multiset<std::size_t>{0, 1, 2, 3, 4, 5, 6}));
    }
}

TEST(LoraPictures, CaptionsStandBesidePicturesOrInAList) {
    const TempFolder folder;
    std::vector<std::string> left_out;
    const auto hear = [&](const std::string& text) { left_out.push_back(text); };
    for (const char* name : {"b.png", "a.JPG", "bare.png", "empty.png", "notes.md"})
        write_bytes(folder / name, "x");
    write_bytes(folder / "a.txt", " ink drawing, a cat \n");
    write_bytes(folder / "b.txt", "a dog");
    write_bytes(folder / "empty.txt", " \n");
    const auto files = captioned_files(folder / ".", hear);
    ASSERT_EQ(files.size(), 2u);
    EXPECT_EQ(files[0].caption, "ink drawing, a cat");
    EXPECT_EQ(files[1].file.filename(), "b.png");
    EXPECT_EQ(left_out.size(), 2u);
    write_bytes(
        folder / "captions.jsonl",
        "{\"file_name\": \"empty.png\", \"text\": \"a wolf\"}\nnonsense\n"
        "{\"file\": \"../b.png\", \"caption\": \"x\"}\n{\"file\": \"bare.png\", \"en\": \"cat\"}\n"
        "{\"file\": \"a.JPG\", \"caption\": \"what stands beside it goes before this\"}\n");
    left_out.clear();
    const auto listed = captioned_files(folder / ".", hear);
    ASSERT_EQ(listed.size(), 3u);
    EXPECT_EQ(listed[0].caption, "a wolf");
    EXPECT_EQ(listed[1].caption, "cat");
    EXPECT_EQ(listed[2].caption, "ink drawing, a cat");
    ASSERT_EQ(left_out.size(), 2u);
    EXPECT_NE(left_out[0].find("line 2"), std::string::npos) << left_out[0];
    EXPECT_NE(left_out[1].find("doesn't lie in the folder"), std::string::npos) << left_out[1];
}

TEST(LoraLesson, SdxlLearnsInBothEncodersAndTheUNet) {
    TinyModel tiny("sdxl");
    auto models = models_of(tiny);
    LoraTraining options;
    options.rank = 2;
    options.batch = 2;
    // One caption longer than a chunk: both are brought to its length.
    std::string words;
    for (int i = 0; i < 90; ++i) words += "a ";
    LoraLesson lesson(models, options, {picture_of("a cat", 1), picture_of(words, 2)});
    lesson.loss(0).backward();
    std::map<std::string, double> largest;
    for (const auto& item : lesson.low_rank().factors().named_parameters()) {
        if (!item.key().ends_with("lora_up.weight")) continue;
        // The UNet reads CLIP-L's penultimate state: nothing comes back to its last layer.
        const bool is_unread = item.key().starts_with("lora_te1_text_model_encoder_layers_2_");
        ASSERT_EQ(item.value().grad().defined(), !is_unread) << item.key();
        if (is_unread) continue;
        auto& most = largest[item.key().substr(0, 8)];
        most = std::max(most, item.value().grad().abs().max().item<double>());
    }
    for (const char* part : {"lora_une", "lora_te1", "lora_te2"})
        EXPECT_GT(largest[part], 0) << part;
}

TEST(LoraLesson, AStepDependsOnItsNumberAlone) {
    TinyModel tiny("sd1");
    auto models = models_of(tiny);
    LoraTraining options;
    options.has_text_encoder = false;
    LoraLesson lesson(models, options, {picture_of("a cat", 1), picture_of("a dog", 2)});
    const auto first = lesson.loss(3).item<double>();
    EXPECT_NE(lesson.loss(4).item<double>(), first);
    EXPECT_EQ(lesson.loss(3).item<double>(), first);
}

TEST(LoraLesson, RecomputingGivesTheSameGradients) {
    TinyModel tiny("sd1");
    auto models = models_of(tiny);
    const auto gradients = [&](bool recomputes) {
        LoraTraining options;
        options.recomputes = recomputes;
        LoraLesson lesson(models, options, {picture_of("a cat", 1)});
        lesson.loss(0).backward();
        std::map<std::string, torch::Tensor> made;
        for (const auto& item : lesson.low_rank().factors().named_parameters())
            made[item.key()] = item.value().grad();
        return made;
    };
    const auto kept = gradients(false), again = gradients(true);
    ASSERT_EQ(kept.size(), again.size());
    for (const auto& [key, gradient] : kept) {
        ASSERT_EQ(gradient.defined(), again.at(key).defined()) << key;
        if (!gradient.defined()) continue;
        const double largest = gradient.abs().max().item<double>();
        EXPECT_LE(difference(gradient, again.at(key)), 1e-3 * largest + 1e-8) << key;
    }
}

TEST(LoraLesson, ModelsOfAnotherTrainingAreRefused) {
    TinyModel tiny("sdxl");
    auto models = models_of(tiny);
    models.description.family = checkpoint::ModelFamily::sdxl_refiner;
    const auto message = refusal_of([&] { LoraLesson(models, {}, {picture_of("a", 1)}); });
    EXPECT_NE(message.find("refiner"), std::string::npos) << message;
}

class LoraTrainingTest : public LessonTest {
protected:
    TrainRequest request(const std::string& work, std::int64_t steps) const {
        auto r = run_request(work, steps);
        r.stage = TrainingStage::lora;
        fill(r.lora, work + "/lora.safetensors");
        r.lora.rank = 2;
        return r;
    }

    std::map<std::string, torch::Tensor> tensors_of(const std::string& file) const {
        const auto state = checkpoint::read_safetensors(folder_ / file);
        return {state.tensors.begin(), state.tensors.end()};
    }

    std::vector<std::string> train(const TrainRequest& r) {
        std::vector<std::string> messages;
        train_lora(r, resources_, [&](const TrainProgress& p) { messages.push_back(p.message); },
                   {});
        return messages;
    }
};

TEST_F(LoraTrainingTest, GoesOnBitForBitWhereItStopped) {
    train(request("once", 4));
    train(request("twice", 2));
    train(request("twice", 4));
    EXPECT_EQ(read_bytes(folder_ / "once/lora.safetensors"),
              read_bytes(folder_ / "twice/lora.safetensors"));
}

TEST_F(LoraTrainingTest, WhatComesOutIsAnAdapterForItsModel) {
    const auto messages = train(request("work", 2));
    EXPECT_TRUE(std::ranges::any_of(
        messages, [](const std::string& m) { return m.find("broken.png is left out") != m.npos; }));
    const auto file = folder_ / "work/lora.safetensors";
    const auto adapter = adapters::open_adapter(file);
    EXPECT_EQ(adapter.metadata.at("ss_network_dim"), "2");
    EXPECT_EQ(adapter.metadata.at("ss_num_train_images"), "2");
    EXPECT_EQ(adapters::family_of(adapter), checkpoint::ModelFamily::atelier);
    auto models =
        pipeline::load_models(resources_.shipped_model(), resources_, {}, [](const auto&) {});
    models.patch->apply({{file, 1.0, 1.0, {}}});
    EXPECT_EQ(models.patch->changed().size(), adapter.modules.size());
}

TEST_F(LoraTrainingTest, KeepsCopiesSheetsAndTheLossesOfEveryStep) {
    auto r = request("kept", 4);
    r.steps_per_copy = 2;
    r.steps_per_sheet = 3;
    r.lora.sample_prompts = {"a red field", "a blue field"};
    train(r);
    train(request("short", 2));
    for (const auto& [copy, whole] : {std::pair{"kept/lora-000004.safetensors", "kept/lora.safetensors"},
                                      {"kept/lora-000002.safetensors", "short/lora.safetensors"}}) {
        const auto expected = tensors_of(whole);
        for (const auto& [key, tensor] : tensors_of(copy))
            EXPECT_TRUE(torch::equal(tensor, expected.at(key))) << copy << ": " << key;
    }
    EXPECT_TRUE(std::filesystem::exists(folder_ / "kept/sheets/lora-0000003.png"));
    EXPECT_TRUE(std::filesystem::exists(folder_ / "kept/lora-losses.png"));
    std::istringstream losses(read_bytes(folder_ / "kept/lora-losses.csv"));
    int lines = 0;
    for (std::string line; std::getline(losses, line); ++lines)
        EXPECT_TRUE(line.starts_with(std::to_string(lines) + ",")) << line;
    EXPECT_EQ(lines, 4);
}

TEST_F(LoraTrainingTest, SheetsChangeNothingOfWhatIsLearnt) {
    auto shown = request("shown", 3);
    shown.steps_per_sheet = 1;
    train(shown);
    train(request("unseen", 3));
    EXPECT_EQ(read_bytes(folder_ / "shown/lora.safetensors"), read_bytes(folder_ / "unseen/lora.safetensors"));
}

TEST_F(LoraTrainingTest, RatesAndAveragesChangeIt) {
    const auto made = [&](const std::string& work, auto change) {
        auto r = request(work, 3);
        change(r);
        train(r);
        return tensors_of(work + "/lora.safetensors");
    };
    const auto differs = [](const auto& a, const auto& b) {
        for (const auto& [key, tensor] : a)
            if (!torch::equal(tensor, b.at(key))) return true;
        return false;
    };
    const auto plain = made("plain", [](auto&) {});
    EXPECT_TRUE(differs(plain, made("ema", [](auto& r) { r.lora.ema_decay = 0.9; })));
    EXPECT_TRUE(differs(plain, made("cosine", [](auto& r) { r.lora.schedule = "cosine"; })));
    EXPECT_TRUE(differs(plain, made("warm", [](auto& r) { r.lora.warm_up_steps = 3; })));
    EXPECT_TRUE(differs(plain, made("snr", [](auto& r) { r.lora.snr_limit = 0; })));
    EXPECT_TRUE(differs(plain, made("offset", [](auto& r) { r.lora.noise_offset = 0.1; })));
}

TEST_F(LoraTrainingTest, OnePictureOnlyIsSaid) {
    std::filesystem::remove(folder_ / "pictures/blue.png");
    const auto messages = train(request("one", 1));
    EXPECT_TRUE(std::ranges::any_of(
        messages, [](const std::string& m) { return m.find("only one picture") != m.npos; }));
}

TEST_F(LoraTrainingTest, WhatCannotBeWrittenEndsTheRunAndLosesNothing) {
    train(request("full", 2));
    auto r = request("full", 6);
    r.steps_per_sheet = 3;
    std::filesystem::remove_all(folder_ / "full/sheets");
    write_bytes(folder_ / "full/sheets", "no folder");  // so that no sheet can be written
    EXPECT_NE(refusal_of([&] { train(r); }), "");
    const auto saved = checkpoint::read_safetensors(folder_ / "full/lora-state.safetensors");
    EXPECT_EQ(saved.metadata.at("step"), "3");
    std::filesystem::remove(folder_ / "full/sheets");
    train(request("full", 6));
    train(request("whole", 6));
    EXPECT_EQ(read_bytes(folder_ / "full/lora.safetensors"), read_bytes(folder_ / "whole/lora.safetensors"));
}

TEST_F(LoraTrainingTest, BadRequestsAreNamed) {
    const auto refusal = [&](auto change) {
        auto r = request("bad", 1);
        change(r);
        return refusal_of([&] { train(r); });
    };
    EXPECT_NE(refusal([](auto& r) { r.lora.rank = 0; }).find("rank"), std::string::npos);
    EXPECT_NE(refusal([](auto& r) { r.lora.schedule = "sine"; }).find("schedule"), std::string::npos);
    EXPECT_NE(refusal([](auto& r) { r.lora.ema_decay = 1; }).find("ema_decay"), std::string::npos);
    EXPECT_NE(refusal([](auto& r) { r.lora.schedule = "cosine", r.steps = 0; }).find("schedule"),
              std::string::npos);
    EXPECT_NE(refusal([](auto& r) { r.lora.output = "x.ckpt"; }).find("output"), std::string::npos);
    EXPECT_NE(refusal([](auto& r) { r.lora.folder = "/nowhere"; }).find("/nowhere"),
              std::string::npos);
    EXPECT_NE(refusal([](auto& r) { r.lora.model = "/nowhere.safetensors"; }).find("/nowhere"),
              std::string::npos);
}

}  // namespace
