#include "app/gallery/png.h"

#include "app/gallery/inflate.h"
#include "app/gallery/text_bytes.h"
#include "diffusion/error.h"

#include <QtEndian>

#include <algorithm>
#include <stb/stb_image_write.h>
#include <string>
#include <zlib.h>

namespace gallery {
namespace {

using diffusion::Error;
using diffusion::ErrorKind;

const QByteArray signature("\x89PNG\r\n\x1a\n", 8);
/// Signature and IHDR with its length, type and checksum.
constexpr qsizetype headerEnd = 8 + 12 + 13;
/// Of all chunks together: many small ones could unpack to any size.
constexpr qsizetype mostCharacters = 64 << 20;

QByteArray bigEndian(quint32 value) {
    char bytes[4];
    qToBigEndian(value, bytes);
    return QByteArray(bytes, 4);
}

quint32 checksum(const QByteArray& typeAndBody) {
    return quint32(crc32(0, reinterpret_cast<const Bytef*>(typeAndBody.constData()),
                         uInt(typeAndBody.size())));
}

QByteArray chunk(const char* type, const QByteArray& body) {
    const QByteArray typeAndBody = QByteArray(type, 4) + body;
    return bigEndian(quint32(body.size())) + typeAndBody + bigEndian(checksum(typeAndBody));
}

bool isLatin1(const QString& text) {
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x100; });
}

QByteArray textChunk(const PngText& entry) {
    const QByteArray keyword = entry.keyword.toLatin1() + '\0';
    if (isLatin1(entry.text)) return chunk("tEXt", keyword + entry.text.toLatin1());
    // Not compressed, no language, no translated keyword.
    return chunk("iTXt", keyword + QByteArray(4, '\0') + entry.text.toUtf8());
}

void append(void* file, void* bytes, int size) {
    static_cast<QByteArray*>(file)->append(static_cast<const char*>(bytes), size);
}

/// Keyword, zero, then what the type says; empty keyword: not readable.
PngText textOf(const QByteArray& type, const QByteArray& body) {
    const auto keyEnd = body.indexOf('\0');
    if (keyEnd < 1) return {};
    const auto keyword = QString::fromLatin1(body.left(keyEnd));
    if (type == "tEXt") return {keyword, decodeText(body.mid(keyEnd + 1))};
    if (type == "zTXt") return {keyword, decodeText(inflated(body.mid(keyEnd + 2)))};
    const auto languageEnd = body.indexOf('\0', keyEnd + 3);
    const auto translatedEnd = languageEnd < 0 ? -1 : body.indexOf('\0', languageEnd + 1);
    if (translatedEnd < 0) return {};
    const bool isCompressed = body.at(keyEnd + 1) == 1;
    const auto rest = body.mid(translatedEnd + 1);
    return {keyword, QString::fromUtf8(isCompressed ? inflated(rest) : rest)};
}

}  // namespace

QByteArray encodePng(const diffusion::Image& image, const QList<PngText>& texts) {
    const auto expected = size_t(image.width) * size_t(image.height) * size_t(image.channels);
    if (image.width < 1 || image.height < 1 || image.pixels.size() != expected)
        throw Error(ErrorKind::internal, "The picture: expected " + std::to_string(expected) +
                                             " bytes of pixels, found " +
                                             std::to_string(image.pixels.size()) + ".");
    QByteArray file;
    if (!stbi_write_png_to_func(append, &file, image.width, image.height, image.channels,
                                image.pixels.data(), image.width * image.channels))
        throw Error(ErrorKind::out_of_memory,
                    "The picture could not be compressed: no memory left.");
    QByteArray chunks;
    for (const auto& entry : texts) chunks += textChunk(entry);
    return file.insert(headerEnd, chunks);
}

QList<PngText> readPngTexts(const QByteArray& file) {
    QList<PngText> texts;
    if (!file.startsWith(signature)) return texts;
    qsizetype at = signature.size();
    qsizetype characters = 0;
    while (file.size() - at >= 12) {
        const auto length = qsizetype(qFromBigEndian<quint32>(file.constData() + at));
        if (length > file.size() - at - 12) break;
        const auto typeAndBody = file.mid(at + 4, 4 + length);
        const auto stored = qFromBigEndian<quint32>(file.constData() + at + 8 + length);
        const auto type = typeAndBody.left(4);
        at += 12 + length;
        const bool isText = type == "tEXt" || type == "zTXt" || type == "iTXt";
        if (!isText || checksum(typeAndBody) != stored) continue;
        const auto entry = textOf(type, typeAndBody.mid(4));
        characters += entry.text.size();
        if (characters > mostCharacters) break;
        if (!entry.keyword.isEmpty()) texts.append(entry);
    }
    return texts;
}

}  // namespace gallery
