#include "diffusion/checkpoint/load_weights.h"

#include <torch/nn/modules/linear.h>
#include <torch/utils.h>
#include <gtest/gtest.h>

#include <limits>

#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/checkpoint/open_table.h"
#include "tests/diffusion/checkpoint/checkpoint_support.h"

namespace {

using namespace checkpoint_test;
using diffusion::Error;
using diffusion::ErrorReason;
using diffusion::checkpoint::load_weights;
using diffusion::checkpoint::LoadOptions;
using diffusion::checkpoint::open_table;
using diffusion::checkpoint::StateDict;
using diffusion::checkpoint::state_dict_of;

/// Parameters proj.weight [3, 2], proj.bias [3] and scale [1].
struct Small : torch::nn::Module {
    Small() {
        register_module("proj", proj);
        scale = register_parameter("scale", torch::zeros({1}));
    }
    torch::nn::Linear proj{2, 3};
    torch::Tensor scale;
};

StateDict good_weights() {
    StateDict dict;
    dict.tensors["proj.weight"] = torch::arange(6, torch::kFloat32).view({3, 2});
    dict.tensors["proj.bias"] = torch::ones({3});
    dict.tensors["scale"] = torch::tensor({2.0f});
    return dict;
}

Error error_of(const StateDict& dict, const LoadOptions& options = {}) {
    Small module;
    const auto before = module.proj->weight.clone();
    try {
        load_weights(module, dict, options);
    } catch (const Error& error) {
        EXPECT_TRUE(torch::equal(module.proj->weight, before)) << "half loaded";
        return error;
    }
    ADD_FAILURE() << "no error";
    return Error(diffusion::ErrorKind::internal, "");
}

bool says(const Error& error, const std::string& text) {
    return std::string(error.what()).find(text) != std::string::npos;
}

TEST(LoadWeights, AssignsByName) {
    Small module;
    const auto dict = good_weights();
    EXPECT_TRUE(load_weights(module, dict).unexpected.empty());
    EXPECT_TRUE(torch::equal(module.proj->weight, dict.tensors.at("proj.weight")));
    EXPECT_EQ(module.scale.item<float>(), 2);
    EXPECT_TRUE(module.proj->weight.requires_grad()) << "can be trained later";
}

TEST(LoadWeights, KeepsMatricesNarrowWhereThatIsAsked) {
    auto dict = good_weights();
    for (auto& [key, tensor] : dict.tensors) tensor = tensor.to(torch::kFloat16);
    LoadOptions options;
    options.dtype = torch::kFloat32;
    options.keeps_narrow = true;
    Small module;
    load_weights(module, dict, options);
    EXPECT_EQ(module.proj->weight.scalar_type(), torch::kFloat16);
    EXPECT_EQ(module.proj->weight.data_ptr(), dict.tensors.at("proj.weight").data_ptr()) << "copied";
    EXPECT_EQ(module.proj->bias.scalar_type(), torch::kFloat32);
    EXPECT_EQ(module.scale.scalar_type(), torch::kFloat32);
    load_weights(module, good_weights(), options);
    EXPECT_EQ(module.proj->weight.scalar_type(), torch::kFloat32) << "wide in the file";
}

TEST(LoadWeights, NamesMissingKeys) {
    auto dict = good_weights();
    dict.tensors.erase("proj.bias");
    const auto error = error_of(dict);
    EXPECT_EQ(error.reason(), ErrorReason::missing_keys);
    EXPECT_TRUE(says(error, "proj.bias")) << error.what();
}

TEST(LoadWeights, NamesBothShapesOfAMisshapenKey) {
    auto dict = good_weights();
    dict.tensors["proj.weight"] = torch::zeros({5, 2});
    const auto error = error_of(dict);
    EXPECT_EQ(error.reason(), ErrorReason::shape_mismatch);
    EXPECT_TRUE(says(error, "proj.weight") && says(error, "[5, 2]") && says(error, "[3, 2]"));
}

TEST(LoadWeights, ReportsUnexpectedKeysWithoutFailing) {
    Small module;
    auto dict = good_weights();
    dict.tensors["other"] = torch::zeros({1});
    EXPECT_EQ(load_weights(module, dict).unexpected, std::vector<std::string>{"other"});
}

TEST(LoadWeights, TakesAOneByOneConvolutionForAMatrix) {
    Small module;
    auto dict = good_weights();
    dict.tensors["proj.weight"] = dict.tensors["proj.weight"].view({3, 2, 1, 1});
    load_weights(module, dict);
    EXPECT_EQ(module.proj->weight.sizes(), (std::vector<int64_t>{3, 2}));
}

TEST(LoadWeights, RefusesNumbersThatAreNotFinite) {
    LoadOptions options;
    options.check_finite = true;
    options.part = "UNet";
    for (const float bad : {std::numeric_limits<float>::quiet_NaN(),
                            std::numeric_limits<float>::infinity()}) {
        auto dict = good_weights();
        dict.tensors["proj.bias"][1] = bad;
        const auto error = error_of(dict, options);
        EXPECT_EQ(error.reason(), ErrorReason::non_finite);
        EXPECT_TRUE(says(error, "proj.bias") && says(error, "UNet"));
    }
}

TEST(LoadWeights, UsesMappedTensorsWhereTheyLie) {
    const TempFolder folder;
    write_safetensors(folder / "x.safetensors", good_weights());
    const auto table = open_table(folder / "x.safetensors");
    Small module;
    load_weights(module, table);
    EXPECT_EQ(static_cast<const void*>(module.proj->weight.data_ptr()),
              static_cast<const void*>(table.tensors.at("proj.weight").bytes.data()));
}

TEST(LoadWeights, ConvertsToTheTypeThatIsAskedFor) {
    const TempFolder folder;
    auto dict = good_weights();
    for (auto& [key, tensor] : dict.tensors) tensor = tensor.to(torch::kFloat16);
    write_safetensors(folder / "x.safetensors", dict);
    LoadOptions options;
    options.dtype = torch::kFloat32;
    Small module;
    load_weights(module, open_table(folder / "x.safetensors"), options);
    EXPECT_EQ(module.proj->weight.scalar_type(), torch::kFloat32);
    EXPECT_TRUE(torch::equal(module.proj->weight, good_weights().tensors.at("proj.weight")));
}

TEST(LoadWeights, StateDictOfAModuleLoadsIntoAnother) {
    Small first;
    Small second;
    load_weights(second, state_dict_of(first));
    EXPECT_TRUE(torch::equal(first.proj->weight, second.proj->weight));
}

TEST(LoadWeights, TrainingTheModuleLeavesTheFileAlone) {
    const TempFolder folder;
    const auto file = folder / "x.safetensors";
    write_safetensors(file, good_weights());
    const auto before = read_bytes(file);
    Small module;
    load_weights(module, open_table(file));
    {
        const torch::NoGradGuard guard;
        module.proj->weight.add_(1);
    }
    EXPECT_EQ(read_bytes(file), before);
}

}  // namespace
