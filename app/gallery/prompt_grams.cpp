#include "app/gallery/prompt_grams.h"

#include <QList>
#include <QStringList>

namespace gallery {
namespace {

constexpr qsizetype mostCharacters = 20000;
constexpr qsizetype mostQueryCharacters = 500;

using Word = QList<uint>;

bool belongsToWord(uint character) {
    return QChar::isLetterOrNumber(character) || QChar::isMark(character);
}

QList<Word> wordsOf(const QString& text, qsizetype most) {
    const auto plain =
        text.left(most).normalized(QString::NormalizationForm_KC).toCaseFolded().toUcs4();
    QList<Word> words;
    bool isInside = false;
    for (const uint character : plain) {
        const bool belongs = belongsToWord(character);
        if (belongs && !isInside) words.append(Word());
        if (belongs) words.last().append(character);
        isInside = belongs;
    }
    return words;
}

/// Six digits each, so that no character is the beginning of another one.
QString spelled(uint character) {
    return QStringLiteral("%1").arg(character, 6, 16, QLatin1Char('0'));
}

QString gramAt(const Word& word, qsizetype at) {
    return spelled(word[at]) + (at + 1 < word.size() ? spelled(word[at + 1]) : QString());
}

}  // namespace

QString gramsOf(const QString& text) {
    QStringList grams;
    for (const auto& word : wordsOf(text, mostCharacters))
        for (qsizetype i = 0; i < word.size(); ++i) grams += gramAt(word, i);
    return grams.join(QLatin1Char(' '));
}

QString gramQuery(const QString& query) {
    QStringList parts;
    for (const auto& word : wordsOf(query, mostQueryCharacters)) {
        QStringList grams;
        for (qsizetype i = 0; i + 1 < word.size(); ++i) grams += gramAt(word, i);
        // One character is the beginning of the pairs that it leads.
        parts += word.size() == 1
                     ? spelled(word[0]) + QLatin1Char('*')
                     : QLatin1Char('"') + grams.join(QLatin1Char(' ')) + QLatin1Char('"');
    }
    return parts.join(QLatin1Char(' '));
}

}  // namespace gallery
