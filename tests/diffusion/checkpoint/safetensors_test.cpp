#include "diffusion/checkpoint/safetensors.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "tests/diffusion/checkpoint/checkpoint_support.h"

namespace {

using namespace checkpoint_test;
using diffusion::checkpoint::read_safetensors;
using diffusion::checkpoint::StateDict;
using diffusion::checkpoint::write_safetensors;

StateDict varied_dict() {
    StateDict dict;
    const auto values = torch::linspace(-3, 3, 24).view({2, 3, 4});
    dict.tensors["f64"] = values.to(torch::kFloat64);
    dict.tensors["f32"] = values;
    dict.tensors["f16"] = values.to(torch::kFloat16);
    dict.tensors["bf16"] = values.to(torch::kBFloat16);
    dict.tensors["f8"] = values.to(torch::kFloat8_e4m3fn);
    dict.tensors["i64"] = torch::arange(5);
    dict.tensors["u8"] = torch::arange(7, torch::kUInt8);
    dict.tensors["bool"] = values > 0;
    dict.tensors["scalar"] = torch::tensor(2.5f);
    dict.tensors["empty"] = torch::empty({0, 4});
    dict.tensors["transposed"] = values.transpose(0, 2);
    dict.metadata = {{"title", "a \"quoted\" 제목"}};
    return dict;
}

/// A file of one F32 tensor [2, 2] with the given header.
std::string file_with_header(const std::string& header) {
    const std::uint64_t length = header.size();
    std::string bytes(8, '\0');
    std::memcpy(bytes.data(), &length, 8);
    return bytes + header + std::string(16, '\1');
}

TEST(Safetensors, ReadsBackWhatItWroteInEveryType) {
    const TempFolder folder;
    const auto written = varied_dict();
    write_safetensors(folder / "x.safetensors", written);
    const auto read = read_safetensors(folder / "x.safetensors");
    EXPECT_EQ(read.metadata, written.metadata);
    ASSERT_EQ(read.tensors.size(), written.tensors.size());
    for (const auto& [name, tensor] : written.tensors) {
        const auto& other = read.tensors.at(name);
        EXPECT_EQ(other.scalar_type(), tensor.scalar_type()) << name;
        EXPECT_EQ(other.sizes(), tensor.sizes()) << name;
        EXPECT_TRUE(torch::equal(other.to(torch::kFloat64), tensor.to(torch::kFloat64))) << name;
    }
}

TEST(Safetensors, LeavesNoTemporaryFileBehind) {
    const TempFolder folder;
    write_safetensors(folder / "x.safetensors", varied_dict());
    int files = 0;
    for (const auto& item : std::filesystem::directory_iterator(folder / "")) {
        files += item.is_regular_file();
    }
    EXPECT_EQ(files, 1);
}

TEST(Safetensors, SaysWhenAFileCannotBeWritten) {
    const TempFolder folder;
    try {
        write_safetensors(folder / "no such folder/x.safetensors", varied_dict());
        FAIL() << "no error";
    } catch (const diffusion::Error& error) {
        EXPECT_EQ(error.kind(), diffusion::ErrorKind::cannot_write);
        EXPECT_NE(std::string(error.what()).find("x.safetensors"), std::string::npos);
    }
}

TEST(Safetensors, EditingATensorLeavesTheFileAlone) {
    const TempFolder folder;
    const auto file = folder / "x.safetensors";
    write_safetensors(file, varied_dict());
    const auto before = read_bytes(file);
    read_safetensors(file).tensors.at("f32").fill_(7);
    EXPECT_EQ(read_bytes(file), before);
}

TEST(Safetensors, ReadsTensorsAtOddOffsets) {
    const auto dict = read_safetensors(data_file("formats/unaligned.safetensors"));
    EXPECT_TRUE(torch::equal(dict.tensors.at("a"), torch::tensor({1.0f, 2.0f, 3.0f})));
    EXPECT_EQ(dict.tensors.at("b").item<int>(), 7);
    EXPECT_TRUE(torch::equal(dict.tensors.at("c"), torch::tensor({4.5f, -5.0f})));
}

TEST(Safetensors, ReadsEveryTypeAndBitPattern) {
    for (const std::string name : {"dtypes", "bit_patterns"}) {
        const auto read = read_safetensors(data_file("formats/" + name + ".safetensors"));
        const auto expected = read_safetensors(data_file("formats/" + name + ".as_f32.safetensors"));
        ASSERT_FALSE(expected.tensors.empty());
        for (const auto& [key, tensor] : expected.tensors) {
            const auto value = read.tensors.at(key).to(torch::kFloat32);
            EXPECT_TRUE(torch::allclose(value, tensor, 0, 0, true)) << name << " " << key;
        }
    }
}

TEST(Safetensors, RefusesEveryBrokenHeaderWithItsReason) {
    const auto expected = data_json("hostile/expected.json");
    int count = 0;
    for (const auto& [name, what] : expected.items()) {
        if (name.rfind("st_", 0) != 0) continue;
        auto reason = what.at("expected").get<std::string>();
        reason = reason.substr(0, reason.find_first_of(" ;"));
        if (name == "st_duplicate_key") reason = "DuplicateKey";
        if (name == "st_rank_huge") reason = "LimitExceeded";
        EXPECT_EQ(outcome_of_reading(data_file("hostile/" + name)), reason) << name;
        ++count;
    }
    EXPECT_EQ(count, 26);
}

TEST(Safetensors, NamesTheFileAndTheTensorInItsErrors) {
    const TempFolder folder;
    const auto file = folder / "odd.safetensors";
    write_bytes(file, file_with_header(
                          R"({"some.weight":{"dtype":"F32","shape":[3,2],"data_offsets":[0,16]}})"));
    try {
        read_safetensors(file);
        FAIL() << "no error";
    } catch (const diffusion::Error& error) {
        const std::string text = error.what();
        EXPECT_EQ(error.kind(), diffusion::ErrorKind::corrupt_file);
        EXPECT_NE(text.find("odd.safetensors"), std::string::npos);
        EXPECT_NE(text.find("some.weight"), std::string::npos);
        EXPECT_NE(text.find("24"), std::string::npos) << "needed bytes: " << text;
    }
}

TEST(Safetensors, SurvivesDamageAnywhereInAFile) {
    const auto good = read_bytes(data_file("hostile/good.safetensors"));
    std::mt19937 random(1);
    for (int i = 0; i < 5000; ++i) {
        auto bytes = good;
        for (int k = 0; k < 1 + i % 3; ++k) bytes[random() % bytes.size()] = static_cast<char>(random());
        EXPECT_EQ(outcome_of_bytes(bytes).find("(another"), std::string::npos);
    }
}

TEST(Safetensors, SurvivesEveryTruncation) {
    const auto good = read_bytes(data_file("hostile/good.safetensors"));
    EXPECT_EQ(outcome_of_bytes(good), "");
    for (size_t length = 0; length < good.size(); ++length) {
        const auto outcome = outcome_of_bytes(good.substr(0, length));
        EXPECT_FALSE(outcome.empty()) << length;
        EXPECT_EQ(outcome.find("(another"), std::string::npos) << length << outcome;
    }
}

}  // namespace
