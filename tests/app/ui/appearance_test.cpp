// What a person asks of the look: contrast, surround, motion, scale.

#include "app/ui/scale.h"
#include "app/ui/section.h"
#include "app/ui/settings/settings_window.h"
#include "app/ui/stage/progress_strip.h"
#include "app/ui/stage/stage.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/motion.h"
#include "app/ui/theme/style.h"
#include "app/ui/toast.h"
#include "tests/app/ui/contrast.h"
#include "tests/app/ui/desk.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

#include <gtest/gtest.h>

namespace {

using settings::Values;
using test_support::contrast;
using test_support::Desk;
using test_support::FakeScript;
using test_support::waitFor;
using ui::theme::Look;
using ui::theme::Theme;
namespace theme = ui::theme;
using namespace std::chrono_literals;

template <typename Widget>
Widget* named(QWidget* parent, const QString& name) {
    for (auto* widget : parent->findChildren<Widget*>())
        if (widget->accessibleName() == name || widget->property("text").toString() == name)
            return widget;
    return nullptr;
}

const Theme& shown(const QWidget* widget) {
    return theme::of(widget);
}

/// The colour in the middle of what a widget paints.
QColor middleOf(QWidget* widget) {
    return widget->grab().toImage().pixelColor(widget->rect().center());
}

TEST(HighContrast, WordsStandOutOnEveryGround) {
    for (const bool isDark : {true, false}) {
        const auto t = theme::themeOf({isDark, true, {}});
        for (auto ground : {&Theme::window, &Theme::panel, &Theme::raised, &Theme::field}) {
            for (auto ink : {&Theme::text, &Theme::text2, &Theme::text3, &Theme::accentText,
                             &Theme::danger, &Theme::success, &Theme::caution})
                EXPECT_GE(contrast(t.*ink, t.*ground), 7.0)
                    << (t.*ink).name().toStdString() << " on " << (t.*ground).name().toStdString();
            for (auto line : {&Theme::line, &Theme::lineControl, &Theme::lineStrong, &Theme::focus})
                EXPECT_GE(contrast(t.*line, t.*ground), 3.0)
                    << (t.*line).name().toStdString() << " on " << (t.*ground).name().toStdString();
        }
        for (auto ground :
             {&Theme::hover, &Theme::selection, &Theme::pressed, &Theme::textSelection})
            EXPECT_GE(contrast(t.text, t.*ground), 7.0) << (t.*ground).name().toStdString();
        for (auto ground : {&Theme::accent, &Theme::accentHover, &Theme::accentPressed})
            EXPECT_GE(contrast(t.onAccent, t.*ground), 7.0) << (t.*ground).name().toStdString();
        EXPECT_GE(contrast(t.onDanger, t.dangerFill), 7.0);
        EXPECT_GE(contrast(t.danger, t.dangerQuiet), 7.0);
        EXPECT_GE(contrast(t.success, t.successQuiet), 7.0);
        EXPECT_GE(contrast(t.caution, t.cautionQuiet), 7.0);
        EXPECT_EQ(t.lineControl, t.lineStrong);
        EXPECT_GE(contrast(t.accent, theme::trackOf(t)), 3.0) << "progress in its track";
    }
}

TEST(HighContrast, IsStrongerThanTheThemeInEveryInk) {
    for (const bool isDark : {true, false}) {
        const auto plain = theme::themeOf({isDark, false, {}});
        const auto strong = theme::themeOf({isDark, true, {}});
        for (auto ink :
             {&Theme::text, &Theme::text2, &Theme::text3, &Theme::textOff, &Theme::line,
              &Theme::lineControl, &Theme::lineStrong, &Theme::accentText, &Theme::danger})
            EXPECT_GT(contrast(strong.*ink, strong.panel), contrast(plain.*ink, plain.panel));
    }
}

TEST(Surround, WhatStandsOnItIsReadable) {
    auto surrounds = theme::surrounds();
    surrounds << QString();
    for (const auto& surround : surrounds) {
        for (const bool isDark : {true, false}) {
            for (const bool isStrong : {true, false}) {
                const Look look{isDark, isStrong, surround};
                const auto t = theme::stageThemeOf(look);
                EXPECT_EQ(theme::themeOf(look).stage, t.stage);
                EXPECT_GE(contrast(t.text, t.stage), 4.5) << qPrintable(surround);
                EXPECT_GE(contrast(t.text2, t.stage), 4.5) << qPrintable(surround);
                EXPECT_GE(contrast(t.focus, t.stage), 3.0) << qPrintable(surround);
                EXPECT_GE(contrast(t.accent, t.stage), 3.0) << qPrintable(surround);
                EXPECT_GE(contrast(t.onAccent, t.accent), 4.5) << qPrintable(surround);
            }
        }
    }
    EXPECT_EQ(theme::stageThemeOf({true, false, QStringLiteral("pink")}), theme::dark());
}

TEST(Appearance, HighContrastIsAtOnceEverywhereAndSurvivesARestart) {
    Desk desk;
    auto* box = named<QCheckBox>(desk.desktop().openSettings(), QStringLiteral("High contrast"));
    ASSERT_TRUE(box);
    const auto before = shown(&desk.window());
    box->click();
    const auto strong = theme::themeOf({true, true, {}});
    EXPECT_EQ(shown(&desk.window()), strong);
    EXPECT_NE(before, strong);
    EXPECT_EQ(QApplication::palette().color(QPalette::PlaceholderText), strong.text3);
    desk.restart();
    EXPECT_EQ(shown(&desk.window()), strong);
    desk.desktop().setTheme(QStringLiteral("light"));
    EXPECT_EQ(shown(&desk.window()), theme::themeOf({false, true, {}}))
        << "in the other theme, too";
    desk.bench().studio().settings().set(&Values::isHighContrast, false);
    EXPECT_EQ(shown(&desk.window()), theme::light());
    desk.desktop().setTheme(QStringLiteral("dark"));
}

TEST(Appearance, TheSurroundIsBehindThePictureAndWordsOnItFollow) {
    Desk desk;
    desk.type(QStringLiteral("a fox"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return desk.pictureCount() == 1 && !desk.bench().run(); }));
    auto* choice =
        named<QComboBox>(desk.desktop().openSettings(), QStringLiteral("Surround of pictures"));
    ASSERT_TRUE(choice);
    choice->setCurrentIndex(choice->findData(QStringLiteral("white")));
    auto* stage = desk.window().stage();
    auto* strip = stage->findChild<ui::ProgressStrip*>();
    const auto stageTheme = theme::stageThemeOf({true, false, QStringLiteral("white")});
    const QColor white = stageTheme.stage;
    EXPECT_EQ(stage->grab().toImage().pixelColor(2, stage->height() - 2), white);
    EXPECT_EQ(shown(strip), stageTheme);
    for (auto* words : strip->findChildren<QLabel*>())
        EXPECT_GE(contrast(words->palette().color(words->foregroundRole()), white), 4.5);
    auto* recall = strip->findChild<QPushButton*>();
    EXPECT_EQ(shown(recall), stageTheme);
    EXPECT_EQ(shown(&desk.window()).text, theme::dark().text) << "the rest of the window stays";
    EXPECT_EQ(desk.window().palette().color(QPalette::WindowText), theme::dark().text);
    choice->setCurrentIndex(choice->findData(QStringLiteral("theme")));
    EXPECT_EQ(shown(strip), theme::dark());
    EXPECT_EQ(stage->grab().toImage().pixelColor(2, stage->height() - 2), theme::dark().stage);
}

