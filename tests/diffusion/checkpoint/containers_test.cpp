#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <set>

#include "diffusion/checkpoint/key_map.h"
#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/model_files.h"
#include "diffusion/checkpoint/open_table.h"
#include "diffusion/checkpoint/safetensors.h"
#include "tests/diffusion/checkpoint/checkpoint_support.h"
#include "unet/unet.h"

namespace {

using namespace checkpoint_test;
using diffusion::checkpoint::open_table;
using diffusion::checkpoint::read_safetensors;
using diffusion::checkpoint::to_tensor;
using diffusion::checkpoint::load_weights;
using diffusion::checkpoint::LoadOptions;
using diffusion::checkpoint::map_keys;
using diffusion::checkpoint::ModelFamily;
using diffusion::checkpoint::open_model;
using diffusion::checkpoint::Part;

struct Expected {
    const char* file;
    const char* outcome;
};

constexpr Expected outcomes[] = {
    {"good.safetensors", ""},
    {"tensor_good.ckpt", ""},
    {"gguf_good.gguf", ""},
    {"zip_named.safetensors", ""},
    {"safetensors_named.ckpt", ""},
    {"git_lfs_pointer.safetensors", "PointerFile"},
    {"html.safetensors", "WebPage"},
    {"pickle_truncated.ckpt", "Truncated"},
    {"pickle_no_stop.ckpt", "Truncated"},
    {"pickle_stack_underflow.ckpt", "Malformed"},
    {"pickle_memo_miss.ckpt", "Malformed"},
    {"pickle_huge_string.ckpt", "Truncated"},
    {"tensor_view_out_of_range.ckpt", "OutOfRange"},
    {"tensor_offset_out_of_range.ckpt", "OutOfRange"},
    {"tensor_negative_stride.ckpt", "OutOfRange"},
    {"tensor_negative_size.ckpt", "OutOfRange"},
    {"tensor_storage_claims_more.ckpt", "OutOfRange"},
    {"tensor_missing_storage.ckpt", "MissingStorage"},
    {"tensor_path_traversal.ckpt", "MissingStorage"},
    {"zip_claims_4GiB.ckpt", "OutOfRange"},
    {"zip_bad_local_offset.ckpt", "Truncated"},
    {"zip_no_central_directory.ckpt", "Malformed"},
    {"zip_torchscript.ckpt", "UnsupportedFormat"},
    {"legacy_truncated.pt", "Truncated"},
    {"legacy_huge_storage.pt", "Truncated"},
    {"legacy_negative_storage.pt", "Malformed"},
    {"gguf_bad_magic.gguf", "NotAModel"},
    {"gguf_version_99.gguf", "UnsupportedVersion"},
    {"gguf_big_endian.gguf", "UnsupportedFormat"},
    {"gguf_tensor_count_huge.gguf", "LimitExceeded"},
    {"gguf_kv_count_huge.gguf", "LimitExceeded"},
    {"gguf_string_length_huge.gguf", "Truncated"},
    {"gguf_array_count_huge.gguf", "LimitExceeded"},
    {"gguf_nested_arrays.gguf", "LimitExceeded"},
    {"gguf_unknown_kv_type.gguf", "UnsupportedType"},
    {"gguf_unknown_tensor_type.gguf", "UnsupportedType"},
    {"gguf_ndims_huge.gguf", "LimitExceeded"},
    {"gguf_dims_overflow.gguf", "Malformed"},
    {"gguf_offset_beyond.gguf", "OutOfRange"},
    {"gguf_offset_unaligned.gguf", "Malformed"},
    {"gguf_bad_row_size.gguf", "Malformed"},
    {"gguf_truncated.gguf", "OutOfRange"},
    {"gguf_alignment_0.gguf", "Malformed"},
    {"index_absolute.safetensors.index.json", "UnsafePath"},
    {"index_parent.safetensors.index.json", "UnsafePath"},
    {"index_missing.safetensors.index.json", "MissingShard"},
};

std::vector<std::filesystem::path> hostile_files(const std::string& start) {
    std::vector<std::filesystem::path> files;
    for (const auto& item : std::filesystem::directory_iterator(data_file("hostile"))) {
        if (item.path().filename().string().rfind(start, 0) == 0) files.push_back(item.path());
    }
    return files;
}

TEST(Containers, GiveEveryHostileFileItsReason) {
    for (const auto& [file, outcome] : outcomes) {
        EXPECT_EQ(outcome_of_reading(data_file(std::string("hostile/") + file)), outcome) << file;
    }
}

TEST(Containers, NameTheFunctionThatAnAttackWantsAndRunNothing) {
    const std::set<std::string> broken{"pickle_truncated.ckpt",      "pickle_no_stop.ckpt",
                                       "pickle_stack_underflow.ckpt", "pickle_memo_miss.ckpt",
                                       "pickle_huge_string.ckpt",    "pickle_huge_memo_index.ckpt",
                                       "pickle_deep.ckpt"};
    int count = 0;
    for (const auto& file : hostile_files("pickle_")) {
        if (broken.count(file.filename().string()) > 0) continue;
        EXPECT_EQ(outcome_of_reading(file), "ForbiddenGlobal") << file;
        ++count;
    }
    EXPECT_GE(count, 30);
    EXPECT_FALSE(std::filesystem::exists("PWNED"));
}

TEST(Containers, UnpackOnlyWhatIsNamedAndOnlyIntoMemory) {
    EXPECT_EQ(outcome_of_reading(data_file("hostile/zip_deflate_8MiB_zeros.ckpt")), "");
    EXPECT_EQ(outcome_of_reading(data_file("hostile/zip_slip.ckpt")), "");
    EXPECT_FALSE(std::filesystem::exists("../PWNED"));
    EXPECT_FALSE(std::filesystem::exists("PWNED"));
}

/// Loads a file of the folder as the UNet of tiny/sd1.
std::string outcome_of_loading(const std::string& name) {
    const auto options = tiny_options("sd1");
    const auto whole = open_model(data_file("tiny/sd1/model.safetensors"), options);
    unet::UNet unet(*whole.description.unet);
    auto mapped = map_keys(open_table(data_file("hostile/" + name)), ModelFamily::sd1);
    LoadOptions load;
    load.part = "UNet";
    load.check_finite = true;
    try {
        load_weights(*unet, mapped[Part::unet], load);
        return "";
    } catch (const diffusion::Error& error) {
        return std::string(name_of(error.reason())) + ": " + error.what();
    }
}

TEST(Containers, NameTheKeysOfWeightsThatDoNotFit) {
    const auto expect = [](const std::string& file, const std::string& reason,
                           const std::vector<std::string>& words) {
        const auto text = outcome_of_loading(file);
        EXPECT_EQ(text.substr(0, text.find(':')), reason) << text;
        for (const auto& word : words) EXPECT_NE(text.find(word), std::string::npos) << text;
    };
    expect("unet_missing_keys.safetensors", "MissingKeys", {"missing tensors"});
    expect("unet_misshapen_key.safetensors", "ShapeMismatch", {"time_embedding.linear_1.weight", "[7, 5]"});
    expect("unet_unexpected_keys.safetensors", "MissingKeys", {"missing tensors"});
    expect("unet_nan_weight.safetensors", "MissingKeys", {"missing tensors"});
}

TEST(Containers, NameTheArchitectureOfALanguageModel) {
    try {
        open_model(data_file("hostile/gguf_other_architecture.gguf"));
        FAIL() << "no error";
    } catch (const diffusion::Error& error) {
        EXPECT_EQ(error.reason(), diffusion::ErrorReason::unsupported_architecture);
    }
}

TEST(Containers, ReadDeeplyNestedPicklesWithoutRecursion) {
    EXPECT_EQ(outcome_of_reading(data_file("hostile/pickle_deep.ckpt")), "");
    EXPECT_EQ(outcome_of_reading(data_file("hostile/pickle_huge_memo_index.ckpt")), "");
}

TEST(Containers, ReadEveryKindOfPickleAlike) {
    const auto expected = read_safetensors(data_file("formats/pickles.expected.safetensors"));
    for (const std::string name : {"mixed.legacy.pt", "mixed.zip.ckpt", "protocol4.zip.pt",
                                   "protocol5.zip.pt", "mixed.rezipped_deflate.ckpt"}) {
        const auto table = open_table(data_file("formats/" + name));
        EXPECT_EQ(table.tensors.size(), expected.tensors.size()) << name;
        for (const auto& [key, tensor] : expected.tensors) {
            const auto* entry = table.find(key);
            ASSERT_NE(entry, nullptr) << name << " " << key;
            const auto value = to_tensor(*entry);
            EXPECT_EQ(value.scalar_type(), tensor.scalar_type()) << name << " " << key;
            EXPECT_TRUE(torch::equal(value, tensor)) << name << " " << key;
        }
    }
}

TEST(Containers, DequantiseEveryBlockType) {
    const auto expected = read_safetensors(data_file("formats/quant_blocks.dequantised.safetensors"));
    const auto table = open_table(data_file("formats/quant_blocks.gguf"));
    ASSERT_GE(table.tensors.size(), 10u);
    for (const auto& [key, entry] : table.tensors) {
        const auto value = to_tensor(entry);
        EXPECT_LT(difference(value, expected.tensors.at(key)), 1e-6) << key;
    }
}

/// Damages copies of small good files of every kind and reads them.
TEST(Containers, SurviveDamageAnywhereInAFile) {
    std::mt19937 random(7);
    for (const std::string name : {"hostile/tensor_good.ckpt", "hostile/gguf_good.gguf",
                                   "hostile/legacy_truncated.pt", "formats/mixed.legacy.pt",
                                   "formats/mixed.rezipped_deflate.ckpt",
                                   "formats/protocol5.zip.pt"}) {
        const auto good = read_bytes(data_file(name));
        for (int i = 0; i < 1000; ++i) {
            auto bytes = good;
            const auto damage = 1 + random() % 4;
            for (size_t k = 0; k < damage; ++k) {
                bytes[random() % bytes.size()] = static_cast<char>(random());
            }
            if (i % 4 == 0) bytes.resize(random() % bytes.size());
            const auto outcome = outcome_of_bytes(bytes);
            EXPECT_EQ(outcome.find("(another"), std::string::npos) << name << outcome;
        }
    }
}

TEST(Containers, RefuseRandomBytes) {
    std::mt19937 random(3);
    for (const std::string start : {"", "GGUF\3", "PK\3\4", "\x80\2", "{\"weight_map\":"}) {
        for (int i = 0; i < 500; ++i) {
            std::string bytes = start;
            for (int k = 0; k < 300; ++k) bytes += static_cast<char>(random());
            const auto outcome = outcome_of_bytes(bytes);
            EXPECT_FALSE(outcome.empty());
            EXPECT_EQ(outcome.find("(another"), std::string::npos) << outcome;
        }
    }
}

TEST(Containers, SayThatAMissingFileIsMissing) {
    try {
        open_table("/no/such/file.safetensors");
        FAIL() << "no error";
    } catch (const diffusion::Error& error) {
        EXPECT_EQ(error.kind(), diffusion::ErrorKind::missing_file);
    }
}

}  // namespace
