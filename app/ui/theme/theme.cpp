#include "app/ui/theme/theme.h"

#include "app/ui/theme/paint_impl.h"
#include "app/ui/theme/style.h"

#include <QFile>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QVariant>
#include <QWidget>

#include <array>

namespace ui::theme {
namespace {

const QString contrastSuffix = QStringLiteral("-contrast");

constexpr std::array tokens{
    TokenName{"window", &Theme::window},
    TokenName{"panel", &Theme::panel},
    TokenName{"raised", &Theme::raised},
    TokenName{"field", &Theme::field},
    TokenName{"stage", &Theme::stage},
    TokenName{"hover", &Theme::hover},
    TokenName{"pressed", &Theme::pressed},
    TokenName{"line", &Theme::line},
    TokenName{"line-control", &Theme::lineControl},
    TokenName{"line-strong", &Theme::lineStrong},
    TokenName{"text", &Theme::text},
    TokenName{"text-2", &Theme::text2},
    TokenName{"text-3", &Theme::text3},
    TokenName{"text-off", &Theme::textOff},
    TokenName{"accent", &Theme::accent},
    TokenName{"accent-hover", &Theme::accentHover},
    TokenName{"accent-pressed", &Theme::accentPressed},
    TokenName{"on-accent", &Theme::onAccent},
    TokenName{"accent-text", &Theme::accentText},
    TokenName{"selection", &Theme::selection},
    TokenName{"text-selection", &Theme::textSelection},
    TokenName{"focus", &Theme::focus},
    TokenName{"danger", &Theme::danger},
    TokenName{"danger-fill", &Theme::dangerFill},
    TokenName{"on-danger", &Theme::onDanger},
    TokenName{"danger-quiet", &Theme::dangerQuiet},
    TokenName{"success", &Theme::success},
    TokenName{"success-quiet", &Theme::successQuiet},
    TokenName{"caution", &Theme::caution},
    TokenName{"caution-quiet", &Theme::cautionQuiet},
    TokenName{"star", &Theme::star},
    TokenName{"label-red", &Theme::labelRed},
    TokenName{"label-yellow", &Theme::labelYellow},
    TokenName{"label-green", &Theme::labelGreen},
    TokenName{"label-blue", &Theme::labelBlue},
    TokenName{"shadow", &Theme::shadow},
    TokenName{"scrim", &Theme::scrim},
    TokenName{"on-scrim", &Theme::onScrim},
};

QByteArray shippedTokens() {
    QFile file(QStringLiteral(":/themes/tokens.json"));
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen);
    Q_UNUSED(isOpen);
    return file.readAll();
}

QStringList sectionsOf(bool isDark, bool isHighContrast) {
    const QString name = isDark ? QStringLiteral("dark") : QStringLiteral("light");
    if (!isHighContrast) return {name};
    return {name, name + contrastSuffix};
}

QString surroundSection(const QString& surround) {
    return QStringLiteral("surround-") + surround;
}

struct TypeStep {
    int pixels;
    int weight;
    bool isMono = false;
};

// Inter has every weight; the Korean face is packaged in regular and bold only.
TypeStep typeStep(Step step, bool isKorean) {
    switch (step) {
        case Step::caption:
            return {isKorean ? 12 : 11, QFont::Normal};
        case Step::small:
            return {12, QFont::Normal};
        case Step::label:
            return {12, QFont::Medium};
        case Step::body:
            return {13, QFont::Normal};
        case Step::strong:
            return {13, QFont::Medium};
        case Step::dockTitle:
            return {13, QFont::DemiBold};
        case Step::title:
            return {15, QFont::DemiBold};
        case Step::action:
            return {14, QFont::DemiBold};
        case Step::heading:
            return {20, QFont::DemiBold};
        case Step::display:
            return {28, QFont::DemiBold};
        case Step::mono:
            return {12, QFont::Normal, true};
        case Step::monoSmall:
            return {isKorean ? 12 : 11, QFont::Normal, true};
    }
    return {13, QFont::Normal};
}

QPalette::ColorRole roleOf(Ink ink) {
    switch (ink) {
        case Ink::content:
            return QPalette::WindowText;
        case Ink::secondary:
            return QPalette::Dark;
        case Ink::note:
            return QPalette::PlaceholderText;
        case Ink::accent:
            return QPalette::Link;
        case Ink::danger:
            return QPalette::BrightText;
        case Ink::success:
            return QPalette::LinkVisited;
        case Ink::caution:
            return QPalette::Mid;
    }
    return QPalette::WindowText;
}

QPalette::ColorRole roleOf(Ground ground) {
    switch (ground) {
        case Ground::window:
            return QPalette::Window;
        case Ground::panel:
            return QPalette::AlternateBase;
        case Ground::raised:
            return QPalette::Button;
        case Ground::field:
            return QPalette::Base;
        case Ground::stage:
            return QPalette::Shadow;
        case Ground::dangerQuiet:
            return QPalette::Light;
        case Ground::successQuiet:
            return QPalette::Midlight;
    }
    return QPalette::Window;
}

constexpr const char* kindProperty = "atelierKind";

}  // namespace

std::span<const TokenName> tokenNames() {
    return tokens;
}

