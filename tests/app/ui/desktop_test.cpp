#include "app/ui/error_banner.h"
#include "app/ui/filmstrip.h"
#include "app/ui/panels/generate_panel.h"
#include "app/ui/prompt_field.h"
#include "app/ui/stage/first_run.h"
#include "app/ui/stage/picture_view.h"
#include "app/ui/stage/stage.h"
#include "tests/app/ui/desk.h"

#include <QFile>
#include <QListView>
#include <QLocale>
#include <QTest>
#include <QTimer>
#include <QVBoxLayout>

#include <gtest/gtest.h>

namespace {

using test_support::Desk;
using test_support::FakeScript;
using test_support::waitFor;
using namespace std::chrono_literals;

using Request = diffusion::GenerationRequest;

FakeScript slow(std::chrono::milliseconds step) {
    FakeScript script;
    script.step_time = step;
    return script;
}

TEST(Desktop, TypingAndCtrlEnterPutAPictureIntoTheFilmstrip) {
    FakeScript script;
    script.says_finished = true;  // a report without a preview, which must not bring the last one back
    Desk desk(script);
    desk.type(QStringLiteral("a red apple"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return desk.pictureCount() == 1; }));
    const auto& picture = desk.bench().gallery().picture(0);
    EXPECT_EQ(picture.request.prompt, "a red apple");
    EXPECT_TRUE(QFile::exists(picture.path));
    ASSERT_TRUE(waitFor([&] { return !desk.bench().run(); }));
    EXPECT_TRUE(waitFor([&] { return desk.window().stage()->view()->picture().width() == 64; }))
        << "the preview stayed";
}

TEST(Desktop, AnEmptyPromptMakesNothingAndSaysWhy) {
    Desk desk;
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    EXPECT_EQ(desk.bench().obstacle(), QStringLiteral("Type a prompt to start"));
    EXPECT_TRUE(desk.bench().studio().queue().jobs().isEmpty());
}

TEST(Desktop, CancelEndsTheJobWithinOneStep) {
    Desk desk(slow(40ms));
    desk.bench().request().set(&Request::steps, 500);
    desk.type(QStringLiteral("a whale"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(
        waitFor([&] { return desk.bench().run() && desk.bench().run()->progress.step > 2; }));
    QElapsedTimer timer;
    timer.start();
    desk.window().actions()[ui::Act::cancel]->trigger();
    ASSERT_TRUE(waitFor([&] { return !desk.bench().run(); }));
    EXPECT_LT(timer.elapsed(), 40 + 160);
    EXPECT_EQ(desk.pictureCount(), 0);
    EXPECT_EQ(desk.bench().request().request().prompt, "a whale");
}

TEST(Desktop, ADoubleClickRecallsTheSettings) {
    Desk desk;
    desk.bench().request().set(&Request::steps, 7);
    desk.type(QStringLiteral("a fox"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return desk.pictureCount() == 1 && !desk.bench().run(); }));
    desk.bench().request().setRequest({});
    auto* list = desk.window().filmstrip()->list();
    const auto place = list->visualRect(list->model()->index(0, 0)).center();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, place);
    EXPECT_EQ(desk.bench().request().request().prompt, "a fox");
    EXPECT_EQ(desk.bench().request().request().steps, 7);
    EXPECT_EQ(desk.bench().request().request().seed,
              desk.bench().gallery().picture(0).request.seed);
}

TEST(Desktop, RecalledSettingsMakeTheSamePictureAgain) {
    Desk desk;
    desk.type(QStringLiteral("a fox"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return desk.pictureCount() == 1 && !desk.bench().run(); }));
    desk.bench().recall(desk.bench().gallery().picture(0).request, ui::Recall::all);
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return desk.pictureCount() == 2; }));
    const QImage first(desk.bench().gallery().picture(0).path);
    EXPECT_EQ(first, QImage(desk.bench().gallery().picture(1).path));
}

TEST(Desktop, TheStartFitsIntoTheSmallestWindow) {
    Desk desk;
    desk.window().resize(desk.window().minimumSize());
    QTest::qWait(20);
    auto* start = desk.window().stage()->firstRun();
    ASSERT_TRUE(start->isVisible());
    for (auto* card : start->findChildren<ui::ExampleCard*>())
        EXPECT_TRUE(start->rect().contains(QRect(card->mapTo(start, QPoint()), card->size())));
}

