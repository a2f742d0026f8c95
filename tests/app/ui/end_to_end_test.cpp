// The whole program with the model that ships: what a person does first, and that a picture can be
// made again bit for bit from what it was made with.

#include "app/ui/filmstrip.h"
#include "app/ui/panels/generate_panel.h"
#include "app/ui/prompt_field.h"
#include "app/ui/stage/picture_view.h"
#include "app/ui/stage/stage.h"
#include "tests/app/ui/desk.h"
#include "tests/app/ui/real_program.h"

#include <QListView>
#include <QTest>

#include <gtest/gtest.h>

namespace {

using test_support::waitFor;
using ui::Act;

constexpr int patience = 180000;  // milliseconds, on a busy machine

TEST(EndToEnd, TypeGenerateRecallAndGetTheSamePictureAgain) {
    QTemporaryDir folder;
    ui::Desktop desktop(test_support::realProgram(folder));
    desktop.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(desktop.window()));
    auto& bench = desktop.workbench();
    auto* stage = desktop.window()->stage();
    auto* prompt = desktop.window()->panel()->prompt()->edit();
    ASSERT_TRUE(stage->isFirstRun());
    EXPECT_EQ(desktop.window()->focusWidget(), prompt);

    QTest::keyClicks(prompt, QStringLiteral("red apple, 3d"));
    QTest::keyClick(prompt, Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return bench.gallery().rowCount() == 1 && !bench.run(); }, patience));
    const auto first = bench.gallery().picture(0);
    EXPECT_EQ(first.request.prompt, "red apple, 3d");
    EXPECT_GE(first.request.seed, 0);
    auto* list = desktop.window()->filmstrip()->list();
    ASSERT_TRUE(list->isVisible());

    bench.request().setRequest({});
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(list->model()->index(0, 0)).center());
    ASSERT_TRUE(waitFor([&] { return !stage->view()->picture().isNull(); }));
    stage->view()->setFocus();
    QTest::keyClick(stage->view(), Qt::Key_A);
    EXPECT_EQ(prompt->toPlainText(), QStringLiteral("red apple, 3d"));
    QTest::keyClick(prompt, Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return bench.gallery().rowCount() == 2 && !bench.run(); }, patience));
    const auto again = bench.gallery().picture(0);
    EXPECT_EQ(again.request, first.request);
    EXPECT_NE(again.path, first.path);
    const QImage picture(first.path);
    ASSERT_FALSE(picture.isNull());
    EXPECT_EQ(QImage(again.path), picture);
}

}  // namespace
