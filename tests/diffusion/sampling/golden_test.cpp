// The reference's own numbers: tests/data holds a small part of the vectors that Forge, ComfyUI,
// k-diffusion and diffusers computed. The probe's functions compute them anew into a temporary
// folder, and every recorded value is compared.

#include <torch/utils.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <functional>
#include <set>

#include <unistd.h>

#include "diffusion/checkpoint/safetensors.h"
#include "tests/probe/probe.h"

namespace {

using Json = nlohmann::ordered_json;

class GoldenTest : public testing::Test {
protected:
    void SetUp() override {
        torch::set_num_threads(1);  // small tensors: threads cost more than they bring
        options_.in = ATELIER_TEST_DATA;
        options_.out = std::filesystem::temp_directory_path() /
                       ("atelier-golden-" + std::to_string(::getpid()));
    }

    void TearDown() override { std::filesystem::remove_all(options_.out); }

    Json expected(const std::string& file) const { return probe::read_json(options_, file); }

    Json computed(const std::string& file) const {
        auto written = options_;
        written.in = options_.out;
        return probe::read_json(written, file);
    }

    probe::Options options_;
};

double value_of(const Json& number) {
    if (!number.is_string()) return number.get<double>();
    return number == "nan" ? std::nan("") : number == "inf" ? INFINITY : -INFINITY;
}

/// Every recorded number against the computed one; null in the record asks nothing.
void expect_near(const Json& expected, const Json& actual, double absolute, double relative,
                 const std::string& where) {
    if (expected.is_null()) return;
    if (expected.is_structured()) {
        ASSERT_EQ(expected.size(), actual.size()) << where;
        if (expected.is_array())
            for (size_t i = 0; i < expected.size(); ++i)
                expect_near(expected[i], actual[i], absolute, relative,
                            where + "[" + std::to_string(i) + "]");
        else
            for (const auto& [key, value] : expected.items())
                expect_near(value, actual.at(key), absolute, relative, where + "." + key);
        return;
    }
    const double wanted = value_of(expected);
    // Where the reference divides 0 by 0 for a schedule of one step, ours has a number.
    if (std::isnan(wanted)) {
        ASSERT_TRUE(std::isfinite(value_of(actual))) << where;
        return;
    }
    ASSERT_NEAR(wanted, value_of(actual), absolute + relative * std::abs(wanted)) << where;
}

/// One field of every row of a list.
void expect_field(const Json& expected, const Json& actual, const char* list, const char* field,
                  double absolute, double relative) {
    for (size_t i = 0; i < expected[list].size(); ++i) {
        const auto& row = expected[list][i];
        if (row.contains(field))
            expect_near(row[field], actual[list][i].value(field, Json()), absolute, relative,
                        row.dump().substr(0, 120) + "." + field);
    }
}

void expect_tensors(const probe::Tensors& expected, const probe::Tensors& actual,
                    const std::function<double(const std::string&)>& tolerance) {
    int compared = 0;
    for (const auto& [name, tensor] : expected) {
        const auto found = actual.find(name);
        if (found == actual.end()) continue;  // an input
        ++compared;
        ASSERT_EQ(tensor.sizes(), found->second.sizes()) << name;
        const auto difference =
            (tensor.to(torch::kFloat64) - found->second.to(torch::kFloat64)).abs().max();
        EXPECT_LE(difference.item<double>(), tolerance(name)) << name;
    }
    EXPECT_GT(compared, 0);
}

probe::Tensors tensors_of(const std::filesystem::path& folder, const std::string& file) {
    return diffusion::checkpoint::read_safetensors(folder / file).tensors;
}

TEST_F(GoldenTest, SamplersRepeatTheReferencesResults) {
    const auto counts = probe::run_samplers(options_);
    EXPECT_EQ(counts.failed, 0);
    const auto wanted = expected("samplers/index.json");
    const auto found = computed("samplers/index.json");
    std::set<std::string> files;
    for (size_t i = 0; i < wanted["cases"].size(); ++i) {
        const auto& row = wanted["cases"][i];
        EXPECT_FALSE(found["cases"][i].contains("error")) << found["cases"][i].dump();
        files.insert(row["file"].get<std::string>());
    }
    expect_field(wanted, found, "cases", "model_calls", 1e-9, 1e-6);
    for (const auto& file : files)
        expect_tensors(tensors_of(options_.in, "samplers/" + file),
                       tensors_of(options_.out, "samplers/" + file), [](const std::string& name) {
                           if (name.starts_with("diffusers_unipc") ||
                               name.starts_with("diffusers_deis"))
                               return 1e-3;
                           if (name.starts_with("diffusers_")) return 2e-4;
                           if (name.starts_with("a1111_lcm")) return 1e-4;
                           if (name.starts_with("deis")) return 1e-7;
                           return name.starts_with("dpm_adaptive") ? 1e-8 : 1e-9;
                       });
}

TEST_F(GoldenTest, GuidanceRepeatsTheReferencesResults) {
    probe::run_samplers(options_);
    expect_tensors(tensors_of(options_.in, "samplers/guidance.safetensors"),
                   tensors_of(options_.out, "samplers/guidance.safetensors"),
                   [](const std::string&) { return 1e-5; });
}

TEST_F(GoldenTest, SchedulesRepeatTheReferencesSigmas) {
    const auto counts = probe::run_schedules(options_);
    EXPECT_EQ(counts.failed, 0);
    const auto wanted = expected("schedules/sigma_lists.json");
    const auto found = computed("schedules/sigma_lists.json");
    for (size_t i = 0; i < wanted["lists"].size(); ++i) {
        const auto& row = wanted["lists"][i];
        // The float32 of the reference loses digits where the signal all but vanishes.
        const double relative = row["model"] == "sd-ztsnr" ? 1e-3 : 2e-5;
        expect_near(row["sigmas"], found["lists"][i]["sigmas"], 0, relative,
                    row.dump().substr(0, 120));
    }
}

TEST_F(GoldenTest, TimestepListsRepeatTheReferences) {
    probe::run_schedules(options_);
    expect_field(expected("schedules/a1111_timesteps.json"),
                 computed("schedules/a1111_timesteps.json"), "lists", "timesteps", 0, 0);
    const auto wanted = expected("schedules/diffusers_timesteps.json");
    const auto found = computed("schedules/diffusers_timesteps.json");
    expect_field(wanted, found, "lists", "timesteps", 1e-2, 0);
    expect_field(wanted, found, "lists", "sigmas", 0, 1e-4);
    expect_field(wanted, found, "lists", "init_noise_sigma", 0, 1e-4);
}

TEST_F(GoldenTest, ImageToImageStartsWhereTheReferencesStart) {
    probe::run_schedules(options_);
    const auto wanted = expected("schedules/img2img_cuts.json");
    const auto found = computed("schedules/img2img_cuts.json");
    for (const auto* field :
         {"a1111", "a1111_fix_steps", "a1111_hires_explicit", "diffusers", "comfy"})
        expect_field(wanted, found, "cuts", field, 0, 0);
}

TEST_F(GoldenTest, SigmaAndTimestepMapOntoEachOther) {
    probe::run_schedules(options_);
    const auto wanted = expected("schedules/sigma_t.json");
    const auto found = computed("schedules/sigma_t.json");
    expect_near(wanted["t_fractional"], found["t_fractional"], 2e-3, 0, "t_fractional");
    expect_near(wanted["t_quantized"], found["t_quantized"], 0, 0, "t_quantized");
    expect_near(wanted["sigma_of_t"], found["sigma_of_t"], 0, 1e-5, "sigma_of_t");
    for (const auto& [name, tensor] : tensors_of(options_.in, "schedules/tables.safetensors")) {
        if (name == "v_scalings_sigma") continue;
        const auto actual = tensors_of(options_.out, "schedules/tables.safetensors").at(name);
        const double relative = name.ends_with("_f64") || name == "v_scalings" ? 1e-12 : 1e-3;
        EXPECT_TRUE(torch::allclose(actual, tensor, relative, 0.0)) << name;
    }
}

TEST_F(GoldenTest, NoiseRepeatsTheReferencesStreams) {
    const auto counts = probe::run_rng(options_);
    EXPECT_EQ(counts.failed, 0);
    for (const auto* field : {"randn_4_64_64", "then_randn_4_8_8_first16", "fresh_sizes",
                              "sequence", "f16_size_5", "f64_size_5"})
        expect_field(expected("rng/torch_cpu.json"), computed("rng/torch_cpu.json"), "seeds", field,
                     1e-6, 1e-5);
    for (const auto* field : {"call0_4_64_64", "call1_4_8_8_first16", "call2_3_5"})
        expect_field(expected("rng/nv_philox.json"), computed("rng/nv_philox.json"), "seeds", field,
                     1e-6, 1e-5);
    expect_tensors(tensors_of(options_.in, "rng/tensors.safetensors"),
                   tensors_of(options_.out, "rng/tensors.safetensors"), [](const std::string& name) {
                       return name.starts_with("brownian/") ? 2e-5
                              : name.starts_with("slerp/")  ? 1e-5
                                                            : 1e-6;
                   });
}

TEST_F(GoldenTest, SeedSequenceGivesNumpysWords) {
    probe::run_rng(options_);
    const auto wanted = expected("rng/seed_sequence.json");
    const auto found = computed("rng/seed_sequence.json");
    for (const auto* field : {"pool4_state4", "pool24_state3", "pool24_state4"})
        for (size_t i = 0; i < wanted["sequences"].size(); ++i)
            if (wanted["sequences"][i]["entropy"].is_number_unsigned() &&
                wanted["sequences"][i].contains(field)) {
                EXPECT_EQ(wanted["sequences"][i][field], found["sequences"][i][field]);
            }
}

}  // namespace
