// What old versions of A1111 wrote, in the words of today's.

#include "app/codec/infotext.h"

#include <cmath>

namespace codec {
namespace {

void put(Infotext& block, const QString& key, const QString& value) {
    for (auto& pair : block.pairs)
        if (pair.first == key) {
            pair.second = value;
            return;
        }
    block.pairs.append({key, value});
}

int sideOf(const Infotext& block, const QString& key, int otherwise) {
    bool isNumber = false;
    const int side = block.find(key).value_or(QString()).toInt(&isNumber);
    return isNumber && side >= 0 && side <= 65536 ? side : otherwise;
}

/// Sides of about 512 x 512 pixels in this shape, whole multiples of 64: what was made first where
/// nobody said it.
int firstPassSide(int side, int other) {
    const double scale = std::sqrt(512.0 * 512.0 / (double(side) * other));
    return int(std::ceil(scale * side / 64)) * 64;
}

/// "Size" was that of the second pass.
void repairFirstPass(Infotext& block) {
    const auto first = QStringLiteral("First pass size-");
    if (!block.find(first + u'1') || !block.find(first + u'2')) return;
    const int width = sideOf(block, QStringLiteral("Size-1"), 512);
    const int height = sideOf(block, QStringLiteral("Size-2"), 512);
    if (width == 0 || height == 0) return;
    int firstWidth = sideOf(block, first + u'1', 0);
    int firstHeight = sideOf(block, first + u'2', 0);
    if (firstWidth == 0 || firstHeight == 0) {
        firstWidth = firstPassSide(width, height);
        firstHeight = firstPassSide(height, width);
    }
    put(block, QStringLiteral("Size-1"), QString::number(firstWidth));
    put(block, QStringLiteral("Size-2"), QString::number(firstHeight));
    put(block, QStringLiteral("Hires resize-1"), QString::number(width));
    put(block, QStringLiteral("Hires resize-2"), QString::number(height));
}

/// A hypernetwork was a setting before it was a tag in the prompt.
void repairHypernetwork(Infotext& block) {
    const auto name = block.find(QStringLiteral("Hypernet"));
    if (!name) return;
    const auto strength =
        block.find(QStringLiteral("Hypernet strength")).value_or(QStringLiteral("1.0"));
    block.prompt += QStringLiteral("<hypernet:%1:%2>").arg(*name, strength);
}

}  // namespace

void repairOldPairs(Infotext& block) {
    repairFirstPass(block);
    repairHypernetwork(block);
}

}  // namespace codec