TEST(Appearance, ThePanelsInsideTheStageKeepTheWindowsTheme) {
    auto* style = theme::Style::current();
    const Look look{false, false, QStringLiteral("black")};
    style->setThemes(theme::themeOf(look), theme::stageThemeOf(look));
    QWidget stage;
    theme::setGround(&stage, theme::Ground::stage);
    auto* bar = new QWidget(&stage);
    auto* words = new QLabel(QStringLiteral("x"), bar);
    theme::setInk(words, theme::Ink::content);
    theme::setGround(bar, theme::Ground::window);
    EXPECT_TRUE(shown(&stage).isDark);
    EXPECT_FALSE(shown(words).isDark);
    EXPECT_EQ(words->palette().color(words->foregroundRole()), theme::light().text);
    QMenu menu(&stage);
    EXPECT_FALSE(shown(&menu).isDark) << "a window of its own";
    QPushButton button(&stage);
    button.setIcon(theme::icon(QStringLiteral("stop"), &Theme::text));
    button.resize(28, 28);
    EXPECT_TRUE(shown(&button).isDark);
    stage.show();
    button.show();
    style->setTheme(theme::dark());
    EXPECT_EQ(words->palette().color(words->foregroundRole()), theme::dark().text)
        << "nothing is left over";
}

TEST(Appearance, AnIconHasTheColourOfWhereItStands) {
    auto* style = theme::Style::current();
    const Look look{false, false, QStringLiteral("black")};
    style->setThemes(theme::themeOf(look), theme::stageThemeOf(look));
    QWidget stage;
    theme::setGround(&stage, theme::Ground::stage);
    auto* square = new QLabel(&stage);

    class Painted : public QWidget {
    public:
        using QWidget::QWidget;

    protected:
        void paintEvent(QPaintEvent*) override {
            QPainter painter(this);
            theme::icon(QStringLiteral("star-on"), &Theme::text).paint(&painter, rect());
        }
    };

    auto* painted = new Painted(&stage);
    painted->resize(48, 48);
    Painted outside;
    outside.resize(48, 48);
    EXPECT_EQ(middleOf(painted), theme::dark().text);
    EXPECT_EQ(middleOf(&outside), theme::light().text);
    Q_UNUSED(square);
    style->setTheme(theme::dark());
}

