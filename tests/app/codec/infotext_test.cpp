#include "app/codec/infotext.h"

#include "app/codec/text.h"
#include "diffusion/request_fields.h"
#include "tests/app/support/requests.h"

#include <gtest/gtest.h>

namespace codec {
namespace {

diffusion::Result exampleResult() {
    diffusion::Result result;
    result.request.prompt = "a cat, (detailed:1.2)";
    result.request.negative_prompt = "bad, [worse]";
    result.request.seed = 1;
    result.request.schedule = "Karras";
    result.request.width = result.image.width = 256;
    result.request.height = result.image.height = 128;
    result.model.name = "v1-5, pruned";
    result.model_hash = "6ce0161689";
    return result;
}

TEST(Infotext, is_written_as_a1111_writes_it) {
    const auto text = toUtf8(writeInfotext(infotextOf(exampleResult())));
    EXPECT_EQ(text,
              "a cat, (detailed:1.2)\n"
              "Negative prompt: bad, [worse]\n"
              "Steps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7, Seed: 1, Size: "
              "256x128, "
              "Model hash: 6ce0161689, Model: \"v1-5, pruned\", Version: Atelier " ATELIER_VERSION);
}

TEST(Infotext, clip_skip_stands_before_the_keys_that_only_atelier_has) {
    auto result = exampleResult();
    result.request.clip_skip = 2;
    result.request.guidance_rescale = 0.5;
    const auto text = toUtf8(writeInfotext(infotextOf(result)));
    EXPECT_NE(text.find("pruned\", Clip skip: 2, CFG rescale φ: 0.5, Version"), std::string::npos)
        << text;
}

TEST(Infotext, names_the_vae_but_not_where_it_lies) {
    auto result = exampleResult();
    result.request.vae = "/home/someone/models/taesd_decoder.safetensors";
    const auto text = toUtf8(writeInfotext(infotextOf(result)));
    EXPECT_NE(text.find("VAE: taesd_decoder.safetensors,"), std::string::npos) << text;
    EXPECT_EQ(text.find("someone"), std::string::npos) << text;
}

TEST(Infotext, lists_networks_and_their_hashes_as_a1111_does) {
    using diffusion::UsedNetwork;
    auto result = exampleResult();
    result.networks = {{UsedNetwork::Kind::lora, "ink", "0123456789ab"},
                       {UsedNetwork::Kind::embedding, "charm", "ba9876543210"},
                       {UsedNetwork::Kind::lora, "wash v2", "aaaabbbbcccc"}};
    const auto text = toUtf8(writeInfotext(infotextOf(result)));
    EXPECT_NE(text.find("Lora hashes: \"ink: 0123456789ab, wash v2: aaaabbbbcccc\", "
                        "TI hashes: \"charm: ba9876543210\", Version:"),
              std::string::npos)
        << text;
}

TEST(Infotext, a_changed_picture_says_how_much_and_not_of_which) {
    auto result = exampleResult();
    result.request.initial_image = "/home/someone/photo.png";
    result.request.mask = "/home/someone/hole.png";
    const auto text = toUtf8(writeInfotext(infotextOf(result)));
    EXPECT_NE(text.find("Denoising strength: 0.75"), std::string::npos) << text;
    EXPECT_EQ(text.find("someone"), std::string::npos) << text;
    result.request.initial_image.clear();
    EXPECT_EQ(toUtf8(writeInfotext(infotextOf(result))).find("Denoising"), std::string::npos);
}

TEST(Infotext, carries_every_field_there_and_back) {
    const auto request = test_support::unusual_request();
    diffusion::Result result;
    result.request = request;
    result.image.width = request.width;
    result.image.height = request.height;
    result.model.name = request.model;
    const auto back = requestOf(readInfotext(writeInfotext(infotextOf(result))));
    diffusion::visit_request_fields([&](const diffusion::FieldInfo& info, auto member) {
        // Pictures are shared, and these lie on this machine only.
        if (info.name == "initial_image" || info.name == "mask") return;
        EXPECT_EQ(back.*member, request.*member) << info.name;
    });
}

TEST(Infotext, knobs_have_the_keys_of_a1111) {
    diffusion::Result result;
    auto& r = result.request;
    r.prompt = "a (cat)";
    r.random_source = "NV";
    r.variation_seed = 12;
    r.variation_strength = 0.25;
    r.seed_resize_width = 512;
    r.seed_resize_height = 768;
    r.eta_noise_seed_delta = 31337;
    r.eta = 0.5;
    r.s_churn = 2;
    r.sigma_min = 0.1;
    r.discard_penultimate = true;
    r.noise_schedule = "Zero Terminal SNR";
    r.emphasis = "No norm";
    const auto text = toUtf8(writeInfotext(infotextOf(result)));
    for (const char* pair :
         {"RNG: NV", "Variation seed: 12", "Variation seed strength: 0.25",
          "Seed resize from: 512x768", "ENSD: 31337", "Eta: 0.5", "Sigma churn: 2",
          "Schedule min sigma: 0.1", "Discard penultimate sigma: True",
          "Noise Schedule: Zero Terminal SNR", "Emphasis: No norm"})
        EXPECT_NE(text.find(pair), std::string::npos) << pair << " in " << text;
    r.sampler = "DDIM";
    EXPECT_NE(toUtf8(writeInfotext(infotextOf(result))).find("Eta DDIM: 0.5"), std::string::npos);
    EXPECT_EQ(requestOf(infotextOf(result)).eta, 0.5);
}

TEST(Infotext, knobs_that_are_left_alone_write_nothing) {
    diffusion::Result result;
    result.request.emphasis = "Original";
    const auto text = toUtf8(writeInfotext(infotextOf(result)));
    for (const char* key : {"RNG", "Variation", "Seed resize", "ENSD", "Eta", "Sigma", "Schedule m",
                            "UniPC", "Discard", "Noise Schedule", "Emphasis", "NGMS", "CFG start",
                            "SDXL", "Batch", "Prediction", "Prompt 2"})
        EXPECT_EQ(text.find(key), std::string::npos) << key << " in " << text;
}

TEST(Infotext, the_size_of_an_old_first_pass_is_the_size) {
    const auto block = readInfotext("x\nSteps: 20, Seed: 3, Size: 1024x768, First pass size: 512x384");
    EXPECT_EQ(requestOf(block).width, 512);
    EXPECT_EQ(requestOf(block).height, 384);
    EXPECT_EQ(block.find("Hires resize-1"), "1024");
    // Not said: about 512 x 512 pixels of the shape.
    const auto chosen = readInfotext("x\nSteps: 20, Seed: 3, Size: 1024x512, First pass size: 0x0");
    EXPECT_EQ(requestOf(chosen).width, 768);
    EXPECT_EQ(requestOf(chosen).height, 384);
    const auto hostile =
        readInfotext("x\nSteps: 20, Seed: 3, Size: 0x99999999999, First pass size: 0x0");
    EXPECT_EQ(hostile.find("Size-1"), "0");
}

TEST(Infotext, an_old_hypernetwork_is_a_tag_of_the_prompt) {
    const auto block = readInfotext("x\nSteps: 20, Seed: 3, Hypernet: ink, Hypernet strength: 0.6");
    EXPECT_EQ(block.prompt, "x<hypernet:ink:0.6>");
}

TEST(Infotext, a_seed_delta_is_said_where_noise_is_drawn) {
    diffusion::Result result;
    result.request.eta_noise_seed_delta = 31337;
    const auto says = [&](const char* sampler) {
        result.request.sampler = sampler;
        return infotextOf(result).find("ENSD").has_value();
    };
    EXPECT_TRUE(says("Euler a"));
    EXPECT_TRUE(says("Restart"));
    EXPECT_FALSE(says("DPM++ 2M"));
    EXPECT_FALSE(says("DPM++ SDE"));
    result.request.s_churn = 1;
    EXPECT_TRUE(says("Euler"));
}

TEST(Infotext, prompts_keep_their_lines) {
    const auto block =
        readInfotext("one\ntwo\n\nfour\nNegative prompt: bad\nworse\nSteps: 20, Seed: 5, Model: m");
    EXPECT_EQ(block.prompt, "one\ntwo\n\nfour");
    EXPECT_EQ(block.negativePrompt, "bad\nworse");
    EXPECT_EQ(block.find("Seed"), "5");
}

TEST(Infotext, a_line_with_less_than_three_pairs_is_prompt) {
    const auto block = readInfotext("a cat\nSteps: 20, Seed: 5");
    EXPECT_EQ(block.prompt, "a cat\nSteps: 20, Seed: 5");
    EXPECT_TRUE(block.pairs.isEmpty());
}

TEST(Infotext, a_schedule_within_the_sampler_is_taken_apart) {
    const auto request =
        requestOf(readInfotext("x\nSteps: 20, Sampler: DPM++ 2M Karras, Seed: 3, Size: 64x32"));
    EXPECT_EQ(request.sampler, "DPM++ 2M");
    EXPECT_EQ(request.schedule, "Karras");
    EXPECT_EQ(request.width, 64);
    EXPECT_EQ(request.height, 32);
}

TEST(Infotext, numbers_that_can_not_be_keep_the_default) {
    const auto request = requestOf(
        readInfotext("x\nSteps: 99999999999, CFG scale: seven, Seed: nan, Clip skip: -4"));
    EXPECT_EQ(request.steps, diffusion::GenerationRequest().steps);
    EXPECT_EQ(request.guidance_scale, diffusion::GenerationRequest().guidance_scale);
    EXPECT_EQ(request.seed, diffusion::GenerationRequest().seed);
    EXPECT_EQ(request.clip_skip, diffusion::GenerationRequest().clip_skip);
}

TEST(Infotext, quotes_only_what_needs_them) {
    EXPECT_EQ(quoted("plain \"x\""), "plain \"x\"");
    EXPECT_EQ(toUtf8(quoted("é, 한\n\"x\"\t\x01")), "\"é, 한\\n\\\"x\\\"\\t\\u0001\"");
    EXPECT_EQ(unquoted("\"a\\nb\\u00e9\""), "a\nbé");
    EXPECT_EQ(unquoted("\"bad\\x\""), "\"bad\\x\"");
    EXPECT_EQ(unquoted("\""), "\"");
}

}  // namespace
}  // namespace codec
