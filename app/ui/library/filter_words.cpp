#include "app/ui/library/filter_words.h"

#include "app/ui/library/mark_words.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {
namespace {

using gallery::PictureFilter;

template <typename Value>
void add(QList<FilterPart>& parts, const PictureFilter& filter, const char* icon,
         const QString& name, Value PictureFilter::*field) {
    auto without = filter;
    without.*field = Value();
    parts.append({QLatin1String(icon), name, without});
}

QString dateName(const PictureFilter& filter) {
    const auto day = [](const QDate& date) { return QLocale().toString(date, QLocale::ShortFormat); };
    if (filter.from == filter.to) return day(filter.from);
    if (!filter.to.isValid())
        return QCoreApplication::translate("filters", "since %1").arg(day(filter.from));
    if (!filter.from.isValid())
        return QCoreApplication::translate("filters", "until %1").arg(day(filter.to));
    return QStringLiteral("%1 – %2").arg(day(filter.from), day(filter.to));
}

void addMarks(QList<FilterPart>& parts, const PictureFilter& filter) {
    if (filter.leastStars > 0)
        add(parts, filter, "star-on",
            QCoreApplication::translate("filters", "%1 and up").arg(filter.leastStars),
            &PictureFilter::leastStars);
    QStringList names;
    for (const int pick : filter.picks) names << pickName(pick);
    if (!names.isEmpty())
        add(parts, filter, "pick", names.join(QStringLiteral(", ")), &PictureFilter::picks);
    names.clear();
    for (const int label : filter.labels) names << (label == 0 ? QCoreApplication::translate("filters", "No label") : labelName(label));
    if (!names.isEmpty())
        add(parts, filter, "label", names.join(QStringLiteral(", ")), &PictureFilter::labels);
}

}  // namespace

QString pickName(int pick) {
    if (pick > 0) return QCoreApplication::translate("filters", "Picks");
    return pick < 0 ? QCoreApplication::translate("filters", "Rejected")
                    : QCoreApplication::translate("filters", "No flag");
}

QString shapeName(gallery::Shape shape) {
    switch (shape) {
        case gallery::Shape::square:
            return QCoreApplication::translate("filters", "Square");
        case gallery::Shape::portrait:
            return QCoreApplication::translate("filters", "Portrait");
        case gallery::Shape::landscape:
            return QCoreApplication::translate("filters", "Landscape");
        case gallery::Shape::any:
            break;
    }
    return QCoreApplication::translate("filters", "Any shape");
}

QString orderName(gallery::Order order) {
    switch (order) {
        case gallery::Order::oldest:
            return QCoreApplication::translate("filters", "Oldest first");
        case gallery::Order::best:
            return QCoreApplication::translate("filters", "Most stars first");
        case gallery::Order::newest:
            break;
    }
    return QCoreApplication::translate("filters", "Newest first");
}

QString sizeName(const QSize& size) {
    return QStringLiteral("%1 × %2").arg(size.width()).arg(size.height());
}

QList<FilterPart> partsOf(const PictureFilter& filter) {
    QList<FilterPart> parts;
    addMarks(parts, filter);
    const auto addList = [&](const char* icon, QStringList PictureFilter::*field) {
        if (!(filter.*field).isEmpty())
            add(parts, filter, icon, (filter.*field).join(QStringLiteral(", ")), field);
    };
    addList("model", &PictureFilter::models);
    addList("lora", &PictureFilter::loras);
    addList("plan", &PictureFilter::samplers);
    QStringList sizes;
    for (const auto& size : filter.sizes) sizes << sizeName(size);
    if (!sizes.isEmpty())
        add(parts, filter, "frame", sizes.join(QStringLiteral(", ")), &PictureFilter::sizes);
    if (filter.shape != gallery::Shape::any)
        add(parts, filter, "frame", shapeName(filter.shape), &PictureFilter::shape);
    if (filter.from.isValid() || filter.to.isValid()) {
        add(parts, filter, "clock", dateName(filter), &PictureFilter::from);
        parts.last().without.to = QDate();
    }
    return parts;
}

QString nameOf(const PictureFilter& filter) {
    QStringList names;
    if (!filter.words.trimmed().isEmpty()) names << filter.words.simplified();
    for (const auto& part : partsOf(filter)) names << part.name;
    return names.isEmpty() ? QCoreApplication::translate("filters", "All pictures")
                           : names.join(QStringLiteral(", "));
}

}  // namespace ui
