#include "app/gallery/image_metadata.h"

#include "app/gallery/containers.h"
#include "app/gallery/exif.h"
#include "app/gallery/inflate.h"
#include "app/gallery/stealth.h"
#include "app/gallery/text_bytes.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>
#include <random>

namespace gallery {
namespace {

const QString pictures = QStringLiteral(ATELIER_TEST_DATA "/metadata/pictures/");

QString textUnder(const QString& file, const QString& keyword) {
    for (const auto& entry : readTexts(pictures + file))
        if (entry.keyword == keyword) return entry.text;
    return {};
}

QByteArray bytesOf(const QString& file) {
    QFile opened(pictures + file);
    EXPECT_TRUE(opened.open(QIODevice::ReadOnly)) << file.toStdString();
    return opened.readAll();
}

/// A little-endian TIFF block with one text of the EXIF kind.
QByteArray exifBlock(quint16 tag, quint32 length, quint32 place, const QByteArray& value) {
    QByteArray block("II*\0\x08\0\0\0\x01\0", 10);
    const auto add = [&](quint32 number, int bytes) {
        for (int i = 0; i < bytes; ++i) block += char(number >> (8 * i) & 255);
    };
    add(tag, 2);
    add(7, 2);
    add(length, 4);
    add(place, 4);
    add(0, 4);
    return block + value;
}

TEST(ImageMetadata, every_format_gives_its_text) {
    const QString korean = "고양이 🙂, 猫, naïve\nNegative prompt: ";
    EXPECT_TRUE(textUnder("a1111_unicode.jpg", "exif.UserComment").startsWith(korean));
    EXPECT_TRUE(textUnder("a1111_unicode.avif", "exif.UserComment").startsWith(korean));
    EXPECT_TRUE(textUnder("uc_unicode_le_tiff_le.jpg", "exif.UserComment").startsWith(korean));
    EXPECT_TRUE(textUnder("uc_raw_utf8.jpg", "exif.UserComment").startsWith(korean));
    EXPECT_TRUE(textUnder("stealth_alpha_comp.png", "stealth").startsWith(korean));
    EXPECT_TRUE(textUnder("a1111_latin.webp", "exif.UserComment").startsWith("a café, "));
    EXPECT_TRUE(textUnder("a1111_comment.gif", "comment").startsWith("a café, "));
    EXPECT_TRUE(textUnder("comfy_simple.webp", "exif.Model").startsWith("prompt:{"));
    EXPECT_TRUE(textUnder("draw_things.png", "XML:com.adobe.xmp").contains("Draw Things"));
}

TEST(ImageMetadata, a_picture_without_texts_has_none) {
    EXPECT_TRUE(readTexts(pictures + "plain.png").isEmpty());
    EXPECT_TRUE(readTexts(pictures + "no_such_file.png").isEmpty());
}

TEST(ImageMetadata, a_tag_that_points_outside_is_passed_over) {
    const QByteArray value("ASCII\0\0\0words", 13);
    EXPECT_EQ(readExifTexts(exifBlock(0x9286, 13, 26, value)),
              QList<codec::PictureText>({{"exif.UserComment", "words"}}));
    EXPECT_TRUE(readExifTexts(exifBlock(0x9286, 14, 26, value)).isEmpty());
    EXPECT_TRUE(readExifTexts(exifBlock(0x9286, 0xffffffff, 26, value)).isEmpty());
    EXPECT_TRUE(readExifTexts(exifBlock(0x9286, 13, 0xfffffff0, value)).isEmpty());
}

TEST(ImageMetadata, values_that_overlap_do_not_multiply) {
    const QByteArray value(1000, 'a');
    auto block = exifBlock(0x010e, 1000, 26, value);
    const auto entry = block.mid(10, 12);
    block[8] = 100;  // a hundred entries that name the same bytes
    block.insert(22, entry.repeated(99));
    qsizetype characters = 0;
    for (const auto& text : readExifTexts(block)) characters += text.text.size();
    EXPECT_LE(characters, block.size());
}

TEST(ImageMetadata, utf16_is_read_in_either_order) {
    EXPECT_EQ(decodeUtf16(QByteArray("\0a\0,", 4)), "a,");
    EXPECT_EQ(decodeUtf16(QByteArray("a\0,\0", 4)), "a,");
    EXPECT_EQ(decodeUtf16(QByteArray("\xff\xfe\xe0\xac", 4)), "고");
    EXPECT_EQ(decodeUtf16(QByteArray("\xac\xe0", 2)), "고") << "big-endian unless something tells";
}

TEST(ImageMetadata, text_that_unpacks_to_more_than_16_MiB_is_refused) {
    // The same zlib block again and again would be too long a text; qCompress has four bytes
    // before.
    const auto packed = qCompress(QByteArray(20 << 20, 'a')).mid(4);
    EXPECT_TRUE(inflated(packed).isEmpty());
    EXPECT_EQ(inflated(qCompress("words").mid(4)), "words");
    EXPECT_TRUE(inflated("no stream").isEmpty());
}

TEST(ImageMetadata, a_hidden_text_longer_than_its_picture_is_refused) {
    QImage picture(64, 64, QImage::Format_ARGB32);
    picture.fill(Qt::white);
    const auto hide = [&](const QByteArray& bytes) {
        for (int i = 0; i < bytes.size() * 8; ++i) {
            const int bit = bytes[i / 8] >> (7 - i % 8) & 1;
            picture.setPixel(i / 64, i % 64, 0xfe000000u | unsigned(bit) << 24);
        }
    };
    hide(QByteArray("stealth_pnginfo\0\0\0\x10hi", 21));
    EXPECT_EQ(readStealthText(picture), "hi");
    hide(QByteArray("stealth_pnginfo\xff\xff\xff\xf0hi", 21));
    EXPECT_FALSE(readStealthText(picture));
    hide(QByteArray("stealth_pngcomp\0\0\0\x10hi", 21));
    EXPECT_EQ(readStealthText(picture).value_or("x"), "") << "no stream";
}

using Reader = QList<codec::PictureText> (*)(const QByteArray&);

void readAll(const QByteArray& file) {
    for (const Reader reader :
         {readJpegTexts, readWebpTexts, readGifTexts, readAvifTexts, readExifTexts})
        for (const auto& entry : reader(file)) EXPECT_FALSE(entry.keyword.isEmpty());
}

TEST(ImageMetadata, cut_files_are_read_without_a_fault) {
    for (const QString name : {"a1111_unicode.jpg", "a1111_latin.webp", "a1111_comment.gif",
                               "a1111_unicode.avif", "fooocus.jpg"}) {
        const auto file = bytesOf(name);
        for (qsizetype length = 0; length < file.size(); ++length) readAll(file.left(length));
    }
}

TEST(ImageMetadata, damaged_files_are_read_without_a_fault) {
    std::mt19937 random(5);
    for (const QString name : {"a1111_unicode.jpg", "a1111_latin.webp", "a1111_comment.gif",
                               "a1111_unicode.avif", "swarm_old.jpg"}) {
        const auto file = bytesOf(name);
        for (int round = 0; round < 2000; ++round) {
            auto damaged = file;
            for (int i = 0; i < 4; ++i)
                damaged[qsizetype(random() % quint64(file.size()))] = char(random());
            readAll(damaged);
        }
    }
}

TEST(ImageMetadata, bytes_by_chance_are_read_without_a_fault) {
    std::mt19937 random(6);
    for (int round = 0; round < 2000; ++round) {
        QByteArray file(300, '\0');
        for (auto& byte : file) byte = char(random());
        for (const QByteArray& start : {QByteArray("\xff\xd8\xff\xe1", 4), QByteArray("GIF89a"),
                                       QByteArray("II*\0\x08\0\0\0", 8),
                                       QByteArray("\0\0\0\x10"
                                                  "ftypavif\0\0\0\0\0\0\1\0meta",
                                                  24)})
            readAll(start + file);
    }
}

}  // namespace
}  // namespace gallery
