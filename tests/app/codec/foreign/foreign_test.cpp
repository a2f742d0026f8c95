#include "app/codec/foreign/foreign.h"

#include "app/gallery/image_metadata.h"

#include <QElapsedTimer>

#include <gtest/gtest.h>
#include <random>

namespace codec::foreign {
namespace {

Found inPicture(const QString& file) {
    const auto texts = gallery::readTexts(QStringLiteral(ATELIER_TEST_DATA "/metadata/pictures/") + file);
    const auto found = findSettings(texts);
    EXPECT_TRUE(found) << file.toStdString();
    return found.value_or(Found());
}

Json lighthouse(const Json& further) {
    Json settings{{"prompt", "a lighthouse at dusk, oil painting"},
                  {"negative_prompt", "blurry, text"},
                  {"seed", 424242}};
    settings.update(further);
    return settings;
}

/// The wanted settings are among those that were found.
void expectSettings(const QString& file, const char* program, const Json& wanted) {
    const auto found = inPicture(file);
    EXPECT_TRUE(found.program.startsWith(program)) << found.program.toStdString();
    for (const auto& [name, value] : wanted.items())
        EXPECT_EQ(member(found.settings, name.c_str()), value) << file.toStdString() << " " << name;
}

TEST(Foreign, knows_every_program) {
    expectSettings("swarm.png", "SwarmUI 0.9.5",
                   lighthouse({{"steps", 22}, {"cfg_scale", 6.5}, {"scheduler", "karras"}}));
    expectSettings("swarm_old.jpg", "SwarmUI", lighthouse({{"width", 1024}}));
    expectSettings("fooocus.jpg", "Fooocus v2.5.5",
                   lighthouse({{"sampler", "dpmpp_2m_sde_gpu"}, {"width", 1152}, {"height", 896}}));
    expectSettings("draw_things.png", "Draw Things",
                   lighthouse({{"sampler", "DPM++ 2M Karras"}, {"height", 768}}));
    expectSettings("easy_diffusion_caps.png", "Easy Diffusion",
                   lighthouse({{"steps", 25}, {"model", "sd-v1-5"}}));
    expectSettings("invoke_v4.png", "InvokeAI 4.2.9",
                   lighthouse({{"model", "Juggernaut XL"}, {"sampler", "dpmpp_2m_k"}}));
    expectSettings("invoke_v3.png", "InvokeAI 3",
                   lighthouse({{"loras", {{{"name", "ink"}, {"weight", 0.5}}}}}));
    expectSettings("invoke_v2.png", "InvokeAI 2", lighthouse({{"sampler", "k_lms"}}));
    expectSettings("invoke_dream.png", "InvokeAI", {{"negative_prompt", ""}, {"width", 512}});
    expectSettings("extras.png", "A1111 extras", {{"Postprocess upscale by", "2"}});
    expectSettings(
        "a1111_unicode.jpg", "A1111 v1.10.1",
        {{"prompt", "고양이 🙂, 猫, naïve"}, {"sampler", "Euler a"}, {"noise", "gpu"}});
}

TEST(Foreign, reads_novelais_people) {
    expectSettings("novelai_v4.png", "NovelAI",
                   lighthouse({{"characters",
                                {{{"prompt", "girl, red hat"},
                                  {"negative", "extra hands"},
                                  {"centers", {{{"x", 0.3}, {"y", 0.5}}}}}}}}));
}

TEST(Foreign, follows_comfyuis_links) {
    expectSettings("comfy_lora.png", "ComfyUI",
                   {{"prompt", "a lora cat, masterpiece"},
                    {"model", "dir/model_a.safetensors"},
                    {"loras",
                     {{{"name", "l1.safetensors"}, {"model", 0.8}, {"clip", 0.7}},
                      {{"name", "l2.safetensors"}, {"model", -0.5}, {"clip", 1.0}}}}});
    expectSettings("comfy_simple.webp", "ComfyUI", {{"steps", 25}, {"width", 1024}});
    expectSettings("comfy_custom.png", "ComfyUI",
                   {{"sampler", "euler_ancestral"}, {"scheduler", "beta"}, {"steps", 22}});
    expectSettings("comfy_concat.png", "ComfyUI",
                   {{"prompt_parts", {"a concat cat, masterpiece", "second part"}}});
    const auto passes = inPicture("comfy_hires.png").settings["passes"];
    EXPECT_EQ(passes.size(), 2u);
    EXPECT_EQ(passes[1]["denoise"], 0.5);
}

TEST(Foreign, reads_the_editors_graph_where_there_is_no_other) {
    const QString workflow = R"({"nodes": [
        {"id": 3, "type": "KSampler", "widgets_values": [7, "fixed", 12, 5.5, "euler", "normal", 1],
         "inputs": [{"name": "model", "link": 1}, {"name": "positive", "link": 2},
                    {"name": "negative", "link": 3}, {"name": "latent_image", "link": 4}]},
        {"id": 4, "type": "CheckpointLoaderSimple", "widgets_values": ["m.safetensors"]},
        {"id": 6, "type": "CLIPTextEncode", "widgets_values": ["red apple"]},
        {"id": 7, "type": "CLIPTextEncode", "widgets_values": ["blur"]},
        {"id": 5, "type": "EmptyLatentImage", "widgets_values": [640, 512, 1]}],
        "links": [[1, 4, 0, 3, 0, "MODEL"], [2, 6, 0, 3, 1, "C"], [3, 7, 0, 3, 2, "C"],
                  [4, 5, 0, 3, 3, "LATENT"]]})";
    const auto found = findSettings({{"workflow", workflow}});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->settings["prompt"], "red apple");
    EXPECT_EQ(found->settings["negative_prompt"], "blur");
    EXPECT_EQ(found->settings["seed"], 7);
    EXPECT_EQ(found->settings["sampler"], "euler");
    EXPECT_EQ(found->settings["width"], 640);
    EXPECT_EQ(found->settings["model"], "m.safetensors");
}