TEST(Appearance, TheViewMenuOffersTheSurroundsAndShowsTheOneInUse) {
    Desk desk;
    QMenu* surrounds = nullptr;
    for (auto* menu : desk.window().findChildren<QMenu*>())
        if (menu->title() == QStringLiteral("Surround of pictures")) surrounds = menu;
    ASSERT_TRUE(surrounds);
    ASSERT_EQ(surrounds->actions().size(), theme::surrounds().size() + 1);
    surrounds->actions().at(1)->trigger();
    EXPECT_EQ(desk.bench().studio().settings().values().surround, QStringLiteral("black"));
    desk.bench().studio().settings().set(&Values::surround, QStringLiteral("80"));
    Q_EMIT surrounds->aboutToShow();
    EXPECT_TRUE(surrounds->actions().at(4)->isChecked());
    EXPECT_EQ(theme::ofStage().stage, theme::light().stage);
    desk.bench().studio().settings().set(&Values::surround, QStringLiteral("theme"));
}

TEST(Motion, ASectionUnfoldsUnlessMotionIsReduced) {
    auto* content = new QLabel(QStringLiteral("one\ntwo\nthree\nfour\nfive\nsix"));
    ui::Section section(QStringLiteral("Size"), content, false);
    section.resize(300, 400);
    section.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&section));
    const int whole = content->sizeHint().height();
    section.setOpen(true);
    EXPECT_LT(content->parentWidget()->maximumHeight(), whole) << "it begins closed";
    EXPECT_TRUE(waitFor([&] { return content->parentWidget()->height() >= whole; }));
    section.setOpen(false);
    EXPECT_FALSE(content->isVisible());
    theme::keepStill(theme::Still::wanted, true);
    section.setOpen(true);
    EXPECT_TRUE(content->isVisible());
    EXPECT_GE(content->parentWidget()->maximumHeight(), whole);
    theme::keepStill(theme::Still::wanted, false);
}

TEST(Motion, ASectionThatIsClosedWhileItOpensStaysClosed) {
    auto* content = new QLabel(QStringLiteral("one\ntwo\nthree"));
    ui::Section section(QStringLiteral("Size"), content, false);
    section.resize(300, 400);
    section.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&section));
    section.setOpen(true);
    section.setOpen(false);
    section.setOpen(true);
    EXPECT_TRUE(
        waitFor([&] { return content->parentWidget()->maximumHeight() == QWIDGETSIZE_MAX; }));
    EXPECT_TRUE(content->isVisible());
    section.setOpen(true);
    section.setOpen(false);
    QTest::qWait(2 * theme::opening);
    EXPECT_FALSE(content->isVisible());
}

