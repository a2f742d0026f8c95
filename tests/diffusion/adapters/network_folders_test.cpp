#include "diffusion/adapters/network_folders.h"

#include "diffusion/checkpoint/sha256.h"
#include "tests/diffusion/adapters/adapters_support.h"

#include <gtest/gtest.h>

namespace {

using namespace adapters_test;
using checkpoint_test::read_bytes;
using checkpoint_test::TempFolder;
using checkpoint_test::write_bytes;
using diffusion::adapters::find_lora;
using diffusion::adapters::folders_beside;
using diffusion::adapters::network_files;
using diffusion::adapters::network_hash;
using diffusion::adapters::NetworkKind;
using diffusion::adapters::similar_names;

namespace fs = std::filesystem;

class NetworkFolders : public testing::Test {
protected:
    fs::path lora(const std::string& name,
                  const std::map<std::string, std::string>& metadata = {}) {
        return write(folder_ / ("Lora/" + name + ".safetensors"), {{"x.diff", torch::ones({2})}},
                     metadata);
    }

    auto files() const { return network_files({folder_ / "Lora"}, NetworkKind::lora); }

    TempFolder folder_;
};

TEST_F(NetworkFolders, NamesAreStemsWhateverTheFolder) {
    lora("ink");
    const auto deep = lora("styles/old/wash");
    write_bytes(folder_ / "Lora/notes.txt", "x");
    EXPECT_EQ(files().size(), 2u);
    EXPECT_EQ(find_lora(files(), "wash"), deep);
    EXPECT_EQ(find_lora(files(), "styles/old/wash"), deep);
    EXPECT_EQ(find_lora(files(), "Wash"), std::nullopt) << "upper case differs";
    EXPECT_EQ(find_lora(files(), "notes"), std::nullopt);
}

TEST_F(NetworkFolders, OfTwoFilesOfOneNameTheLastByPathCounts) {
    lora("a/ink");
    const auto last = lora("b/ink");
    EXPECT_EQ(find_lora(files(), "ink"), last);
    EXPECT_EQ(find_lora(files(), "a/ink"), folder_ / "Lora/a/ink.safetensors");
}

TEST_F(NetworkFolders, TrainersNamesCountWhereTheyAreUnique) {
    const auto file = lora("ink-000010", {{"ss_output_name", "ink"}});
    EXPECT_EQ(find_lora(files(), "ink"), file);
    lora("ink-000020", {{"ss_output_name", "ink"}});
    EXPECT_EQ(find_lora(files(), "ink"), std::nullopt);
    EXPECT_EQ(find_lora(files(), "ink-000010"), file);
}

TEST_F(NetworkFolders, ADamagedFileDoesNotHideTheOthers) {
    const auto file = lora("b", {{"ss_output_name", "ink"}});
    write_bytes(folder_ / "Lora/a.safetensors", "damaged");
    EXPECT_EQ(find_lora(files(), "ink"), file);
}

TEST_F(NetworkFolders, LinksInACircleEnd) {
    lora("ink");
    fs::create_directory_symlink(folder_ / "Lora", folder_ / "Lora/again");
    EXPECT_EQ(files().size(), 1u);
}

TEST_F(NetworkFolders, SimilarNamesComeLikeliestFirst) {
    for (const char* name : {"ink_wash_v2", "Ink", "watercolour", "inc"}) lora(name);
    EXPECT_EQ(similar_names(files(), "ink"),
              (std::vector<std::string>{"Ink", "inc", "ink_wash_v2"}));
    EXPECT_TRUE(similar_names(files(), "photo").empty());
}

TEST_F(NetworkFolders, OtherProgramsFoldersLieBesideTheModels) {
    for (const char* name :
         {"a1111/models/Stable-diffusion/sub", "a1111/models/Lora", "a1111/embeddings",
          "comfy/models/checkpoints", "comfy/models/loras", "comfy/models/embeddings"}) {
        fs::create_directories(folder_ / name);
    }
    using Paths = std::vector<fs::path>;
    const auto a1111 = folder_ / "a1111/models/Stable-diffusion/sub/m.safetensors";
    EXPECT_EQ(folders_beside(a1111, NetworkKind::lora), Paths{folder_ / "a1111/models/Lora"});
    EXPECT_EQ(folders_beside(a1111, NetworkKind::embedding), Paths{folder_ / "a1111/embeddings"});
    const auto comfy = folder_ / "comfy/models/checkpoints/m.safetensors";
    EXPECT_EQ(folders_beside(comfy, NetworkKind::lora), Paths{folder_ / "comfy/models/loras"});
    EXPECT_EQ(folders_beside(comfy, NetworkKind::embedding),
              Paths{folder_ / "comfy/models/embeddings"});
}

TEST_F(NetworkFolders, PicturesOfEmbeddingsAreNone) {
    for (const char* name : {"bad.pt", "worse.preview.bin", "good.bin", "picture.png"}) {
        write_bytes(folder_ / name, "x");
    }
    std::vector<std::string> names;
    for (const auto& file : network_files({folder_ / "."}, NetworkKind::embedding))
        names.push_back(file.name);
    EXPECT_EQ(names, (std::vector<std::string>{"bad", "good"}));
}

TEST_F(NetworkFolders, HashesAreThoseThatA1111Writes) {
    const auto file = lora("ink");
    const auto bytes = read_bytes(file);
    // A file's header is 8 bytes and their number.
    std::uint64_t length = 0;
    for (int i = 7; i >= 0; --i)
        length = length * 256 + static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]);
    write_bytes(folder_ / "tail", bytes.substr(8 + length));
    EXPECT_EQ(network_hash(file, NetworkKind::lora),
              diffusion::checkpoint::sha256_of_file(folder_ / "tail"));
    EXPECT_EQ(network_hash(file, NetworkKind::embedding),
              diffusion::checkpoint::sha256_of_file(file));
    const std::string stated(64, 'a');
    EXPECT_EQ(network_hash(lora("other", {{"sshs_model_hash", stated}}), NetworkKind::lora),
              stated);
}

}  // namespace
