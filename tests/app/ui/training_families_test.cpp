// Models of every family, from the Training window to what they have learnt: chosen in the list, taught
// by the real trainer for two steps.

#include "app/ui/training/pictures_pane.h"
#include "app/ui/training/plan_pane.h"
#include "app/ui/training/run_pane.h"
#include "app/ui/training/training_window.h"
#include "tests/app/ui/desk.h"
#include "tests/app/ui/real_program.h"
#include "tests/app/ui/tiny_models.h"
#include "tests/app/ui/training_support.h"

#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

#include <gtest/gtest.h>
#include <memory>

namespace {

using diffusion::TrainingStage;
using test_support::waitFor;

constexpr int patience = 120000;  // milliseconds, on a busy machine

template <typename Widget>
Widget* named(QWidget* parent, const QString& name) {
    for (auto* widget : parent->findChildren<Widget*>())
        if (widget->accessibleName() == name) return widget;
    return nullptr;
}

class FamilyWindow : public testing::Test {
protected:
    explicit FamilyWindow(const char* name) : family(QString::fromLatin1(name)) {
        auto options = test_support::realProgram(folder);
        model = options.places.models + QStringLiteral("/tiny ") + family;
        if (!isShipped()) test_support::writeTinyModel(family, model);
        desktop = std::make_unique<ui::Desktop>(std::move(options));
        desktop->setLanguage(QStringLiteral("en"));
        desktop->setTrainer(QStringLiteral(ATELIER_BINARY_DIR "/bin/atelier"));
        desktop->show();
        window = desktop->openTraining();
        EXPECT_TRUE(waitFor([&] { return desktop->trainings().isOpen(); }));
    }

    bool isShipped() const { return family == QLatin1String("atelier"); }

    QComboBox* box(const char* name) { return named<QComboBox>(window, QString::fromLatin1(name)); }

    void set(const char* name, int value) {
        named<QSpinBox>(window, QString::fromLatin1(name))->setValue(value);
    }

    void chooseModel() {
        auto* models = box("Model that learns");
        const auto path = isShipped() ? QString() : model;
        ASSERT_TRUE(waitFor([&] { return models->findData(path) >= 0; }, patience));
        models->setCurrentIndex(models->findData(path));
        Q_EMIT models->activated(models->currentIndex());
        ASSERT_TRUE(waitFor([&] { return window->plan()->model() != nullptr; }, patience));
    }

    /// As a person fills the window in: a new training of this kind for two steps.
    void prepare(const QString& name, TrainingStage stage) {
        window->choose({});
        window->pictures()->take({lessons.path()});
        ASSERT_TRUE(waitFor([&] { return window->pictures()->model().usable() > 0; }));
        chooseModel();
        box("Kind")->setCurrentIndex(stage == TrainingStage::lora ? 0 : 1);
        window->plan()->name()->setText(name);
        Q_EMIT window->plan()->name()->textEdited(name);
        set("Steps", 2);
        set("Size", 64);
        set("Steps between samples", 0);
    }

    QString family, model;
    QTemporaryDir folder;
    const test_support::LessonFolder lessons;
    std::unique_ptr<ui::Desktop> desktop;
    ui::TrainingWindow* window = nullptr;
};

class TrainingFamilies : public FamilyWindow, public testing::WithParamInterface<const char*> {
protected:
    TrainingFamilies() : FamilyWindow(GetParam()) {}
};

TEST_P(TrainingFamilies, LearnAsTheWindowAsks) {
    for (const auto stage : {TrainingStage::lora, TrainingStage::embedding}) {
        const auto name =
            stage == TrainingStage::lora ? QStringLiteral("a lora") : QStringLiteral("zolt");
        prepare(name, stage);
        ASSERT_EQ(window->plan()->model()->family, family.toStdString());
        EXPECT_TRUE(window->plan()->memoryWords().startsWith(QStringLiteral("Takes about ")))
            << qPrintable(window->plan()->memoryWords());
        ASSERT_EQ(window->obstacle().toStdString(), "");
        window->start();
        auto& desk = desktop->trainings();
        ASSERT_TRUE(waitFor(
            [&] {
                const auto* training = desk.find(name);
                return training && !training->isRunning;
            },
            patience));
        const auto& training = *desk.find(name);
        ASSERT_TRUE(training.isFinished()) << qPrintable(training.report.error);
        EXPECT_EQ(training.report.step, 2);
        EXPECT_GT(training.report.loss, 0);
        EXPECT_EQ(training.plan.lessons().model, isShipped() ? "" : model.toStdString());
        EXPECT_GT(QFileInfo(desk.places().result(training.plan)).size(), 500);
    }
}

INSTANTIATE_TEST_SUITE_P(, TrainingFamilies, testing::Values("sd1", "sd2", "sdxl", "atelier"),
                         [](const auto& family) { return std::string(family.param); });

class TrainingOfInpainting : public FamilyWindow {
protected:
    TrainingOfInpainting() : FamilyWindow("sd1-inpaint") {}
};

TEST_F(TrainingOfInpainting, IsRefusedWithTheReason) {
    prepare(QStringLiteral("zolt"), TrainingStage::lora);
    EXPECT_EQ(window->obstacle().toStdString(),
              "“tiny sd1-inpaint” reads a mask or a picture beside the noise; choose a base model");
    EXPECT_EQ(window->run()->words(), window->obstacle());
    window->start();
    EXPECT_TRUE(desktop->trainings().trainings().isEmpty());
}

}  // namespace
