#include "tests/app/ui/tiny_models.h"

#include "tests/app/ui/training_support.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QtEndian>

#include <random>

#include <gtest/gtest.h>

namespace test_support {
namespace {

const QString families = QStringLiteral(ATELIER_TEST_DATA "/training/families/");
const QString merges =
    QStringLiteral(ATELIER_BINARY_DIR "/share/atelier/clip/bpe_simple_vocab_16e6.txt");
constexpr int mergeCount = 1000 - 2 * 256 - 2;

/// How CLIP's vocabulary writes a byte: as it is where it can be seen, else as a letter beyond 255.
QStringList letters() {
    QStringList seen, rest;
    for (int byte = 0; byte < 256; ++byte) {
        const bool isSeen = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
        if (isSeen) seen << QString(QChar(byte));
        else rest << QString(QChar(256 + int(rest.size())));
    }
    return seen + rest;
}

QByteArray quoted(QString token) {
    token.replace(QLatin1Char('\\'), QStringLiteral("\\\\"));
    return '"' + token.replace(QLatin1Char('"'), QStringLiteral("\\\"")).toUtf8() + '"';
}

void writeVocabulary(const QString& folder) {
    const auto lines = QString::fromUtf8(readFile(merges)).split(QLatin1Char('\n')).mid(0, 1 + mergeCount);
    ASSERT_EQ(lines.size(), 1 + mergeCount) << qPrintable(merges);
    QStringList tokens = letters();
    for (const auto& letter : letters()) tokens << letter + QStringLiteral("</w>");
    for (auto merge : lines.mid(1)) tokens << merge.remove(QLatin1Char(' '));
    tokens << QStringLiteral("<|startoftext|>") << QStringLiteral("<|endoftext|>");
    QByteArray vocabulary = "{";
    for (qsizetype i = 0; i < tokens.size(); ++i)
        vocabulary += (i ? "," : "") + quoted(tokens[i]) + ':' + QByteArray::number(i);
    QDir().mkpath(folder);
    writeFile(folder + QStringLiteral("/vocab.json"), vocabulary + '}');
    writeFile(folder + QStringLiteral("/merges.txt"), lines.join(QLatin1Char('\n')).toUtf8() + '\n');
}

/// The bytes of a tensor's end, of the last one in the file.
qsizetype sizeOf(const QByteArray& header) {
    qsizetype largest = 0;
    const QByteArray key = "\"data_offsets\":[";
    for (auto at = header.indexOf(key); at >= 0; at = header.indexOf(key, at + 1)) {
        const auto comma = header.indexOf(',', at + key.size());
        const auto end = header.mid(comma + 1, header.indexOf(']', comma) - comma - 1);
        largest = std::max<qsizetype>(largest, end.trimmed().toLongLong());
    }
    return largest;
}

/// A safetensors file of these tensors in float16, between 1/32 and 1/16 either side of zero.
void writeWeights(const QString& headerFile, const QString& to) {
    const auto header = readFile(headerFile);
    std::mt19937 random(7);
    QByteArray numbers(sizeOf(header), '\0');
    for (qsizetype i = 0; i + 1 < numbers.size(); i += 2) {
        const auto drawn = random();
        const auto half = quint16((drawn & 0x83ff) | 0x2800);
        qToLittleEndian(half, numbers.data() + i);
    }
    writeFile(to, header + numbers);
}

void copyFolder(const QString& from, const QString& to) {
    const QString header = QStringLiteral(".header");
    QDirIterator files(from, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        auto target = to + files.next().mid(from.size());
        QDir().mkpath(QFileInfo(target).path());
        if (target.endsWith(header)) {
            target.chop(header.size());
            writeWeights(files.filePath(), target);
        } else {
            EXPECT_TRUE(QFile::copy(files.filePath(), target)) << qPrintable(target);
        }
    }
}

}  // namespace

void writeTinyModel(const QString& family, const QString& folder) {
    const bool isWhole = family.startsWith(QLatin1String("sd1"));
    const auto whole = QStringLiteral(ATELIER_TEST_DATA "/tiny/");
    copyFolder(isWhole ? whole + QStringLiteral("sd1/diffusers") : families + family, folder);
    if (isWhole && family != QLatin1String("sd1")) {
        QDir(folder + QStringLiteral("/unet")).removeRecursively();
        copyFolder(whole + family + QStringLiteral("/diffusers/unet"), folder + QStringLiteral("/unet"));
    }
    writeVocabulary(folder + QStringLiteral("/tokenizer"));
    if (family == QLatin1String("sdxl")) writeVocabulary(folder + QStringLiteral("/tokenizer_2"));
}

}  // namespace test_support
