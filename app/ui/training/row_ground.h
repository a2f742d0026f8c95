#pragma once

#include "app/ui/theme/paint.h"
#include "app/ui/theme/theme.h"

#include <QPainter>
#include <QStyleOptionViewItem>

namespace ui {

/// What lies under a row that is chosen or that the pointer is on. False: nothing does.
inline bool paintRowGround(QPainter* painter, const QStyleOptionViewItem& option) {
    const auto& t = theme::of(option.widget);
    const bool isOn = option.state.testFlag(QStyle::State_Selected);
    if (!isOn && !option.state.testFlag(QStyle::State_MouseOver)) return false;
    theme::paintBox(painter, option.rect.adjusted(theme::s1, 1, -theme::s1, -1), theme::radiusControl,
                    isOn ? t.selection : t.hover);
    return true;
}

}  // namespace ui
