// The settings: every page writes what it shows, keys can't be given twice, and nothing of a file
// keeps the program from starting.

#include "app/studio/network_guard.h"
#include "app/ui/error_banner.h"
#include "app/ui/settings/folders_page.h"
#include "app/ui/settings/keys_page.h"
#include "app/ui/settings/network_page.h"
#include "app/ui/settings/settings_window.h"
#include "app/ui/stage/stage.h"
#include "tests/app/ui/desk.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QKeySequenceEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QTreeWidget>

#include <gtest/gtest.h>

namespace {

using settings::Values;
using test_support::Desk;
using test_support::waitFor;
using ui::Act;

template <typename Widget>
Widget* named(QWidget* parent, const QString& name) {
    for (auto* widget : parent->findChildren<Widget*>())
        if (widget->accessibleName() == name) return widget;
    return nullptr;
}

const Values& valuesOf(Desk& desk) {
    return desk.bench().studio().settings().values();
}

void mark(ui::KeysPage* page, const QString& action) {
    for (int i = 0; i < page->list()->topLevelItemCount(); ++i)
        if (page->list()->topLevelItem(i)->data(0, Qt::UserRole).toString() == action)
            page->list()->setCurrentItem(page->list()->topLevelItem(i));
}

TEST(SettingsWindow, OpensByItsKeyAndHasEveryPage) {
    Desk desk;
    desk.window().actions()[Act::settings]->trigger();
    auto* window = desk.window().findChild<ui::SettingsWindow*>();
    ASSERT_TRUE(window && window->isVisible());
    EXPECT_EQ(window->pageCount(), 5);
}

TEST(SettingsWindow, ChoicesAreWrittenAsTheyAreMade) {
    Desk desk;
    auto* window = desk.desktop().openSettings();
    auto* device = named<QComboBox>(window, QStringLiteral("Device"));
    device->setCurrentIndex(device->findData(QStringLiteral("cpu")));
    EXPECT_EQ(valuesOf(desk).device, QStringLiteral("cpu"));
    named<QSpinBox>(window, QStringLiteral("Memory limit"))->setValue(2048);
    EXPECT_EQ(valuesOf(desk).memoryLimit, 2048);
    auto* previews = named<QComboBox>(window, QStringLiteral("Previews"));
    previews->setCurrentIndex(previews->findData(QStringLiteral("off")));
    EXPECT_EQ(valuesOf(desk).previews, QStringLiteral("off"));
}

TEST(SettingsWindow, AnotherDeviceMakesAnotherEngineAndPicturesGoOn) {
    Desk desk;
    auto* window = desk.desktop().openSettings();
    named<QSpinBox>(window, QStringLiteral("Threads"))->setValue(1);
    desk.type(QStringLiteral("a fox"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    EXPECT_TRUE(waitFor([&] { return desk.pictureCount() == 1; }));
}

TEST(SettingsWindow, ItStaysOpenWhenTheLanguageChanges) {
    Desk desk;
    desk.desktop().openSettings()->setPage(2);
    auto* language = named<QComboBox>(desk.desktop().openSettings(), QStringLiteral("Language"));
    language->setCurrentIndex(language->findData(QStringLiteral("ko")));
    ASSERT_TRUE(waitFor([&] {
        auto* window = desk.window().findChild<ui::SettingsWindow*>();
        return window && window->windowTitle() == QStringLiteral("설정");
    }));
    EXPECT_EQ(desk.desktop().openSettings()->page(), 2);
    desk.desktop().setLanguage(QStringLiteral("en"));
}

TEST(SettingsWindow, PicturesGoToTheFolderThatWasChosen) {
    Desk desk;
    QTemporaryDir elsewhere;
    desk.bench().studio().settings().set(&Values::picturesFolder, elsewhere.path());
    desk.type(QStringLiteral("a fox"));
    desk.press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return desk.pictureCount() == 1; }));
    EXPECT_TRUE(desk.bench().gallery().picture(0).path.startsWith(elsewhere.path()));
}

TEST(SettingsWindow, ModelFoldersAreAddedAndRemoved) {
    Desk desk;
    QTemporaryDir models;
    auto* page = desk.desktop().openSettings()->findChild<ui::FoldersPage*>();
    const int before = page->models()->count();
    page->addModels(models.path());
    ASSERT_TRUE(waitFor([&] { return page->models()->count() == before + 1; }));
    page->models()->setCurrentRow(1);
    page->removeMarked();
    EXPECT_TRUE(waitFor([&] { return page->models()->count() == before; }));
    EXPECT_TRUE(valuesOf(desk).modelFolders.isEmpty());
}