Theme readTheme(const QByteArray& json, const QStringList& sections) {
    const QJsonObject document = QJsonDocument::fromJson(json).object();
    QJsonObject values = document.value(QLatin1String("canvas")).toObject();  // of both themes
    Theme theme;
    theme.isDark = sections.value(0) == QLatin1String("dark");
    for (const auto& section : sections) {
        theme.isHighContrast |= section.endsWith(contrastSuffix);
        const QJsonObject own = document.value(section).toObject();
        for (auto it = own.begin(); it != own.end(); ++it) values.insert(it.key(), it.value());
    }
    for (const auto& [name, token] : tokens) {
        theme.*token = QColor(values.value(QLatin1String(name)).toString());
        Q_ASSERT_X((theme.*token).isValid(), "tokens.json", name);
    }
    return theme;
}

const Theme& dark() {
    static const Theme theme = readTheme(shippedTokens(), {QStringLiteral("dark")});
    return theme;
}

const Theme& light() {
    static const Theme theme = readTheme(shippedTokens(), {QStringLiteral("light")});
    return theme;
}

QStringList surrounds() {
    return {QStringLiteral("black"), QStringLiteral("20"), QStringLiteral("50"), QStringLiteral("80"),
            QStringLiteral("white")};
}

Theme themeOf(const Look& look) {
    auto theme = readTheme(shippedTokens(), sectionsOf(look.isDark, look.isHighContrast));
    theme.stage = stageThemeOf(look).stage;
    return theme;
}

Theme stageThemeOf(const Look& look) {
    if (!surrounds().contains(look.surround))
        return readTheme(shippedTokens(), sectionsOf(look.isDark, look.isHighContrast));
    const QByteArray json = shippedTokens();
    const QString section = surroundSection(look.surround);
    const QString base = QJsonDocument::fromJson(json)[section][QLatin1String("theme")].toString();
    return readTheme(json, sectionsOf(base == QLatin1String("dark"), look.isHighContrast) << section);
}

const Theme& of(const QWidget* widget) {
    const auto* style = Style::current();
    return style ? style->themeOf(widget) : dark();
}

const Theme& ofStage() {
    const auto* style = Style::current();
    return style ? style->stageTheme() : dark();
}

QColor trackOf(const Theme& theme) {
    // Borders are as bright as what fills the track.
    if (theme.isHighContrast) return theme.pressed;
    if (theme.isDark) return theme.lineControl;
    QColor track = theme.lineStrong;
    track.setAlphaF(0.6f);
    return track;
}

QColor grooveOf(const Theme& theme) {
    return theme.isHighContrast ? trackOf(theme) : theme.lineControl;
}

QFont font(Step step) {
    const auto* style = Style::current();
    const bool isKorean = style && style->isKorean();
    const auto [pixels, weight, isMono] = typeStep(step, isKorean);
    QFont result;
    result.setFamilies(isMono
                           ? QStringList{"JetBrains Mono", "Noto Sans CJK KR"}
                           : QStringList{"Inter", "Noto Sans CJK KR", "Noto Sans", "DejaVu Sans"});
    result.setPixelSize(pixels);
    const bool isBold = weight > QFont::Medium;
    result.setWeight(!isKorean ? QFont::Weight(weight) : isBold ? QFont::Bold : QFont::Normal);
    return result;
}

QPalette paletteOf(const Theme& t) {
    QPalette p;
    const std::initializer_list<std::pair<QPalette::ColorRole, QColor>> roles{
        {QPalette::Window, t.window},
        {QPalette::WindowText, t.text},
        {QPalette::Base, t.field},
        {QPalette::AlternateBase, t.panel},
        {QPalette::Text, t.text},
        {QPalette::Button, t.raised},
        {QPalette::ButtonText, t.text},
        {QPalette::Highlight, t.textSelection},
        {QPalette::HighlightedText, t.text},
        {QPalette::ToolTipBase, t.raised},
        {QPalette::ToolTipText, t.text},
        {QPalette::PlaceholderText, t.text3},
        {QPalette::Dark, t.text2},
        {QPalette::Link, t.accentText},
        {QPalette::BrightText, t.danger},
        {QPalette::LinkVisited, t.success},
        {QPalette::Mid, t.caution},
        {QPalette::Shadow, t.stage},
        {QPalette::Light, t.dangerQuiet},
        {QPalette::Midlight, t.successQuiet},
    };
    for (const auto& [role, colour] : roles) p.setColor(QPalette::All, role, colour);
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::Dark})
        p.setColor(QPalette::Disabled, role, t.textOff);
    return p;
}

void setInk(QWidget* widget, Ink ink) {
    widget->setForegroundRole(roleOf(ink));
}

void setGround(QWidget* widget, Ground ground) {
    widget->setBackgroundRole(roleOf(ground));
    widget->setAutoFillBackground(true);
    widget->setProperty(groundProperty, int(ground));
    if (const auto* style = Style::current()) style->dressGround(widget);
}

std::optional<Ground> groundOf(const QWidget* widget) {
    for (; widget; widget = widget->isWindow() ? nullptr : widget->parentWidget()) {
        const auto own = widget->property(groundProperty);
        if (own.isValid()) return Ground(own.toInt());
    }
    return std::nullopt;
}

void setKind(QWidget* button, Kind kind) {
    button->setProperty(kindProperty, int(kind));
    button->update();
}

Kind kindOf(const QWidget* button) {
    return button ? Kind(button->property(kindProperty).toInt()) : Kind::plain;
}

}  // namespace ui::theme
