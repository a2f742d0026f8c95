// Whole trainings in the window's list: other names, the trash and back, and what a running one
// refuses.

#include "app/ui/error_banner.h"
#include "app/ui/toast.h"
#include "app/ui/training/pictures_pane.h"
#include "app/ui/training/run_pane.h"
#include "app/ui/training/training_list.h"
#include "app/ui/training/training_window.h"
#include "tests/app/ui/desk.h"
#include "tests/app/ui/training_support.h"

#include <QFileInfo>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

namespace {

using test_support::Desk;
using test_support::FakeTrainer;
using test_support::LessonFolder;
using test_support::waitFor;

const QString inkName = QStringLiteral("ink");
const QString oilName = QStringLiteral("oil");

class TrainingShelf : public testing::Test {
protected:
    void SetUp() override { qputenv("XDG_DATA_HOME", home.path().toUtf8()); }

    void TearDown() override { qunsetenv("XDG_DATA_HOME"); }

    ui::TrainingWindow& open() {
        desk.desktop().setTrainer(trainer.program());
        auto* window = desk.desktop().openTraining();
        EXPECT_TRUE(waitFor([&] { return trainings().isOpen(); }));
        return *window;
    }

    /// With a training of that name, running or at its end, shown and marked.
    ui::TrainingWindow& with(const QString& name, int steps) {
        auto& window = open();
        auto plan = ui::newTrainingPlan();
        plan.name = name;
        plan.request.steps = steps;
        plan.request.lora.folder = lessons.path().toStdString();
        trainings().start(plan);
        const bool isLong = steps > 1000;
        EXPECT_TRUE(waitFor([&] {
            const auto* it = trainings().find(name);
            return it && (isLong ? it->report.step > 1 : it->isFinished());
        }));
        window.choose(name);
        EXPECT_TRUE(waitFor([&] { return window.pictures()->model().usable() == 3; }));
        return window;
    }

    ui::TrainingDesk& trainings() { return desk.desktop().trainings(); }

    QString folder(const QString& name) { return trainings().places().work(name); }

    QString result(const QString& name) {
        auto plan = ui::newTrainingPlan();
        plan.name = name;
        return trainings().places().result(plan);
    }

    /// As F2, the name and Return do it.
    static void rename(ui::TrainingWindow& window, const QString& to) {
        QTest::keyClick(window.list(), Qt::Key_F2);
        auto* field = window.list()->findChild<QLineEdit*>();
        ASSERT_TRUE(field);
        field->setText(to);
        QTest::keyClick(field, Qt::Key_Return);
        EXPECT_TRUE(waitFor([&] { return !window.list()->findChild<QLineEdit*>(); }));
    }

    static QString lastNews(ui::TrainingWindow& window) {
        const auto& toasts = window.news()->toasts();
        return toasts.isEmpty() ? QString() : toasts.last()->sentence();
    }