TEST(Motion, NewsRiseToTheirPlaceUnlessMotionIsReduced) {
    QWidget over;
    over.resize(800, 600);
    ui::Toaster toaster(&over, 24);
    toaster.show({QStringLiteral("info"), QStringLiteral("first")});
    auto* toast = toaster.toasts().first();
    EXPECT_EQ(toast->depth(), 8);
    EXPECT_TRUE(waitFor([&] { return toast->depth() == 0; }));
    const int place = toast->y();
    EXPECT_EQ(place + toast->height(), over.height() - 24);
    theme::keepStill(theme::Still::wanted, true);
    toaster.show({QStringLiteral("info"), QStringLiteral("second")});
    EXPECT_EQ(toaster.toasts().last()->depth(), 0);
    EXPECT_EQ(toaster.toasts().last()->y(), place);
    theme::keepStill(theme::Still::wanted, false);
}

TEST(Motion, TheSettingStillsTheWindowAndSoDoesAProcessorThatComputes) {
    FakeScript script;
    script.step_time = 20ms;
    Desk desk(script);
    EXPECT_EQ(theme::durationOf(200), 200);
    auto* box = named<QCheckBox>(desk.desktop().openSettings(), QStringLiteral("Reduce motion"));
    ASSERT_TRUE(box);
    box->click();
    EXPECT_EQ(theme::durationOf(200), 0);
    desk.restart();
    EXPECT_EQ(theme::durationOf(200), 0);
    desk.bench().studio().settings().set(&Values::reducesMotion, false);
    EXPECT_EQ(theme::durationOf(200), 200);
    desk.bench().studio().settings().set(&Values::device, QStringLiteral("cpu"));
    desk.type(QStringLiteral("a fox"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return desk.bench().run().has_value(); }));
    EXPECT_EQ(theme::durationOf(200), 0);
    EXPECT_TRUE(waitFor([&] { return !desk.bench().run(); }));
    EXPECT_EQ(theme::durationOf(200), 200);
}

TEST(Scale, IsAskedOfQtBeforeTheApplicationAndGivenToNobodyElse) {
    qunsetenv("QT_SCALE_FACTOR");
    ui::askScale(100);
    EXPECT_FALSE(qEnvironmentVariableIsSet("QT_SCALE_FACTOR"));
    ui::askScale(125);
    EXPECT_EQ(qgetenv("QT_SCALE_FACTOR"), "1.25");
    EXPECT_EQ(ui::scaleInUse(), 125);
    EXPECT_EQ(ui::largestFittingScale({1024, 700}), 120)
        << "in steps of ten, of a window that fits as it is";
    EXPECT_EQ(ui::largestFittingScale({4096, 4096}), 200);
    ui::forgetAskedScale();
    EXPECT_FALSE(qEnvironmentVariableIsSet("QT_SCALE_FACTOR"));
    qputenv("QT_SCALE_FACTOR", "1");
    ui::askScale(200);
    EXPECT_EQ(qgetenv("QT_SCALE_FACTOR"), "1") << "what the person says outside wins";
    ui::forgetAskedScale();
    EXPECT_EQ(qgetenv("QT_SCALE_FACTOR"), "1");
    qunsetenv("QT_SCALE_FACTOR");
}

TEST(Scale, IsASettingOfTheLookPage) {
    Desk desk;
    auto* box = named<QSpinBox>(desk.desktop().openSettings(), QStringLiteral("Scale"));
    ASSERT_TRUE(box);
    box->setValue(90);
    EXPECT_EQ(desk.bench().studio().settings().values().scale, 90);
    EXPECT_EQ(box->minimum(), settings::smallestScale);
    EXPECT_EQ(box->maximum(), ui::largestFittingScale(box->screen()->availableSize()));
    EXPECT_TRUE(box->accessibleDescription().contains(QStringLiteral("next start")));
}

}  // namespace
