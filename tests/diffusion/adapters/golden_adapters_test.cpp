// Adapters of every kind and naming on tiny networks, against LyCORIS, peft and diffusers.

#include "diffusion/checkpoint/safetensors.h"
#include "tests/diffusion/adapters/adapters_support.h"

#include <torch/utils.h>

#include <gtest/gtest.h>

namespace {

using namespace adapters_test;
using checkpoint_test::data_file;
using checkpoint_test::difference;
using diffusion::checkpoint::Part;

struct Case {
    const char* family;
    const char* name;
    const char* naming;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
    return out << c.family << "/" << c.name << "." << c.naming;
}

const char* short_name(Part part) {
    return part == Part::unet ? "unet" : part == Part::text_encoder ? "te" : "te2";
}

class GoldenAdapters : public testing::TestWithParam<Case> {
protected:
    GoldenAdapters() : model_(GetParam().family), patch_(model_.patch()) {
        const auto stem =
            std::string("adapters/") + GetParam().family + "/" + GetParam().name + ".";
        file_ = data_file(stem + GetParam().naming + ".safetensors");
        golden_ = diffusion::checkpoint::read_safetensors(data_file(stem + "expected.safetensors"))
                      .tensors;
    }

    /// Deltas or merged weights of the golden file; how many there were.
    int expect_weights(const std::string& start, bool is_delta) {
        int count = 0;
        for (const auto& tensor : patch_.changed()) {
            const auto name = start + short_name(tensor.part) + "." + tensor.key;
            const auto expected = golden_.find(name);
            if (expected == golden_.end()) continue;
            ++count;
            const auto found = is_delta ? tensor.patched - tensor.original : tensor.patched;
            EXPECT_LT(difference(found, expected->second), 1e-6) << name;
        }
        return count;
    }

    int golden_count(const std::string& start) const {
        int count = 0;
        for (const auto& [name, tensor] : golden_) count += name.starts_with(start) ? 1 : 0;
        return count;
    }

    void expect_outputs(const std::string& strength) {
        EXPECT_LT(difference(model_.predict(), golden_.at("unet.out.m" + strength)), 3e-4);
        for (auto& [part, encoder] : model_.encoders) {
            const auto name = std::string(short_name(part));
            if (!golden_.contains(name + ".last.m" + strength)) continue;
            const auto output = encoder(model_.inputs.at(name + ".ids"));
            EXPECT_LT(difference(output.last, golden_.at(name + ".last.m" + strength)), 3e-4);
            EXPECT_LT(difference(output.hidden[output.hidden.size() - 2],
                                 golden_.at(name + ".penultimate.m" + strength)),
                      3e-4);
        }
    }

    const torch::InferenceMode inference_;
    TinyModel model_;
    diffusion::adapters::Patch patch_;
    std::filesystem::path file_;
    Tensors golden_;
};

TEST_P(GoldenAdapters, ChangeWeightsAndOutputsAsTheReferenceDoes) {
    patch_.apply({{file_, 1.0, 1.0, {}}});
    EXPECT_EQ(expect_weights("delta.", true), golden_count("delta."));
    expect_outputs("1.0");
    patch_.apply({{file_, 0.6, 0.6, {}}});
    EXPECT_EQ(expect_weights("merged0.6.", false), golden_count("merged0.6."));
    expect_outputs("0.6");
}

TEST_P(GoldenAdapters, LeaveNothingBehind) {
    const auto before = model_.predict();
    patch_.apply({{file_, 1.0, 1.0, {}}});
    EXPECT_FALSE(patch_.changed().empty());
    EXPECT_FALSE(torch::equal(model_.predict(), before));
    patch_.apply({});
    EXPECT_TRUE(patch_.changed().empty());
    EXPECT_TRUE(torch::equal(model_.predict(), before));
}

INSTANTIATE_TEST_SUITE_P(
    All, GoldenAdapters,
    testing::Values(
        Case{"sd1", "lora", "kohya_diffusers"}, Case{"sd1", "lora", "peft"},
        Case{"sd1", "lora_noalpha", "diffusers_dotted"},
        Case{"sd1", "lora_noalpha", "diffusers_old_processor"},
        Case{"sd1", "lora_noalpha", "kohya_diffusers"}, Case{"sd1", "lora_noalpha", "peft"},
        Case{"sd1", "locon", "kohya_diffusers"}, Case{"sd1", "locon_cp", "kohya_diffusers"},
        Case{"sd1", "loha", "kohya_diffusers"}, Case{"sd1", "loha_cp", "kohya_diffusers"},
        Case{"sd1", "lokr", "kohya_diffusers"}, Case{"sd1", "dora_out", "kohya_diffusers"},
        Case{"sd1", "dora_in", "kohya_diffusers"}, Case{"sd1", "full", "kohya_diffusers"},
        Case{"sd1", "norm", "kohya_diffusers"}, Case{"sd1", "glora", "kohya_diffusers"},
        Case{"sd1", "ia3", "kohya_diffusers"}, Case{"sd1", "mixed", "kohya_diffusers"},
        Case{"sdxl", "lora", "kohya_ldm"}, Case{"sdxl", "mixed", "kohya_ldm"}));

}  // namespace
