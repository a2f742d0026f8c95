// What the window shows of the sample prompts, how they are written into the plan, and the seed.

#include "app/ui/training/pictures_pane.h"
#include "app/ui/training/samples_view.h"
#include "app/ui/training/training_window.h"
#include "tests/app/ui/desk.h"
#include "tests/app/ui/training_support.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTest>

#include <gtest/gtest.h>

namespace {

using test_support::Desk;
using test_support::FakeTrainer;
using test_support::LessonFolder;
using test_support::waitFor;
using ui::SampleSheet;

template <typename Widget>
Widget* named(QWidget* parent, const char* name) {
    for (auto* widget : parent->findChildren<Widget*>())
        if (widget->accessibleName() == QString::fromUtf8(name)) return widget;
    return nullptr;
}

const QList<QColor> colours{Qt::red, Qt::green, Qt::blue, Qt::yellow, Qt::magenta};

constexpr int edge = 160, pitch = edge + 4;

/// Sheets as the trainer writes them: four pictures to a row, 4 pixels apart.
class Sheets {
public:
    SampleSheet make(int step, const QStringList& prompts, int count, int firstColour = 0) {
        const int across = std::min(count, 4), down = (count + 3) / 4;
        QImage sheet(across * pitch + 4, down * pitch + 4, QImage::Format_RGB32);
        sheet.fill(Qt::white);
        QPainter painter(&sheet);
        for (int i = 0; i < count; ++i)
            painter.fillRect(4 + i % 4 * pitch, 4 + i / 4 * pitch, edge, edge,
                             colours[(i + firstColour) % colours.size()]);
        painter.end();
        const auto file = folder_.filePath(QStringLiteral("lora-%1.png").arg(step));
        EXPECT_TRUE(sheet.save(file));
        return {step, file, prompts};
    }

private:
    QTemporaryDir folder_;
};

class TrainingSamples : public testing::Test {
protected:
    void show(const QList<SampleSheet>& shown, const QSize& size = {600, 420}) {
        view.resize(size);
        view.setSheets(shown);
        view.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&view));
        ASSERT_TRUE(waitFor([&] { return view.isShown(); }));
        QCoreApplication::processEvents();
    }

    QColor at(int row, int column) {
        return view.rows()->grab().toImage().pixelColor(view.rows()->placeOf(row, column).center());
    }

    Desk desk;  // dresses the application
    Sheets sheets;
    ui::SamplesView view;
};

TEST_F(TrainingSamples, EachPromptHasARowOfItsPicturesByStep) {
    const QStringList prompts{QStringLiteral("a cat"), QStringLiteral("a dog"), QStringLiteral("an owl")};
    show({sheets.make(10, prompts, 3), sheets.make(20, prompts, 3, 1)});
    EXPECT_EQ(view.rows()->prompts(), prompts);
    for (int row = 0; row < 3; ++row) {
        EXPECT_EQ(at(row, 0), colours[row]);
        EXPECT_EQ(at(row, 1), colours[row + 1]);
    }
    ASSERT_EQ(view.choice()->count(), 4);
    const int small = view.rows()->placeOf(0, 0).width();
    view.choice()->setCurrentIndex(2);
    EXPECT_EQ(at(0, 0), colours[1]);
    EXPECT_EQ(at(0, 1), colours[2]);
    EXPECT_GT(view.rows()->placeOf(0, 0).width(), small) << "one prompt has all the room";
    EXPECT_EQ(view.rows()->placeOf(0, 0).width(), edge) << "and is never larger than it is";
}

TEST_F(TrainingSamples, MoreThanARowOfPromptsAndOtherPromptsBefore) {
    const QStringList five{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"),
                           QStringLiteral("d"), QStringLiteral("e")};
    show({sheets.make(10, {QStringLiteral("e")}, 1, 2), sheets.make(20, five, 5)});
    EXPECT_EQ(at(4, 0), colours[2]) << "the same prompt, alone then";
    EXPECT_EQ(at(4, 1), colours[4]) << "in the sheet's second row";
    for (int row = 0; row < 4; ++row) {
        EXPECT_FALSE(colours.contains(at(row, 0))) << "it was not drawn then";
        EXPECT_EQ(at(row, 1), colours[row]);
    }
}