    QTemporaryDir home;
    Desk desk;
    const FakeTrainer trainer;
    const LessonFolder lessons;
};

TEST_F(TrainingShelf, GoesToTheTrashAndComesBack) {
    auto& window = with(inkName, 3);
    const auto curve = trainings().find(inkName)->report.curve;
    EXPECT_TRUE(window.trainings()->removeButton()->isVisible());
    QTest::keyClick(window.list(), Qt::Key_Delete);
    ASSERT_TRUE(waitFor([&] { return lastNews(window).contains(QStringLiteral("trash")); }));
    EXPECT_FALSE(QFileInfo::exists(folder(inkName)));
    EXPECT_TRUE(QFileInfo::exists(home.filePath(QStringLiteral("Trash/files/ink/training.json"))));
    EXPECT_TRUE(QFileInfo::exists(result(inkName))) << "pictures may use it";
    EXPECT_EQ(window.list()->count(), 1);
    EXPECT_EQ(window.shown(), QString());
    EXPECT_FALSE(window.trainings()->removeButton()->isVisible()) << "a new one is nothing yet";
    ASSERT_TRUE(window.news()->toasts().last()->action());
    window.news()->toasts().last()->action()->click();
    ASSERT_TRUE(waitFor([&] { return trainings().find(inkName); }));
    EXPECT_TRUE(QFileInfo::exists(trainings().places().journal(inkName)));
    EXPECT_FALSE(QFileInfo::exists(home.filePath(QStringLiteral("Trash/info/ink.trashinfo"))));
    EXPECT_EQ(trainings().find(inkName)->report.curve, curve);
    ASSERT_TRUE(waitFor([&] { return window.shown() == inkName; }));
    EXPECT_TRUE(window.run()->samples());
}

TEST_F(TrainingShelf, OneThatWasBegunAnewMeanwhileIsNotOverwritten) {
    auto& window = with(inkName, 3);
    window.trainings()->removeMarked();
    ASSERT_TRUE(waitFor([&] { return !window.news()->toasts().isEmpty(); }));
    auto* undo = window.news()->toasts().last()->action();
    ASSERT_TRUE(QFile::remove(result(inkName)));
    with(inkName, 5);
    undo->click();
    ASSERT_TRUE(waitFor([&] { return window.banner()->isVisible(); }));
    EXPECT_TRUE(window.banner()->accessibleDescription().contains(QStringLiteral("stays in the trash")))
        << qPrintable(window.banner()->accessibleDescription());
    EXPECT_EQ(trainings().find(inkName)->report.step, 5);
}

TEST_F(TrainingShelf, ARunningOneRefusesBoth) {
    auto& window = with(inkName, 100000);
    window.trainings()->removeButton()->click();
    EXPECT_TRUE(lastNews(window).contains(QStringLiteral("stop it first"))) << qPrintable(lastNews(window));
    window.trainings()->renameButton()->click();
    EXPECT_EQ(window.news()->toasts().size(), 2);
    EXPECT_FALSE(window.list()->findChild<QLineEdit*>());
    trainings().remove(inkName);
    trainings().rename(inkName, oilName);
    EXPECT_TRUE(trainings().find(inkName));
    EXPECT_TRUE(QFileInfo::exists(folder(inkName)));
    trainings().stop(inkName);
    ASSERT_TRUE(waitFor([&] { return !trainings().find(inkName)->isRunning; }, 30000));
    EXPECT_TRUE(trainings().obstacleToMove(inkName).isEmpty());
}

TEST_F(TrainingShelf, GetsAnotherNameWithItsFolderAndResultAndGoesOn) {
    auto& window = with(inkName, 3);
    rename(window, oilName);
    ASSERT_TRUE(waitFor([&] { return trainings().find(oilName); }));
    EXPECT_FALSE(trainings().find(inkName));
    EXPECT_EQ(window.shown(), oilName);
    EXPECT_EQ(window.list()->currentItem()->text(), oilName);
    EXPECT_FALSE(QFileInfo::exists(folder(inkName)));
    EXPECT_FALSE(QFileInfo::exists(result(inkName)));
    EXPECT_TRUE(QFileInfo::exists(result(oilName)));
    EXPECT_TRUE(trainings().hasResult(trainings().find(oilName)->plan));
    const auto& sheets = trainings().find(oilName)->report.sheets;
    ASSERT_EQ(sheets.size(), 1);
    EXPECT_TRUE(QFileInfo::exists(sheets[0].file)) << qPrintable(sheets[0].file);
    auto plan = trainings().find(oilName)->plan;
    plan.request.steps = 6;
    window.plan()->show(plan, ui::PlanPane::Stage::begun);
    EXPECT_EQ(window.obstacle(), QString());
    window.start();
    ASSERT_TRUE(waitFor([&] { return trainings().find(oilName)->report.step == 6; }));
    ASSERT_TRUE(waitFor([&] { return trainings().find(oilName)->isFinished(); }));
    EXPECT_EQ(trainings().find(oilName)->report.curve.size(), 6) << "it went on where it was";
}

TEST_F(TrainingShelf, NamesThatCannotBeSayWhyAndChangeNothing) {
    with(oilName, 2);
    auto& window = with(inkName, 3);
    for (const auto& [name, reason] :
         {std::pair{"", "needs a name"}, {"a/b", "A name has no spaces"}, {"oil", "is taken"}}) {
        rename(window, QString::fromUtf8(name));
        EXPECT_TRUE(lastNews(window).contains(QString::fromUtf8(reason)))
            << name << ": " << qPrintable(lastNews(window));
        EXPECT_EQ(window.list()->currentItem()->text(), inkName);
    }
    const auto before = window.news()->toasts().size();
    rename(window, inkName);
    EXPECT_EQ(window.news()->toasts().size(), before);
    EXPECT_TRUE(QFileInfo::exists(folder(inkName)));
    EXPECT_EQ(trainings().find(inkName)->isMoving, false);
}

}  // namespace
