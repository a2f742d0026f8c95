#include "app/ui/actions.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/style.h"
#include "tests/app/ui/contrast.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QWidget>

#include <gtest/gtest.h>

namespace {

using test_support::contrast;
using ui::theme::Theme;
using ui::theme::Token;

QString textOf(const QString& path) {
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << qPrintable(path);
    return QString::fromUtf8(file.readAll());
}

/// Source files of app/, or of app/ without the theme.
QStringList sources(bool withTheme) {
    QStringList files;
    QDirIterator it(QStringLiteral(ATELIER_SOURCE_DIR "/app"), {"*.h", "*.cpp"}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        if (withTheme || !path.contains(QLatin1String("/ui/theme/"))) files << path;
    }
    return files;
}

TEST(Look, NobodyOutsideTheThemeNamesAColour) {
    const QRegularExpression forbidden(QStringLiteral(
        R"(QColor\(|QColor\s*\{\s*\d|Qt::(red|green|blue|black|white|gray|darkGray|lightGray|yellow|cyan|magenta)\b|"#[0-9A-Fa-f]{3,8}"|setStyleSheet|QPalette::setColor|palette\(\)\.setColor)"));
    for (const auto& path : sources(false)) {
        const auto match = forbidden.match(textOf(path));
        EXPECT_FALSE(match.hasMatch()) << qPrintable(path) << ": " << qPrintable(match.captured());
    }
}

TEST(Look, TextIsReadableOnEveryGround) {
    const std::initializer_list<Token> grounds{&Theme::window, &Theme::panel, &Theme::raised,
                                               &Theme::field};
    const std::initializer_list<Token> inks{&Theme::text,       &Theme::text2,  &Theme::text3,
                                            &Theme::accentText, &Theme::danger, &Theme::success,
                                            &Theme::caution};
    for (const auto* theme : {&ui::theme::dark(), &ui::theme::light()}) {
        for (auto ground : grounds)
            for (auto ink : inks) EXPECT_GE(contrast(theme->*ink, theme->*ground), 4.5);
        for (auto ground : {&Theme::hover, &Theme::selection, &Theme::stage})
            for (auto ink : {&Theme::text, &Theme::text2})
                EXPECT_GE(contrast(theme->*ink, theme->*ground), 4.5);
        for (auto ground : {&Theme::accent, &Theme::accentHover, &Theme::accentPressed})
            EXPECT_GE(contrast(theme->onAccent, theme->*ground), 4.5);
        EXPECT_GE(contrast(theme->text, theme->dangerQuiet), 4.5);
        EXPECT_GE(contrast(theme->danger, theme->dangerQuiet), 4.5);
        EXPECT_GE(contrast(theme->onDanger, theme->dangerFill), 4.5);
        EXPECT_GE(contrast(theme->success, theme->successQuiet), 4.5);
    }
}

TEST(Look, WhatIsNoTextStandsOut) {
    for (const auto* theme : {&ui::theme::dark(), &ui::theme::light()}) {
        for (auto ground : {&Theme::window, &Theme::panel, &Theme::stage})
            EXPECT_GE(contrast(theme->focus, theme->*ground), 3.0);
        EXPECT_GE(contrast(theme->lineStrong, theme->panel), 3.0);
    }
}

TEST(Look, GreysHaveNoTint) {
    for (const auto* theme : {&ui::theme::dark(), &ui::theme::light()}) {
        for (auto token : {&Theme::window, &Theme::panel, &Theme::raised, &Theme::field,
                           &Theme::stage, &Theme::hover, &Theme::pressed, &Theme::line,
                           &Theme::lineControl, &Theme::text, &Theme::text2}) {
            EXPECT_EQ((theme->*token).red(), (theme->*token).green());
            EXPECT_EQ((theme->*token).green(), (theme->*token).blue());
        }
    }
}

TEST(Look, EveryIconThatTheCodeNamesHasAShape) {
    const QRegularExpression call(QStringLiteral(
        R"re((?:iconButton|pushButton|icon|paintIcon|add)\([^;"]*?QStringLiteral\("([a-z-]+)"\))re"));
    int found = 0;
    for (const auto& path : sources(true)) {
        if (!path.contains(QLatin1String("/ui/"))) continue;
        auto it = call.globalMatch(textOf(path));
        while (it.hasNext()) {
            const QString name = it.next().captured(1);
            ++found;
            const auto& shape = ui::theme::iconShape(name);
            EXPECT_FALSE(shape.stroke.isEmpty() && shape.fill.isEmpty())
                << qPrintable(path + QLatin1Char(' ') + name);
        }
    }
    EXPECT_GT(found, 15);
}

TEST(Look, APathOfAnIconIsReadAsItIsWritten) {
    const auto path = ui::theme::readPath(QStringLiteral("M4 7 L20 7 C21 8 22 9 23 10 Z"));
    ASSERT_EQ(path.elementCount(), 6);
    EXPECT_EQ(QPointF(path.elementAt(1)), QPointF(20, 7));
    EXPECT_EQ(QPointF(path.elementAt(4)), QPointF(23, 10));
    EXPECT_TRUE(ui::theme::readPath(QStringLiteral("x")).isEmpty());
}

TEST(Look, KoreanTypeUsesTheWeightsThatItsFaceHas) {
    auto* style = ui::theme::Style::current();
    ASSERT_NE(style, nullptr);
    style->setKorean(true);
    EXPECT_EQ(ui::theme::font(ui::theme::Step::strong).weight(), QFont::Normal);
    EXPECT_EQ(ui::theme::font(ui::theme::Step::title).weight(), QFont::Bold);
    EXPECT_EQ(ui::theme::font(ui::theme::Step::caption).pixelSize(), 12);
    style->setKorean(false);
    EXPECT_EQ(ui::theme::font(ui::theme::Step::strong).weight(), QFont::Medium);
}

TEST(Look, NoTwoActionsShareAKeyWhereBothAct) {
    QWidget window;
    const ui::Actions actions(&window);
    int keys = 0;
    for (const auto* action : actions.all()) {
        for (const auto& each : action->shortcuts()) {
            ++keys;
            const auto* other = actions.conflict(action, each);
            EXPECT_EQ(other, nullptr) << qPrintable(each.toString() + QLatin1Char(' ') + action->text());
        }
    }
    EXPECT_GT(keys, 60);
}

}  // namespace