TEST(Keys, OthersAreGivenAndSurviveARestart) {
    Desk desk;
    auto* page = desk.desktop().openSettings()->findChild<ui::KeysPage*>();
    mark(page, QStringLiteral("fit"));
    page->give(QKeySequence(Qt::Key_F9));
    EXPECT_EQ(desk.window().actions()[Act::fit]->shortcut(), QKeySequence(Qt::Key_F9));
    EXPECT_EQ(valuesOf(desk).keys.value(QStringLiteral("fit")), QStringLiteral("F9"));
    desk.restart();
    EXPECT_EQ(desk.window().actions()[Act::fit]->shortcut(), QKeySequence(Qt::Key_F9));
    page = desk.desktop().openSettings()->findChild<ui::KeysPage*>();
    page->resetAll();
    EXPECT_EQ(desk.window().actions()[Act::fit]->shortcut(), QKeySequence(QStringLiteral("Ctrl+0")));
    EXPECT_TRUE(valuesOf(desk).keys.isEmpty());
}

TEST(Keys, AKeyThatIsTakenIsGivenOnlyWhenAskedFor) {
    Desk desk;
    const auto& actions = desk.window().actions();
    auto* page = desk.desktop().openSettings()->findChild<ui::KeysPage*>();
    mark(page, QStringLiteral("fit"));
    page->give(QKeySequence(QStringLiteral("Ctrl+1")));
    EXPECT_FALSE(page->conflict().isEmpty());
    EXPECT_TRUE(page->conflict().contains(actions[Act::zoom100]->text()));
    EXPECT_EQ(actions[Act::fit]->shortcut(), QKeySequence(QStringLiteral("Ctrl+0")));
    page->takeOver();
    EXPECT_EQ(actions[Act::fit]->shortcut(), QKeySequence(QStringLiteral("Ctrl+1")));
    EXPECT_TRUE(actions[Act::zoom100]->shortcuts().isEmpty());
    page->resetAll();
}

TEST(Keys, ALetterOfTheStageIsFreeElsewhereButNotInTheWholeWindow) {
    Desk desk;
    const auto& actions = desk.window().actions();
    EXPECT_EQ(actions.conflict(actions[Act::fit], QKeySequence(Qt::Key_A)),
              actions[Act::recallAll]);
    EXPECT_EQ(actions.conflict(actions[Act::recallSeed], QKeySequence(Qt::Key_A)),
              actions[Act::recallAll]);
    EXPECT_EQ(actions.conflict(actions[Act::recallAll], QKeySequence(Qt::Key_A)), nullptr);
}

TEST(Keys, NamesInTheFileAreUniqueAndUnknownOnesDoNoHarm) {
    QWidget window;
    const ui::Actions actions(&window, {{QStringLiteral("no_such_action"), QStringLiteral("F1")},
                                        {QStringLiteral("fit"), QStringLiteral("nonsense+++")}});
    QSet<QString> names;
    for (const auto* action : actions.all()) names << action->objectName();
    EXPECT_EQ(names.size(), actions.all().size());
    EXPECT_TRUE(actions[Act::fit]->shortcuts().isEmpty());
}

TEST(Network, ThePageSaysWhatTheSystemSays) {
    Desk desk;
    auto* page = desk.desktop().openSettings()->findChild<ui::NetworkPage*>();
    EXPECT_TRUE(studio::networkCalls().empty());
    const QString refusal = studio::isNetworkRefused() ? QStringLiteral("the system refused it")
                                                       : QStringLiteral("from the next start on");
    EXPECT_TRUE(page->findings().contains(refusal)) << qPrintable(page->findings());
    auto* box = page->findChild<QCheckBox*>();
    EXPECT_TRUE(box->isChecked());
    box->setChecked(false);
    EXPECT_FALSE(valuesOf(desk).isOffline);
}

TEST(SettingsFile, WhatWasWrongWithItIsSaidAtTheStart) {
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("settings.json")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(R"({"version": 1, "theme": "pink", "language": "en"})");
    file.close();
    studio::Options options;
    options.places.data = folder.path();
    options.places.pictures = folder.path();
    options.engine = [] { return std::make_unique<test_support::FakeEngine>(); };
    ui::Desktop desktop(std::move(options));
    desktop.show();
    auto* banner = desktop.window()->panelBanner();
    ASSERT_TRUE(waitFor([&] { return banner->isVisible(); }));
    EXPECT_TRUE(banner->accessibleDescription().contains(QStringLiteral("theme")));
    EXPECT_TRUE(banner->accessibleDescription().contains(QStringLiteral("settings.json.damaged")));
}

}  // namespace
