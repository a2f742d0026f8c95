#include "app/ui/theme/paint_impl.h"

#include <QAbstractSpinBox>
#include <QFontMetrics>
#include <QPainterPath>
#include <QWidget>

#include <algorithm>

namespace ui::theme {
namespace {

bool is(const QStyleOption& option, QStyle::StateFlag flag) {
    return option.state.testFlag(flag);
}

struct ButtonColours {
    QColor fill;
    QColor border;
    QColor text;
};

QColor byState(const QStyleOption& option, const QColor& rest, const QColor& hover,
               const QColor& pressed) {
    if (is(option, QStyle::State_Sunken)) return pressed;
    return is(option, QStyle::State_MouseOver) ? hover : rest;
}

ButtonColours coloursOf(const Theme& t, const QStyleOption& option, Kind kind) {
    const bool isOn = is(option, QStyle::State_On);
    if (!is(option, QStyle::State_Enabled))
        return {kind == Kind::quiet || kind == Kind::segment ? QColor() : t.raised, {}, t.textOff};
    switch (kind) {
        case Kind::primary:
            return {byState(option, t.accent, t.accentHover, t.accentPressed), {}, t.onAccent};
        case Kind::danger:
            return {
                byState(option, t.dangerFill, t.dangerFill.lighter(110), t.dangerFill.darker(110)),
                {},
                t.onDanger};
        case Kind::quiet:
            if (isOn) return {t.selection, {}, t.accentText};
            return {byState(option, {}, t.hover, t.pressed), {}, t.text2};
        case Kind::segment:
            if (isOn) return {t.isDark ? t.pressed : t.raised, {}, t.text};
            return {byState(option, {}, t.hover, t.pressed), {}, t.text2};
        case Kind::ratio:
            if (isOn) return {t.selection, {}, t.text};
            return {byState(option, t.raised, t.hover, t.pressed), t.lineControl, t.text2};
        case Kind::field:
            return {byState(option, t.field, t.hover, t.pressed), t.lineControl, t.text};
        case Kind::card:
        case Kind::plain:
            break;
    }
    return {byState(option, t.raised, t.hover, t.pressed), t.lineControl, t.text};
}

qreal radiusOf(Kind kind, const QRect& rect) {
    if (kind == Kind::card || (kind == Kind::primary && rect.height() >= 32)) return radiusCard;
    return kind == Kind::ratio || kind == Kind::segment ? radiusControl - 1 : radiusControl;
}

}  // namespace

void paintButtonPanel(QPainter* painter, const Theme& theme, const QStyleOption& option,
                      const QWidget* widget) {
    const Kind kind = kindOf(widget);
    const auto colours = coloursOf(theme, option, kind);
    paintBox(painter, option.rect, radiusOf(kind, option.rect), colours.fill, colours.border);
}

void paintButtonLabel(QPainter* painter, const Theme& theme, const QStyleOptionButton& option,
                      const QWidget* widget) {
    const auto colours = coloursOf(theme, option, kindOf(widget));
    const bool isField = kindOf(widget) == Kind::field;
    const int gap = s2;
    const int iconSide = option.icon.isNull() ? 0 : option.iconSize.width();
    const int textWidth = option.fontMetrics.horizontalAdvance(option.text);
    const int total = textWidth + (iconSide && textWidth ? iconSide + gap : iconSide);
    const int left = isField ? s2 : std::max(s2, (option.rect.width() - total) / 2);
    const int right = option.rect.right() - (isField ? 24 : 0);
    int x = option.rect.x() + left;
    if (isField)
        paintIcon(painter, QRect(right + 2, option.rect.center().y() - 7, 16, 16),
                  QStringLiteral("chevron-down"), theme.text2);
    if (iconSide) {
        const QRect place(x, option.rect.center().y() - iconSide / 2 + 1, iconSide, iconSide);
        option.icon.paint(painter, place, Qt::AlignCenter,
                          is(option, QStyle::State_Enabled) ? QIcon::Normal : QIcon::Disabled);
        x += iconSide + gap;
    }
    painter->setPen(colours.text);
    const QRect place(x, option.rect.y(), right - x - s1, option.rect.height());
    const QString text =
        option.fontMetrics.elidedText(option.text, Qt::ElideRight, place.width() + s2);
    painter->drawText(place.adjusted(0, 0, s2, 0),
                      Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic, text);
}

void paintToolButton(QPainter* painter, const Theme& theme, const QStyleOptionToolButton& option,
                     const QWidget* widget) {
    Kind kind = kindOf(widget);
    if (kind == Kind::plain) kind = Kind::quiet;
    auto colours = coloursOf(theme, option, kind);
    if (widget && widget->property("atelierBoxed").toBool())
        colours = coloursOf(theme, option, Kind::plain);
    paintBox(painter, option.rect, radiusOf(kind, option.rect), colours.fill, colours.border);
    const int side = option.iconSize.width();
    const auto mode = is(option, QStyle::State_Enabled) ? QIcon::Normal : QIcon::Disabled;
    if (option.toolButtonStyle == Qt::ToolButtonIconOnly || option.text.isEmpty()) {
        const QRect place(option.rect.center() - QPoint(side / 2 - 1, side / 2 - 1),
                          QSize(side, side));
        if (is(option, QStyle::State_On) && mode == QIcon::Normal && widget) {
            const QString name = widget->property("atelierIcon").toString();
            if (!name.isEmpty()) return paintIcon(painter, place, name, colours.text);
        }
        option.icon.paint(painter, place, Qt::AlignCenter, mode);
        return;
    }
    int x = option.rect.x() + s2;
    if (!option.icon.isNull() && option.toolButtonStyle != Qt::ToolButtonTextOnly) {
        option.icon.paint(painter, QRect(x, option.rect.center().y() - side / 2 + 1, side, side),
                          Qt::AlignCenter, mode);
        x += side + s2;
    }
    painter->setPen(colours.text);
    const bool hasMenu = option.features.testFlag(QStyleOptionToolButton::HasMenu);
    QRect place(x, option.rect.y(), option.rect.right() - x - (hasMenu ? 22 : s2),
                option.rect.height());
    const bool isAlone = !hasMenu && option.toolButtonStyle == Qt::ToolButtonTextOnly;
    painter->drawText(isAlone ? option.rect : place.adjusted(0, 0, s1, 0),
                      Qt::AlignVCenter | (isAlone ? Qt::AlignHCenter : Qt::AlignLeft), option.text);
    if (hasMenu)
        paintIcon(painter, QRect(option.rect.right() - 22, option.rect.center().y() - 7, 16, 16),
                  QStringLiteral("chevron-down"), colours.text);
}

void paintCheckBox(QPainter* painter, const Theme& theme, const QStyleOption& option) {
    const bool isEnabled = is(option, QStyle::State_Enabled);
    if (!is(option, QStyle::State_On)) {
        return paintBox(painter, option.rect, radiusSmall, theme.field,
                        isEnabled ? theme.lineStrong : theme.lineControl);
    }
    paintBox(painter, option.rect, radiusSmall, isEnabled ? theme.accent : theme.raised);
    paintIcon(painter, option.rect.adjusted(1, 1, -1, -1), QStringLiteral("check"),
              isEnabled ? theme.onAccent : theme.textOff);
}

void paintField(QPainter* painter, const Theme& theme, const QStyleOption& option,
                const QWidget* widget) {
    const bool isEnabled = is(option, QStyle::State_Enabled);
    const bool hasFocus = is(option, QStyle::State_HasFocus);
    const bool isWrong = widget && widget->property("atelierError").toBool();
    const QColor border = isWrong ? theme.danger : hasFocus ? theme.focus : theme.lineControl;
    paintBox(painter, option.rect, radiusControl, isEnabled ? theme.field : theme.panel, border,
             isWrong || hasFocus ? 2 : 1);
}

void paintComboBox(QPainter* painter, const Theme& theme, const QStyleOptionComboBox& option) {
    const bool isEnabled = is(option, QStyle::State_Enabled);
    const QColor fill = is(option, QStyle::State_Sunken)                   ? theme.pressed
                        : is(option, QStyle::State_MouseOver) && isEnabled ? theme.hover
                                                                           : theme.field;
    paintBox(painter, option.rect, radiusControl, fill, theme.lineControl);
    const QRect chevron(option.rect.right() - 22, option.rect.center().y() - 7, 16, 16);
    paintIcon(painter, chevron, QStringLiteral("chevron-down"),
              isEnabled ? theme.text2 : theme.textOff);
}

void paintSlider(QPainter* painter, const Theme& theme, const QStyleOptionSlider& option,
                 const QRect& handle) {
    const bool isEnabled = is(option, QStyle::State_Enabled);
    QRectF groove(option.rect.x(), option.rect.center().y() - 1, option.rect.width(), 4);
    paintBox(painter, groove, 2, grooveOf(theme));
    const QPointF centre = QRectF(handle).center();
    const bool isMirrored = option.direction == Qt::RightToLeft;
    if (isMirrored)
        groove.setLeft(centre.x());
    else
        groove.setRight(centre.x());
    if (isEnabled && groove.width() > 1) paintBox(painter, groove, 2, theme.accent);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QPointF middle(centre.x(), groove.center().y());
    if (theme.isDark) {
        painter->setPen(QPen(theme.panel, 1));
        painter->setBrush(isEnabled ? theme.text : theme.textOff);
        painter->drawEllipse(middle, 6.5, 6.5);
    } else {
        painter->setPen(QPen(isEnabled ? theme.accent : theme.textOff, 2));
        painter->setBrush(theme.raised);
        painter->drawEllipse(middle, 6, 6);
    }
    painter->restore();
}

void paintScrollBar(QPainter* painter, const Theme& theme, const QStyleOptionSlider& option,
                    const QRect& handle) {
    if (option.maximum <= option.minimum) return;
    const bool isHot = is(option, QStyle::State_MouseOver) || is(option, QStyle::State_Sunken);
    const QRect thumb = handle.adjusted(3, 3, -3, -3);
    paintBox(painter, thumb, std::min(thumb.width(), thumb.height()) / 2.0,
             isHot ? theme.lineStrong : theme.lineControl);
}

void paintMenuItem(QPainter* painter, const Theme& theme, const QStyleOptionMenuItem& option) {
    const QRect row = option.rect.adjusted(s1, 0, -s1, 0);
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(QRect(row.x(), row.center().y(), row.width(), 1), theme.line);
        return;
    }
    const bool isEnabled = is(option, QStyle::State_Enabled);
    if (isEnabled && is(option, QStyle::State_Selected))
        paintBox(painter, row, radiusControl - 1, theme.hover);
    const QRect mark(row.x() + s2, row.center().y() - 7, 16, 16);
    if (option.checked)
        paintIcon(painter, mark, QStringLiteral("check"), theme.accentText);
    else if (!option.icon.isNull())
        option.icon.paint(painter, mark, Qt::AlignCenter,
                          isEnabled ? QIcon::Normal : QIcon::Disabled);
    const auto parts = option.text.split(QLatin1Char('\t'));
    const QRect text = row.adjusted(s2 + 16 + s2, 0, -s3, 0);
    painter->setFont(option.font);
    painter->setPen(isEnabled ? theme.text : theme.textOff);
    painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic,
                      parts.value(0));
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu)
        paintIcon(painter, QRect(row.right() - 20, row.center().y() - 7, 16, 16),
                  QStringLiteral("chevron-right"), theme.text2);
    if (parts.size() < 2) return;
    painter->setPen(isEnabled ? theme.text2 : theme.textOff);
    painter->drawText(text, Qt::AlignVCenter | Qt::AlignRight, parts[1]);
}

QSize menuItemSize(const QStyleOptionMenuItem& option, const QSize& contents) {
    if (option.menuItemType == QStyleOptionMenuItem::Separator)
        return {contents.width(), 2 * s1 + 1};
    const auto parts = option.text.split(QLatin1Char('\t'));
    const QFontMetrics metrics(option.font);
    int width = s1 + s2 + 16 + s2 + metrics.horizontalAdvance(parts.value(0)) + s5 + s1;
    if (parts.size() > 1) width += metrics.horizontalAdvance(parts[1]) + s5;
    return {width, 28};
}

}  // namespace ui::theme
