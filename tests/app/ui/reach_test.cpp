// The window by keyboard and screen reader alone.

#include "app/ui/panels/generate_panel.h"
#include "app/ui/prompt_field.h"
#include "app/ui/section.h"
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
