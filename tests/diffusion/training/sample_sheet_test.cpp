#include "diffusion/training/sample_sheet.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace diffusion::training {
namespace {

TEST(SampleSheet, PutsPicturesSideBySideOnWhite) {
    const Image black{2, 2, 3, std::vector<std::uint8_t>(12, 0)};
    const auto sheet = sheet_of({black, black, black}, 2);
    EXPECT_EQ(sheet.width, 2 * 6 + 4);
    EXPECT_EQ(sheet.height, 2 * 6 + 4);
    const auto at = [&](int x, int y) {
        return sheet.pixels[static_cast<std::size_t>(y * sheet.width + x) * 3];
    };
    EXPECT_EQ(at(0, 0), 255);
    EXPECT_EQ(at(4, 4), 0);
    EXPECT_EQ(at(11, 5), 0);
    EXPECT_EQ(at(5, 11), 0);
    EXPECT_EQ(at(11, 11), 255);
}

TEST(SampleSheet, IsWrittenAsPng) {
    const auto file = std::filesystem::temp_directory_path() / "atelier_sheet_test" / "sheet.png";
    write_png(file, Image{3, 1, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9}});
    std::ifstream stream(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    EXPECT_EQ(bytes.substr(1, 3), "PNG");
    EXPECT_EQ(bytes.substr(12, 4), "IHDR");
    EXPECT_EQ(bytes[19], 3);
    EXPECT_EQ(bytes.substr(bytes.size() - 8, 4), "IEND");
    std::filesystem::remove_all(file.parent_path());
}

}  // namespace
}  // namespace diffusion::training
