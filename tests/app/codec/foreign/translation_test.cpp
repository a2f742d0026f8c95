#include "app/codec/foreign/translation.h"

#include "app/codec/foreign/prompt_grammar.h"

#include <gtest/gtest.h>

namespace codec::foreign {
namespace {

Vocabulary vocabulary() {
    return {{{"DPM++ 2M", {"dpmpp_2m", "k_dpmpp_2m"}},
             {"Euler a", {"euler_ancestral", "k_euler_ancestral"}},
             {"PLMS", {}}},
            {{"Automatic", {}}, {"Karras", {}}, {"Uniform", {}}, {"Normal", {}}},
            "Atelier"};
}

Translation translated(const Json& settings, PromptGrammar grammar = PromptGrammar::a1111) {
    return translate({"program", "place", grammar, settings}, vocabulary());
}

const FieldReport& field(const Translation& translation, const QString& name) {
    for (const auto& entry : translation.fields)
        if (entry.name == name) return entry;
    static const FieldReport absent{"absent", {}, {}, Fate::unknown, {}};
    return absent;
}

TEST(Translation, takes_over_what_means_the_same) {
    const auto result = translated({{"prompt", "a (cat:1.2)"},
                                    {"negative_prompt", "bad"},
                                    {"seed", 3021856115},
                                    {"steps", 25},
                                    {"cfg_scale", 6.5},
                                    {"width", 512},
                                    {"height", 768},
                                    {"clip_skip", 2},
                                    {"sampler", "Euler a"},
                                    {"noise", "cpu"},
                                    {"model", "Atelier"}});
    for (const auto& entry : result.fields)
        EXPECT_EQ(entry.fate, Fate::identical) << entry.name.toStdString();
    EXPECT_EQ(result.fields.size(), 11);
    EXPECT_EQ(result.request.prompt, "a (cat:1.2)");
    EXPECT_EQ(result.request.seed, 3021856115);
    EXPECT_EQ(result.request.guidance_scale, 6.5);
    EXPECT_EQ(result.request.height, 768);
    EXPECT_EQ(result.request.clip_skip, 2);
}

TEST(Translation, says_names_in_its_own_words) {
    const auto result = translated({{"sampler", "dpmpp_2m"}, {"scheduler", "normal"}});
    EXPECT_EQ(result.request.sampler, "DPM++ 2M");
    EXPECT_EQ(result.request.schedule, "Normal");
    EXPECT_EQ(field(result, "sampler").fate, Fate::translated);
    EXPECT_EQ(field(result, "scheduler").fate, Fate::translated);
    for (const char* name : {"DPM++ 2M Karras", "dpmpp_2m_k"}) {
        const auto karras = translated({{"sampler", name}}).request;
        EXPECT_EQ(karras.sampler, "DPM++ 2M");
        EXPECT_EQ(karras.schedule, "Karras");
    }
    EXPECT_EQ(translated({{"sampler", "euler_a"}}).request.sampler, "Euler a");
    EXPECT_EQ(translated({{"sampler", "pndm"}}).request.sampler, "PLMS");
}

TEST(Translation, names_what_it_can_not_do) {
    const auto result = translated({{"seed", 18446744073709551615u},
                                    {"steps", "many"},
                                    {"width", 100000},
                                    {"sampler", "dance"},
                                    {"denoise", 0.5},
                                    {"loras", {{{"name", ""}}}},
                                    {"initial_image", "a.png"},
                                    {"Hires upscale", "2"}});
    for (const auto& entry : result.fields)
        EXPECT_EQ(entry.fate, Fate::unsupported) << entry.name.toStdString();
    EXPECT_EQ(result.fields.size(), 8);
    const diffusion::GenerationRequest defaults;
    EXPECT_EQ(result.request, defaults) << "defaults stay";
}

TEST(Translation, takes_the_knobs_of_a1111_by_their_keys) {
    const auto result = translated({{"noise", "gpu"},
                                    {"variation_seed", 12},
                                    {"variation_strength", 0.25},
                                    {"Seed resize from-1", "512"},
                                    {"Seed resize from-2", "768"},
                                    {"ENSD", "31337"},
                                    {"Eta DDIM", "0.5"},
                                    {"Sigma churn", "2"},
                                    {"Schedule rho", "5"},
                                    {"UniPC variant", "bh2"},
                                    {"Discard penultimate sigma", "True"},
                                    {"Noise Schedule", "Zero Terminal SNR"},
                                    {"Emphasis", "No norm"},
                                    {"NGMS", "1.5"},
                                    {"Skip Early CFG", "0.2"}});
    const auto& request = result.request;
    EXPECT_EQ(request.random_source, "NV");
    EXPECT_EQ(request.variation_seed, 12);
    EXPECT_EQ(request.variation_strength, 0.25);
    EXPECT_EQ(request.seed_resize_width, 512);
    EXPECT_EQ(request.seed_resize_height, 768);
    EXPECT_EQ(request.eta_noise_seed_delta, 31337);
    EXPECT_EQ(request.eta, 0.5);
    EXPECT_EQ(request.s_churn, 2);
    EXPECT_EQ(request.rho, 5);
    EXPECT_EQ(request.unipc_variant, "bh2");
    EXPECT_TRUE(request.discard_penultimate);
    EXPECT_EQ(request.noise_schedule, "Zero Terminal SNR");
    EXPECT_EQ(request.emphasis, "No norm");
    EXPECT_EQ(request.guidance_minimum_sigma, 1.5);
    EXPECT_EQ(request.skip_early_guidance, 0.2);
    EXPECT_EQ(field(result, "noise").fate, Fate::translated);
    EXPECT_EQ(field(result, "Sigma churn").fate, Fate::identical);
    EXPECT_EQ(field(translated({{"Emphasis", "loud"}}), "Emphasis").fate, Fate::unsupported);
    EXPECT_EQ(field(translated({{"Sigma churn", "much"}}), "Sigma churn").fate, Fate::unsupported);
}

TEST(Translation, knows_whose_rules_a_picture_follows) {
    const auto of = [](const char* program) {
        return translate({QString::fromUtf8(program), "parameters", PromptGrammar::a1111, {{"steps", 3}}},
                         vocabulary())
            .request.compatibility;
    };
    EXPECT_EQ(of("A1111 v1.10.1"), "A1111");
    EXPECT_EQ(of("Fooocus"), "Atelier");
    EXPECT_EQ(of("ComfyUI"), "ComfyUI");
}

TEST(Translation, keeps_the_writing_of_comfyui_where_its_profile_reads_it) {
    const auto of = [](const Json& settings) {
        return translate({"ComfyUI", "prompt", PromptGrammar::comfyui, settings}, vocabulary());
    };
    const auto kept = of({{"prompt", "(a:1.2) [b] AND c"}});
    EXPECT_EQ(kept.request.prompt, "(a:1.2) [b] AND c");
    EXPECT_EQ(field(kept, "prompt").fate, Fate::identical);
    EXPECT_EQ(kept.request.compatibility, "ComfyUI");
    const auto named = of({{"prompt", "[b] embedding:c"}});
    EXPECT_EQ(named.request.prompt, "\\[b\\] c");
    EXPECT_EQ(named.request.compatibility, "Atelier");
}

TEST(Translation, two_texts_of_sdxl_become_two_prompts) {
    const auto result = translated({{"prompt", "wide"}, {"text_l", "narrow"}});
    EXPECT_EQ(result.request.prompt, "narrow");
    EXPECT_EQ(result.request.prompt_2, "wide");
}

TEST(Translation, admits_what_it_does_not_know) {
    const auto result = translated({{"model", "other"}, {"model_hash", "12"}, {"Mystery", "1"}});
    EXPECT_EQ(result.fields.size(), 3);
    for (const auto& entry : result.fields) EXPECT_EQ(entry.fate, Fate::unknown);
    const auto blind = translate(
        {"program", "place", PromptGrammar::a1111, {{"sampler", "Euler a"}}}, Vocabulary());
    EXPECT_EQ(field(blind, "sampler").fate, Fate::unknown);
}

TEST(Translation, leaves_hypernetworks_out_of_the_prompt) {
    const auto result = translated({{"prompt", "a cat <lora:ink:0.5><hypernet:old:1>"}});
    EXPECT_EQ(result.request.prompt, "a cat <lora:ink:0.5>");
    EXPECT_EQ(field(result, "prompt networks").found, "<hypernet:old:1>");
    EXPECT_EQ(field(result, "prompt networks").fate, Fate::unsupported);
}

TEST(Translation, loras_beside_a_prompt_become_its_tags) {
    const auto result =
        translated({{"prompt", "a cat"},
                    {"loras",
                     {{{"name", "styles\\ink.safetensors"}, {"model", 0.8}, {"clip", 1}},
                      {{"name", "wash"}, {"weight", 0.5}},
                      {{"name", "plain"}}}}});
    EXPECT_EQ(result.request.prompt, "a cat<lora:ink:1:0.8><lora:wash:0.5><lora:plain>");
    EXPECT_EQ(field(result, "loras").fate, Fate::translated);
    const auto odd = translated({{"prompt", "a cat"}, {"loras", {{{"name", "a>b"}}}}});
    EXPECT_EQ(odd.request.prompt, "a cat");
    EXPECT_EQ(field(odd, "loras").fate, Fate::unsupported);
}

TEST(Translation, averaged_prompts_become_shares) {
    const auto mean =
        translated({{"prompt_parts", {"a", "b"}}, {"prompt_combination", "ConditioningCombine"}},
                   PromptGrammar::comfyui);
    EXPECT_EQ(mean.request.prompt, "a :0.5 AND b :0.5");
    EXPECT_EQ(field(mean, "prompt_parts").fate, Fate::translated);
    const auto row =
        translated({{"prompt_parts", {"a", "b"}}, {"prompt_combination", "ConditioningConcat"}});
    EXPECT_EQ(row.request.prompt, "a BREAK b");
    const auto other =
        translated({{"prompt_parts", {"a", "b"}}, {"prompt_combination", "ConditioningAverage"}});
    EXPECT_EQ(other.request.prompt, "a");
    EXPECT_EQ(field(other, "prompt_parts").fate, Fate::unsupported);
}

struct Prompt {
    PromptGrammar grammar;
    const char* text;
    const char* expected;
};

TEST(Translation, weights_are_written_in_one_grammar) {
    using enum PromptGrammar;
    for (const auto& prompt :
         std::vector<Prompt>{{a1111, "(a) [b] AND c", "(a) [b] AND c"},
                             {comfyui, "(a:1.2) [b] AND embedding:c", "(a:1.2) \\[b\\] and c"},
                             {novelai, "a, {b}, [c], (d)", "a, (b:1.05), (c:0.9524), \\(d\\)"},
                             {novelai, "{{a}} 1.5::b:: c", "(a:1.1025) (b:1.5) c"},
                             {compel, "a close-up, b", "a close-up, b"},
                             {compel, "a++ b-", "(a:1.21) (b:0.9)"},
                             {compel, "(a b)1.3 (c)+ (d)", "(a b:1.3) (c:1.1) d"},
                             {compel, "((a)+ b)+", "(a:1.21)( b:1.1)"}})
        EXPECT_EQ(translatePrompt(prompt.text, prompt.grammar).text, prompt.expected)
            << prompt.text;
}

}  // namespace
}  // namespace codec::foreign
