// The window by keyboard and screen reader alone.

#include "app/ui/panels/generate_panel.h"
#include "app/ui/prompt_field.h"
#include "app/ui/section.h"
#include "app/ui/settings/settings_window.h"
#include "app/ui/training/plan_pane.h"
#include "app/ui/training/training_window.h"
#include "tests/app/ui/desk.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QLineEdit>
#include <QSlider>
#include <QTest>
#include <QTextEdit>

#include <gtest/gtest.h>

#include <functional>

namespace {

using test_support::Desk;

bool isControl(const QWidget* widget) {
    return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QComboBox*>(widget) ||
           qobject_cast<const QSlider*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget) ||
           qobject_cast<const QTextEdit*>(widget);
}

bool isQtsOwn(const QWidget* widget) {
    return widget->objectName().startsWith(QLatin1String("qt_")) ||
           widget->inherits("QComboBoxPrivateContainer");
}

TEST(Reach, EveryControlHasANameForScreenReaders) {
    Desk desk;
    int count = 0;
    for (auto* widget : desk.window().findChildren<QWidget*>()) {
        if (!isControl(widget) || isQtsOwn(widget) || isQtsOwn(widget->parentWidget())) continue;
        ++count;
        auto* seen = QAccessible::queryAccessibleInterface(widget);
        ASSERT_NE(seen, nullptr);
        EXPECT_FALSE(seen->text(QAccessible::Name).isEmpty())
            << widget->metaObject()->className() << " in "
            << widget->parentWidget()->metaObject()->className();
    }
    EXPECT_GT(count, 30);
}

/// Calls visit for every node of the tree that can be seen.
void walk(QAccessibleInterface* node, const std::function<void(QAccessibleInterface*)>& visit) {
    if (!node || !node->isValid() || node->state().invisible) return;
    visit(node);
    for (int i = 0; i < node->childCount(); ++i) walk(node->child(i), visit);
}

/// Names and roles of all that a person can act on below this widget; how many there are.
int checkTree(QWidget* top) {
    int count = 0;
    walk(QAccessible::queryAccessibleInterface(top), [&](QAccessibleInterface* node) {
        if (node->role() == QAccessible::MenuItem && node->text(QAccessible::Name).isEmpty())
            return;  // a separator
        const bool isActedOn = node->state().focusable && node->object() != top;
        if (!isActedOn) return;
        ++count;
        const auto* object = node->object();
        const QString where = (object ? QString::fromLatin1(object->metaObject()->className()) : QString()) +
                              QStringLiteral(" in ") + node->parent()->text(QAccessible::Name);
        EXPECT_FALSE(node->text(QAccessible::Name).isEmpty()) << qPrintable(where);
        EXPECT_NE(node->role(), QAccessible::NoRole) << qPrintable(where);
        EXPECT_NE(node->role(), QAccessible::Client) << qPrintable(where);
    });
    return count;
}

