#pragma once

// One proxy over Fusion paints every control of the program by the tokens of the current theme.

#include "app/ui/theme/theme.h"

#include <QProxyStyle>

namespace ui::theme {

/// The application's style. Sizes come from its metrics, colours from its theme.
class Style : public QProxyStyle {
    Q_OBJECT

public:
    explicit Style(const Theme& theme);

    /// The application's style, if it is one of these.
    static Style* current();

    const Theme& theme() const { return theme_; }

    /// Of what stands on the stage.
    const Theme& stageTheme() const { return stage_; }

    const Theme& themeOf(const QWidget* widget) const;

    bool isKorean() const { return isKorean_; }

    /// Changes theme or language of the type and lets the application repaint.
    void setTheme(const Theme& theme) { setThemes(theme, theme); }
    void setThemes(const Theme& theme, const Theme& stage);
    /// Gives a widget that has a ground the palette for what lies on it.
    void dressGround(QWidget* widget) const;
    void setKorean(bool isKorean);

    int pixelMetric(PixelMetric metric, const QStyleOption* option,
                    const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                         const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option,
                         const QWidget* widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                            QPainter* painter, const QWidget* widget) const override;
    void polish(QWidget* widget) override;
    using QProxyStyle::polish;

    QPalette standardPalette() const override { return paletteOf(theme_); }

private:
    Theme theme_;
    Theme stage_;
    bool hasOwnStage_ = false;  ///< the two differ
    bool isKorean_ = false;
};

}  // namespace ui::theme
