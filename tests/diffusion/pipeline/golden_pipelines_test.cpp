#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/probe/probe.h"

namespace probe {
namespace {

namespace fs = std::filesystem;

class Pipelines : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        options_.in = ATELIER_TEST_DATA;
        options_.out = fs::temp_directory_path() / ("atelier_pipelines_" + std::string(GetParam()));
        options_.case_name = GetParam();
        fs::remove_all(options_.out);
    }

    void TearDown() override { fs::remove_all(options_.out); }

    Options options_;
};

/// Ten times the distance between two float32 computations of the reference itself.
TEST_P(Pipelines, EqualDiffusers) {
    const auto counts = run_pipelines(options_);
    ASSERT_EQ(counts.computed, 1);
    const std::string file = std::string("pipelines/") + GetParam() + ".safetensors";
    const auto expected = read_tensors(options_, file);
    Options written = options_;
    written.in = options_.out;
    const auto found = read_tensors(written, file);
    const auto run = read_json(options_, "pipelines/index.json").at(GetParam());
    const auto tolerance = 10 * run.at("deviation_latents").get<double>();
    int steps = 0;
    for (const auto& [name, value] : expected) {
        const bool is_state = name == "out.latents" || name.rfind("step.", 0) == 0;
        if (!is_state) continue;
        ASSERT_TRUE(found.count(name)) << name;
        EXPECT_LT((found.at(name) - value).abs().max().item<double>(), tolerance) << name;
        ++steps;
    }
    EXPECT_GT(steps, 1);
    const auto off = (found.at("out.uint8").to(torch::kInt) - expected.at("out.uint8").to(torch::kInt)).abs();
    EXPECT_LE(off.max().item<int>(), 2);
    EXPECT_LT((off > 1).to(torch::kDouble).mean().item<double>(), 0.001);
    EXPECT_LT((found.at("scheduler.timesteps") - expected.at("scheduler.timesteps")).abs().max().item<double>(),
              1e-2);
}

std::string name_of_run(const testing::TestParamInfo<const char*>& run) {
    std::string name = run.param;
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Runs, Pipelines,
                         testing::Values("sd1_euler", "sd1_euler_karras", "sd1_euler_linspace", "sd1_euler_batch2",
                                         "sd1_euler_nocfg", "sd1_euler_rescale", "sd1_euler_custom_timesteps",
                                         "sd1_euler_a", "sd1_heun", "sd1_dpmpp_2m", "sd1_dpmpp_2m_karras",
                                         "sd1_ddim", "sd1_ddim_eta", "sd1_pndm", "sd1_unipc", "sd1_lms",
                                         "sd1_dpmpp_2m_sde_karras", "sd1_dpmpp_singlestep", "sd1_deis",
                                         "sd1_lcm", "sd1_ddpm", "sd1_dpm2", "sd2v_ddim", "sd2v_euler",
                                         "sd2v_dpmpp_2m_karras", "sd2v_ddim_ztsnr", "sd2v_euler_ztsnr",
                                         "sdxl_euler", "sdxl_euler_negsize", "sdxl_dpmpp_2m_karras",
                                         "sdxl_ddim_rescale_batch2", "sdxl_base_to_0.6"),
                         name_of_run);

INSTANTIATE_TEST_SUITE_P(RunsFromPictures, Pipelines,
                         testing::Values("sd1_img2img_euler", "sd1_img2img_ddim", "sd1_img2img_pndm",
                                         "sd1_img2img_dpmpp_2m_karras", "sd1_inpaint_ddim",
                                         "sd1_inpaint_euler_s75", "inpaint9_euler", "inpaint9_ddim_s8",
                                         "sdxl_img2img_euler",
                                         "sdxl_inpaint_euler", "sdxl_refiner_from_0.6"),
                         name_of_run);

INSTANTIATE_TEST_SUITE_P(RunsWithControlNets, Pipelines,
                         testing::Values("cn_sd1_guess", "cn_sd1_two"), name_of_run);

}  // namespace
}  // namespace probe
