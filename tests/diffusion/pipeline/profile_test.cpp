#include "diffusion/pipeline/profile.h"

#include <gtest/gtest.h>

#include "diffusion/error.h"
#include "diffusion/pipeline/guidance_rule.h"
#include "diffusion/pipeline/sampling_setup.h"

namespace diffusion::pipeline {
namespace {

GenerationRequest with_profile(const char* name) {
    GenerationRequest request;
    request.compatibility = name;
    return request;
}

TEST(Profile, ChoosesRandomNumbersAndEmphasis) {
    const auto rules = [](const char* name) { return with_profile_rules(with_profile(name)); };
    EXPECT_EQ(rules("Atelier").random_source, "CPU");
    EXPECT_EQ(rules("A1111").random_source, "NV");
    EXPECT_EQ(rules("ComfyUI").random_source, "CPU");
    EXPECT_EQ(rules("Atelier").emphasis, "Original");
    EXPECT_EQ(rules("ComfyUI").emphasis, "ComfyUI");
    EXPECT_EQ(rules("diffusers").emphasis, "None");
}

TEST(Profile, WhatIsAskedForStays) {
    auto request = with_profile("A1111");
    request.random_source = "CPU";
    request.emphasis = "No norm";
    EXPECT_EQ(with_profile_rules(request), request);
    EXPECT_EQ(stream_of(request), sampling::NoiseStream::cpu);
    EXPECT_EQ(reading_of(request).emphasis, Emphasis::no_norm);
}

TEST(Profile, OnlyA1111sRulesKnowItsGrammar) {
    EXPECT_TRUE(reading_of(with_profile("Atelier")).has_grammar);
    EXPECT_TRUE(reading_of(with_profile("A1111")).has_grammar);
    EXPECT_FALSE(reading_of(with_profile("ComfyUI")).has_grammar);
    EXPECT_FALSE(reading_of(with_profile("diffusers")).has_grammar);
    auto request = with_profile("diffusers");
    request.emphasis = "Original";
    EXPECT_TRUE(reading_of(request).has_grammar);
    EXPECT_FALSE(reading_of(request).is_cut);
    EXPECT_TRUE(reading_of(with_profile("diffusers")).is_cut);
    EXPECT_FALSE(reading_of(with_profile("ComfyUI")).is_cut);
    // What is recorded reads as it was made.
    EXPECT_FALSE(reading_of(with_profile_rules(with_profile("diffusers"))).has_grammar);
}

std::string refusal_of(const GenerationRequest& request) {
    try {
        check_profile(request);
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::bad_request);
        return error.what();
    }
    return "";
}

TEST(Profile, RefusesWhatItsProgramHasNothingFor) {
    auto request = with_profile("ComfyUI");
    request.variation_strength = 0.2;
    EXPECT_NE(refusal_of(request).find("variation_strength: ComfyUI"), std::string::npos);
    request = with_profile("diffusers");
    request.rho = 5;
    EXPECT_NE(refusal_of(request).find("rho: diffusers"), std::string::npos);
    request = with_profile("ComfyUI");
    request.pad_conds = true;
    EXPECT_NE(refusal_of(request).find("pad_conds: ComfyUI"), std::string::npos);
    for (const char* name : {"Atelier", "A1111"}) {
        request.compatibility = name;
        request.variation_strength = 0.2;
        EXPECT_EQ(refusal_of(request), "");
    }
}

GuidanceRule rule_of(const GenerationRequest& request, int steps, int calls_per_step = 1) {
    SamplingSetup setup;
    setup.step_count = steps;
    setup.calls_per_step = calls_per_step;
    return GuidanceRule(request, setup);
}

std::string skipped(const GuidanceRule& rule, int calls, double sigma = 1) {
    std::string text;
    for (int call = 0; call < calls; ++call) text += rule.skips(call, sigma) ? '-' : '+';
    return text;
}

TEST(GuidanceRule, GuidesEveryCallByDefault) {
    EXPECT_EQ(skipped(rule_of({}, 4), 12, 0.001), "++++++++++++");
}

TEST(GuidanceRule, GuidesWithinItsSharesOfTheSteps) {
    GenerationRequest request;
    request.guidance_start = 0.2;
    request.guidance_end = 0.7;
    EXPECT_EQ(skipped(rule_of(request, 10), 10), "--+++++---");
    EXPECT_EQ(skipped(rule_of(request, 5, 2), 10), "--++++++--");
}

TEST(GuidanceRule, SkipsTheFirstCallsAsA1111Counts) {
    GenerationRequest request;
    request.skip_early_guidance = 0.3;
    // Call 3 of 10 is at 0.3, which still belongs to them.
    EXPECT_EQ(skipped(rule_of(request, 10), 10), "----++++++");
    EXPECT_EQ(skipped(rule_of(request, 5, 2), 10), "----++++++");
}

TEST(GuidanceRule, SkipsEveryOtherCallBelowASigma) {
    GenerationRequest request;
    request.guidance_minimum_sigma = 2;
    EXPECT_EQ(skipped(rule_of(request, 6), 6, 1.9), "+-+-+-");
    EXPECT_EQ(skipped(rule_of(request, 6), 6, 2.0), "++++++");
    request.guidance_minimum_all_steps = true;
    EXPECT_EQ(skipped(rule_of(request, 6), 6, 1.9), "------");
}

}  // namespace
}  // namespace diffusion::pipeline
