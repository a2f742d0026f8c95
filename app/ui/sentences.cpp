#include "app/ui/sentences.h"

#include <QCoreApplication>
#include <QList>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace ui {
namespace {

/// What is told in one go; %1 to %9 are arguments. The first that fits is taken.
constexpr std::array shapes{
    QT_TRANSLATE_NOOP("sentences", "Memory: %1 takes at least %2, and the limit is %3. %4 would fit."),
    QT_TRANSLATE_NOOP("sentences", "Memory: %1 takes at least %2, and the limit is %3. No size fits; raise the limit to %4, or choose a smaller model."),
    QT_TRANSLATE_NOOP("sentences", "Memory ran out; %1 would fit."),
    QT_TRANSLATE_NOOP("sentences", "Memory ran out; a smaller size or fewer pictures may fit."),
    QT_TRANSLATE_NOOP("sentences", "The memory of this computer is used up."),
    QT_TRANSLATE_NOOP("sentences", "The model made numbers that are not finite, so there is no picture to show. Its weights may be damaged, or too large for 16-bit arithmetic."),
    QT_TRANSLATE_NOOP("sentences", "Previews are rough: %1"),
    QT_TRANSLATE_NOOP("sentences", "Unexpected trouble: %1"),
    QT_TRANSLATE_NOOP("sentences", "%1 The picture was kept as %2."),
    QT_TRANSLATE_NOOP("sentences", "The engine could not be loaded: %1."),
    QT_TRANSLATE_NOOP("sentences", "The engine: expected the library %1, found no such file. Build or install Atelier again."),
    QT_TRANSLATE_NOOP("sentences", "%1: character %2: %3."),
    QT_TRANSLATE_NOOP("sentences", "%1: expected a whole model, but found no %2 in it; choose a checkpoint that holds UNet, text encoder and VAE."),
    QT_TRANSLATE_NOOP("sentences", "%1: expected a whole model, but found no VAE in it; choose a checkpoint that holds one, or name another file for the VAE."),
    QT_TRANSLATE_NOOP("sentences", "%1: expected a number from %2 to %3 (or %4 to have it chosen), found %5."),
    QT_TRANSLATE_NOOP("sentences", "%1: expected a number from %2 to %3, found %4."),
    QT_TRANSLATE_NOOP("sentences", "%1: expected %2 or more, found %3."),
    QT_TRANSLATE_NOOP("sentences", "%1: expected text, found a zero byte in it."),
    QT_TRANSLATE_NOOP("sentences", "style: expected the name of a style, found \"%1\", which no file of styles has."),
    QT_TRANSLATE_NOOP("sentences", "style: expected a name, found none."),
    QT_TRANSLATE_NOOP("sentences", "preset: expected a name of 1 to 80 letters without / and \\, found \"%1\"."),
    QT_TRANSLATE_NOOP("sentences", "%1: expected pictures with captions (cat.png beside cat.txt, or captions.jsonl), found none."),
    QT_TRANSLATE_NOOP("sentences", "%1: no picture of the folder can be read."),
    QT_TRANSLATE_NOOP("sentences", "%1 is left out: %2"),
    QT_TRANSLATE_NOOP("sentences", "%1 has no caption in %2"),
    QT_TRANSLATE_NOOP("sentences", "The picture %1 is not there."),
    QT_TRANSLATE_NOOP("sentences", "The picture %1 can't be read: %2."),
    QT_TRANSLATE_NOOP("sentences", "There is only one picture: what is learnt will be that picture."),
    QT_TRANSLATE_NOOP("sentences", "Training has broken down: the loss was not a number for 20 steps. Lower the learning rate."),
    QT_TRANSLATE_NOOP("sentences", "%1 can't be written."),
    QT_TRANSLATE_NOOP("sentences", "%1: can't be started: %2."),
    QT_TRANSLATE_NOOP("sentences", "reading the %1"),
    QT_TRANSLATE_NOOP("sentences", "saved the state"),
    QT_TRANSLATE_NOOP("sentences", "wrote %1"),
    QT_TRANSLATE_NOOP("sentences", "%1: is not a model folder (expected %2)."),
    QT_TRANSLATE_NOOP("sentences", "%1: can't be opened: %2."),
    QT_TRANSLATE_NOOP("sentences", "%1: can't be written: %2."),
    QT_TRANSLATE_NOOP("sentences", "%1: expected %2, found the end."),
    QT_TRANSLATE_NOOP("sentences", "%1: expected %2, found nothing."),
    QT_TRANSLATE_NOOP("sentences", "%1: expected %2, found none."),
    QT_TRANSLATE_NOOP("sentences", "%1: expected %2, found %3."),
    QT_TRANSLATE_NOOP("sentences", "%1: expected %2."),
};

/// Parts of sentences, and fields by their names.
constexpr std::array phrases{
    QT_TRANSLATE_NOOP("sentences", "expected %1 for the %2 at character %3, found the end"),
    QT_TRANSLATE_NOOP("sentences", "expected %1 for the %2 at character %3, found %4"),
    QT_TRANSLATE_NOOP("sentences", "expected fewer brackets inside one another, found %1"),
    QT_TRANSLATE_NOOP("sentences", "expected a variable's name, found %1"),
    QT_TRANSLATE_NOOP("sentences", "expected text, found %1"),
    QT_TRANSLATE_NOOP("sentences", "expected %1, found the end"),
    QT_TRANSLATE_NOOP("sentences", "expected %1, found %2"),
    QT_TRANSLATE_NOOP("sentences", "a variable that is set"),
    QT_TRANSLATE_NOOP("sentences", "none of this name"),
    QT_TRANSLATE_NOOP("sentences", "a value without the variable itself"),
    QT_TRANSLATE_NOOP("sentences", "a whole number"),
    QT_TRANSLATE_NOOP("sentences", "a file that can be read"),
    QT_TRANSLATE_NOOP("sentences", "a model folder"),
    QT_TRANSLATE_NOOP("sentences", "a folder of pictures"),
    QT_TRANSLATE_NOOP("sentences", "text encoder"),
    QT_TRANSLATE_NOOP("sentences", "The picture %1 can't be read: %2."),
    QT_TRANSLATE_NOOP("sentences", "The picture %1 is not there."),
    QT_TRANSLATE_NOOP("sentences", "no weights"),
    QT_TRANSLATE_NOOP("sentences", "%1 or %2"),
    QT_TRANSLATE_NOOP("sentences", "prompt"),
    QT_TRANSLATE_NOOP("sentences", "negative_prompt"),
    QT_TRANSLATE_NOOP("sentences", "width"),
    QT_TRANSLATE_NOOP("sentences", "height"),
    QT_TRANSLATE_NOOP("sentences", "steps"),
    QT_TRANSLATE_NOOP("sentences", "seed"),
    QT_TRANSLATE_NOOP("sentences", "count"),
    QT_TRANSLATE_NOOP("sentences", "mask"),
};

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
        pattern += QStringLiteral("(.+?)");
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
        result += phrase(match.captured(int(place) + 1), depth + 1);
        ++i;
    }
    return result;
}

QString phrase(const QString& text, int depth) {
    static const auto known = compiledAll(phrases);
    constexpr int deepest = 4;
    if (depth > deepest || text.size() > 400) return text;
    for (const auto& shape : known)
        if (const auto words = filled(shape, text, depth); !words.isEmpty()) return words;
    return text;
}

}  // namespace

QString inWindowLanguage(const QString& sentence) {
    // Without a translation the sentence stands as it was written.
    const char* probe = shapes[0];
    if (QCoreApplication::translate("sentences", probe) == QString::fromUtf8(probe)) return sentence;
    static const auto known = compiledAll(shapes);
    for (const auto& shape : known)
        if (const auto words = filled(shape, sentence, 0); !words.isEmpty()) return words;
    return sentence;
}

}  // namespace ui
