// The real trainer with the model that ships, from the window: begun, stopped, gone on with,
// finished, and what it learnt changes the picture that a prompt with it makes.

#include "app/ui/training/pictures_pane.h"
#include "app/ui/training/plan_pane.h"
#include "app/ui/training/training_window.h"
#include "tests/app/ui/desk.h"
#include "tests/app/ui/training_support.h"

#include <QFileInfo>

#include <gtest/gtest.h>

namespace {

using test_support::waitFor;

constexpr int patience = 300000;  // milliseconds, on a busy machine

TEST(TrainingEndToEnd, IsBegunStoppedResumedAndItsResultAppliesToPictures) {
    QTemporaryDir folder;
    const test_support::LessonFolder lessons;
    studio::Options options;
    options.places.data = folder.path();
    options.places.pictures = folder.filePath(QStringLiteral("pictures"));
    options.places.models = folder.filePath(QStringLiteral("models"));
    options.places.resources = QStringLiteral(ATELIER_BINARY_DIR "/share/atelier");
    options.places.engineLibrary = QStringLiteral(ATELIER_BINARY_DIR "/lib/libatelier_engine.so");
    ui::Desktop desktop(std::move(options));
    desktop.setTrainer(QStringLiteral(ATELIER_BINARY_DIR "/bin/atelier"));
    desktop.show();
    auto* window = desktop.openTraining();
    auto& trainings = desktop.trainings();
    ASSERT_TRUE(waitFor([&] { return trainings.isOpen(); }));

    auto plan = ui::newTrainingPlan();
    plan.name = QStringLiteral("ink");
    plan.request.steps = 100000;
    plan.request.steps_per_sheet = 0;
    plan.request.lora.folder = lessons.path().toStdString();
    plan.request.lora.extent = 64;
    plan.request.lora.rank = 4;
    plan.request.lora.learning_rate = 0.01;
    trainings.start(plan);
    const auto ink = [&] { return trainings.find(QStringLiteral("ink")); };
    ASSERT_TRUE(waitFor([&] { return ink() && ink()->report.step >= 2; }, patience))
        << (ink() ? qPrintable(ink()->report.error) : "not started");
    EXPECT_EQ(ink()->report.leftOut.size(), 2) << "one picture without a caption, one that is none";
    trainings.stop(plan.name);
    ASSERT_TRUE(waitFor([&] { return !ink()->isRunning; }, patience));
    ASSERT_TRUE(ink()->isStopped());
    ASSERT_TRUE(ink()->report.isWritten) << "what was learnt by then";
    const auto step = ink()->report.step;

    window->choose(plan.name);
    ASSERT_TRUE(waitFor([&] { return window->pictures()->model().usable() == 3; }));
    plan.request.steps = step + 4;
    window->plan()->show(plan, ui::PlanPane::Stage::begun);
    EXPECT_EQ(window->obstacle(), QString());
    window->start();
    ASSERT_TRUE(waitFor(
        [&] { return ink()->plan.request.steps == step + 4 && ink()->isFinished(); }, patience))
        << qPrintable(ink()->report.error);
    EXPECT_EQ(ink()->report.step, step + 4);
    const QFileInfo result(trainings.places().result(plan));
    EXPECT_GT(result.size(), 1000);

    auto& bench = desktop.workbench();
    bench.request().setRequest(
        {.prompt = "red apple", .width = 64, .height = 64, .steps = 4, .seed = 7});
    bench.generate();
    ASSERT_TRUE(waitFor([&] { return bench.gallery().rowCount() == 1 && !bench.run(); }, patience));
    Q_EMIT window->used(plan);
    EXPECT_EQ(bench.request().request().prompt, "red apple <lora:ink:1>");
    bench.generate();
    ASSERT_TRUE(waitFor([&] { return bench.gallery().rowCount() == 2 && !bench.run(); }, patience));
    const QImage with(bench.gallery().picture(0).path), without(bench.gallery().picture(1).path);
    ASSERT_FALSE(with.isNull());
    EXPECT_EQ(with.size(), without.size());
    EXPECT_NE(with, without);
}

}  // namespace
