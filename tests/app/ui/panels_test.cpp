#include "app/ui/panels/generate_panel.h"
#include "app/ui/panels/model_card.h"
#include "app/ui/panels/sampling_panel.h"
#include "app/ui/panels/size_panel.h"
#include "app/ui/pieces.h"
#include "app/ui/prompt_field.h"

#include <QComboBox>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

namespace {

using Request = diffusion::GenerationRequest;

diffusion::ModelInfo squareModel(int native, int multiple) {
    diffusion::ModelInfo info;
    info.native_width = info.native_height = native;
    info.size_multiple = multiple;
    return info;
}

template <typename Widget>
Widget* named(QWidget& parent, const QString& name) {
    for (auto* widget : parent.findChildren<Widget*>())
        if (widget->accessibleName() == name) return widget;
    return nullptr;
}

TEST(SizePanel, ShapesKeepTheAreaAndTheModelsMultiple) {
    EXPECT_EQ(ui::sizeOfShape(1, {512, 512}, 8), (ui::Size{512, 512}));
    EXPECT_EQ(ui::sizeOfShape(16.0 / 9, {512, 512}, 64), (ui::Size{704, 384}));
    EXPECT_EQ(ui::sizeOfShape(2.0 / 3, {256, 256}, 16), (ui::Size{208, 320}));
}

TEST(SizePanel, ShowsTheNativeSizeAndKeepsTheShapeWhileLocked) {
    ui::RequestModel model;
    ui::EngineFacts facts;
    ui::SizePanel panel(model, facts);
    facts.setModel(squareModel(256, 16));
    auto* width = named<ui::LetterBox>(panel, QStringLiteral("Width in pixels"));
    auto* height = named<ui::LetterBox>(panel, QStringLiteral("Height in pixels"));
    ASSERT_TRUE(width && height);
    EXPECT_EQ(width->value(), 256);
    EXPECT_EQ(model.request().width, 0);
    width->setValue(300);
    EXPECT_EQ(model.request().width, 304) << "the nearest multiple of 16";
    EXPECT_EQ(model.request().height, 304);
    named<QToolButton>(panel, QStringLiteral("Keep the shape"))->setChecked(false);
    height->setValue(128);
    EXPECT_EQ(model.request().width, 304);
    named<QToolButton>(panel, QStringLiteral("Swap width and height"))->click();
    EXPECT_EQ(model.request().width, 128);
    EXPECT_EQ(model.request().height, 304);
}

TEST(Words, TimesAreSaidAsPeopleSayThem) {
    EXPECT_EQ(ui::spokenSeconds(0.02), QStringLiteral("under 1 s"));
    EXPECT_EQ(ui::spokenSeconds(0.49), QStringLiteral("under 1 s"));
    EXPECT_EQ(ui::spokenSeconds(0.5), QStringLiteral("1 s"));
    EXPECT_EQ(ui::spokenSeconds(112), QStringLiteral("1 min 52 s"));
    EXPECT_EQ(ui::spokenSeconds(3900), QStringLiteral("1 h 5 min"));
}

TEST(SeedRow, TheLockKeepsTheLastSeedAndTheDiceDrawsAnother) {
    ui::RequestModel model;
    ui::SeedRow row(model);
    model.setLastSeed(1234);
    auto* lock = named<QToolButton>(row, QStringLiteral("Keep the seed"));
    lock->click();
    EXPECT_EQ(model.request().seed, 1234);
    named<QToolButton>(row, QStringLiteral("Draw a new seed and keep it"))->click();
    EXPECT_NE(model.request().seed, 1234);
    EXPECT_GE(model.request().seed, 0);
    lock->click();
    EXPECT_EQ(model.request().seed, -1);
}

TEST(SeedRow, ATypedNumberIsKeptAndAnEmptyFieldIsNone) {
    ui::RequestModel model;
    ui::SeedRow row(model);
    auto* number = named<QLineEdit>(row, QStringLiteral("Seed"));
    QTest::keyClicks(number, QStringLiteral("77"));
    EXPECT_EQ(model.request().seed, 77);
    number->selectAll();
    QTest::keyClick(number, Qt::Key_Delete);
    EXPECT_EQ(model.request().seed, -1);
}

TEST(SamplingPanel, TheListsFillWhenTheEngineIsReadyAndKeepTheChoice) {
    ui::RequestModel model;
    ui::EngineFacts facts;
    ui::SamplingPanel panel(model, facts);
    auto* sampler = named<QComboBox>(panel, QStringLiteral("Sampler"));
    EXPECT_EQ(sampler->count(), 1);
    facts.setReady({{"Euler", {}}, {"DPM++ 2M", {}}}, {{"Automatic", {}}});
    EXPECT_EQ(sampler->count(), 2);
    EXPECT_EQ(sampler->currentText(), QStringLiteral("DPM++ 2M"));
    EXPECT_EQ(model.request().sampler, "DPM++ 2M");
}

TEST(PromptEdit, GrowsWithItsTextToALimit) {
    ui::PromptEdit edit(5, 12);
    edit.resize(300, edit.height());
    edit.show();
    EXPECT_EQ(edit.minimumHeight(), 128);
    edit.setPlainText(QString(QStringLiteral("line\n")).repeated(40));
    QTest::qWait(10);
    EXPECT_EQ(edit.minimumHeight(), 12 * 20 + 20);
}

TEST(ModelCard, NamesFamiliesAndCountsAsPeopleReadThem) {
    EXPECT_EQ(ui::familyName("sd1"), QStringLiteral("SD 1.5"));
    EXPECT_EQ(ui::shortCount(859'500'000), QStringLiteral("860 M"));
    EXPECT_EQ(ui::shortCount(2'600'000'000), QStringLiteral("2.6 B"));
}

}  // namespace
