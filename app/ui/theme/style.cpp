#include "app/ui/theme/style.h"

#include "app/ui/theme/paint_impl.h"

#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QStyleFactory>
#include <QToolTip>

namespace ui::theme {

Style::Style(const Theme& theme)
    : QProxyStyle(QStyleFactory::create(QStringLiteral("fusion"))), theme_(theme), stage_(theme) {}

Style* Style::current() {
    return qApp ? qobject_cast<Style*>(QApplication::style()) : nullptr;
}

void Style::setThemes(const Theme& theme, const Theme& stage) {
    theme_ = theme;
    stage_ = stage;
    hasOwnStage_ = !(theme == stage);
    QApplication::setPalette(paletteOf(theme));
    QToolTip::setPalette(paletteOf(theme));
    for (auto* widget : QApplication::allWidgets()) {
        dressGround(widget);
        widget->update();
    }
}

const Theme& Style::themeOf(const QWidget* widget) const {
    return hasOwnStage_ && groundOf(widget) == Ground::stage ? stage_ : theme_;
}

void Style::dressGround(QWidget* widget) const {
    constexpr const char* dressed = "atelierDressed";
    // As long as both are one the application's palette is every widget's.
    const bool isDressed = widget->property(dressed).toBool();
    if (!hasOwnStage_ && !isDressed) return;
    if (!widget->property(groundProperty).isValid()) return;
    widget->setPalette(hasOwnStage_ ? paletteOf(themeOf(widget)) : QPalette());
    widget->setProperty(dressed, hasOwnStage_);
}

void Style::setKorean(bool isKorean) {
    isKorean_ = isKorean;
    QApplication::setFont(font(Step::body));
    QToolTip::setFont(font(Step::small));
}

void Style::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (widget->inherits("QPlainTextEdit") || widget->inherits("QTextEdit")) {
        // The rounded field is painted by the frame; an opaque viewport would cover its corners.
        static_cast<QAbstractScrollArea*>(widget)->viewport()->setAutoFillBackground(false);
    }
    if (widget->inherits("QAbstractButton") || widget->inherits("QComboBox") ||
        widget->inherits("QSlider") || widget->inherits("QScrollBar")) {
        widget->setAttribute(Qt::WA_Hover);
    }
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option,
                       const QWidget* widget) const {
    switch (metric) {
        case PM_ButtonIconSize:
        case PM_SmallIconSize:
        case PM_ToolBarIconSize:
            return 16;
        case PM_IndicatorWidth:
        case PM_IndicatorHeight:
            return 16;
        case PM_DefaultFrameWidth:
            return 2;
        case PM_ScrollBarExtent:
            return 12;
        case PM_ScrollBarSliderMin:
            return 32;
        case PM_SliderLength:
            return 14;
        case PM_SliderThickness:
        case PM_SliderControlThickness:
            return 20;
        case PM_DockWidgetSeparatorExtent:
            return 1;
        case PM_DockWidgetFrameWidth:
        case PM_MenuHMargin:
        case PM_ButtonShiftHorizontal:
        case PM_ButtonShiftVertical:
        case PM_ScrollView_ScrollBarSpacing:
            return 0;
        case PM_MenuVMargin:
            return s1;
        case PM_MenuPanelWidth:
            return 1;
        case PM_FocusFrameHMargin:
        case PM_FocusFrameVMargin:
            return 3;
        case PM_ToolTipLabelFrameWidth:
            return 6;
        default:
            return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                     QStyleHintReturn* data) const {
    switch (hint) {
        case SH_EtchDisabledText:
        case SH_DitherDisabledText:
        case SH_DialogButtonBox_ButtonsHaveIcons:
        case SH_ComboBox_Popup:
        case SH_Widget_Animation_Duration:
        case SH_ScrollBar_Transient:
            return 0;
        case SH_Slider_AbsoluteSetButtons:
            return int(Qt::LeftButton);
        case SH_FocusFrame_AboveWidget:
            return 1;
        case SH_ToolTipLabel_Opacity:
            return 255;
        case SH_ComboBox_PopupFrameStyle:
            return QFrame::NoFrame;
        case SH_ToolTip_WakeUpDelay:
            return 500;
        default:
            return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                              const QWidget* widget) const {
    switch (type) {
        case CT_PushButton: {
            const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
            int width = button ? button->fontMetrics.horizontalAdvance(button->text) : size.width();
            if (button && !button->icon.isNull())
                width += button->iconSize.width() + (width ? s2 : 0);
            return {width + 2 * s3, 28};
        }
        case CT_ToolButton: {
            const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
            if (!button || button->toolButtonStyle == Qt::ToolButtonIconOnly ||
                button->text.isEmpty())
                return {28, 28};
            int width = button->fontMetrics.horizontalAdvance(button->text) + 2 * s2 + s1;
            if (button->toolButtonStyle != Qt::ToolButtonTextOnly)
                width += button->iconSize.width() + s2;
            if (button->features.testFlag(QStyleOptionToolButton::HasMenu)) width += 18;
            return {width, 28};
        }
        case CT_LineEdit:
        case CT_SpinBox:
            return {size.width() + 2 * s2, 28};
        case CT_ComboBox:
            return {size.width() + 10 + 26, 28};
        case CT_ItemViewItem: {
            auto result = QProxyStyle::sizeFromContents(type, option, size, widget);
            return {result.width() + s3, std::max(28, result.height())};
        }
        case CT_MenuItem:
            if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
                return menuItemSize(*item, size);
            break;
        default:
            break;
    }
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

QRect Style::subElementRect(SubElement element, const QStyleOption* option,
                            const QWidget* widget) const {
    if (element == SE_LineEditContents) return option->rect.adjusted(s2, 1, -s2, -1);
    if (element == SE_ComboBoxFocusRect) return option->rect;
    return QProxyStyle::subElementRect(element, option, widget);
}

namespace {

QRect scrollBarPart(const QStyleOptionSlider& bar, QStyle::SubControl part) {
    const bool isHorizontal = bar.orientation == Qt::Horizontal;
    const int length = isHorizontal ? bar.rect.width() : bar.rect.height();
    const qint64 range = qint64(bar.maximum) - bar.minimum;
    int size = length;
    if (range > 0) size = std::max(32, int(qint64(length) * bar.pageStep / (range + bar.pageStep)));
    size = std::min(size, length);
    const int start = QStyle::sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition,
                                                      length - size, bar.upsideDown);
    int from = 0;
    int extent = 0;
    if (part == QStyle::SC_ScrollBarSlider) from = start, extent = size;
    if (part == QStyle::SC_ScrollBarSubPage) extent = start;
    if (part == QStyle::SC_ScrollBarAddPage) from = start + size, extent = length - from;
    if (part == QStyle::SC_ScrollBarGroove) extent = length;
    return isHorizontal ? QRect(bar.rect.x() + from, bar.rect.y(), extent, bar.rect.height())
                        : QRect(bar.rect.x(), bar.rect.y() + from, bar.rect.width(), extent);
}

QRect sliderHandle(const QStyleOptionSlider& slider) {
    constexpr int side = 14;
    const int start =
        QStyle::sliderPositionFromValue(slider.minimum, slider.maximum, slider.sliderPosition,
                                        slider.rect.width() - side, slider.upsideDown);
    return {slider.rect.x() + start, slider.rect.center().y() - side / 2 + 1, side, side};
}

}  // namespace

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                            SubControl part, const QWidget* widget) const {
    if (control == CC_ScrollBar) {
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option))
            return visualRect(bar->direction, bar->rect, scrollBarPart(*bar, part));
    }
    if (control == CC_Slider && part == SC_SliderHandle) {
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option))
            return sliderHandle(*slider);
    }
    if (control == CC_SpinBox && part == SC_SpinBoxEditField)
        return option->rect.adjusted(s1, 1, -s1, -1);
    if (control == CC_ComboBox && part == SC_ComboBoxEditField)
        return option->rect.adjusted(s2, 1, -26, -1);
    return QProxyStyle::subControlRect(control, option, part, widget);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget) const {
    const Theme& theme = themeOf(widget);
    switch (element) {
        case PE_FrameFocusRect:
        case PE_FrameStatusBarItem:
        case PE_PanelStatusBar:
        case PE_FrameDockWidget:
        case PE_FrameMenu:
        case PE_FrameLineEdit:
            return;
        case PE_PanelButtonCommand:
            return paintButtonPanel(painter, theme, *option, widget);
        case PE_IndicatorCheckBox:
        case PE_IndicatorItemViewItemCheck:
            return paintCheckBox(painter, theme, *option);
        case PE_PanelLineEdit: {
            const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
            if (frame && frame->lineWidth > 0) paintField(painter, theme, *option, widget);
            return;
        }
        case PE_Frame:
            // A list that drops down has a border of its own.
            if (widget && widget->windowType() == Qt::Popup)
                return paintBox(painter, option->rect, 0, {}, theme.lineControl);
            if (widget && (widget->inherits("QPlainTextEdit") || widget->inherits("QTextEdit")))
                return paintField(painter, theme, *option, widget);
            return paintBox(painter, option->rect, 0, {}, theme.line);
        case PE_PanelMenu:
        case PE_PanelTipLabel:
            return paintBox(painter, option->rect, 0, theme.raised, theme.lineControl);
        case PE_PanelItemViewItem: {
            const bool isOn = option->state.testFlag(State_Selected);
            if (isOn || option->state.testFlag(State_MouseOver))
                painter->fillRect(option->rect, isOn ? theme.selection : theme.hover);
            return;
        }
        case PE_IndicatorDockWidgetResizeHandle:
            painter->fillRect(option->rect, theme.line);
            return;
        default:
            QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                        const QWidget* widget) const {
    const Theme& theme = themeOf(widget);
    switch (element) {
        case CE_PushButtonBevel:
            return paintButtonPanel(painter, theme, *option, widget);
        case CE_PushButtonLabel:
            if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option))
                return paintButtonLabel(painter, theme, *button, widget);
            break;
        case CE_MenuItem:
            if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
                return paintMenuItem(painter, theme, *item);
            break;
        case CE_MenuEmptyArea:
            painter->fillRect(option->rect, theme.raised);
            return;
        case CE_FocusFrame:
            return paintBox(painter, option->rect, radiusControl + 3, {}, theme.focus, 2);
        default:
            break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                               QPainter* painter, const QWidget* widget) const {
    const Theme& theme = themeOf(widget);
    const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (control == CC_Slider && slider && slider->orientation == Qt::Horizontal)
        return paintSlider(painter, theme, *slider, sliderHandle(*slider));
    if (control == CC_ScrollBar && slider)
        return paintScrollBar(painter, theme, *slider, scrollBarPart(*slider, SC_ScrollBarSlider));
    if (control == CC_SpinBox) return paintField(painter, theme, *option, widget);
    if (control == CC_ComboBox) {
        if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option))
            return paintComboBox(painter, theme, *box);
    }
    if (control == CC_ToolButton) {
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option))
            return paintToolButton(painter, theme, *button, widget);
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

}  // namespace ui::theme