TEST(Foreign, a_graph_that_bites_its_tail_ends) {
    const QString graph = R"({"1": {"class_type": "KSampler", "inputs": {"seed": 1, "steps": 2,
        "model": ["1", 0], "positive": ["2", 0], "latent_image": ["1", 0]}},
        "2": {"class_type": "CLIPTextEncode", "inputs": {"text": ["3", 0]}},
        "3": {"class_type": "PrimitiveString", "inputs": {"value": ["3", 0]}},
        "4": {"class_type": "SaveImage", "inputs": {"images": ["1", 0]}}})";
    const auto found = findSettings({{"prompt", graph}});
    ASSERT_TRUE(found);
    EXPECT_FALSE(found->settings.contains("prompt"));
    EXPECT_EQ(found->settings["steps"], 2);
}

TEST(Foreign, a_graph_that_no_one_can_have_drawn_is_passed_over) {
    const auto programOf = [](int nodes) {
        QString text = R"({"k": {"class_type": "KSampler", "inputs": {"seed": 1, "steps": 2}})";
        for (int i = 1; i < nodes; ++i)
            text += QStringLiteral(R"(, "%1": {"class_type": "Note", "inputs": {}})").arg(i);
        const auto found = findSettings({{"prompt", text + "}"}});
        return found ? found->program : QString();
    };
    EXPECT_EQ(programOf(5000), "ComfyUI");
    EXPECT_NE(programOf(5001), "ComfyUI");
}

TEST(Foreign, what_people_and_cameras_say_is_no_setting) {
    EXPECT_FALSE(findSettings({}));
    EXPECT_FALSE(findSettings({{"comment", "Created with GIMP"}}));
    EXPECT_FALSE(findSettings({{"exif.UserComment", "Our holiday, 2019"}, {"exif.Model", "X100"}}));
    EXPECT_FALSE(findSettings({{"prompt", "{\"a\": [1"}, {"invokeai_metadata", "[1,2"}}));
}

TEST(Foreign, json_has_limits) {
    EXPECT_FALSE(parseObject(QString("{\"a\":").repeated(100) + "1" + QString("}").repeated(100)));
    EXPECT_FALSE(parseObject("[1]"));
    EXPECT_EQ(*parseObject("{\"a\": NaN, \"b\": \"NaN\", \"c\": -Infinity}"),
              Json({{"a", nullptr}, {"b", "NaN"}, {"c", nullptr}}));
}

TEST(Foreign, values_of_other_types_do_no_harm) {
    const QStringList values{"null", "1", "\"x\"", "[]", "{}", "[[1]]", "{\"name\": [1]}", "true"};
    const QStringList keys{"prompt",
                           "sui_image_params",
                           "positive_prompt",
                           "image",
                           "model",
                           "loras",
                           "nodes",
                           "links",
                           "v4_prompt",
                           "base_model",
                           "c",
                           "clip_skip",
                           "inputs",
                           "class_type",
                           "seed",
                           "steps",
                           "end_at_step",
                           "char_captions"};
    std::mt19937 random(7);
    const auto any = [&](const QStringList& list) {
        return list[qsizetype(random() % quint64(list.size()))];
    };
    for (int round = 0; round < 3000; ++round) {
        QStringList members;
        for (int i = 0; i < 5; ++i)
            members +=
                QStringLiteral("\"%1\": %2")
                    .arg(any(keys),
                         round % 2 ? any(values)
                                   : QStringLiteral("{\"class_type\": %1, \"inputs\": {\"%2\": %3, "
                                                    "\"seed\": 1, \"steps\": %3}}")
                                         .arg(any(values), any(keys), any(values)));
        const auto text = QStringLiteral("{%1}").arg(members.join(", "));
        QList<PictureText> texts{{"Software", "NovelAI"}};
        for (const QString keyword : {"parameters", "prompt", "workflow", "invokeai_metadata",
                                      "sd-metadata", "Comment", "stealth"})
            if (random() % 2) texts.append({keyword, text});
        EXPECT_NO_THROW(findSettings(texts)) << text.toStdString();
    }
}

}  // namespace
}  // namespace codec::foreign
