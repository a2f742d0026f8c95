#include "diffusion/checkpoint/load_weights.h"

#include <torch/nn/modules/linear.h>
#include <torch/utils.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <memory>

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
using diffusion::checkpoint::ElementType;
using diffusion::checkpoint::TensorEntry;
using diffusion::checkpoint::TensorTable;
using diffusion::checkpoint::to_tensor;

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

TEST(LoadWeights, LeavesInTheFileWhatIsToStay) {
    const TempFolder folder;
    auto dict = good_weights();
    for (auto& [key, tensor] : dict.tensors) tensor = tensor.to(torch::kFloat16);
    write_safetensors(folder / "x.safetensors", dict);
    auto table = open_table(folder / "x.safetensors");
    LoadOptions options;
    options.dtype = torch::kFloat32;
    options.stays = [](const std::string& name, const TensorEntry&) { return name == "proj.weight"; };
    Small module;
    load_weights(module, table, options);
    const auto& bytes = table.tensors.at("proj.weight").bytes;
    EXPECT_EQ(module.proj->weight.scalar_type(), torch::kFloat16);
    EXPECT_EQ(module.proj->weight.data_ptr(), static_cast<const void*>(bytes.data())) << "copied";
    EXPECT_EQ(module.proj->bias.scalar_type(), torch::kFloat32);
    EXPECT_EQ(module.scale.scalar_type(), torch::kFloat32);

    table.tensors.at("proj.weight").scale = 2;
    load_weights(module, table, options);
    EXPECT_EQ(module.proj->weight.element_size(), 1) << "halves alone would be mistaken for the weight";
    EXPECT_EQ(module.proj->weight.sizes(), (std::vector<int64_t>{1, static_cast<int64_t>(bytes.size())}));
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

/// A kernel of several pieces and a matrix that takes more than one of them, a 1x1 and a wide one.
struct Layered : torch::nn::Module {
    Layered() {
        for (const auto& [name, sizes] : shapes) register_parameter(name, torch::empty(sizes));
    }
    const std::vector<std::pair<std::string, std::vector<int64_t>>> shapes{
        {"kernel", {70, 300, 3, 3}}, {"pixel", {64, 40, 1, 1}}, {"flat", {3, 5, 1, 7}},
        {"one", {4, 1, 3, 3}},       {"matrix", {900, 640}},    {"bias", {70}},
        {"nothing", {0, 4}},         {"number", {}}};
};

StateDict layered_weights(torch::Dtype dtype) {
    torch::manual_seed(5);
    StateDict dict;
    for (const auto& [name, sizes] : Layered().shapes) {
        dict.tensors[name] = torch::randn(sizes).to(dtype);
    }
    return dict;
}

void expect_layered(const std::filesystem::path& file, const StateDict& dict, torch::Dtype dtype) {
    LoadOptions options;
    options.dtype = dtype;
    options.channels_last = true;
    Layered module;
    load_weights(module, open_table(file), options);
    for (const auto& item : module.named_parameters()) {
        const auto& value = item.value();
        ASSERT_EQ(value.scalar_type(), dtype) << item.key();
        EXPECT_TRUE(torch::equal(value, dict.tensors.at(item.key()).to(dtype))) << item.key();
        const auto format =
            value.dim() == 4 ? torch::MemoryFormat::ChannelsLast : torch::MemoryFormat::Contiguous;
        EXPECT_TRUE(value.is_contiguous(format)) << item.key();
        EXPECT_TRUE(value.requires_grad()) << item.key();
    }
}

TEST(LoadWeights, WritesEveryTypeIntoEveryOtherInTheOrderThatIsAskedFor) {
    const TempFolder folder;
    for (const auto stored : {torch::kFloat16, torch::kBFloat16, torch::kFloat32, torch::kFloat64,
                              torch::kFloat8_e4m3fn}) {
        const auto dict = layered_weights(stored);
        write_safetensors(folder / "x.safetensors", dict);
        for (const auto wanted : {torch::kFloat32, torch::kFloat16, torch::kBFloat16}) {
            SCOPED_TRACE(std::string(torch::toString(stored)) + " as " + torch::toString(wanted));
            expect_layered(folder / "x.safetensors", dict, wanted);
        }
    }
}

TEST(LoadWeights, WritesQuantisedScaledAndTurnedTensorsLikeThoseOfMemory) {
    TensorTable table;
    const auto memory = std::make_shared<StateDict>(layered_weights(torch::kFloat16));
    for (const auto& [name, tensor] : memory->tensors) {
        TensorEntry entry;
        entry.type = ElementType::f16;
        entry.shape = tensor.sizes().vec();
        entry.strides = tensor.strides().vec();
        entry.bytes = {static_cast<const std::byte*>(tensor.data_ptr()), tensor.nbytes()};
        entry.owner = memory;
        table.tensors[name] = entry;
    }
    auto& turned = table.tensors.at("matrix");  // as a text projection lies in single files
    turned.strides = {1, 900};
    table.tensors.at("kernel").scale = 0.5f;
    LoadOptions options;
    options.dtype = torch::kFloat32;
    options.channels_last = true;
    Layered module;
    load_weights(module, table, options);
    const auto parameters = module.named_parameters();
    const auto wide = [&](const char* name) { return memory->tensors.at(name).to(torch::kFloat32); };
    EXPECT_TRUE(torch::equal(parameters["kernel"], wide("kernel") * 0.5));
    EXPECT_TRUE(torch::equal(parameters["matrix"], wide("matrix").view({640, 900}).t()));
}

TEST(LoadWeights, DequantisesBlocksIntoTheirPlace) {
    const auto table = open_table(data_file("formats/quant_blocks.gguf"));
    struct Blocks : torch::nn::Module {};
    Blocks module;
    for (const auto& [name, entry] : table.tensors) {
        auto safe = name;
        std::replace(safe.begin(), safe.end(), '.', '_');
        module.register_parameter(safe, torch::empty(entry.shape));
    }
    TensorTable renamed;
    for (const auto& [name, entry] : table.tensors) {
        auto safe = name;
        std::replace(safe.begin(), safe.end(), '.', '_');
        renamed.tensors[safe] = entry;
    }
    LoadOptions options;
    options.dtype = torch::kFloat32;
    load_weights(module, renamed, options);
    for (const auto& item : module.named_parameters()) {
        const auto& entry = renamed.tensors.at(item.key());
        EXPECT_TRUE(torch::equal(item.value(), to_tensor(entry).to(torch::kFloat32))) << item.key();
    }
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
