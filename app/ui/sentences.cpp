#include "app/ui/sentences.h"

#include "app/ui/sentence_shapes.h"

#include <QCache>
#include <QCoreApplication>
#include <QList>
#include <QRegularExpression>

namespace ui {
namespace {

struct Shape {
    const char* source;
    QRegularExpression pattern;
    QList<int> order;  ///< the number of each captured argument
};

Shape compiled(const char* source) {
    Shape shape{source, {}, {}};
    QString pattern;
    const QString text = QString::fromUtf8(source);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isArgument = text[i] == QLatin1Char('%') && i + 1 < text.size() && text[i + 1].isDigit();
        if (!isArgument) {
            pattern += QRegularExpression::escape(QString(text[i]));
            continue;
        }
        shape.order << text[++i].digitValue();
        pattern += QStringLiteral("(.*?)");
    }
    shape.pattern = QRegularExpression(QRegularExpression::anchoredPattern(pattern),
                                       QRegularExpression::DotMatchesEverythingOption |
                                           QRegularExpression::CaseInsensitiveOption);
    return shape;
}

template <typename Sources>
QList<Shape> compiledAll(const Sources& sources) {
    QList<Shape> result;
    for (const char* source : sources) result << compiled(source);
    return result;
}

QString phrase(const QString& text, int depth);

/// Empty when the shape is another one.
QString filled(const Shape& shape, const QString& text, int depth) {
    const auto match = shape.pattern.match(text);
    if (!match.hasMatch()) return {};
    // All at once: an argument may hold a "%1" of its own.
    QString result;
    const QString words = QCoreApplication::translate("sentences", shape.source);
    for (qsizetype i = 0; i < words.size(); ++i) {
        const int number = words[i] == QLatin1Char('%') && i + 1 < words.size() ? words[i + 1].digitValue() : -1;
        const auto place = shape.order.indexOf(number);
        if (place < 0) {
            result += words[i];
            continue;
        }
        const QString argument = match.captured(int(place) + 1);
        const bool isQuoted = i > 0 && words[i - 1] == QLatin1Char('"');  // somebody's own words
        result += isQuoted ? argument : phrase(argument, depth + 1);
        ++i;
    }
    return result;
}

/// Empty when none fits.
QString firstOf(const QList<Shape>& shapes, const QString& text, int depth) {
    for (const auto& shape : shapes)
        if (const auto words = filled(shape, text, depth); !words.isEmpty()) return words;
    return {};
}

const QList<Shape>& sentences() {
    static const auto known = compiledAll(sentenceShapes());
    return known;
}

QString phrase(const QString& text, int depth) {
    static const auto parts = compiledAll(phraseShapes());
    constexpr int deepest = 4;
    if (depth > deepest || text.size() > 400) return text;
    if (const auto words = firstOf(parts, text, depth); !words.isEmpty()) return words;
    // A sentence that passes another on.
    const bool isSentence = text.contains(QLatin1String(": ")) || text.endsWith(QLatin1Char('.'));
    const auto words = isSentence ? firstOf(sentences(), text, depth) : QString();
    return words.isEmpty() ? text : words;
}

}  // namespace

QString inWindowLanguage(const QString& sentence) {
    // Lists ask while they paint.
    constexpr int mostKept = 200;
    static QCache<QString, QString> kept(mostKept);
    static QString keptFor;
    // Without a translation the sentence stands as it was written.
    const char* probe = phraseShapes()[0];
    const QString language = QCoreApplication::translate("sentences", probe);
    if (language == QString::fromUtf8(probe)) return sentence;
    if (language != keptFor) kept.clear();
    keptFor = language;
    if (const auto* known = kept.object(sentence)) return *known;
    const auto words = firstOf(sentences(), sentence, 0);
    const QString said = words.isEmpty() ? sentence : words;
    kept.insert(sentence, new QString(said));
    return said;
}

}  // namespace ui
