// The Training window over a trainer that only pretends: what can be started, how it goes, that it
// is stopped, gone on with and found again, and that its result gets into the prompt.

#include "app/ui/training/training_window.h"

#include "app/ui/actions.h"
#include "app/ui/error_banner.h"
#include "app/ui/training/loss_plot.h"
#include "app/ui/training/pictures_pane.h"
#include "app/ui/training/run_pane.h"
#include "app/ui/training/samples_view.h"
#include "tests/app/ui/desk.h"
#include "tests/app/ui/training_support.h"

#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

#include <csignal>
#include <gtest/gtest.h>

namespace {

using test_support::Desk;
using test_support::FakeTrainer;
using test_support::LessonFolder;
using test_support::waitFor;
using ui::Act;

constexpr int usablePictures = 3;

template <typename Widget>
Widget* named(QWidget* parent, const QString& name) {
    for (auto* widget : parent->findChildren<Widget*>())
        if (widget->accessibleName() == name) return widget;
    return nullptr;
}

class TrainingWindow : public testing::Test {
protected:
    ui::TrainingWindow& open(const FakeTrainer& trainer) {
        desk.desktop().setTrainer(trainer.program());
        auto* window = desk.desktop().openTraining();
        EXPECT_TRUE(waitFor([&] { return trainings().isOpen(); }));
        return *window;
    }

    /// With the folder read and a name, ready to be started.
    ui::TrainingWindow& prepared(const FakeTrainer& trainer, int steps) {
        auto& window = open(trainer);
        window.pictures()->take({lessons.path()});
        EXPECT_TRUE(waitFor([&] { return window.pictures()->model().usable() == usablePictures; }));
        QTest::keyClicks(window.plan()->name(), QStringLiteral("ink"));
        named<QSpinBox>(&window, QStringLiteral("Steps"))->setValue(steps);
        EXPECT_EQ(window.obstacle(), QString());
        return window;
    }

    ui::TrainingDesk& trainings() { return desk.desktop().trainings(); }

    const ui::Training* ink() { return trainings().find(QStringLiteral("ink")); }

    bool waitForStep(qint64 step) {
        return waitFor([&] { return ink() && ink()->report.step >= step; });
    }

    bool waitForEnd() {
        return waitFor([&] { return ink() && !ink()->isRunning; }, 30000);
    }

    static void press(QPushButton* button) { QTest::mouseClick(button, Qt::LeftButton); }

