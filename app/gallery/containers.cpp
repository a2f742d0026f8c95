#include "app/gallery/containers.h"

#include "app/gallery/exif.h"
#include "app/gallery/text_bytes.h"

#include <QtEndian>

namespace gallery {
namespace {

using Texts = QList<codec::PictureText>;

/// Comments of this total length are no comments any more.
constexpr qsizetype mostCommentBytes = 16 << 20;

const QByteArray xmpPrefix("http://ns.adobe.com/xap/1.0/\0", 29);

quint8 byteAt(const QByteArray& file, qsizetype at) {
    return quint8(file[at]);
}

void readSegment(quint8 marker, const QByteArray& body, Texts& texts) {
    constexpr quint8 application1 = 0xe1;
    constexpr quint8 comment = 0xfe;
    if (marker == comment) texts.append({QStringLiteral("comment"), decodeText(body)});
    if (marker != application1) return;
    if (body.startsWith("Exif")) texts += readExifTexts(body);
    if (body.startsWith(xmpPrefix))
        texts.append({QLatin1String(xmpKeyword), decodeText(body.mid(xmpPrefix.size()))});
}

/// Behind the sub-blocks that start at `at`; a length of zero ends them. Past the end of the file
/// if they don't end in it.
qsizetype skipSubBlocks(const QByteArray& file, qsizetype at, QByteArray* content = nullptr) {
    while (at < file.size()) {
        const qsizetype length = byteAt(file, at++);
        if (length == 0) return at;
        if (length > file.size() - at) return file.size() + 1;
        if (content && content->size() < mostCommentBytes) *content += file.mid(at, length);
        at += length;
    }
    return file.size() + 1;
}

/// Bytes of a GIF's colour table, told by its flags.
qsizetype colourTable(quint8 flags) {
    return (flags & 0x80) ? qsizetype(3) << ((flags & 7) + 1) : 0;
}

}  // namespace

QList<codec::PictureText> readJpegTexts(const QByteArray& file) {
    constexpr quint8 scan = 0xda;
    Texts texts;
    if (!file.startsWith("\xff\xd8")) return texts;
    for (qsizetype at = 2; at + 4 <= file.size();) {
        if (byteAt(file, at) != 0xff) break;
        const auto marker = byteAt(file, at + 1);
        if (marker == 0xff) {  // fill byte
            ++at;
            continue;
        }
        const qsizetype length = qFromBigEndian<quint16>(file.constData() + at + 2);
        if (marker == scan || length < 2 || length > file.size() - at - 2) break;
        readSegment(marker, file.mid(at + 4, length - 2), texts);
        at += 2 + length;
    }
    return texts;
}

QList<codec::PictureText> readWebpTexts(const QByteArray& file) {
    Texts texts;
    if (!file.startsWith("RIFF") || file.mid(8, 4) != "WEBP") return texts;
    for (qsizetype at = 12; at + 8 <= file.size();) {
        const auto type = file.mid(at, 4);
        const qsizetype length = qFromLittleEndian<quint32>(file.constData() + at + 4);
        at += 8;
        if (length > file.size() - at) break;
        if (type == "EXIF") texts += readExifTexts(file.mid(at, length));
        if (type == "XMP ")
            texts.append({QLatin1String(xmpKeyword), decodeText(file.mid(at, length))});
        at += length + (length & 1);
    }
    return texts;
}

QList<codec::PictureText> readGifTexts(const QByteArray& file) {
    constexpr quint8 extension = 0x21;
    constexpr quint8 commentLabel = 0xfe;
    constexpr quint8 picture = 0x2c;
    Texts texts;
    if (!file.startsWith("GIF8") || file.size() < 13) return texts;
    for (qsizetype at = 13 + colourTable(byteAt(file, 10)); at + 2 <= file.size();) {
        const auto kind = byteAt(file, at);
        if (kind == extension) {
            const bool isComment = byteAt(file, at + 1) == commentLabel;
            QByteArray content;
            at = skipSubBlocks(file, at + 2, isComment ? &content : nullptr);
            if (isComment) texts.append({QStringLiteral("comment"), decodeText(content)});
        } else if (kind == picture && file.size() - at > 10) {
            // Place and size, colours, then the code size before the pixels.
            at = skipSubBlocks(file, at + 11 + colourTable(byteAt(file, at + 9)));
        } else {
            break;
        }
    }
    return texts;
}

}  // namespace gallery