TEST(Desktop, AFailureIsSaidInABannerThatStaysAndLosesNothing) {
    FakeScript script;
    script.failure.emplace(diffusion::ErrorKind::out_of_memory, "needs 9.4 GB, found 7.6 GB");
    Desk desk(script);
    desk.type(QStringLiteral("a castle"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    auto* banner = desk.window().stage()->banner();
    ASSERT_TRUE(waitFor([&] { return banner->isVisible(); }));
    EXPECT_EQ(banner->accessibleDescription(), QStringLiteral("needs 9.4 GB, found 7.6 GB"));
    QTest::qWait(50);
    EXPECT_TRUE(banner->isVisible());
    EXPECT_EQ(desk.window().panel()->prompt()->edit()->toPlainText(), QStringLiteral("a castle"));
}

TEST(Desktop, ARefusedRequestIsSaidAtThePanel) {
    Desk desk;
    desk.type(QStringLiteral("a castle"));
    desk.bench().request().set(&Request::width, 100000);
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(desk.window().panelBanner()->isVisible());
    EXPECT_TRUE(
        desk.window().panelBanner()->accessibleDescription().contains(QStringLiteral("width")));
    EXPECT_EQ(desk.bench().request().request().prompt, "a castle");
}

TEST(Desktop, WhatWasTypedAndMadeIsThereAfterARestart) {
    Desk desk;
    desk.type(QStringLiteral("a lantern"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return desk.pictureCount() == 1 && !desk.bench().run(); }));
    desk.type(QStringLiteral(" at night"));
    desk.restart();
    EXPECT_EQ(desk.window().panel()->prompt()->edit()->toPlainText(),
              QStringLiteral("a lantern at night"));
    EXPECT_EQ(desk.pictureCount(), 1);
}

TEST(Desktop, TheEventLoopKeepsTurningWhileTheEngineWorks) {
    Desk desk(slow(2ms));
    desk.bench().request().set(&Request::steps, 200);
    desk.type(QStringLiteral("a whale"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return desk.bench().run().has_value(); }));
    qint64 longest = 0;
    QElapsedTimer since;
    QTimer probe;
    QObject::connect(&probe, &QTimer::timeout,
                     [&] { longest = std::max(longest, since.restart()); });
    since.start();
    probe.start(5);
    ASSERT_TRUE(waitFor([&] { return !desk.bench().run(); }));
    EXPECT_LT(longest, 250) << "milliseconds without an event";
}

TEST(Desktop, TheEngineIsAskedForAfterTheFirstPaintOnly) {
    QTemporaryDir folder;
    std::atomic<bool> isAsked = false;
    studio::Options options;
    options.places.data = folder.path();
    options.places.pictures = folder.path();
    options.engine = [&] {
        isAsked = true;
        return std::make_unique<test_support::FakeEngine>();
    };
    ui::Desktop desktop(std::move(options));
    QTest::qWait(100);
    EXPECT_FALSE(isAsked);
    desktop.show();
    EXPECT_TRUE(waitFor([&] { return isAsked.load(); }));
    QFile maps(QStringLiteral("/proc/self/maps"));
    ASSERT_TRUE(maps.open(QIODevice::ReadOnly));
    EXPECT_FALSE(maps.readAll().contains("libtorch"));
}

TEST(Desktop, AnEngineThatDoesNotStartIsSaidOnce) {
    QTemporaryDir folder;
    studio::Options options;
    options.places.data = folder.path();
    options.places.pictures = folder.path();
    options.places.engineLibrary = folder.filePath(QStringLiteral("absent.so"));
    ui::Desktop desktop(std::move(options));
    desktop.show();
    ASSERT_TRUE(waitFor([&] { return desktop.window()->stage()->banner()->isVisible(); }));
    QTest::qWait(100);
    EXPECT_FALSE(desktop.window()->panelBanner()->isVisible());
    EXPECT_FALSE(desktop.workbench().obstacle().isEmpty());
}

TEST(Desktop, TheLanguageChangesAtOnceAndKeepsWhatWasTyped) {
    Desk desk;
    desk.type(QStringLiteral("a lantern"));
    desk.desktop().setLanguage(QStringLiteral("ko"));
    EXPECT_EQ(desk.window().actions()[ui::Act::generate]->text(), QStringLiteral("생성"));
    EXPECT_EQ(desk.window().panel()->prompt()->edit()->toPlainText(), QStringLiteral("a lantern"));
    EXPECT_TRUE(desk.window().isVisible());
    EXPECT_FALSE(desk.window().isLibraryShown());
    EXPECT_EQ(QLocale().language(), QLocale::Korean) << "dates and numbers";
    desk.window().actions()[ui::Act::workspaceLibrary]->trigger();
    desk.desktop().setLanguage(QStringLiteral("en"));
    EXPECT_TRUE(desk.window().isLibraryShown());
    EXPECT_EQ(QLocale().language(), QLocale::English);
    EXPECT_EQ(desk.window().actions()[ui::Act::generate]->text(), QStringLiteral("Generate"));
}

}  // namespace
