// The queue as the window shows and changes it.

#include "app/ui/queue_view.h"
#include "tests/app/ui/desk.h"

#include <QMenu>
#include <QMimeData>
#include <QTest>

#include <gtest/gtest.h>

namespace {

using test_support::Desk;
using test_support::FakeScript;
using test_support::waitFor;
using namespace std::chrono_literals;

using Request = diffusion::GenerationRequest;

/// A desk whose first job runs long while "a", "b", "c" wait.
class QueueTest : public testing::Test {
protected:
    QueueTest() : desk(script()) {
        bench().submit({.prompt = "long", .steps = 1000, .seed = 1, .count = 3});
        for (const char* name : {"a", "b", "c"})
            bench().submit({.prompt = name, .steps = 2, .seed = 1});
        EXPECT_TRUE(waitFor([&] { return bench().run() && waiting() == "a b c"; }));
    }

    static FakeScript script() {
        FakeScript script;
        script.step_time = 5ms;
        return script;
    }

    ui::Workbench& bench() { return desk.bench(); }

    std::string waiting() {
        std::string names;
        for (int row = 0; row < bench().waiting().rowCount(); ++row)
            names += (row ? " " : "") + bench().waiting().job(row).request.prompt;
        return names;
    }

    ui::JobList* list() {
        for (auto* each : desk.window().queue()->findChildren<ui::JobList*>())
            if (each->model() == &bench().waiting()) return each;
        return nullptr;
    }

    Desk desk;
};

TEST_F(QueueTest, ADroppedJobRunsBeforeTheOneBelow) {
    auto& model = bench().waiting();
    const std::unique_ptr<QMimeData> data(model.mimeData({model.index(2)}));
    model.dropMimeData(data.get(), Qt::MoveAction, 0, 0, {});
    EXPECT_EQ(waiting(), "c a b");
    const std::unique_ptr<QMimeData> first(model.mimeData({model.index(0)}));
    model.dropMimeData(first.get(), Qt::MoveAction, 3, 0, {});
    EXPECT_EQ(waiting(), "a b c");
}

TEST_F(QueueTest, KeysMoveAndDeleteTheChosenJob) {
    list()->setCurrentIndex(bench().waiting().index(1));
    QTest::keyClick(list(), Qt::Key_Up, Qt::ControlModifier);
    EXPECT_EQ(waiting(), "b a c");
    QTest::keyClick(list(), Qt::Key_Down, Qt::ControlModifier);
    QTest::keyClick(list(), Qt::Key_Down, Qt::ControlModifier);
    EXPECT_EQ(waiting(), "a c b");
    QTest::keyClick(list(), Qt::Key_Delete);
    EXPECT_TRUE(waitFor([&] { return waiting() == "a c"; }));
}

TEST_F(QueueTest, AJobCanBePutInFront) {
    desk.type(QStringLiteral("first"));
    desk.press(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_TRUE(waitFor([&] { return waiting() == "first a b c"; }));
}

TEST_F(QueueTest, WhilePausedNoJobBegins) {
    bench().setPaused(true);
    bench().cancelRun();
    ASSERT_TRUE(waitFor([&] { return !bench().run(); }));
    QTest::qWait(100);
    EXPECT_EQ(waiting(), "a b c");
    EXPECT_EQ(desk.window().actions()[ui::Act::pause]->text(),
              QStringLiteral("Go on with the queue"));
    desk.window().actions()[ui::Act::pause]->trigger();
    EXPECT_TRUE(waitFor([&] { return desk.pictureCount() == 3; }));
}

TEST_F(QueueTest, ASuspendedJobWaitsUntilItIsTakenUp) {
    const auto id = bench().run()->job.id;
    desk.window().actions()[ui::Act::suspend]->trigger();
    ASSERT_TRUE(waitFor([&] { return waiting() == "long"; }));
    EXPECT_EQ(bench().waiting().job(0).state, jobs::JobState::suspended);
    EXPECT_TRUE(waitFor([&] { return desk.pictureCount() == 3; }));
    bench().studio().takeUp(id);
    EXPECT_TRUE(waitFor([&] { return bench().run() && bench().run()->job.id == id; }));
}

TEST_F(QueueTest, SkippingGoesOnWithTheNextPicture) {
    desk.window().actions()[ui::Act::skip]->trigger();
    EXPECT_TRUE(waitFor([&] { return bench().run() && bench().run()->job.pictures == 1; }));
    EXPECT_EQ(bench().run()->job.request.prompt, "long");
}

TEST_F(QueueTest, TheWholeQueueHasATime) {
    ASSERT_TRUE(waitFor([&] { return bench().secondsOfQueue() > 0; }));
    // Two steps of 5 ms for each of the three that wait.
    EXPECT_NEAR(bench().secondsOfQueue() - bench().run()->progress.seconds_left, 0.030, 1e-6);
    bench().submit({.prompt = "next", .steps = 100, .seed = 1});
    EXPECT_NEAR(bench().secondsOfQueue() - bench().run()->progress.seconds_left, 0.530, 1e-6);
}

TEST(Queue, AFailedJobIsTriedAgain) {
    FakeScript script;
    script.failure.emplace(diffusion::ErrorKind::out_of_memory, "no room");
    Desk desk(script);
    int runs = 0;
    QObject::connect(&desk.bench().studio(), &studio::Studio::jobChanged,
                     [&](const jobs::Job& job) { runs += job.state == jobs::JobState::running; });
    desk.bench().submit({.prompt = "a", .steps = 4, .seed = 1});
    auto& done = desk.bench().done();
    ASSERT_TRUE(waitFor([&] { return done.rowCount() == 1; }));
    EXPECT_EQ(done.job(0).state, jobs::JobState::failed);
    for (auto* list : desk.window().queue()->findChildren<ui::JobList*>()) {
        if (list->model() != &done) continue;
        const QRect row = list->visualRect(done.index(0));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          QPoint(row.right() - 12, row.center().y()));
    }
    EXPECT_TRUE(waitFor([&] { return runs == 2 && done.rowCount() == 1; }));
}

}  // namespace