TEST(Reach, TheWholeTreeOfTheWindowHasNamesAndRoles) {
    Desk desk;
    for (const auto& [name, section] : desk.window().panel()->sections()) section->setOpen(true);
    QTest::qWait(20);
    EXPECT_GT(checkTree(&desk.window()), 40);
    desk.type(QStringLiteral("a fox"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(test_support::waitFor([&] { return desk.pictureCount() == 1 && !desk.bench().run(); }));
    desk.window().actions()[ui::Act::pictureSettings]->trigger();
    EXPECT_GT(checkTree(&desk.window()), 40);
}

TEST(Reach, TheWholeTreeOfTheSettingsHasNamesAndRoles) {
    Desk desk;
    auto* window = desk.desktop().openSettings();
    for (int page = 0; page < window->pageCount(); ++page) {
        window->setPage(page);
        QTest::qWait(20);
        EXPECT_GT(checkTree(window), 3) << page;
    }
}

ui::TrainingWindow* openTraining(Desk& desk) {
    auto* window = desk.desktop().openTraining();
    window->plan()->advanced()->setOpen(true);
    EXPECT_TRUE(test_support::waitFor([&] { return desk.desktop().trainings().isOpen(); }));
    QTest::qWait(20);
    return window;
}

TEST(Reach, TheWholeTreeOfTheTrainingWindowHasNamesAndRoles) {
    Desk desk;
    EXPECT_GT(checkTree(openTraining(desk)), 25);
}

TEST(Reach, TheTabKeyVisitsEveryControlOfTheTrainingWindow) {
    Desk desk;
    auto* window = openTraining(desk);
    EXPECT_TRUE(QTest::qWaitForWindowActive(window));
    QSet<QWidget*> visited;
    for (int i = 0; i < 60; ++i) {
        QTest::keyClick(window->focusWidget() ? window->focusWidget() : window, Qt::Key_Tab);
        visited << window->focusWidget();
    }
    int count = 0;
    for (auto* widget : window->findChildren<QWidget*>()) {
        if (!isControl(widget) || isQtsOwn(widget) || !widget->isVisible() || !widget->isEnabled()) continue;
        ++count;
        EXPECT_TRUE(visited.contains(widget))
            << widget->metaObject()->className() << ' ' << qPrintable(widget->accessibleName());
    }
    EXPECT_GT(count, 20);
}

TEST(Reach, TheTabKeyVisitsEveryControlOfTheSettings) {
    Desk desk;
    auto* window = desk.desktop().openSettings();
    for (int page = 0; page < window->pageCount(); ++page) {
        window->setPage(page);
        QTest::qWait(20);
        QSet<QWidget*> visited;
        for (int i = 0; i < 60; ++i) {
            auto* focus = QApplication::focusWidget();
            // The field for keys takes Tab itself; Ctrl+Tab does not go on either, so it is left.
            if (focus && focus->inherits("QKeySequenceEdit")) {
                visited << focus;
                focus->nextInFocusChain()->setFocus();
            }
            QTest::keyClick(focus ? focus : window, Qt::Key_Tab);
            visited << QApplication::focusWidget();
        }
        for (auto* widget : window->findChildren<QWidget*>()) {
            if (!isControl(widget) || isQtsOwn(widget) || !widget->isVisible() || !widget->isEnabled())
                continue;
            EXPECT_TRUE(visited.contains(widget))
                << page << ' ' << widget->metaObject()->className() << ' ' << qPrintable(widget->accessibleName());
        }
    }
}

TEST(Reach, TheTabKeyVisitsEveryVisibleControl) {
    Desk desk;
    for (const auto& [name, section] : desk.window().panel()->sections()) section->setOpen(true);
    QTest::qWait(20);
    QSet<QWidget*> visited;
    for (int i = 0; i < 200; ++i) {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &desk.window(),
                        Qt::Key_Tab);
        visited << QApplication::focusWidget();
    }
    for (auto* widget : desk.window().findChildren<QWidget*>()) {
        if (!isControl(widget) || isQtsOwn(widget) || !widget->isVisible() || !widget->isEnabled())
            continue;
        if (qobject_cast<QLineEdit*>(widget)) continue;
        EXPECT_TRUE(visited.contains(widget))
            << widget->metaObject()->className() << ' ' << qPrintable(widget->accessibleName());
    }
}

TEST(Reach, ThePromptHasTheFocusAtTheStartAndAltABringsItBack) {
    Desk desk;
    auto* edit = desk.window().panel()->prompt()->edit();
    EXPECT_EQ(desk.window().focusWidget(), edit);
    QTest::keyClick(edit, Qt::Key_Tab);
    EXPECT_NE(desk.window().focusWidget(), edit);
    desk.window().actions()[ui::Act::focusPrompt]->trigger();
    EXPECT_EQ(desk.window().focusWidget(), edit);
}

TEST(Reach, KoreanSyllablesInTheMakingReachThePrompt) {
    Desk desk;
    auto* edit = desk.window().panel()->prompt()->edit();
    QInputMethodEvent making(QStringLiteral("하"), {});
    QApplication::sendEvent(edit, &making);
    EXPECT_TRUE(desk.bench().request().request().prompt.empty());
    QInputMethodEvent made;
    made.setCommitString(QStringLiteral("하트"));
    QApplication::sendEvent(edit, &made);
    EXPECT_EQ(desk.bench().request().request().prompt, "하트");
}

}  // namespace
