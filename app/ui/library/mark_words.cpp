#include "app/ui/library/mark_words.h"

#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPainter>

namespace ui {

QString labelName(int label) {
    switch (label) {
        case 1:
            return QCoreApplication::translate("marks", "Red");
        case 2:
            return QCoreApplication::translate("marks", "Yellow");
        case 3:
            return QCoreApplication::translate("marks", "Green");
        case 4:
            return QCoreApplication::translate("marks", "Blue");
        default:
            return {};
    }
}

theme::Token labelColour(int label) {
    switch (label) {
        case 1:
            return &theme::Theme::labelRed;
        case 2:
            return &theme::Theme::labelYellow;
        case 3:
            return &theme::Theme::labelGreen;
        default:
            return &theme::Theme::labelBlue;
    }
}

QString spokenMarks(const gallery::Marks& marks) {
    QStringList words;
    if (marks.rating > 0)
        words << QCoreApplication::translate("marks", "%n star(s)", nullptr, marks.rating);
    if (marks.pick == gallery::Pick::picked)
        words << QCoreApplication::translate("marks", "picked");
    if (marks.pick == gallery::Pick::rejected)
        words << QCoreApplication::translate("marks", "rejected");
    if (marks.label > 0) words << labelName(marks.label);
    return words.join(QStringLiteral(", "));
}

QString spokenCard(const gallery::Card& card) {
    QStringList words;
    words << (card.prompt.isEmpty() ? QFileInfo(card.path).fileName() : card.prompt.simplified());
    const auto marks = spokenMarks(card.marks);
    if (!marks.isEmpty()) words << marks;
    if (card.state == gallery::FileState::missing)
        words << QCoreApplication::translate("marks", "file moved");
    if (card.state == gallery::FileState::unreadable)
        words << QCoreApplication::translate("marks", "can't be read");
    return words.join(QStringLiteral("; "));
}

void paintLabel(QPainter* painter, const QRect& place, int label, const theme::Theme& theme) {
    if (label == 0) return;
    QColor outline;
    if (!theme.isDark) outline = theme.text2;
    theme::paintBox(painter, place, 2, theme.*labelColour(label), outline);
}

void paintStars(QPainter* painter, const QRect& place, int count, const theme::Theme& theme) {
    for (int star = 0; star < count; ++star)
        theme::paintIcon(painter,
                         QRect(place.x() + star * (place.height() + 1), place.y(), place.height(),
                               place.height()),
                         QStringLiteral("star-on"), theme.star);
}

}  // namespace ui
