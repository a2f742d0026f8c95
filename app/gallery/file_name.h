#pragma once

// Names of picture files, by patterns in A1111's language: text with tokens in brackets, as in
// "[date]/[seed]-[prompt_words]". Token names don't care for case; <arguments> stand at a token's
// end; a token that is not known stays in the name as it was written.

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>

namespace gallery {

/// What tokens stand for. Numbers that Python would write as floats keep their point: 7.0.
struct NameFacts {
    QString prompt;
    QString negativePrompt;
    qint64 seed = 0;
    qint64 firstSeed = 0;  ///< of the batch
    qint64 lastSeed = 0;
    int steps = 20;
    double guidanceScale = 7.0;
    int width = 0;  ///< pixels
    int height = 0;
    int clipSkip = 1;
    std::optional<double> denoiseStrength;
    QString sampler;
    QString schedule;
    QString modelName;
    QString modelHash;
    QString vaeName;     ///< empty: the model's own
    QStringList styles;  ///< "None" is no style
    QString user;
    QString baseName;          ///< empty: img
    int batchSize = 1;         ///< pictures that are made at once
    int batchNumber = 1;       ///< from 1
    int batchCount = 1;        ///< batches one after the other
    int generationNumber = 1;  ///< from 1, over all batches
    QDateTime now;
    QDateTime jobStart;
    QByteArray pixels;  ///< for [image_hash]
};

/// The pattern with its tokens replaced. A token that has nothing to say (the batch number of a
/// single picture) takes the text before it along. What comes from the facts holds no separator of
/// folders; what the pattern says itself is not looked at: see safePath.
QString fillPattern(const QString& pattern, const NameFacts& facts);

/// Text as a part of a name: characters that file systems refuse become underscores; at most 128
/// characters, no spaces in front, no spaces and dots behind.
QString namePart(const QString& text, bool replacesSpaces);

/// A relative path that can't leave its folder and that every file system takes: no empty, "." or
/// ".." parts, no reserved characters or names, at most 8 parts of at most 200 bytes of UTF-8.
/// Empty if nothing is left.
QString safePath(const QString& path);

}  // namespace gallery
