#pragma once

// The look as values: every colour, type step and distance of the window has its name here and its
// figure in resources/themes/tokens.json or below. Nothing outside this folder names a colour;
// widgets ask theme::of(widget) while they paint, so a change of theme is one repaint.

#include <QByteArray>
#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>
#include <QStringList>

#include <optional>
#include <span>

class QWidget;

namespace ui::theme {

/// All colours of one theme, named as in tokens.json (text-2 is text2).
struct Theme {
    bool isDark = true;
    bool isHighContrast = false;
    QColor window, panel, raised, field, stage, hover, pressed;
    QColor line, lineControl, lineStrong;
    QColor text, text2, text3, textOff;
    QColor accent, accentHover, accentPressed, onAccent, accentText;
    QColor selection, textSelection, focus;
    QColor danger, dangerFill, onDanger, dangerQuiet;
    QColor success, successQuiet, caution, cautionQuiet;
    QColor star, labelRed, labelYellow, labelGreen, labelBlue, shadow;
    QColor scrim, onScrim;  ///< behind and of words on a picture

    bool operator==(const Theme&) const = default;
};

/// Names one colour of a theme without saying which theme.
using Token = QColor Theme::*;

/// A row of the list that the reader and the tests walk.
struct TokenName {
    const char* name;
    Token token;
};

std::span<const TokenName> tokenNames();

/// Reads sections of tokens.json, each over those before it; the first is "dark" or "light". A colour
/// that no section has asserts.
Theme readTheme(const QByteArray& json, const QStringList& sections);

/// The two themes that ship inside the program.
const Theme& dark();
const Theme& light();

/// How the window shall look.
struct Look {
    bool isDark = true;
    bool isHighContrast = false;  ///< stronger words, lines and marks
    QString surround = {};        ///< the grey around pictures, one of surrounds(); else the theme's own
};

/// "black", "20", "50", "80" (lightness L*) and "white".
QStringList surrounds();

/// The theme of the window, with the surround as its stage.
Theme themeOf(const Look& look);
/// The theme of what stands on the stage: words that are read on a white window are not on a black surround.
Theme stageThemeOf(const Look& look);

/// The theme that the widget is painted with: the one of the nearest ground below it.
const Theme& of(const QWidget* widget);
/// The theme of what is painted on a mat or another piece of the stage.
const Theme& ofStage();

/// What progress fills, on the stage and on cards: on light grounds the borders' grey is too faint.
QColor trackOf(const Theme& theme);
/// Likewise of sliders and meters, on panels.
QColor grooveOf(const Theme& theme);

/// The palette that carries a theme to Qt's own painting and to setInk and setGround.
QPalette paletteOf(const Theme& theme);

/// Steps of type; sizes and weights are in look.md, section 2.
enum class Step {
    caption,
    small,
    label,
    body,
    strong,
    dockTitle,
    title,
    action,
    heading,
    display,
    mono,
    monoSmall
};

/// The font of a step in the language of the interface.
QFont font(Step step);

/// What a text is, for its colour.
enum class Ink { content, secondary, note, accent, danger, success, caution };

/// What a widget stands on, for its background.
enum class Ground { window, panel, raised, field, stage, dangerQuiet, successQuiet };

/// Chooses text colour, background and type of a label or panel; they follow changes of theme.
void setInk(QWidget* widget, Ink ink);
void setGround(QWidget* widget, Ground ground);
/// The nearest of those that were chosen for it and what it lies in; a window of its own is on none but its own.
std::optional<Ground> groundOf(const QWidget* widget);

/// How a button is painted; plain is the default, field is one that a list drops from.
enum class Kind { plain, primary, quiet, danger, segment, ratio, card, field };
void setKind(QWidget* button, Kind kind);
Kind kindOf(const QWidget* button);

/// The 4-pixel grid.
inline constexpr int s1 = 4;
inline constexpr int s2 = 8;
inline constexpr int s3 = 12;
inline constexpr int s4 = 16;
inline constexpr int s5 = 24;
inline constexpr int s6 = 32;
inline constexpr int s7 = 48;

/// Corner radii.
inline constexpr int radiusPicture = 2;
inline constexpr int radiusSmall = 4;
inline constexpr int radiusControl = 6;
inline constexpr int radiusCard = 8;

}  // namespace ui::theme
