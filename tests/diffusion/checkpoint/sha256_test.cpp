#include "diffusion/checkpoint/sha256.h"

#include <gtest/gtest.h>

#include "diffusion/checkpoint/model_hash.h"
#include "tests/diffusion/checkpoint/checkpoint_support.h"

namespace {

using namespace checkpoint_test;
using namespace diffusion::checkpoint;

std::string sum_of(const std::string& text) {
    Sha256 sum;
    sum.add(std::as_bytes(std::span(text)));
    return sum.finish();
}

// The examples of FIPS 180-4 and the empty message.
TEST(Sha256, GivesThePublishedSums) {
    EXPECT_EQ(sum_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sum_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sum_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(sum_of(std::string(1'000'000, 'a')),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DoesNotDependOnThePieces) {
    const std::string text(1000, 'x');
    for (size_t piece = 1; piece < 200; piece += 7) {
        Sha256 sum;
        for (size_t i = 0; i < text.size(); i += piece) {
            sum.add(std::as_bytes(std::span(text)).subspan(i, std::min(piece, text.size() - i)));
        }
        EXPECT_EQ(sum.finish(), sum_of(text)) << piece;
    }
}

TEST(Sha256, OfAFileIsThatOfItsBytesAndCanBeStopped) {
    const TempFolder folder;
    const std::string text(100'000, 'y');
    write_bytes(folder / "x", text);
    EXPECT_EQ(sha256_of_file(folder / "x"), sum_of(text));
    EXPECT_EQ(sha256_of_file(folder / "x", [](auto, auto) { return false; }), "");
}

TEST(Sha256, OldHashLooksAtSixtyFourKibibytesFromOneMebibyteOn) {
    const TempFolder folder;
    write_bytes(folder / "x", std::string(0x100000, 'a') + std::string(0x10000, 'b') + "tail");
    EXPECT_EQ(old_hash_of_file(folder / "x"), sum_of(std::string(0x10000, 'b')).substr(0, 8));
}

TEST(ModelHash, IsTheFilesOwnAndAFoldersIsTheUNets) {
    const TempFolder folder;
    write_bytes(folder / "model.safetensors", "abc");
    EXPECT_EQ(hash_of_model(folder / "model.safetensors"), sum_of("abc"));
    for (const char* part : {"unet", "vae"}) std::filesystem::create_directories(folder / part);
    write_bytes(folder / "vae/diffusion_pytorch_model.safetensors", "vae");
    EXPECT_EQ(hash_of_model(folder / "."), sum_of("vae"));
    write_bytes(folder / "unet/diffusion_pytorch_model.safetensors", "unet");
    write_bytes(folder / "model_index.json", "{}");
    EXPECT_EQ(hash_of_model(folder / "."), sum_of("unet"));
    EXPECT_EQ(hash_of_model(folder / "model_index.json"), sum_of("unet"));
}

TEST(ModelHash, OfShardsIsThatOfTheirBytesByName) {
    const auto unet = data_file("tiny/sd1/diffusers/unet");
    std::string bytes;
    for (const char* number : {"1", "2", "3"}) {
        bytes += read_bytes(unet / ("diffusion_pytorch_model-0000" + std::string(number) +
                                    "-of-00003.safetensors"));
    }
    EXPECT_EQ(hash_of_model(data_file("tiny/sd1/diffusers")), sum_of(bytes));
    EXPECT_EQ(stamp_of(data_file("tiny/sd1/diffusers")).size, bytes.size());
}

TEST(ModelHash, StampChangesWithTheFile) {
    const TempFolder folder;
    write_bytes(folder / "x", "abc");
    const auto before = stamp_of(folder / "x");
    EXPECT_EQ(stamp_of(folder / "x"), before);
    std::filesystem::last_write_time(folder / "x", std::filesystem::file_time_type::clock::now() +
                                                       std::chrono::hours(1));
    EXPECT_NE(stamp_of(folder / "x"), before);
    EXPECT_THROW(stamp_of(folder / "nowhere"), diffusion::Error);
}

}  // namespace
