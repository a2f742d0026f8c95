#include "diffusion/text/dialects.h"

#include "diffusion/text/attention.h"
#include "diffusion/text/comfy_weights.h"
#include "diffusion/text/compel.h"

#include <gtest/gtest.h>

namespace {

using namespace diffusion;
using enum Dialect;

std::string translated(const std::string& prompt, Dialect from, Dialect to) {
    const auto made = translate(prompt, from, to);
    EXPECT_TRUE(made.in_the_way.empty()) << prompt;
    return made.text;
}

TEST(Translate, WritesTheSameWeightsInTheOtherDialect) {
    EXPECT_EQ(translated("a cat++, dog-", compel, a1111), "a (cat:1.21), (dog:0.9)");
    EXPECT_EQ(translated("a (cat:1.3)", a1111, compel), "a (cat)1.3");
    EXPECT_EQ(translated("a [b] (c:1.5)", comfyui, a1111), "a \\[b\\] (c:1.5)");
    EXPECT_EQ(translated("a \\(b\\)", a1111, comfyui), "a \\(b\\)");
    EXPECT_EQ(parse_comfy_weights(translated("((a:2) b:0.5)", a1111, comfyui)),
              parse_attention("((a:2) b:0.5)"));
}

TEST(Translate, ABreakIsCompelsAnd) {
    EXPECT_EQ(translated("a BREAK b", a1111, compel), "(\"a\", \"b\").and()");
    EXPECT_EQ(translated("(\"a\", \"b+\").and()", compel, a1111), "a BREAK (b:1.1)");
}

TEST(Translate, KeepsNetworksAndTemplatesAsTheyAre) {
    EXPECT_EQ(translated("(a:1.2) <lora:x:0.8> {b|c} __d__", a1111, comfyui),
              "(a:1.2) <lora:x:0.8> {b|c} __d__");
}

struct Blocked {
    const char* prompt;
    Dialect from, to;
    Untranslatable what;
};

TEST(Translate, SaysWhatTheOtherDialectLacksAndChangesNothing) {
    const Blocked cases[] = {
        {"[a:b:0.5]", a1111, comfyui, Untranslatable::schedule},
        {"a AND b", a1111, compel, Untranslatable::composition},
        {"a BREAK b", a1111, comfyui, Untranslatable::chunk_break},
        {"(\"a\", \"b\").blend(0.5, 0.5)", compel, a1111, Untranslatable::blend},
        {"(\"a\", \"b\").and(1, 0.5)", compel, a1111, Untranslatable::weighted_parts},
        {"a BREAK close-up", a1111, compel, Untranslatable::chunk_break},
    };
    for (const auto& blocked : cases) {
        const auto made = translate(blocked.prompt, blocked.from, blocked.to);
        EXPECT_EQ(made.text, blocked.prompt);
        ASSERT_FALSE(made.in_the_way.empty()) << blocked.prompt;
        EXPECT_EQ(made.in_the_way[0], blocked.what) << blocked.prompt;
    }
}

}  // namespace
