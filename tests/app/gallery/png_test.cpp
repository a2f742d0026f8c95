#include "app/gallery/png.h"

#include "diffusion/error.h"
#include "tests/support/fake_engine.h"

#include <QImage>

#include <gtest/gtest.h>
#include <random>

namespace gallery {
namespace {

QByteArray example(const QString& text) {
    return encodePng(test_support::fake_picture(5, 24, 16), {{"parameters", text}});
}

TEST(Png, pixels_survive) {
    const auto picture = test_support::fake_picture(5, 24, 16);
    const auto image = QImage::fromData(example("x"), "PNG").convertToFormat(QImage::Format_RGB888);
    ASSERT_EQ(image.size(), QSize(24, 16));
    for (int y = 0; y < 16; ++y)
        EXPECT_EQ(0,
                  std::memcmp(image.constScanLine(y), picture.pixels.data() + size_t(y) * 72, 72))
            << y;
}

TEST(Png, latin_text_is_a_tEXt_chunk_behind_the_header) {
    const auto file = example("café");
    const QByteArray body = QByteArray("parameters\0caf\xe9", 15);
    EXPECT_EQ(file.mid(33, 4), QByteArray("\0\0\0\x0f", 4));
    EXPECT_EQ(file.mid(37, 19), "tEXt" + body);
}

TEST(Png, other_text_is_an_uncompressed_iTXt_chunk) {
    const auto file = example("고양이");
    EXPECT_EQ(file.mid(37, 4), "iTXt");
    EXPECT_EQ(file.mid(41, 15), QByteArray("parameters\0\0\0\0\0", 15));
    EXPECT_EQ(file.mid(56, 9), QByteArray("고양이"));
}

TEST(Png, text_is_read_back) {
    for (const QString text : {"plain", "café", "고양이 🙂\nSteps: 20", ""})
        EXPECT_EQ(readPngTexts(example(text)), QList<PngText>({{"parameters", text}}));
}

TEST(Png, a_chunk_with_a_wrong_checksum_is_passed_over) {
    auto file = example("plain");
    file[45] = char(file[45] ^ 1);
    EXPECT_TRUE(readPngTexts(file).isEmpty());
}

TEST(Png, every_truncation_is_read_without_a_fault) {
    const auto file = example("고양이");
    for (qsizetype length = 0; length < file.size(); ++length)
        EXPECT_LE(readPngTexts(file.left(length)).size(), 1);
}

TEST(Png, random_damage_is_read_without_a_fault) {
    std::mt19937 random(1);
    const auto whole = example("plain text");
    for (int round = 0; round < 2000; ++round) {
        auto file = whole;
        for (int i = 0; i < 4; ++i)
            file[qsizetype(random() % size_t(file.size()))] = char(random());
        for (const auto& entry : readPngTexts(file)) EXPECT_LE(entry.text.size(), file.size());
    }
}

TEST(Png, a_picture_without_pixels_is_refused) {
    EXPECT_THROW(encodePng({4, 4, 3, {1, 2, 3}}, {}), diffusion::Error);
    EXPECT_THROW(encodePng({}, {}), diffusion::Error);
}

}  // namespace
}  // namespace gallery
