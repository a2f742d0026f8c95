// From a prompt with styles and templates to the jobs of the queue.

#include "app/ui/error_banner.h"
#include "app/ui/panels/dialect_dialog.h"
#include "app/ui/panels/expansion_preview.h"
#include "app/ui/panels/expansion_row.h"
#include "app/ui/panels/generate_panel.h"
#include "app/ui/panels/preset_menu.h"
#include "app/ui/panels/style_picker.h"
#include "app/ui/prompt_field.h"
#include "app/ui/stage/stage.h"
#include "app/ui/text_diff.h"
#include "app/ui/toast.h"
#include "app/ui/top_bar.h"
#include "tests/app/ui/desk.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTest>

#include <gtest/gtest.h>

namespace {

using prompts::Expand;
using test_support::Desk;
using test_support::FakeScript;
using test_support::waitFor;
using ui::DiffPart;
using namespace std::chrono_literals;

using Request = diffusion::GenerationRequest;

void generate(Desk& desk) {
    desk.press(Qt::Key_Return, Qt::ControlModifier);
}

TEST(PromptFlow, ATemplateMakesAJobForEveryPrompt) {
    Desk desk;
    desk.bench().prompts().setExpand(Expand::all);
    desk.type(QStringLiteral("a {red|green|blue} cat"));
    generate(desk);
    ASSERT_TRUE(waitFor([&] { return desk.pictureCount() == 3; }));
    QStringList prompts;
    for (int row = 0; row < 3; ++row) {
        const auto& request = desk.bench().gallery().picture(row).request;
        prompts << QString::fromStdString(request.prompt);
        EXPECT_EQ(request.prompt_template, "a {red|green|blue} cat");
    }
    prompts.sort();
    EXPECT_EQ(prompts, (QStringList{"a blue cat", "a green cat", "a red cat"}));
    EXPECT_EQ(desk.bench().request().request().prompt, "a {red|green|blue} cat");
}

TEST(PromptFlow, AtRandomEveryPictureHasItsOwnPrompt) {
    Desk desk;
    desk.bench().prompts().setExpand(Expand::random);
    desk.bench().request().set(&Request::count, 4);
    desk.bench().request().set(&Request::seed, std::int64_t(7));
    desk.type(QStringLiteral("{a|b|c|d|e|f|g|h}"));
    generate(desk);
    ASSERT_TRUE(waitFor([&] { return desk.pictureCount() == 4; }));
    QSet<qint64> seeds;
    for (int row = 0; row < 4; ++row) {
        const auto& request = desk.bench().gallery().picture(row).request;
        seeds << request.seed;
        EXPECT_EQ(request.prompt.size(), 1u) << request.prompt;
    }
    EXPECT_EQ(seeds, (QSet<qint64>{7, 8, 9, 10}));
}

TEST(PromptFlow, ATemplateThatCanNotBeReadIsRefusedAtThePanel) {
    Desk desk;
    desk.type(QStringLiteral("a {red|green"));
    generate(desk);
    auto* banner = desk.window().panelBanner();
    ASSERT_TRUE(waitFor([&] { return banner->isVisible(); }));
    EXPECT_TRUE(desk.bench().studio().queue().jobs().isEmpty());
    EXPECT_FALSE(desk.window().panel()->prompt()->fault()->isHidden());
    EXPECT_EQ(desk.bench().request().request().prompt, "a {red|green");
}

TEST(PromptFlow, AsTextTheSignsGoToTheModelAsTheyAre) {
    Desk desk;
    desk.bench().prompts().setExpand(Expand::none);
    desk.type(QStringLiteral("a {red|green"));
    generate(desk);
    ASSERT_TRUE(waitFor([&] { return desk.pictureCount() == 1; }));
    EXPECT_EQ(desk.bench().gallery().picture(0).request.prompt, "a {red|green");
}

TEST(PromptFlow, TheRowCountsThePromptsBeforeTheyAreRun) {
    Desk desk;
    auto* row = desk.window().panel()->expansion();
    EXPECT_TRUE(row->isHidden());
    desk.type(QStringLiteral("{a|b} {c|d|e}"));
    EXPECT_FALSE(row->isHidden());
    EXPECT_TRUE(waitFor([&] { return row->count()->text() == QStringLiteral("6 prompts"); }));
    desk.type(QStringLiteral(" __nobody__"));
    EXPECT_TRUE(waitFor([&] {
        for (auto* label : row->findChildren<QLabel*>())
            if (label->text().contains(QStringLiteral("nobody"))) return true;
        return false;
    }));
}

TEST(PromptFlow, ThePreviewListsThem) {
    Desk desk;
    desk.bench().prompts().setExpand(Expand::all);
    desk.type(QStringLiteral("{a|b} c"));
    desk.window().panel()->expansion()->openPreview();
    auto* preview = desk.window().findChild<ui::ExpansionPreview*>();
    ASSERT_NE(preview, nullptr);
    ASSERT_TRUE(waitFor([&] { return preview->list()->count() == 2; }));
    EXPECT_EQ(preview->list()->item(1)->text(), QStringLiteral("b c"));
    EXPECT_TRUE(desk.bench().studio().queue().jobs().isEmpty());
    preview->close();
}

TEST(PromptFlow, StylesStandAroundThePromptOfThePictureOnly) {
    Desk desk;
    auto& prompts = desk.bench().prompts();
    prompts.shelf().saveStyle({"film", "photo of {prompt}, grain", "drawing"});
    ASSERT_TRUE(waitFor([&] { return prompts.words().styles.size() == 1; }));
    prompts.setStyles({"film"});
    desk.type(QStringLiteral("a cat"));
    generate(desk);
    ASSERT_TRUE(waitFor([&] { return desk.pictureCount() == 1; }));
    EXPECT_EQ(desk.bench().gallery().picture(0).request.prompt, "photo of a cat, grain");
    EXPECT_EQ(desk.bench().gallery().picture(0).request.negative_prompt, "drawing");
    EXPECT_EQ(desk.bench().request().request().prompt, "a cat");
    desk.window().panel()->styles()->writeIntoPrompt();
    EXPECT_EQ(desk.bench().request().request().prompt, "photo of a cat, grain");
    EXPECT_TRUE(prompts.styles().isEmpty());
}

TEST(PromptFlow, TheHistoryIsThereAfterARestart) {
    Desk desk;
    desk.type(QStringLiteral("first"));
    generate(desk);
    ASSERT_TRUE(waitFor([&] { return desk.pictureCount() == 1 && !desk.bench().run(); }));
    desk.restart();
    auto* edit = desk.window().panel()->prompt()->edit();
    edit->selectAll();
    QTest::keyClicks(edit, QStringLiteral("second"));
    desk.press(Qt::Key_Up, Qt::AltModifier);
    EXPECT_EQ(edit->toPlainText(), QStringLiteral("first"));
}

TEST(PromptFlow, AConvertedPromptIsSeenBeforeItIsTakenAndCanBeUndone) {
    Desk desk;
    desk.type(QStringLiteral("a [b] (cat:1.3)"));
    desk.window().panel()->convertPrompt();
    auto* dialog = desk.window().findChild<ui::DialectDialog*>();
    ASSERT_NE(dialog, nullptr);
    auto* edit = desk.window().panel()->prompt()->edit();
    EXPECT_EQ(edit->toPlainText(), QStringLiteral("a [b] (cat:1.3)"));
    dialog->take()->click();
    EXPECT_EQ(edit->toPlainText(), QStringLiteral("a \\[b\\] (cat:1.3)"));
    edit->undo();
    EXPECT_EQ(edit->toPlainText(), QStringLiteral("a [b] (cat:1.3)"));
}

TEST(DialectDialog, WhatTheOtherDialectLacksCanNotBeTaken) {
    ui::DialectDialog dialog(QStringLiteral("[a:b:0.5]"), nullptr);
    dialog.from()->setCurrentText(QStringLiteral("A1111"));
    dialog.to()->setCurrentText(QStringLiteral("ComfyUI"));
    EXPECT_FALSE(dialog.take()->isEnabled());
    EXPECT_TRUE(dialog.take()->toolTip().contains(QStringLiteral("ComfyUI")));
}

TEST(TextDiff, SaysWhichWordsOnlyOneTextHas) {
    using In = DiffPart::In;
    EXPECT_EQ(ui::diffOf("a (cat)++ 하트", "a (cat:1.2) 하트"),
              (QList<DiffPart>{{In::both, "a (cat"},
                               {In::after, ":1.2"},
                               {In::both, ")"},
                               {In::before, "++"},
                               {In::both, " 하트"}}));
}

TEST(Presets, KeepAndBringBackEverythingButWhatIsTheUsers) {
    Desk desk;
    auto& model = desk.bench().request();
    auto* presets = desk.window().panel()->presets();
    model.set(&Request::steps, 33);
    model.set(&Request::rho, 5.0);
    desk.type(QStringLiteral("mine"));
    presets->save(QStringLiteral("soft"), false, false);
    ASSERT_TRUE(waitFor([&] { return presets->names() == QStringList{"soft"}; }));
    model.setRequest({.prompt = "other", .seed = 5, .initial_image = "/a.png"});
    presets->apply(QStringLiteral("soft"));
    ASSERT_TRUE(waitFor([&] { return model.request().steps == 33; }));
    EXPECT_EQ(model.request().rho, 5.0);
    EXPECT_EQ(model.request().prompt, "other");
    EXPECT_EQ(model.request().seed, 5);
    EXPECT_EQ(model.request().initial_image, "/a.png");
}

TEST(PromptFlow, TheButtonSaysHowManyJobsItMakes) {
    Desk desk;
    auto* button = desk.window().topBar()->generate();
    desk.bench().prompts().setExpand(Expand::all);
    desk.type(QStringLiteral("a {red|green|blue} cat"));
    EXPECT_TRUE(waitFor([&] { return button->text() == QStringLiteral("Run 3 jobs"); }));
    desk.bench().prompts().setExpand(Expand::random);
    EXPECT_TRUE(waitFor([&] { return button->text() == QStringLiteral("Generate"); }));
    desk.bench().request().set(&Request::count, 4);
    EXPECT_EQ(button->text(), QStringLiteral("Run 4 jobs"));
    desk.bench().request().set(&Request::prompt, std::string("a cat"));
    EXPECT_EQ(button->text(), QStringLiteral("Generate"));
}

TEST(PromptFlow, AStyleIsRemovedAndComesBack) {
    Desk desk;
    auto& shelf = desk.bench().prompts().shelf();
    shelf.saveStyle({"ink", "{prompt}, ink", ""});
    ASSERT_TRUE(waitFor([&] { return shelf.words().ownStyles == 1; }));
    desk.bench().prompts().setStyles({QStringLiteral("ink")});
    desk.window().panel()->styles()->remove(QStringLiteral("ink"));
    EXPECT_TRUE(waitFor([&] { return shelf.words().styles.isEmpty(); }));
    EXPECT_TRUE(desk.bench().prompts().styles().isEmpty());
    const auto& toasts = desk.window().stage()->toaster()->toasts();
    ASSERT_EQ(toasts.size(), 1);
    toasts.first()->action()->click();
    EXPECT_TRUE(waitFor([&] { return shelf.words().ownStyles == 1; }));
}

TEST(PromptFlow, AStyleOfAnotherProgramsFileStays) {
    Desk desk;
    auto& shelf = desk.bench().prompts().shelf();
    const QString folder = desk.bench().studio().places().data + QStringLiteral("/styles");
    QDir().mkpath(folder);
    QFile file(folder + QStringLiteral("/theirs.csv"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("name,prompt,negative_prompt\nfilm,film grain,\n");
    file.close();
    shelf.look(shelf.places());
    ASSERT_TRUE(waitFor([&] { return shelf.words().styles.size() == 1; }));
    desk.window().panel()->styles()->remove(QStringLiteral("film"));
    QTest::qWait(50);
    EXPECT_EQ(shelf.words().styles.size(), 1);
    EXPECT_TRUE(desk.window().stage()->toaster()->toasts().isEmpty());
}

}  // namespace
