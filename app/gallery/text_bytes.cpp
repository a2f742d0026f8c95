#include "app/gallery/text_bytes.h"

#include <QStringConverter>

namespace gallery {
namespace {

bool isLittleEndian(const QByteArray& bytes) {
    if (bytes.startsWith("\xff\xfe")) return true;
    if (bytes.startsWith("\xfe\xff")) return false;
    qsizetype zeros[2] = {0, 0};
    for (qsizetype i = 0; i < bytes.size(); ++i)
        if (bytes[i] == '\0') ++zeros[i % 2];
    return zeros[1] > zeros[0];
}

}  // namespace

QString decodeText(const QByteArray& bytes) {
    QStringDecoder utf8(QStringConverter::Utf8, QStringConverter::Flag::Stateless);
    const QString text = utf8(bytes);
    return utf8.hasError() ? QString::fromLatin1(bytes) : text;
}

QString decodeUtf16(const QByteArray& bytes) {
    const bool hasMark = bytes.startsWith("\xff\xfe") || bytes.startsWith("\xfe\xff");
    QStringDecoder decode(isLittleEndian(bytes) ? QStringConverter::Utf16LE
                                                : QStringConverter::Utf16BE);
    return decode(hasMark ? bytes.mid(2) : bytes);
}

}  // namespace gallery
