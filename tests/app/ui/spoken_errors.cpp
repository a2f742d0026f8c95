#include "tests/app/ui/spoken_errors.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QStringList>

namespace test_support {
namespace {

const QString argument = QStringLiteral("X");

/// Cuts at a character that stands outside of brackets and quotes, up to the bracket that closes.
QStringList cutAt(QChar separator, const QString& text, qsizetype from) {
    QStringList parts{QString()};
    int depth = 0;
    QChar quote;
    for (qsizetype i = from; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool isOpening = c == u'(' || c == u'[' || c == u'{';
        const bool isClosing = c == u')' || c == u']' || c == u'}';
        if (!quote.isNull()) {
            if (c == u'\\') parts.last() += text[i++];
            if (text[i] == quote && c != u'\\') quote = QChar();
        } else if (c == u'"' || c == u'\'') {
            quote = c;
        } else if (isClosing && depth-- == 0) {
            return parts;
        } else if (isOpening) {
            ++depth;
        } else if (c == separator && depth == 0) {
            parts << QString();
            continue;
        }
        parts.last() += text[i];
    }
    return parts;
}

/// What "a" "b" or std::string("a") says; null where it is something else.
QString literalOf(QString term) {
    static const QRegularExpression wrapped(
        QStringLiteral(R"re(^std::string\(\s*("[^\n]*")\s*\)$)re"));
    static const QRegularExpression piece(QStringLiteral(R"re("((?:[^"\\]|\\.)*)")re"));
    static const QRegularExpression pieces(QStringLiteral(R"re(^(?:"(?:[^"\\]|\\.)*"\s*)+$)re"));
    term = term.trimmed();
    if (const auto match = wrapped.match(term); match.hasMatch()) term = match.captured(1);
    if (!pieces.match(term).hasMatch()) return {};
    QString said = QLatin1String("");
    for (auto it = piece.globalMatch(term); it.hasNext();) said += it.next().captured(1);
    return said.replace(QLatin1String("\\\""), QLatin1String("\""))
        .replace(QLatin1String("\\\\"), QLatin1String("\\"));
}

/// Null where no part is a literal with words in it.
QString sentenceOf(const QString& expression) {
    static const QRegularExpression word(QStringLiteral("[a-z]{2}"));
    QString sentence;
    bool hasWords = false;
    for (const auto& term : cutAt(u'+', expression, 0)) {
        const QString literal = literalOf(term);
        hasWords |= word.match(literal).hasMatch();
        sentence += literal.isNull() ? argument : literal;
    }
    return hasWords ? sentence : QString();
}

/// The sentence of one call, by who is called.
QString sentenceOfCall(const QString& callee, const QStringList& arguments) {
    const QString file = argument + QStringLiteral(": ");
    if (callee == QLatin1String("Error")) {
        const bool isMade = arguments.size() >= 2 &&
                            arguments[0].contains(QLatin1String("kind"), Qt::CaseInsensitive);
        return isMade ? sentenceOf(arguments[1]) : QString();
    }
    // These put the name of a file in front.
    const int place = callee == QLatin1String("file_error") ? 2 : int(arguments.size()) - 1;
    const QString words = sentenceOf(arguments.value(place));
    return words.isNull() ? words : file + words;
}

}  // namespace

QList<SpokenError> spokenErrors(const QString& folder) {
    static const QRegularExpression call(
        QStringLiteral(R"re((?<!void )(?<!class )\b(Error|file_error|fail|refuse)\()re"));
    static const QRegularExpression comment(QStringLiteral("//[^\n]*"));
    const QDir root(QStringLiteral(ATELIER_SOURCE_DIR));
    QList<SpokenError> found;
    QDirIterator files(root.filePath(folder), {QStringLiteral("*.cpp")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly)) continue;
        const QString source = QString::fromUtf8(file.readAll()).remove(comment);
        for (auto it = call.globalMatch(source); it.hasNext();) {
            const auto match = it.next();
            const auto arguments = cutAt(u',', source, match.capturedEnd());
            const QString sentence = sentenceOfCall(match.captured(1), arguments);
            if (!sentence.isNull())
                found << SpokenError{root.relativeFilePath(file.fileName()), sentence};
        }
    }
    return found;
}

}  // namespace test_support
