// Every knob of a request reaches the picture, and what is recorded makes the picture again.

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>

#include "diffusion/engine.h"
#include "diffusion/error.h"

namespace diffusion {
namespace {

using Change = std::function<void(GenerationRequest&)>;

class EngineKnobsTest : public testing::Test {
protected:
    EngineKnobsTest() {
        EngineOptions options;
        options.resource_folder = std::string(ATELIER_BINARY_DIR) + "/share/atelier";
        options.device = "cpu";
        options.threads = 1;
        engine_.reset(atelier_create_engine(options));
    }

    static GenerationRequest request() {
        GenerationRequest r;
        r.prompt = "(red:1.3) apple";
        r.seed = 5;
        r.steps = 4;
        r.width = r.height = 64;
        r.sampler = "Euler";
        return r;
    }

    std::vector<Result> run(const GenerationRequest& r) { return engine_->generate(r, {}, {}, {}).images; }

    Image picture(const GenerationRequest& r) { return run(r).at(0).image; }

    /// Whether the second change shows in a picture that has the first one.
    bool shows(const Change& setting, const Change& knob) {
        auto r = request();
        setting(r);
        const auto before = picture(r);
        knob(r);
        return before != picture(r);
    }

    std::unique_ptr<Engine> engine_;
};

struct Knob {
    const char* name;
    Change setting;
    Change change;
};

const Change nothing = [](GenerationRequest&) {};

Change sampler(const char* name) {
    return [name](GenerationRequest& r) { r.sampler = name; };
}

Change schedule(const char* name) {
    return [name](GenerationRequest& r) { r.schedule = name; };
}

TEST_F(EngineKnobsTest, EveryOneChangesThePicture) {
    using R = GenerationRequest;
    const Knob knobs[] = {
        {"random_source", nothing, [](R& r) { r.random_source = "NV"; }},
        {"variation", nothing, [](R& r) { r.variation_seed = 9, r.variation_strength = 0.4; }},
        {"seed_resize", nothing, [](R& r) { r.seed_resize_width = r.seed_resize_height = 32; }},
        {"eta_noise_seed_delta", sampler("Euler a"), [](R& r) { r.eta_noise_seed_delta = 31337; }},
        {"batch", [](R& r) { r.compatibility = "ComfyUI"; }, [](R& r) { r.batch_position = 1; }},
        {"eta", sampler("Euler a"), [](R& r) { r.eta = 0.4; }},
        {"s_churn", nothing, [](R& r) { r.s_churn = 2; }},
        {"s_noise", sampler("Euler a"), [](R& r) { r.s_noise = 1.2; }},
        {"unipc_variant", sampler("UniPC"), [](R& r) { r.unipc_variant = "bh2"; }},
        {"unipc_order", sampler("UniPC"), [](R& r) { r.unipc_order = 1; }},
        {"unipc_skip_type", sampler("UniPC"), [](R& r) { r.unipc_skip_type = "logSNR"; }},
        {"unipc_lower_order_final", sampler("UniPC"),
         [](R& r) { r.unipc_lower_order_final = false; }},
        {"sigma_min", schedule("Karras"), [](R& r) { r.sigma_min = 0.3; }},
        {"sigma_max", schedule("Karras"), [](R& r) { r.sigma_max = 8; }},
        {"rho", schedule("Karras"), [](R& r) { r.rho = 3; }},
        {"discard_penultimate", nothing, [](R& r) { r.discard_penultimate = true; }},
        {"sgm_noise_multiplier", schedule("Exponential"), [](R& r) { r.sgm_noise_multiplier = true; }},
        {"noise_schedule", nothing, [](R& r) { r.noise_schedule = "Zero Terminal SNR"; }},
        {"downcast_alphas", nothing, [](R& r) { r.downcast_alphas = true; }},
        {"typed sigmas", nothing, schedule("14, 6, 2, 1, 0")},
        {"prediction", nothing, [](R& r) { r.prediction = "epsilon"; }},
        {"guidance_start", nothing, [](R& r) { r.guidance_start = 0.5; }},
        {"guidance_end", nothing, [](R& r) { r.guidance_end = 0.5; }},
        {"skip_early_guidance", nothing, [](R& r) { r.skip_early_guidance = 0.3; }},
        {"guidance_minimum_sigma", nothing, [](R& r) { r.guidance_minimum_sigma = 20; }},
        {"guidance_minimum_all_steps", [](R& r) { r.guidance_minimum_sigma = 3; },
         [](R& r) { r.guidance_minimum_all_steps = true; }},
        {"emphasis", nothing, [](R& r) { r.emphasis = "Ignore"; }},
        {"prompt_comments", [](R& r) { r.prompt = "red # apple"; },
         [](R& r) { r.prompt_comments = false; }},
        {"old_prompt_timelines", [](R& r) { r.prompt = "[red apple:green tree:1.5]"; },
         [](R& r) { r.old_prompt_timelines = true; }},
        {"pad_conds", [](R& r) { r.prompt = "red BREAK apple"; }, [](R& r) { r.pad_conds = true; }},
        {"pad_conds_v0", [](R& r) { r.prompt = "red BREAK apple"; },
         [](R& r) { r.pad_conds_v0 = true; }},
        {"compatibility", [](R& r) { r.prompt = "red apple"; },
         [](R& r) { r.compatibility = "ComfyUI"; }},
    };
    for (const auto& knob : knobs) EXPECT_TRUE(shows(knob.setting, knob.change)) << knob.name;
}

int largest_difference(const Image& a, const Image& b) {
    if (a.pixels.size() != b.pixels.size()) return 256;
    int most = 0;
    for (size_t i = 0; i < a.pixels.size(); ++i)
        most = std::max(most, std::abs(int(a.pixels[i]) - int(b.pixels[i])));
    return most;
}

TEST_F(EngineKnobsTest, EveryPictureOfARowIsMadeAgainByWhatItRecords) {
    const Change changes[] = {
        nothing,
        [](auto& r) { r.random_source = "NV"; },
        [](auto& r) { r.compatibility = "A1111"; },
        [](auto& r) { r.compatibility = "ComfyUI"; },
        [](auto& r) { r.compatibility = "diffusers"; },
        [](auto& r) { r.variation_strength = 0.3, r.variation_seed = 77; },
        [](auto& r) { r.variation_strength = 0.3, r.variation_seed = 77, r.random_source = "NV"; },
        [](auto& r) { r.seed_resize_width = r.seed_resize_height = 48; },
        [](auto& r) { r.eta_noise_seed_delta = 31337; },
    };
    for (const char* name : {"Euler a", "DPM++ 2M SDE"}) {
        for (const auto& change : changes) {
            auto r = request();
            r.sampler = name;
            r.count = 3;
            change(r);
            const auto row = run(r);
            ASSERT_EQ(row.size(), 3u);
            for (const auto& one : row) {
                EXPECT_EQ(one.request.count, 1);
                EXPECT_LE(largest_difference(picture(one.request), one.image), 1)
                    << name << " " << one.request.compatibility << " " << one.request.random_source
                    << " " << one.request.variation_strength;
            }
            EXPECT_GT(largest_difference(row[0].image, row[1].image), 1);
        }
    }
}

TEST_F(EngineKnobsTest, ResultsRecordWhatTheProfileDecided) {
    auto r = request();
    r.compatibility = "ComfyUI";
    const auto comfy = run(r).at(0).request;
    EXPECT_EQ(comfy.random_source, "CPU");
    EXPECT_EQ(comfy.emphasis, "ComfyUI");
    EXPECT_EQ(comfy.schedule, "Normal");
    r.compatibility = "A1111";
    EXPECT_EQ(run(r).at(0).request.random_source, "NV");
    r.schedule = "14,6,2,0";
    const auto typed = run(r).at(0).request;
    EXPECT_EQ(typed.schedule, "14, 6, 2, 0");
    EXPECT_EQ(typed.steps, 3);
}

TEST_F(EngineKnobsTest, OneStepNeedsNoTree) {
    auto r = request();
    r.sampler = "DPM++ SDE";
    r.steps = 1;
    EXPECT_EQ(picture(r).width, 64);
}

TEST_F(EngineKnobsTest, ChoicesThatDoNotExistAreNamed) {
    auto r = request();
    r.emphasis = "loud";
    try {
        run(r);
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::bad_request);
        EXPECT_NE(std::string(error.what()).find("emphasis: expected Automatic"), std::string::npos);
    }
}

}  // namespace
}  // namespace diffusion
