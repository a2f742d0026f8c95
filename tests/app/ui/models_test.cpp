// The list of models, the plan beside Generate, and one window per folder.

#include "app/ui/panels/generate_panel.h"
#include "app/ui/panels/model_card.h"
#include "app/ui/panels/model_list.h"
#include "app/ui/plan_words.h"
#include "app/ui/single_window.h"
#include "tests/app/ui/desk.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <gtest/gtest.h>
#include <thread>

namespace {

using test_support::Desk;
using test_support::waitFor;
using ui::ModelList;

using Request = diffusion::GenerationRequest;

void write(const QString& path) {
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("model");
}

TEST(ModelList, ShowsFamilySizeAndPrecisionOfEveryModel) {
    Desk desk;
    const QString path = desk.bench().studio().places().models + "/clay.safetensors";
    write(path);
    desk.bench().studio().models().lookAgain();
    auto* list = desk.window().panel()->modelCard()->list();
    ASSERT_TRUE(waitFor([&] {
        const int row = list->rowOf(path);
        return row >= 0 && list->index(row).data(ModelList::NoteRole).toString().contains("F16");
    }));
    const auto index = list->index(list->rowOf(path));
    EXPECT_EQ(index.data().toString(), QStringLiteral("clay"));
    EXPECT_TRUE(index.data(ModelList::NoteRole).toString().contains(QStringLiteral("Atelier")));
    EXPECT_FALSE(index.data(ModelList::RefusedRole).toBool());
    EXPECT_EQ(list->index(list->rowOf(QString())).data().toString(),
              QStringLiteral("Atelier Stickers"));
}

TEST(ModelList, AnAddedFolderIsSearchedAtOnce) {
    Desk desk;
    QTemporaryDir more;
    const QString path = QDir(more.path()).canonicalPath() + "/ink.safetensors";
    write(path);
    Q_EMIT desk.window().panel()->modelCard()->folderAdded(QDir(more.path()).canonicalPath());
    auto* list = desk.window().panel()->modelCard()->list();
    EXPECT_TRUE(waitFor([&] { return list->rowOf(path) >= 0; }));
}

TEST(ModelList, AModelFromElsewhereStandsFirst) {
    Desk desk;
    auto* list = desk.window().panel()->modelCard()->list();
    list->setGuest(QStringLiteral("/other/place/x.safetensors"));
    EXPECT_EQ(list->rowOf(QStringLiteral("/other/place/x.safetensors")), 0);
    EXPECT_EQ(list->index(0).data().toString(), QStringLiteral("x"));
    list->setGuest(QString());
    EXPECT_EQ(list->rowOf(QStringLiteral("/other/place/x.safetensors")), -1);
}

TEST(ModelList, SizesAreWrittenAsPeopleReadThem) {
    EXPECT_EQ(ui::shortBytes(2'034'000'000), QStringLiteral("2.0 GB"));
    EXPECT_EQ(ui::shortBytes(312'400'000), QStringLiteral("312 MB"));
    EXPECT_EQ(ui::shortBytes(4'096), QStringLiteral("4 kB"));
}

TEST(Plan, FollowsEveryEditOfTheRequest) {
    Desk desk;
    auto& answers = desk.bench().answers();
    ASSERT_TRUE(waitFor([&] { return answers.plan().has_value() && answers.isCurrent(); }));
    desk.bench().request().set(&Request::steps, 31);
    ASSERT_TRUE(waitFor([&] { return answers.plan() && answers.plan()->seconds == 31; }));
    EXPECT_EQ(answers.sigmas().size(), 32u) << "the levels come from the engine, too";
    desk.bench().request().set(&Request::sampler, std::string("nobody"));
    ASSERT_TRUE(waitFor([&] { return !answers.refusal().isEmpty(); }));
    EXPECT_FALSE(answers.plan());
}

TEST(Plan, SaysMemoryFallbacksAndWhatDoesNotFit) {
    diffusion::Plan plan;
    plan.peak_bytes = 2'100'000'000;
    EXPECT_EQ(ui::memoryWords(plan), QStringLiteral("2.1 GB"));
    plan.fallbacks = {diffusion::Fallback::narrow_weights, diffusion::Fallback::tiled_codec};
    EXPECT_EQ(ui::fallbackWords(plan), QStringLiteral("VAE tiled"));
    plan.peak_bytes = 9'400'000'000;
    plan.limit_bytes = 7'600'000'000;
    plan.obstacle = "lower the size";
    EXPECT_EQ(ui::memoryWords(plan), QStringLiteral("9.4 of 7.6 GB"));
    EXPECT_TRUE(ui::wholePlan(plan).startsWith(QStringLiteral("9.4 of 7.6 GB: lower the size")));
}

TEST(SingleWindow, ASecondStartIsAnsweredByTheFirst) {
    Desk desk;
    const QString data = desk.bench().studio().places().data;
    desk.window().showMinimized();
    std::atomic<int> answer = -1;
    std::thread second([&] { answer = ui::SingleWindow::askOther(data); });
    EXPECT_TRUE(waitFor([&] { return answer >= 0; }));
    second.join();
    EXPECT_EQ(answer, 1);
    EXPECT_TRUE(waitFor([&] { return !desk.window().isMinimized(); }));
    EXPECT_FALSE(ui::SingleWindow::askOther(data + QStringLiteral("/other")));
}

TEST(PlanLine, ThePlanIsThereWhileAPictureIsMade) {
    test_support::FakeScript script;
    script.step_time = std::chrono::milliseconds(10);
    Desk desk(script);
    desk.bench().request().set(&Request::steps, 500);
    desk.type(QStringLiteral("a whale"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return desk.bench().run() && desk.bench().run()->progress.step > 1; }));
    desk.bench().request().set(&Request::steps, 33);
    ASSERT_TRUE(waitFor([&] {
        return desk.bench().answers().isCurrent() && desk.bench().answers().plan() &&
               desk.bench().answers().plan()->seconds == 33;
    }));
    EXPECT_TRUE(desk.bench().run());
    desk.bench().cancelRun();
    EXPECT_TRUE(waitFor([&] { return !desk.bench().run(); }));
}

}  // namespace