    Desk desk;
    LessonFolder lessons;
};

TEST_F(TrainingWindow, OpensByItsKeyAndSaysWhatIsMissing) {
    desk.window().actions()[Act::training]->trigger();
    const FakeTrainer trainer;
    auto& window = open(trainer);
    ASSERT_TRUE(window.isVisible());
    EXPECT_EQ(window.obstacle(), QStringLiteral("Choose a folder of pictures"));
    EXPECT_FALSE(window.run()->startButton()->isEnabled());
    EXPECT_EQ(window.run()->words(), window.obstacle());
    window.pictures()->take({lessons.path()});
    ASSERT_TRUE(waitFor([&] { return window.pictures()->model().rowCount() == 5; }));
    EXPECT_EQ(window.obstacle(), QStringLiteral("Give the training a name"));
    QTest::keyClicks(window.plan()->name(), QStringLiteral("a/b"));
    EXPECT_TRUE(window.obstacle().startsWith(QStringLiteral("A name has")));
    window.plan()->name()->clear();
    QTest::keyClicks(window.plan()->name(), QStringLiteral("ink"));
    EXPECT_EQ(window.obstacle(), QString());
    EXPECT_TRUE(window.run()->startButton()->isEnabled());
}

TEST_F(TrainingWindow, AFolderWithoutCaptionsIsNothingToLearnFrom) {
    QTemporaryDir bare;
    QFile::copy(lessons.file(QStringLiteral("0.png")), bare.filePath(QStringLiteral("0.png")));
    const FakeTrainer trainer;
    auto& window = open(trainer);
    window.pictures()->take({bare.path()});
    ASSERT_TRUE(waitFor([&] { return window.pictures()->model().rowCount() == 1; }));
    EXPECT_EQ(window.obstacle(), QStringLiteral("No picture of the folder has a caption"));
    window.pictures()->caption()->setPlainText(QStringLiteral("a cat"));
    window.pictures()->saveCaption();
    EXPECT_EQ(window.obstacle(), QStringLiteral("Give the training a name"));
    EXPECT_TRUE(waitFor([&] {
        return test_support::readFile(bare.filePath(QStringLiteral("0.txt"))) == "a cat\n";
    }));
}

TEST_F(TrainingWindow, CaptionsAreSavedWhenAnotherPictureIsMarkedAndBrokenOnesSayWhy) {
    const FakeTrainer trainer;
    auto& window = open(trainer);
    auto& pictures = *window.pictures();
    pictures.take({lessons.path()});
    ASSERT_TRUE(waitFor([&] { return pictures.model().usable() == usablePictures; }));
    pictures.list()->setCurrentIndex(pictures.model().index(0));
    EXPECT_EQ(pictures.caption()->toPlainText(), QStringLiteral("ink drawing"));
    pictures.caption()->setPlainText(QStringLiteral("a fox in ink"));
    pictures.list()->setCurrentIndex(pictures.model().index(3));
    EXPECT_TRUE(waitFor([&] {
        return test_support::readFile(lessons.file(QStringLiteral("0.txt"))) == "a fox in ink\n";
    }));
    EXPECT_EQ(pictures.caption()->toPlainText(), QString());
    const auto& model = pictures.model();
    EXPECT_FALSE(model.index(3).data(ui::PictureListModel::TroubleRole).toString().isEmpty());
    const auto broken = model.index(model.rowOf(lessons.file(QStringLiteral("broken.png"))));
    EXPECT_TRUE(broken.data(ui::PictureListModel::TroubleRole)
                    .toString()
                    .contains(QStringLiteral("can't be read")))
        << qPrintable(broken.data(ui::PictureListModel::TroubleRole).toString());
    EXPECT_EQ(model.broken(), 1);
    window.close();
    EXPECT_EQ(test_support::readFile(lessons.file(QStringLiteral("3.txt"))), QByteArray());
}

TEST_F(TrainingWindow, RunsToTheEndShowsItAndPutsItIntoThePrompt) {
    const FakeTrainer trainer;
    auto& window = prepared(trainer, 12);
    desk.type(QStringLiteral("a fox"));
    press(window.run()->startButton());
    ASSERT_TRUE(waitForEnd());
    EXPECT_TRUE(ink()->isFinished());
    EXPECT_EQ(window.shown(), QStringLiteral("ink"));
    EXPECT_EQ(window.list()->count(), 2);
    EXPECT_TRUE(window.run()->words().startsWith(QStringLiteral("finished · step 12")))
        << qPrintable(window.run()->words());
    EXPECT_EQ(window.run()->plot()->curve().size(), 12);
    EXPECT_EQ(window.run()->leftOut()->count(), 1);
    EXPECT_TRUE(waitFor([&] { return window.run()->samples()->isShown(); }));
    EXPECT_FALSE(window.banner()->isVisible());
    EXPECT_EQ(window.obstacle(), QStringLiteral("More steps are needed to go on"));
    ASSERT_TRUE(window.run()->useButton()->isVisible());
    press(window.run()->useButton());
    EXPECT_EQ(desk.bench().request().request().prompt, "a fox <lora:ink:1>");
    press(window.run()->useButton());
    EXPECT_EQ(desk.bench().request().request().prompt, "a fox <lora:ink:1>");
}

TEST_F(TrainingWindow, IsStoppedAndGoesOnWithMoreSteps) {
    const FakeTrainer trainer;
    auto& window = prepared(trainer, 100000);
    press(window.run()->startButton());
    ASSERT_TRUE(waitForStep(3));
    EXPECT_TRUE(window.run()->stopButton()->isVisible());
    EXPECT_FALSE(window.plan()->name()->isEnabled());
    EXPECT_FALSE(window.run()->startButton()->isVisible());
    press(window.run()->stopButton());
    ASSERT_TRUE(waitForEnd());
    const auto step = ink()->report.step;
    EXPECT_TRUE(ink()->isStopped());
    EXPECT_FALSE(window.banner()->isVisible())
        << qPrintable(window.banner()->accessibleDescription());
    EXPECT_TRUE(window.run()->useButton()->isVisible()) << "what it had learnt by then";
    EXPECT_EQ(window.run()->startButton()->text(), QStringLiteral("Resume"));
    EXPECT_FALSE(window.plan()->name()->isEnabled()) << "it has begun";
    named<QSpinBox>(&window, QStringLiteral("Steps"))->setValue(int(step) + 5);
    press(window.run()->startButton());
    ASSERT_TRUE(waitFor([&] { return ink()->report.step == step + 5; }));
    ASSERT_TRUE(waitForEnd());
    EXPECT_TRUE(ink()->isFinished());
    EXPECT_EQ(ink()->report.curve.size(), step + 5) << "no step twice";
}

TEST_F(TrainingWindow, OneThatWasKilledSaysSoAndGoesOn) {
    const FakeTrainer trainer;
    auto& window = prepared(trainer, 100000);
    press(window.run()->startButton());
    ASSERT_TRUE(waitForStep(3));
    ASSERT_EQ(kill(pid_t(ink()->process.id), SIGKILL), 0);
    ASSERT_TRUE(waitForEnd());
    EXPECT_TRUE(window.banner()->isVisible());
    EXPECT_TRUE(window.banner()->accessibleDescription().contains(
        QStringLiteral("What it last saved is kept")));
    const auto step = ink()->report.step;
    named<QSpinBox>(&window, QStringLiteral("Steps"))->setValue(int(step) + 20);
    press(window.run()->startButton());
    ASSERT_TRUE(waitFor([&] { return ink()->report.step == step + 20; }))
        << "at " << ink()->report.step << " after " << step << ": "
        << test_support::readFile(trainings().places().errors(QStringLiteral("ink"))).toStdString();
    ASSERT_TRUE(waitForEnd());
    EXPECT_TRUE(ink()->isFinished());
    EXPECT_FALSE(window.banner()->isVisible());
}

TEST_F(TrainingWindow, ItGoesOnWhileTheProgramIsClosedAndIsFoundAgain) {
    const FakeTrainer trainer;
    auto& window = prepared(trainer, 100000);
    press(window.run()->startButton());
    ASSERT_TRUE(waitForStep(2));
    const auto process = ink()->process;
    const auto step = ink()->report.step;
    desk.restart();
    EXPECT_TRUE(ui::isRunning(process));
    auto& again = open(trainer);
    ASSERT_TRUE(ink() && ink()->isRunning);
    EXPECT_EQ(ink()->process, process);
    EXPECT_EQ(again.list()->count(), 2);
    again.list()->setCurrentRow(1);
    EXPECT_EQ(again.shown(), QStringLiteral("ink"));
    ASSERT_TRUE(waitForStep(step + 2));
    EXPECT_FALSE(again.run()->plot()->curve().isEmpty());
    press(again.run()->stopButton());
    ASSERT_TRUE(waitForEnd());
    desk.restart();
    open(trainer);
    ASSERT_TRUE(ink());
    EXPECT_TRUE(ink()->isStopped());
    EXPECT_GE(ink()->report.step, step + 2);
}

TEST_F(TrainingWindow, WhatTheTrainerComplainsOfIsShownInItsWords) {
    const FakeTrainer trainer("rank: expected less.");
    auto& window = prepared(trainer, 10);
    press(window.run()->startButton());
    ASSERT_TRUE(waitFor([&] { return window.banner()->isVisible(); }));
    EXPECT_EQ(window.banner()->accessibleDescription(), QStringLiteral("rank: expected less."));
    EXPECT_TRUE(ink()->isStopped());
    EXPECT_FALSE(window.run()->useButton()->isVisible());
}

TEST_F(TrainingWindow, AProgramThatIsNotThereIsToldOf) {
    FakeTrainer trainer;
    auto& window = prepared(trainer, 10);
    ASSERT_TRUE(QFile::remove(trainer.program()));
    press(window.run()->startButton());
    ASSERT_TRUE(waitFor([&] { return window.banner()->isVisible(); }));
    EXPECT_TRUE(
        window.banner()->accessibleDescription().contains(QStringLiteral("can't be started")));
    EXPECT_EQ(window.obstacle(), QString());
}

TEST_F(TrainingWindow, OneAtATimeAndNoNameTwice) {
    const FakeTrainer trainer;
    auto& window = prepared(trainer, 100000);
    press(window.run()->startButton());
    ASSERT_TRUE(waitForStep(1));
    window.list()->setCurrentRow(0);
    EXPECT_EQ(window.shown(), QString());
    window.pictures()->take({lessons.path()});
    ASSERT_TRUE(waitFor([&] { return window.pictures()->model().usable() == usablePictures; }));
    QTest::keyClicks(window.plan()->name(), QStringLiteral("ink"));
    EXPECT_EQ(window.obstacle(), QStringLiteral("The name “ink” is taken"));
    QTest::keyClicks(window.plan()->name(), QStringLiteral("2"));
    EXPECT_EQ(window.obstacle(), QStringLiteral("“ink” is running; one at a time"));
    trainings().stop(QStringLiteral("ink"));
    ASSERT_TRUE(waitForEnd());
    EXPECT_EQ(window.obstacle(), QString());
}

TEST_F(TrainingWindow, ItStaysOpenWhenTheLanguageChanges) {
    const FakeTrainer trainer;
    prepared(trainer, 5).start();
    ASSERT_TRUE(waitForEnd());
    desk.desktop().setLanguage(QStringLiteral("ko"));
    auto* window = desk.desktop().openTraining();
    EXPECT_EQ(window->windowTitle(), QString::fromUtf8("학습"));
    EXPECT_EQ(window->shown(), QStringLiteral("ink"));
    EXPECT_TRUE(window->run()->words().startsWith(QString::fromUtf8("끝남")))
        << qPrintable(window->run()->words());
    EXPECT_TRUE(window->run()->leftOut()->item(0)->text().contains(QString::fromUtf8("빠집니다")));
    desk.desktop().setLanguage(QStringLiteral("en"));
}

TEST_F(TrainingWindow, WhatTheComputerHasNoMemoryForIsRefused) {
    desk.bench().studio().settings().set(&settings::Values::device, QStringLiteral("cpu"));
    const FakeTrainer trainer;
    auto& window = prepared(trainer, 10);
    ASSERT_TRUE(waitFor([&] { return window.plan()->model() != nullptr; }));
    EXPECT_TRUE(window.plan()->memoryWords().startsWith(QStringLiteral("Takes about 0.")))
        << qPrintable(window.plan()->memoryWords());
    named<QSpinBox>(&window, QStringLiteral("Size"))->setValue(4096);
    named<QSpinBox>(&window, QStringLiteral("Pictures at once"))->setValue(1024);
    EXPECT_TRUE(window.obstacle().startsWith(QStringLiteral("It takes about ")))
        << qPrintable(window.obstacle());
    EXPECT_FALSE(window.run()->startButton()->isEnabled());
    named<QSpinBox>(&window, QStringLiteral("Pictures at once"))->setValue(1);
    named<QSpinBox>(&window, QStringLiteral("Size"))->setValue(64);
    EXPECT_EQ(window.obstacle(), QString());
}

TEST_F(TrainingWindow, AnEmbeddingHasItsOwnRowsAndKeepsWhatBothHave) {
    const FakeTrainer trainer;
    auto& window = open(trainer);
    auto plan = window.plan()->plan();
    EXPECT_TRUE(named<QSpinBox>(&window, QStringLiteral("Rank"))->isVisible());
    EXPECT_FALSE(named<QSpinBox>(&window, QStringLiteral("Vectors"))->isVisible());
    auto* kind = named<QComboBox>(&window, QStringLiteral("Kind"));
    kind->setCurrentIndex(1);
    EXPECT_FALSE(window.plan()->plan().isLora());
    EXPECT_FALSE(named<QSpinBox>(&window, QStringLiteral("Rank"))->isVisible());
    auto* vectors = named<QSpinBox>(&window, QStringLiteral("Vectors"));
    EXPECT_TRUE(vectors->isVisible());
    EXPECT_EQ(vectors->maximum(), 75) << "as the trainer's table says";
    auto* extent = named<QSpinBox>(&window, QStringLiteral("Size"));
    extent->setValue(10);
    EXPECT_EQ(window.plan()->plan().lessons().extent, 64);
    extent->setValue(0);
    EXPECT_EQ(window.plan()->plan().lessons().extent, 0);
}

}  // namespace
