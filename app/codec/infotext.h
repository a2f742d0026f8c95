#pragma once

// The text block that A1111 and its relatives write into their pictures: the prompt, a line
// "Negative prompt: ...", and a last line of "key: value" pairs. `Infotext` is the block as such;
// the request functions choose its pairs from the one list of fields.

#include "diffusion/engine.h"
#include "diffusion/request.h"

#include <QList>
#include <QString>

#include <optional>
#include <utility>

namespace codec {

using InfotextPair = std::pair<QString, QString>;

/// A block, taken apart. Pairs keep the order of the text; values are not quoted.
struct Infotext {
    QString prompt;
    QString negativePrompt;
    QList<InfotextPair> pairs;

    /// The value of the last pair with this key.
    std::optional<QString> find(const QString& key) const;
};

/// The value as it stands behind "key: ": in JSON's quotes if it holds a comma, colon or line
/// break.
QString quoted(const QString& value);

/// The value behind quotes; text without them, or that JSON can't read, stays as it is.
QString unquoted(const QString& text);

/// The block as A1111 writes it. A pair whose value equals its key is written once.
QString writeInfotext(const Infotext& block);

/// The pairs of one line as they stand there, quotes kept. Takes what A1111's pattern takes,
/// \s*(\w[\w \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$), in one walk: on a long line of a stranger
/// the pattern itself would take the square of its length.
QList<InfotextPair> pairsOfLine(const QString& line);

/// What A1111 says in other words by now: the size of the first pass, hypernetworks.
void repairOldPairs(Infotext& block);

/// Never fails: text without pairs is a prompt. Sizes ("512x768") become key-1 and key-2, and old
/// pairs are repaired.
Infotext readInfotext(const QString& text);

/// Whether A1111 writes "ENSD" for a sampler: where noise is drawn within the steps.
bool saysNoiseSeedDelta(const diffusion::GenerationRequest& request);

/// What A1111 says of a picture by an inpainting model: the mask hides all that lies under it.
InfotextPair inpaintingPair();

/// Brings the pairs into A1111's order; keys that it does not know follow as they came.
void sortLikeA1111(QList<InfotextPair>& pairs);

/// The block for a finished picture: A1111's keys in A1111's order, then those that only Atelier
/// has.
Infotext infotextOf(const diffusion::Result& result);

/// What a block says of a request; what it does not say keeps its default. Numbers that can't be
/// read or lie outside their range keep their default, too.
diffusion::GenerationRequest requestOf(const Infotext& block);

}  // namespace codec
