#include "app/codec/infotext.h"

#include "app/codec/text.h"

#include <QRegularExpression>

#include <nlohmann/json.hpp>

namespace codec {
namespace {

const QString negativeMark = QStringLiteral("Negative prompt:");

/// Also for the halves of a character beyond 16 bits.
bool isLetterOrNumber(const QString& line, qsizetype at) {
    const QChar c = line[at];
    if (c.isHighSurrogate() && at + 1 < line.size())
        return QChar::isLetterOrNumber(QChar::surrogateToUcs4(c, line[at + 1]));
    if (c.isLowSurrogate() && at > 0)
        return QChar::isLetterOrNumber(QChar::surrogateToUcs4(line[at - 1], c));
    return c.isLetterOrNumber();
}

/// Of A1111's class [\w \-/], the first of them a \w.
bool isKeyCharacter(const QString& line, qsizetype at, bool isFirst) {
    const QChar c = line[at];
    return c == u'_' || isLetterOrNumber(line, at) ||
           (!isFirst && (c == u' ' || c == u'-' || c == u'/'));
}

/// Behind the value that begins at `at`: a text in quotes that a comma or the end follows, or
/// everything to the next comma.
qsizetype endOfValue(const QString& line, qsizetype at) {
    const auto comma = line.indexOf(QLatin1Char(','), at);
    const auto plainEnd = comma < 0 ? line.size() : comma;
    if (at >= line.size() || line[at] != u'"') return plainEnd;
    auto end = at + 1;
    while (end < line.size() && line[end] != u'"') end += line[end] == u'\\' ? 2 : 1;
    const bool isQuoted =
        end < line.size() && end > at + 1 && (end + 1 == line.size() || line[end + 1] == u',');
    return isQuoted ? end + 1 : plainEnd;
}

/// JSON's string literal with characters outside ASCII kept, as Python's json.dumps writes it.
QString jsonString(const QString& value) {
    QString text = QStringLiteral("\"");
    for (const QChar c : value) {
        switch (c.unicode()) {
            case '"':
                text += QStringLiteral("\\\"");
                break;
            case '\\':
                text += QStringLiteral("\\\\");
                break;
            case '\n':
                text += QStringLiteral("\\n");
                break;
            case '\r':
                text += QStringLiteral("\\r");
                break;
            case '\t':
                text += QStringLiteral("\\t");
                break;
            case '\b':
                text += QStringLiteral("\\b");
                break;
            case '\f':
                text += QStringLiteral("\\f");
                break;
            default:
                if (c.unicode() < 0x20)
                    text += QStringLiteral("\\u%1").arg(int(c.unicode()), 4, 16, QLatin1Char('0'));
                else
                    text += c;
        }
    }
    return text + QLatin1Char('"');
}

void appendLine(QString& text, const QString& line) {
    if (!text.isEmpty()) text += QLatin1Char('\n');
    text += line;
}

/// "512x768" as two pairs key-1, key-2; everything else as one.
void appendPair(QList<InfotextPair>& pairs, const QString& key, const QString& value) {
    static const QRegularExpression size(QStringLiteral("^(\\d+)x(\\d+)$"));
    const auto match = size.match(value);
    if (!match.hasMatch()) {
        pairs.append({key, value});
        return;
    }
    pairs.append({key + QStringLiteral("-1"), match.captured(1)});
    pairs.append({key + QStringLiteral("-2"), match.captured(2)});
}

}  // namespace

std::optional<QString> Infotext::find(const QString& key) const {
    for (auto pair = pairs.crbegin(); pair != pairs.crend(); ++pair)
        if (pair->first == key) return pair->second;
    return std::nullopt;
}

QString quoted(const QString& value) {
    const bool needsQuotes = value.contains(QLatin1Char(',')) ||
                             value.contains(QLatin1Char('\n')) || value.contains(QLatin1Char(':'));
    return needsQuotes ? jsonString(value) : value;
}

QString unquoted(const QString& text) {
    if (text.isEmpty() || !text.startsWith(QLatin1Char('"')) || !text.endsWith(QLatin1Char('"')))
        return text;
    const auto value = nlohmann::json::parse(toUtf8(text), nullptr, false);
    return value.is_string() ? fromUtf8(value.get<std::string>()) : text;
}

QString writeInfotext(const Infotext& block) {
    QStringList entries;
    for (const auto& [key, value] : block.pairs)
        entries += key == value ? key : key + QStringLiteral(": ") + quoted(value);
    QString text = block.prompt;
    if (!block.negativePrompt.isEmpty())
        text += QLatin1Char('\n') + negativeMark + QLatin1Char(' ') + block.negativePrompt;
    text += QLatin1Char('\n') + entries.join(QStringLiteral(", "));
    return text.trimmed();
}

QList<InfotextPair> pairsOfLine(const QString& line) {
    QList<InfotextPair> pairs;
    qsizetype keyStart = -1;
    for (qsizetype at = 0; at < line.size(); ++at) {
        const QChar c = line[at];
        if (keyStart < 0 && isKeyCharacter(line, at, true)) {
            keyStart = at;
        } else if (keyStart >= 0 && c == u':' && at - keyStart >= 2) {
            auto value = at + 1;
            while (value < line.size() && line[value].isSpace()) ++value;
            const auto end = endOfValue(line, value);
            pairs.append({line.mid(keyStart, at - keyStart), line.mid(value, end - value)});
            keyStart = -1;
            at = end;  // the comma, or the end
        } else if (keyStart >= 0 && !isKeyCharacter(line, at, false)) {
            keyStart = -1;
        }
    }
    return pairs;
}

Infotext readInfotext(const QString& text) {
    QString unified = text;
    unified.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    QStringList lines = unified.trimmed().split(QLatin1Char('\n'));
    Infotext block;
    const auto pairs = pairsOfLine(lines.last());
    if (pairs.size() >= 3) {
        lines.removeLast();
        for (const auto& [key, value] : pairs) appendPair(block.pairs, key, unquoted(value));
    }
    bool isNegative = false;
    for (const QString& raw : lines) {
        QString line = raw.trimmed();
        if (line.startsWith(negativeMark)) {
            isNegative = true;
            line = line.mid(negativeMark.size()).trimmed();
        }
        appendLine(isNegative ? block.negativePrompt : block.prompt, line);
    }
    repairOldPairs(block);
    return block;
}

}  // namespace codec
