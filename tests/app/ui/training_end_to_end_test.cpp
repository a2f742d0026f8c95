// The real trainer with the model that ships, from the window: begun, stopped, gone on with,
// finished, and what it learnt changes the picture that a prompt with it makes.

#include "app/ui/training/pictures_pane.h"
#include "app/ui/training/plan_pane.h"
#include "app/ui/training/training_window.h"
#include "tests/app/ui/desk.h"
#include "tests/app/ui/real_program.h"
#include "tests/app/ui/training_support.h"

#include <QFileInfo>

#include <functional>
#include <gtest/gtest.h>
#include <memory>

namespace {

using test_support::waitFor;

constexpr int patience = 300000;  // milliseconds, on a busy machine

class TrainingEndToEnd : public testing::Test {
protected:
    TrainingEndToEnd() {
        desktop = std::make_unique<ui::Desktop>(test_support::realProgram(folder));
        desktop->setTrainer(QStringLiteral(ATELIER_BINARY_DIR "/bin/atelier"));
        desktop->show();
        window = desktop->openTraining();
        EXPECT_TRUE(waitFor([&] { return trainings().isOpen(); }));
    }

    ui::TrainingPlan smallPlan() const {
        auto plan = ui::newTrainingPlan();
        plan.name = QStringLiteral("zolt");
        plan.request.steps_per_sheet = 0;
        plan.request.lora.folder = lessons.path().toStdString();
        plan.request.lora.extent = 64;
        plan.request.lora.rank = 4;
        plan.request.lora.learning_rate = 0.01;
        return plan;
    }

    ui::TrainingDesk& trainings() { return desktop->trainings(); }

    const ui::Training* training() { return trainings().find(QStringLiteral("zolt")); }

    bool waitUntil(const std::function<bool(const ui::Training&)>& is) {
        return waitFor([&] { return training() && is(*training()); }, patience);
    }

    /// Of the request as it stands.
    QImage generated() {
        auto& bench = desktop->workbench();
        const int before = bench.gallery().rowCount();
        bench.generate();
        EXPECT_TRUE(waitFor(
            [&] { return bench.gallery().rowCount() == before + 1 && !bench.run(); }, patience));
        return QImage(bench.gallery().picture(0).path);
    }

    void ask(const char* prompt) {
        desktop->workbench().request().setRequest(
            {.prompt = prompt, .width = 64, .height = 64, .steps = 4, .seed = 7});
    }

    std::string prompt() { return desktop->workbench().request().request().prompt; }

    QTemporaryDir folder;
    const test_support::LessonFolder lessons;
    std::unique_ptr<ui::Desktop> desktop;
    ui::TrainingWindow* window = nullptr;
};

TEST_F(TrainingEndToEnd, IsBegunStoppedResumedAndItsResultAppliesToPictures) {
    auto plan = smallPlan();
    plan.request.steps = 100000;
    trainings().start(plan);
    ASSERT_TRUE(waitUntil([](const auto& it) { return it.report.step >= 2; }))
        << (training() ? qPrintable(training()->report.error) : "not started");
    EXPECT_EQ(training()->report.leftOut.size(), 2)
        << "one picture without a caption, one that is none";
    trainings().stop(plan.name);
    ASSERT_TRUE(waitUntil([](const auto& it) { return !it.isRunning; }));
    ASSERT_TRUE(training()->isStopped());
    ASSERT_TRUE(training()->report.isWritten) << "what was learnt by then";
    const auto step = training()->report.step;

    window->choose(plan.name);
    ASSERT_TRUE(waitFor([&] { return window->pictures()->model().usable() == 3; }));
    plan.request.steps = step + 4;
    window->plan()->show(plan, ui::PlanPane::Stage::begun);
    EXPECT_EQ(window->obstacle(), QString());
    window->start();
    ASSERT_TRUE(waitUntil([&](const auto& it) {
        return it.plan.request.steps == step + 4 && it.isFinished();
    })) << qPrintable(training()->report.error);
    EXPECT_EQ(training()->report.step, step + 4);
    EXPECT_GT(QFileInfo(trainings().places().result(plan)).size(), 1000);

    ask("red apple");
    const auto without = generated();
    Q_EMIT window->used(plan);
    EXPECT_EQ(prompt(), "red apple <lora:zolt:1>");
    const auto with = generated();
    ASSERT_FALSE(with.isNull());
    EXPECT_EQ(with.size(), without.size());
    EXPECT_NE(with, without);
}

TEST_F(TrainingEndToEnd, AnEmbeddingIsItsWordInPrompts) {
    ask("zolt");
    const auto letters = generated();
    auto plan = smallPlan();
    plan.request.steps = 3;
    ui::changeStage(plan, diffusion::TrainingStage::embedding);
    trainings().start(plan);
    ASSERT_TRUE(waitUntil([](const auto& it) { return it.isFinished(); }))
        << (training() ? qPrintable(training()->report.error) : "not started");
    ask("");
    Q_EMIT window->used(plan);
    EXPECT_EQ(prompt(), "zolt");
    const auto learnt = generated();
    ASSERT_FALSE(learnt.isNull());
    EXPECT_NE(learnt, letters);
}

}  // namespace
