#include "diffusion/training/pack.h"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "diffusion/error.h"
#include "diffusion/training/pack_folder.h"
#include "diffusion/training/pixel_planes.h"
#include "diffusion/training/seeds.h"

namespace diffusion::training {
namespace {

namespace fs = std::filesystem;

class PackTest : public testing::Test {
protected:
    PackTest()
        : folder_(fs::temp_directory_path() /
                  ("atelier_pack_" + std::to_string(mix(reinterpret_cast<std::uintptr_t>(this))))) {
        fs::create_directories(folder_);
    }
    ~PackTest() override { fs::remove_all(folder_); }

    fs::path file() const { return folder_ / "test.pack"; }

    void write_two(int level_step) const {
        PackWriter writer(file(), 16, level_step);
        for (std::uint64_t i = 0; i < 2; ++i) writer.add(noise(i), caption(i));
        writer.finish();
    }

    static Image noise(std::uint64_t seed) {
        Chance chance(seed);
        Image image{16, 16, 3, std::vector<std::uint8_t>(16 * 16 * 3)};
        for (auto& value : image.pixels) value = static_cast<std::uint8_t>(chance.below(256));
        return image;
    }

    static Caption caption(std::uint64_t i) {
        Caption caption;
        caption.file = "picture " + std::to_string(i);
        caption.en = "noise";
        return caption;
    }

    std::string bytes() const {
        std::ifstream stream(file(), std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }

    void overwrite(const std::string& content) const {
        std::ofstream(file(), std::ios::binary | std::ios::trunc) << content;
    }

    fs::path folder_;
};

TEST_F(PackTest, GivesBackPicturesAndCaptions) {
    write_two(1);
    const Pack pack(file());
    ASSERT_EQ(pack.size(), 2U);
    EXPECT_EQ(pack.extent(), 16);
    EXPECT_EQ(pack.picture(0), noise(0));
    EXPECT_EQ(pack.picture(1), noise(1));
    EXPECT_EQ(pack.captions()[1], caption(1));
}

TEST_F(PackTest, KeepsHowMuchOfTheWhiteIsCovered) {
    Image glass{16, 16, 4, {}};
    for (int i = 0; i < 16 * 16; ++i) glass.pixels.insert(glass.pixels.end(), {0, 0, 255, std::uint8_t(i)});
    {
        PackWriter writer(file(), 16, 1);
        writer.add(glass, caption(0));
        writer.finish();
    }
    const auto layer = Pack(file()).layer(0);
    ASSERT_EQ(layer.channels, 4);
    for (std::size_t i = 0; i < 16 * 16; ++i) {
        EXPECT_EQ(layer.pixels[4 * i], 255 - i);  // no red, over white
        EXPECT_EQ(layer.pixels[4 * i + 2], 255);
        EXPECT_EQ(layer.pixels[4 * i + 3], i);
    }
}

TEST_F(PackTest, ErrsByHalfALevelStepAtMost) {
    write_two(3);
    const auto picture = Pack(file()).picture(0), original = noise(0);
    for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
        EXPECT_LE(std::abs(picture.pixels[i] - original.pixels[i]), 1);
    }
}

TEST_F(PackTest, LeavesNoFileWhenItIsNotFinished) {
    { PackWriter(file(), 16, 1).add(noise(0), caption(0)); }
    EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(PackTest, RefusesEveryCutOffFile) {
    write_two(1);
    const auto whole = bytes();
    for (const std::size_t length : {std::size_t{0}, std::size_t{7}, std::size_t{63}, std::size_t{64},
                                     whole.size() / 2, whole.size() - 1}) {
        overwrite(whole.substr(0, length));
        EXPECT_THROW(Pack{file()}, Error) << length;
    }
}

TEST_F(PackTest, RefusesNumbersThatLie) {
    write_two(1);
    const auto whole = bytes();
    // Byte offsets: magic, version, extent, level step, count, index offset and length, captions'.
    for (const std::size_t at : {0U, 8U, 12U, 16U, 24U, 32U, 40U, 48U, 56U}) {
        for (const std::uint64_t lie : {~std::uint64_t{0}, std::uint64_t{1} << 40}) {
            auto changed = whole;
            std::memcpy(changed.data() + at, &lie, at < 24 && at > 0 ? 4 : 8);
            if (changed == whole) continue;
            overwrite(changed);
            EXPECT_THROW(Pack{file()}, Error) << "at " << at << ": " << lie;
        }
    }
}

TEST_F(PackTest, NamesDamagedPictures) {
    write_two(1);
    auto damaged = bytes();
    std::fill_n(damaged.begin() + 64, 40, '\xff');
    overwrite(damaged);
    const Pack pack(file());
    try {
        pack.picture(0);
        FAIL() << "damaged data was read";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("picture 0"), std::string::npos);
    }
    EXPECT_EQ(pack.picture(1), noise(1));
}

TEST_F(PackTest, FolderIsPackedWithoutWhatCannotBeRead) {
    std::ofstream(folder_ / "captions.jsonl") << R"({"file": "good.png", "en": "good"})" << '\n'
                                              << R"({"file": "broken.png", "en": "broken"})" << '\n'
                                              << R"({"file": "../out.png", "en": "out"})" << '\n'
                                              << "nonsense\n"
                                              << R"({"file": "good too.png", "en": ""})" << '\n';
    const auto source = [](const std::string& name) -> Image {
        if (name.find("good") != std::string::npos) return noise(7);
        throw Error(ErrorKind::corrupt_file, name + " is broken");
    };
    const auto outcome = pack_folder({folder_.string(), file().string(), 16, 1}, source, {}, {});
    EXPECT_EQ(outcome.packed, 1);
    for (const auto* part : {"line 2", "broken.png is broken", "line 3", "outside", "line 4", "line 5",
                             "captions, en and ko, are missing"}) {
        EXPECT_NE(outcome.skipped.find(part), std::string::npos) << part;
    }
    EXPECT_EQ(Pack(file()).captions()[0].en, "good");
}

TEST(PixelPlanes, LayPicturesOnWhiteInTheMiddle) {
    Image picture{2, 1, 4, {255, 0, 0, 255, 0, 0, 0, 0}};
    const auto fitted = fit_on_white(picture, 4);
    const auto at = [&](int x, int y) { return fitted.pixels[static_cast<std::size_t>(y * 4 + x) * 4 + 1]; };
    const auto cover = [&](int x, int y) { return fitted.pixels[static_cast<std::size_t>(y * 4 + x) * 4 + 3]; };
    EXPECT_EQ(at(1, 1), 0);    // red has no green
    EXPECT_EQ(at(2, 1), 255);  // transparent shows white
    EXPECT_EQ(at(0, 0), 255);
    EXPECT_EQ(cover(1, 1), 255);
    EXPECT_EQ(cover(2, 1), 0);
    EXPECT_EQ(cover(0, 0), 0);
}

TEST(PixelPlanes, ShrinkByMeans) {
    Image picture{8, 8, 3, std::vector<std::uint8_t>(8 * 8 * 3)};
    for (std::size_t i = 0; i < picture.pixels.size(); ++i) picture.pixels[i] = i / 3 % 2 ? 200 : 100;
    const auto fitted = fit_on_white(picture, 4);
    for (std::size_t i = 0; i < fitted.pixels.size(); ++i)
        EXPECT_EQ(fitted.pixels[i], i % 4 == 3 ? 255 : 150);
}

}  // namespace
}  // namespace diffusion::training
