#include "app/gallery/stealth.h"

#include "app/gallery/inflate.h"

#include <array>

namespace gallery {
namespace {

constexpr qsizetype signatureBytes = 15;
/// Pixels of 16384x16384; more would only be read to be refused.
constexpr qint64 mostPixels = qint64(1) << 28;
constexpr quint32 mostTextBytes = 16 << 20;

/// The hidden bits as bytes, from the first on, most significant bit first.
class HiddenBits {
public:
    /// channels: shifts of the colours in a pixel's 32 bits, in the order of the bits.
    HiddenBits(const QImage& picture, QList<int> channels)
        : picture_(picture), channels_(std::move(channels)) {}

    qint64 left() const {
        return qint64(picture_.width()) * picture_.height() * channels_.size() - at_;
    }

    QByteArray bytes(qsizetype count) {
        QByteArray result;
        if (left() < qint64(count) * 8) return result;
        result.reserve(count);
        for (qsizetype i = 0; i < count; ++i) {
            int byte = 0;
            for (int bit = 0; bit < 8; ++bit) byte = byte << 1 | next();
            result += char(byte);
        }
        return result;
    }

private:
    int next() {
        const auto pixel = at_ / channels_.size();
        const auto channel = channels_[at_ % channels_.size()];
        const auto x = int(pixel / picture_.height());
        const auto y = int(pixel % picture_.height());
        ++at_;
        const auto* row = reinterpret_cast<const QRgb*>(picture_.constScanLine(y));
        return int(row[x] >> channel & 1);
    }

    const QImage& picture_;
    QList<int> channels_;
    qint64 at_ = 0;
};

std::optional<QString> readBits(HiddenBits bits, const QByteArray& plain,
                                const QByteArray& packed) {
    const auto signature = bits.bytes(signatureBytes);
    if (signature.isEmpty() || (signature != plain && signature != packed)) return std::nullopt;
    const auto head = bits.bytes(4);
    quint32 length = 0;
    for (const char byte : head) length = length << 8 | quint8(byte);
    if (head.isEmpty() || length > bits.left() || length / 8 > mostTextBytes) return std::nullopt;
    const auto body = bits.bytes(qsizetype(length / 8));
    return QString::fromUtf8(signature == packed ? inflated(body) : body);
}

}  // namespace

std::optional<QString> readStealthText(const QImage& picture) {
    if (picture.isNull() || qint64(picture.width()) * picture.height() > mostPixels)
        return std::nullopt;
    const auto pixels = picture.convertToFormat(QImage::Format_ARGB32);
    const auto alpha = readBits({pixels, {24}}, "stealth_pnginfo", "stealth_pngcomp");
    return alpha ? alpha : readBits({pixels, {16, 8, 0}}, "stealth_rgbinfo", "stealth_rgbcomp");
}

}  // namespace gallery
