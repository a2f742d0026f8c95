#include "app/ui/choice_popup.h"
#include "app/ui/panels/generate_panel.h"
#include "app/ui/panels/model_card.h"
#include "app/ui/pieces.h"
#include "app/ui/stage/first_run.h"
#include "app/ui/stage/picture_loader.h"
#include "app/ui/stage/picture_view.h"
#include "app/ui/stage/progress_strip.h"
#include "app/ui/stage/stage.h"
#include "tests/app/ui/desk.h"

#include <QDir>
#include <QFile>
#include <QPushButton>
#include <QTest>
#include <QThread>

#include <gtest/gtest.h>

namespace {

ui::Run runAt(int picture, int step) {
    ui::Run run;
    run.progress.phase = diffusion::Phase::sampling;
    run.progress.step = step;
    run.progress.step_count = 24;
    run.progress.first_picture = picture;
    run.progress.picture_count = 4;
    run.progress.seconds_per_step = 0.32;
    run.progress.seconds_left = 3.4;
    return run;
}

TEST(RunWords, SayPictureStepSpeedAndTimeLeft) {
    const auto words = ui::wordsOf(runAt(1, 14));
    EXPECT_EQ(words.place, QStringLiteral("Picture 2 of 4"));
    EXPECT_EQ(words.phase, QStringLiteral("step 14 of 24"));
    EXPECT_EQ(words.speed, QStringLiteral("3.1 it/s"));
    EXPECT_EQ(words.left, QStringLiteral("0:04 left"));
    EXPECT_EQ(words.pieces.done, 1);
    EXPECT_NEAR(words.pieces.share, 14.0 / 24, 1e-9);
    EXPECT_NEAR(words.pieces.total(), (1 + 14.0 / 24) / 4, 1e-9);
}

TEST(RunWords, SayWhichPicturesAreMadeTogether) {
    auto run = runAt(0, 6);
    run.progress.pictures_in_batch = 4;
    const auto words = ui::wordsOf(run);
    EXPECT_EQ(words.place, QStringLiteral("Pictures 1–4 of 4"));
    EXPECT_EQ(words.pieces.current, 4);
    EXPECT_NEAR(words.pieces.total(), 0.25, 1e-9);
}

TEST(RunWords, LeaveOutWhatIsNotKnown) {
    auto run = runAt(0, 1);
    run.progress.seconds_per_step = 0;
    run.progress.seconds_left = -1;
    EXPECT_TRUE(ui::wordsOf(run).speed.isEmpty());
    EXPECT_TRUE(ui::wordsOf(run).left.isEmpty());
}

TEST(Pieces, TimesReadAsPeopleSayThem) {
    EXPECT_EQ(ui::spokenSeconds(38), QStringLiteral("38 s"));
    EXPECT_EQ(ui::spokenSeconds(112), QStringLiteral("1 min 52 s"));
    EXPECT_EQ(ui::clockSeconds(3.4), QStringLiteral("0:04"));
    EXPECT_EQ(ui::clockSeconds(751), QStringLiteral("12:31"));
}

TEST(PictureView, FitsWithinItsEdgesAndEnlargesToThreeTimesAtMost) {
    ui::PictureView view;
    view.resize(950, 744);
    QImage large(2000, 1000, QImage::Format_RGB888);
    view.setPicture(ui::Pyramid(large));
    EXPECT_LE(view.shownRect().width(), 950);
    EXPECT_NEAR(view.shownRect().width() / view.shownRect().height(), 2.0, 0.01);
    view.setPicture(ui::Pyramid(QImage(64, 64, QImage::Format_RGB888)));
    EXPECT_EQ(view.shownRect().width(), 192);
}

TEST(PictureView, APreviewIsShownInTheSizeOfTheFinishedPicture) {
    ui::PictureView view;
    view.resize(950, 744);
    view.setPicture(ui::Pyramid(QImage(32, 32, QImage::Format_RGB888)), {256, 256});
    const auto place = view.shownRect();
    view.setPicture(ui::Pyramid(QImage(256, 256, QImage::Format_RGB888)));
    EXPECT_EQ(view.shownRect(), place);
}

TEST(PictureView, TheWheelEnlargesAtThePointer) {
    ui::PictureView view;
    view.resize(800, 600);
    view.setPicture(ui::Pyramid(QImage(256, 256, QImage::Format_RGB888)));
    view.setZoom(2);
    EXPECT_EQ(view.shownRect().width(), 512);
    EXPECT_EQ(view.shownRect().center(), QPointF(400, 300));
    view.fit();
    EXPECT_TRUE(view.isFitted());
}

TEST(PictureLoader, AFileThatIsNoPictureGivesANullImage) {
    ui::PictureLoader loader;
    bool isNull = false;
    QObject::connect(&loader, &ui::PictureLoader::loaded,
                     [&](const QString&, const ui::Pyramid& read) { isNull = read.isNull(); });
    loader.load(QStringLiteral("/nowhere/picture.png"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return isNull; }));
}

TEST(PictureLoader, PixelsOfTheDoorAreThePixelsOfQt) {
    const diffusion::Image image{2, 1, 3, {1, 2, 3, 250, 251, 252}};
    const QImage copy = ui::toQImage(image);
    EXPECT_EQ(copy.pixelColor(1, 0).rgb(), qRgb(250, 251, 252));
    EXPECT_TRUE(ui::toQImage({}).isNull());
}

TEST(FirstRun, SaysWhatThisComputerHasAndWhatThatMeans) {
    test_support::Desk desk;
    auto* start = desk.window().stage()->firstRun();
    const QString cores = QString::number(QThread::idealThreadCount());
    EXPECT_TRUE(start->hardwareWords().startsWith(cores)) << qPrintable(start->hardwareWords());
    EXPECT_TRUE(QTest::qWaitFor([&] {
        return start->hardwareWords().contains(QStringLiteral("A picture of the chosen model"));
    })) << qPrintable(start->hardwareWords());
}

TEST(FirstRun, OffersTheModelsThatWereFound) {
    test_support::Desk desk;
    const QString folder = desk.bench().studio().places().models;
    QDir().mkpath(folder);
    QFile file(folder + QStringLiteral("/clay.safetensors"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("model");
    file.close();
    desk.bench().studio().models().lookAgain();
    auto* start = desk.window().stage()->firstRun();
    QPushButton* models = nullptr;
    ASSERT_TRUE(QTest::qWaitFor([&] {
        for (auto* button : start->findChildren<QPushButton*>())
            if (button->text().contains(QStringLiteral("1 model"))) models = button;
        return models != nullptr;
    }));
    models->click();
    auto* list = desk.window().panel()->modelCard()->findChild<ui::ChoicePopup*>();
    ASSERT_TRUE(list);
    list->close();
}

}  // namespace