TEST_F(TrainingSamples, CaptionsAreCountedByTheSheet) {
    show({sheets.make(10, {}, 4)});
    EXPECT_EQ(view.rows()->prompts().size(), 4);
    for (int row = 0; row < 4; ++row) EXPECT_EQ(at(row, 0), colours[row]);
}

TEST_F(TrainingSamples, OfManyTheFirstAndTheNewestAreShownAlways) {
    QList<SampleSheet> many;
    for (int step = 1; step <= 40; ++step) many << sheets.make(step, {QStringLiteral("a cat")}, 1);
    show(many, {400, 200});
    const auto columns = view.rows()->columns();
    EXPECT_GE(columns.size(), 2);
    EXPECT_LE(columns.size(), 6);
    EXPECT_EQ(columns.first().step, 1);
    EXPECT_EQ(columns.last().step, 40);
    EXPECT_FALSE(view.choice()->isVisible()) << "there is one prompt";
    view.setSheets({});
    EXPECT_FALSE(view.isShown());
}

TEST_F(TrainingSamples, PromptsAreWrittenOnePerLine) {
    auto* window = desk.desktop().openTraining();
    auto* box = named<QPlainTextEdit>(window, "Prompts of the samples");
    ASSERT_TRUE(box);
    box->setPlainText(QStringLiteral("a cat, ink\n\n  a dog \n"));
    const auto& lessons = window->plan()->plan().lessons();
    EXPECT_EQ(lessons.sample_prompts, (std::vector<std::string>{"a cat, ink", "a dog"}));
    EXPECT_EQ(box->toPlainText(), QStringLiteral("a cat, ink\n\n  a dog \n")) << "as it is typed";
    auto plan = window->plan()->plan();
    plan.lessons().sample_prompts = {"an owl"};
    window->plan()->show(plan, ui::PlanPane::Stage::fresh);
    EXPECT_EQ(box->toPlainText(), QStringLiteral("an owl"));
    box->clear();
    EXPECT_TRUE(window->plan()->plan().lessons().sample_prompts.empty());
}

TEST_F(TrainingSamples, TheSeedIsTheTrainersAndStaysOnceItHasBegun) {
    const FakeTrainer trainer;
    const LessonFolder lessons;
    desk.desktop().setTrainer(trainer.program());
    auto* window = desk.desktop().openTraining();
    auto& trainings = desk.desktop().trainings();
    ASSERT_TRUE(waitFor([&] { return trainings.isOpen(); }));
    auto* seed = named<QLineEdit>(window, "Seed of the training");
    ASSERT_TRUE(seed);
    EXPECT_EQ(seed->text(), QString::number(diffusion::LoraTraining().seed));
    seed->clear();
    QTest::keyClicks(seed, QStringLiteral("9999999999999999999"));
    EXPECT_EQ(window->plan()->plan().lessons().seed, 9223372036854775807u) << "the largest there is";
    seed->clear();
    QTest::keyClicks(seed, QStringLiteral("12x34"));
    EXPECT_EQ(window->plan()->plan().lessons().seed, 1234u);
    window->pictures()->take({lessons.path()});
    ASSERT_TRUE(waitFor([&] { return window->pictures()->model().usable() == 3; }));
    QTest::keyClicks(window->plan()->name(), QStringLiteral("ink"));
    auto plan = window->plan()->plan();
    plan.request.steps = 2;
    window->plan()->show(plan, ui::PlanPane::Stage::fresh);
    window->start();
    const auto ink = [&] { return trainings.find(QStringLiteral("ink")); };
    ASSERT_TRUE(waitFor([&] { return ink() && ink()->isFinished(); }));
    EXPECT_EQ(ink()->plan.lessons().seed, 1234u);
    EXPECT_FALSE(seed->isEnabled());
    const auto journal = ui::planFromJson(
        test_support::readFile(trainings.places().journal(QStringLiteral("ink"))));
    ASSERT_TRUE(journal);
    EXPECT_EQ(journal->lessons().seed, 1234u);
    EXPECT_TRUE(ui::trainerArguments(*journal, trainings.places())
                    .contains(QStringLiteral("--seed=1234")));
}

}  // namespace
