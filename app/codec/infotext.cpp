#include "app/codec/infotext.h"

#include "app/codec/text.h"

#include <QRegularExpression>

#include <nlohmann/json.hpp>

namespace codec {
namespace {

const QString negativeMark = QStringLiteral("Negative prompt:");

/// A1111's own pattern; a value is in quotes or runs to the next comma.
const QRegularExpression& pairPattern() {
    static const QRegularExpression pattern(
        QStringLiteral(R"RE(\s*(\w[\w \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$))RE"),
        QRegularExpression::UseUnicodePropertiesOption);
    return pattern;
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
    auto matches = pairPattern().globalMatch(line);
    while (matches.hasNext()) {
        const auto match = matches.next();
        pairs.append({match.captured(1), match.captured(2)});
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
    return block;
}

}  // namespace codec
