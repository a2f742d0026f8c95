#pragma once

// Painting of single controls, shared by the files of the style alone.

#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"
#include "app/ui/theme/theme.h"

#include <QStyleOption>

namespace ui::theme {

/// Keeps a widget's ground, as a number.
inline constexpr const char* groundProperty = "atelierGround";

void paintButtonPanel(QPainter* painter, const Theme& theme, const QStyleOption& option,
                      const QWidget* widget);
void paintButtonLabel(QPainter* painter, const Theme& theme, const QStyleOptionButton& option,
                      const QWidget* widget);
void paintToolButton(QPainter* painter, const Theme& theme, const QStyleOptionToolButton& option,
                     const QWidget* widget);
void paintCheckBox(QPainter* painter, const Theme& theme, const QStyleOption& option);
void paintField(QPainter* painter, const Theme& theme, const QStyleOption& option,
                const QWidget* widget);
void paintComboBox(QPainter* painter, const Theme& theme, const QStyleOptionComboBox& option);
void paintSlider(QPainter* painter, const Theme& theme, const QStyleOptionSlider& option,
                 const QRect& handle);
void paintScrollBar(QPainter* painter, const Theme& theme, const QStyleOptionSlider& option,
                    const QRect& handle);
void paintMenuItem(QPainter* painter, const Theme& theme, const QStyleOptionMenuItem& option);
QSize menuItemSize(const QStyleOptionMenuItem& option, const QSize& contents);

}  // namespace ui::theme
