// The parts of names: what characters they may have, and how numbers and times stand in them.

#include "app/codec/request_check.h"
#include "app/gallery/file_name.h"
#include "app/gallery/file_name_impl.h"

#include <QSet>
#include <QTimeZone>

#include <algorithm>
#include <cmath>
#include <ctime>

namespace gallery {
namespace {

const QString refused = QStringLiteral("#<>:\"/\\|?*\n\r\t");
constexpr qsizetype mostCharacters = 128;
/// File systems take 255; number, suffix and the hidden file's name need room beside it.
constexpr qsizetype mostBytes = 200;
constexpr qsizetype mostParts = 8;

void stripEnd(QString& text) {
    while (text.endsWith(QLatin1Char(' ')) || text.endsWith(QLatin1Char('.'))) text.chop(1);
}

/// Without cutting a character in two.
QString firstCharacters(const QString& text, qsizetype count) {
    const auto characters = text.toUcs4();
    return QString::fromUcs4(reinterpret_cast<const char32_t*>(characters.constData()),
                             std::min(count, characters.size()));
}

/// Names that Windows keeps for devices, whatever their suffix.
bool isDevice(const QString& part) {
    static const QSet<QString> names = [] {
        QSet<QString> made{"CON", "PRN", "AUX", "NUL"};
        for (int i = 1; i < 10; ++i)
            made << QStringLiteral("COM%1").arg(i) << QStringLiteral("LPT%1").arg(i);
        return made;
    }();
    return names.contains(part.section(QLatin1Char('.'), 0, 0).trimmed().toUpper());
}

QString safePart(QString part) {
    for (auto& c : part)
        if (c.unicode() < 0x20 || c.unicode() == 0x7f || QStringLiteral("<>:\"\\|?*").contains(c))
            c = QLatin1Char('_');
    part = part.trimmed();
    auto characters = part.toUcs4().size();
    while (part.toUtf8().size() > mostBytes) part = firstCharacters(part, --characters);
    stripEnd(part);
    return isDevice(part) ? QLatin1Char('_') + part : part;
}

std::tm brokenDown(const QDateTime& time) {
    std::tm parts{};
    const auto date = time.date();
    parts.tm_year = date.year() - 1900;
    parts.tm_mon = date.month() - 1;
    parts.tm_mday = date.day();
    parts.tm_wday = date.dayOfWeek() % 7;
    parts.tm_yday = date.dayOfYear() - 1;
    parts.tm_hour = time.time().hour();
    parts.tm_min = time.time().minute();
    parts.tm_sec = time.time().second();
    parts.tm_isdst = time.isDaylightTime() ? 1 : 0;
    parts.tm_gmtoff = time.offsetFromUtc();
    return parts;
}

}  // namespace

QString namePart(const QString& text, bool replacesSpaces) {
    QString part = text;
    for (auto& c : part)
        if (refused.contains(c) || (replacesSpaces && c == QLatin1Char(' '))) c = QLatin1Char('_');
    const auto first = std::find_if(part.begin(), part.end(), [](QChar c) { return c != u' '; });
    part.remove(0, first - part.begin());
    part = firstCharacters(part, mostCharacters);
    stripEnd(part);
    return part;
}

QString safePath(const QString& path) {
    QStringList parts;
    for (const auto& raw : path.split(QLatin1Char('/'), Qt::SkipEmptyParts)) {
        const auto part = safePart(raw);
        if (!part.isEmpty()) parts += part;
    }
    // The last part is the file's own name.
    if (parts.size() > mostParts) parts = parts.mid(0, mostParts - 1) << parts.last();
    return parts.join(QLatin1Char('/'));
}

std::optional<QString> formatTime(const QDateTime& time, const QString& format) {
    auto pattern = format;
    pattern.replace(QStringLiteral("%f"),
                    QStringLiteral("%1").arg(time.time().msec() * 1000, 6, 10, QLatin1Char('0')));
    auto parts = brokenDown(time);
    const auto zone = time.timeZoneAbbreviation().toLatin1();
    parts.tm_zone = zone.constData();
    char text[1024];
    const auto length = std::strftime(text, sizeof text, pattern.toUtf8().constData(), &parts);
    if (length == 0) return std::nullopt;
    return QString::fromUtf8(text, qsizetype(length));
}

QString pythonFloat(double value) {
    const auto text = QString::fromStdString(codec::numberText(value));
    const bool isWhole = std::isfinite(value) && !text.contains(QLatin1Char('.')) &&
                         !text.contains(QLatin1Char('e'));
    return isWhole ? text + QStringLiteral(".0") : text;
}

}  // namespace gallery
