#include "app/gallery/exif.h"

#include "app/gallery/text_bytes.h"

#include <QtEndian>

#include <algorithm>

namespace gallery {
namespace {

constexpr quint16 userComment = 0x9286;
constexpr quint16 exifDirectory = 0x8769;
constexpr int entryBytes = 12;
constexpr int mostEntries = 512;

/// Numbers at checked places of the block.
class Tiff {
public:
    explicit Tiff(const QByteArray& bytes) : bytes_(bytes), isBig_(bytes.startsWith("MM")) {}

    bool holds(quint64 at, quint64 length) const {
        return at <= quint64(bytes_.size()) && length <= quint64(bytes_.size()) - at;
    }

    quint16 u16(quint64 at) const {
        const char* from = bytes_.constData() + at;
        return isBig_ ? qFromBigEndian<quint16>(from) : qFromLittleEndian<quint16>(from);
    }

    quint32 u32(quint64 at) const {
        const char* from = bytes_.constData() + at;
        return isBig_ ? qFromBigEndian<quint32>(from) : qFromLittleEndian<quint32>(from);
    }

    QByteArray bytes(quint64 at, quint64 length) const {
        return bytes_.mid(qsizetype(at), qsizetype(length));
    }

private:
    QByteArray bytes_;
    bool isBig_;
};

QString keywordOf(quint16 tag) {
    switch (tag) {
        case 0x010e:
            return QStringLiteral("exif.ImageDescription");
        case 0x010f:
            return QStringLiteral("exif.Make");
        case 0x0110:
            return QStringLiteral("exif.Model");
        case 0x0131:
            return QStringLiteral("exif.Software");
        case userComment:
            return QStringLiteral("exif.UserComment");
        default:
            return QStringLiteral("exif.0x%1").arg(tag, 4, 16, QLatin1Char('0'));
    }
}

/// Eight bytes name the encoding; some programs leave them out.
QString commentText(const QByteArray& bytes) {
    const auto name = bytes.left(8);
    const auto rest = bytes.mid(8);
    if (name == QByteArray("UNICODE\0", 8)) return decodeUtf16(rest);
    const bool isNamed = name == QByteArray("ASCII\0\0\0", 8) ||
                         name == QByteArray("JIS\0\0\0\0\0", 8) || name == QByteArray(8, '\0');
    return decodeText(isNamed ? rest : bytes);
}

QString valueText(quint16 tag, const QByteArray& bytes) {
    auto text = tag == userComment ? commentText(bytes) : decodeText(bytes);
    while (text.endsWith(QChar(u'\0'))) text.chop(1);
    return text;
}

bool isText(quint16 type) {
    return type == 1 || type == 2 || type == 7;  // BYTE, ASCII, UNDEFINED
}

/// Returns where the EXIF directory lies, 0 if none is named.
/// budget: bytes that values may still have; together they can't be longer than the block.
quint32 readDirectory(const Tiff& tiff, quint32 at, quint64& budget,
                      QList<codec::PictureText>& texts) {
    if (!tiff.holds(at, 2)) return 0;
    const int count = std::min<int>(tiff.u16(at), mostEntries);
    quint32 further = 0;
    for (int i = 0; i < count; ++i) {
        const quint64 entry = quint64(at) + 2 + quint64(i) * entryBytes;
        if (!tiff.holds(entry, entryBytes)) break;
        const auto tag = tiff.u16(entry);
        const auto length = tiff.u32(entry + 4);
        if (tag == exifDirectory) further = tiff.u32(entry + 8);
        if (!isText(tiff.u16(entry + 2))) continue;
        const quint64 place = length <= 4 ? entry + 8 : tiff.u32(entry + 8);
        if (length == 0 || length > budget || !tiff.holds(place, length)) continue;
        budget -= length;
        const auto text = valueText(tag, tiff.bytes(place, length));
        if (!text.isEmpty()) texts.append({keywordOf(tag), text});
    }
    return further;
}

}  // namespace

QList<codec::PictureText> readExifTexts(const QByteArray& block) {
    const QByteArray prefix("Exif\0\0", 6);
    const Tiff tiff(block.startsWith(prefix) ? block.mid(prefix.size()) : block);
    QList<codec::PictureText> texts;
    if (!tiff.holds(0, 8)) return texts;
    const auto order = tiff.bytes(0, 2);
    if ((order != "MM" && order != "II") || tiff.u16(2) != 42) return texts;
    auto budget = quint64(block.size());
    const auto further = readDirectory(tiff, tiff.u32(4), budget, texts);
    if (further != 0) readDirectory(tiff, further, budget, texts);
    return texts;
}

}  // namespace gallery
