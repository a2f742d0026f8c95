#include "app/ui/prompt_edit.h"

#include "app/ui/prompt_completer.h"
#include "app/ui/theme/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QInputMethodEvent>
#include <QTest>

#include <gtest/gtest.h>

namespace {

using ui::PromptEdit;

/// Text of every coloured place and whether it is underlined.
QStringList marked(const PromptEdit& edit) {
    QStringList texts;
    for (const auto& each : edit.extraSelections()) {
        const bool isWave =
            each.format.underlineStyle() == QTextCharFormat::WaveUnderline;
        texts << (isWave ? QStringLiteral("~") : QString()) + each.cursor.selectedText();
    }
    return texts;
}

TEST(PromptEdit, ColoursTheGrammarAndLeavesTheTextAlone) {
    PromptEdit edit(2, 5);
    const QString text = QStringLiteral("😀 a (soft glow:1.2), <lora:clay:0.8> [b:c:5] __d__ # e");
    edit.setPlainText(text);
    EXPECT_EQ(marked(edit),
              (QStringList{"(soft glow:1.2)", "<lora:clay:0.8>", "[b:c:5]", "__d__", "# e"}));
    EXPECT_EQ(edit.toPlainText(), text);
    EXPECT_EQ(edit.extraSelections()[0].format.foreground().color(),
              ui::theme::of(&edit).accentText);
}

TEST(PromptEdit, UnderlinesWhatHasNoPartnerAndSaysIt) {
    PromptEdit edit(2, 5);
    edit.setPlainText(QStringLiteral("한글 (b"));
    EXPECT_EQ(marked(edit), QStringList{"~("});
    ASSERT_EQ(edit.faults().size(), 1u);
    EXPECT_EQ(ui::wordsOf(edit.faults()[0], edit.toPlainText()),
              QStringLiteral("Character 4: “(” has no “)”"));
    edit.setPlainText(QStringLiteral("한글 (b)"));
    EXPECT_TRUE(edit.faults().empty());
}

TEST(PromptEdit, TemplatesAreTextWhereTheyAreNotExpanded) {
    PromptEdit edit(2, 5);
    edit.setPlainText(QStringLiteral("{a|b}"));
    EXPECT_EQ(marked(edit), QStringList{"{a|b}"});
    edit.setMarkOptions({.has_templates = false, .is_negative = false, .has_comments = true});
    EXPECT_TRUE(marked(edit).isEmpty());
}

TEST(PromptEdit, CtrlUpAndDownChangeTheWeight) {
    PromptEdit edit(2, 5);
    edit.setPlainText(QStringLiteral("a 😀 부드러운 빛"));
    auto cursor = edit.textCursor();
    cursor.setPosition(7);
    edit.setTextCursor(cursor);
    QTest::keyClick(&edit, Qt::Key_Up, Qt::ControlModifier);
    QTest::keyClick(&edit, Qt::Key_Up, Qt::ControlModifier);
    EXPECT_EQ(edit.toPlainText(), QStringLiteral("a 😀 (부드러운:1.2) 빛"));
    EXPECT_EQ(edit.textCursor().selectedText(), QStringLiteral("부드러운"));
    for (int i = 0; i < 3; ++i) QTest::keyClick(&edit, Qt::Key_Down, Qt::ControlModifier);
    EXPECT_EQ(edit.toPlainText(), QStringLiteral("a 😀 (부드러운:0.9) 빛"));
    edit.undo();
    EXPECT_EQ(edit.toPlainText(), QStringLiteral("a 😀 부드러운 빛")) << "a key is one undo step";
}

TEST(PromptEdit, AltUpAndDownGoThroughTheHistoryAndBackToTheDraft) {
    PromptEdit edit(2, 5);
    edit.setHistory([] { return QStringList{"newest", "older"}; });
    edit.setPlainText(QStringLiteral("draft"));
    QTest::keyClick(&edit, Qt::Key_Up, Qt::AltModifier);
    EXPECT_EQ(edit.toPlainText(), QStringLiteral("newest"));
    QTest::keyClick(&edit, Qt::Key_Up, Qt::AltModifier);
    QTest::keyClick(&edit, Qt::Key_Up, Qt::AltModifier);
    EXPECT_EQ(edit.toPlainText(), QStringLiteral("older"));
    QTest::keyClick(&edit, Qt::Key_Down, Qt::AltModifier);
    QTest::keyClick(&edit, Qt::Key_Down, Qt::AltModifier);
    EXPECT_EQ(edit.toPlainText(), QStringLiteral("draft"));
}

TEST(PromptEdit, TheHistoryPassesOverWhatIsShownAlready) {
    PromptEdit edit(2, 5);
    edit.setHistory([] { return QStringList{"newest", "older"}; });
    edit.setPlainText(QStringLiteral("newest"));
    QTest::keyClick(&edit, Qt::Key_Up, Qt::AltModifier);
    EXPECT_EQ(edit.toPlainText(), QStringLiteral("older"));
}

class CompletionTest : public testing::Test {
protected:
    CompletionTest() : edit(2, 5) {
        edit.setNames({{"animal/cat", "colour"}, {"lora:clay-toys"}, {"easynegative"}});
        edit.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&edit));
        edit.activateWindow();
        edit.setFocus();
    }

    /// Types and takes the first name of the list, if one is open.
    QString typed(const QString& text) {
        QTest::keyClicks(&edit, text);
        auto* popup = edit.completer()->popup();
        if (!popup->isVisible()) return QStringLiteral("closed");
        QTest::keyClick(popup, Qt::Key_Return);
        return edit.toPlainText();
    }

    PromptEdit edit;
};

TEST_F(CompletionTest, AnAngleBracketOffersNetworks) {
    EXPECT_EQ(typed(QStringLiteral("a <cl")), QStringLiteral("a <lora:clay-toys:1>"));
}

TEST_F(CompletionTest, AnEmbeddingIsItsBareName) {
    EXPECT_EQ(typed(QStringLiteral("<easy")), QStringLiteral("easynegative"));
}

TEST_F(CompletionTest, TwoUnderscoresOfferWildcards) {
    EXPECT_EQ(typed(QStringLiteral("a __col")), QStringLiteral("a __colour__"));
    EXPECT_EQ(typed(QStringLiteral(" __CAT")), QStringLiteral("a __colour__ __animal/cat__"));
}

TEST_F(CompletionTest, NothingOpensBehindAFinishedNameOrInPlainText) {
    EXPECT_EQ(typed(QStringLiteral("__colour__ red")), QStringLiteral("closed"));
    EXPECT_EQ(typed(QStringLiteral(" <nobody")), QStringLiteral("closed"));
}

TEST_F(CompletionTest, SyllablesInTheMakingAreNotTouched) {
    QInputMethodEvent making(QStringLiteral("하"), {});
    QApplication::sendEvent(&edit, &making);
    EXPECT_TRUE(edit.toPlainText().isEmpty());
    QInputMethodEvent made;
    made.setCommitString(QStringLiteral("하트 (빛"));
    QApplication::sendEvent(&edit, &made);
    EXPECT_EQ(edit.toPlainText(), QStringLiteral("하트 (빛"));
    EXPECT_EQ(edit.faults().size(), 1u);
}

}  // namespace
