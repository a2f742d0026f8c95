// What comes into the library, what stands beside it, and who hears it: import, report, folders,
// collections, broken files, screen readers.

#include "app/ui/library/filter_words.h"
#include "app/ui/library/library_side.h"
#include "app/ui/library/picture_tiles.h"
#include "app/ui/library/report_window.h"
#include "app/ui/library/side_row.h"
#include "tests/app/ui/library_fixture.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QDir>
#include <QLineEdit>
#include <QMenu>
#include <QSlider>
#include <QTableWidget>
#include <QToolButton>

namespace {

using gallery::Pick;
using gallery::PictureFilter;
using test_support::LibraryTest;
using test_support::waitFor;

const QString foreignPictures = QStringLiteral(ATELIER_SOURCE_DIR "/tests/data/metadata/pictures");

TEST_F(LibraryTest, ImportedPicturesComeWithAReportThatCanBeUsed) {
    const QString path = home_.filePath("one.jpg");
    ASSERT_TRUE(QFile::copy(foreignPictures + "/a1111_unicode.jpg", path));
    auto& view = open();
    library().import({path});
    ASSERT_TRUE(waitFor([&] { return list().rowCount() == 1; }));
    view.grid()->choose(0);
    ASSERT_TRUE(waitFor([&] { return view.info()->report().has_value(); }));
    ui::ReportWindow window(*view.info()->report(), nullptr);
    EXPECT_EQ(window.table()->rowCount(), view.info()->report()->translation.fields.size());
    EXPECT_TRUE(window.text().contains("identical"));
    view.focusPictures();
    press(Qt::Key_A);
    EXPECT_EQ(desk_.bench().request().request(), view.info()->report()->translation.request);
}

TEST_F(LibraryTest, TheFilterMenuOffersWhatThereIs) {
    make("an owl <lora:ink:1>", 1);
    auto& view = open();
    ASSERT_TRUE(waitFor([&] { return !library().choices().loras.isEmpty(); }));
    EXPECT_EQ(library().choices().loras[0].name, "ink");
    auto* menu = view.bar()->filterButton()->menu();
    Q_EMIT menu->aboutToShow();
    int offered = 0;
    for (auto* action : menu->actions())
        if (action->menu() && action->isEnabled()) ++offered;
    EXPECT_GE(offered, 6);
}

TEST_F(LibraryTest, ThePicturesHaveTheKeysAfterF3) {
    make("an owl", 1);
    desk_.window().actions()[ui::Act::workspaceLibrary]->trigger();
    ASSERT_TRUE(waitFor([&] { return list().isComplete() && library().counts().all == 1; }));
    EXPECT_TRUE(desk_.window().library()->grid()->hasFocus());
    EXPECT_EQ(desk_.window().library()->targets().size(), 1);
}

TEST_F(LibraryTest, TheMenuLooksThroughFoldersBeforeTheLibraryWasSeen) {
    QDir().mkpath(pictures());
    ASSERT_TRUE(QFile::copy(foreignPictures + "/swarm.png", pictures() + "/one.png"));
    desk_.window().actions()[ui::Act::libraryRescan]->trigger();
    ASSERT_NE(desk_.window().library(), nullptr);
    EXPECT_TRUE(desk_.window().library()->isVisible());
    EXPECT_TRUE(waitFor([&] { return list().rowCount() == 1; }));
}

TEST_F(LibraryTest, AWatchedFolderBringsItsNewPicturesByItself) {
    open();
    const QString folder = home_.filePath("watched");
    QDir().mkpath(folder);
    library().import({folder});
    ASSERT_TRUE(waitFor([&] { return !library().isScanning(); }));
    ASSERT_TRUE(QFile::copy(foreignPictures + "/swarm.png", folder + "/new.png"));
    EXPECT_TRUE(waitFor([&] { return list().rowCount() == 1; }));
    ASSERT_TRUE(QFile::remove(folder + "/new.png"));
    EXPECT_TRUE(waitFor([&] { return list().card(0).state == gallery::FileState::missing; }));
}

TEST_F(LibraryTest, CollectionsAndSearchesStandAtTheSide) {
    const auto picture = make("an owl", 1);
    make("a fox", 2);
    auto& view = open();
    const auto row = [&](const QString& name) -> ui::SideRow* {
        for (auto* each : view.side()->rows())
            if (each->text() == name) return each;
        return nullptr;
    };
    library().addCollection("Owls", {picture.id});
    ASSERT_TRUE(waitFor([&] { return row("Owls") != nullptr; }));
    row("Owls")->click();
    ASSERT_TRUE(waitFor([&] { return list().rowCount() == 1; }));
    PictureFilter search;
    search.words = "fox";
    library().setFilter(search);
    library().keepSearch(ui::nameOf(library().filter()));
    ASSERT_TRUE(waitFor([&] { return row("fox") != nullptr; }));
    library().setFilter({});
    row("fox")->click();
    EXPECT_EQ(library().filter(), search);
    EXPECT_TRUE(waitFor([&] { return row("fox")->accessibleDescription() == "1 picture"; }));
    library().history().undo();
    EXPECT_TRUE(waitFor([&] { return row("fox") == nullptr; }));
}

TEST_F(LibraryTest, ABrokenFileIsACellLikeTheOthers) {
    QDir().mkpath(pictures());
    QFile broken(pictures() + "/broken.png");
    ASSERT_TRUE(broken.open(QIODevice::WriteOnly));
    broken.write("not a picture");
    broken.close();
    make("an owl", 1);
    auto& view = open();
    ASSERT_TRUE(waitFor([&] { return list().rowCount() == 2; }));
    ASSERT_TRUE(waitFor([&] { return list().card(0).state == gallery::FileState::unreadable; }));
    EXPECT_FALSE(view.grid()->grab().isNull());
    view.grid()->choose(0);
    press(Qt::Key_E);
    EXPECT_FALSE(view.tiles()->grab().isNull());
    press(Qt::Key_Right);
    EXPECT_EQ(view.grid()->currentIndex().row(), 1);
}

TEST_F(LibraryTest, ScreenReadersHearPromptAndMarks) {
    const auto picture = make("an owl", 1);
    auto& view = open();
    library().mark({picture.id}, {.rating = 2, .pick = Pick::picked, .label = 4});
    ASSERT_TRUE(waitFor([&] { return list().card(0).marks.rating == 2; }));
    auto* seen = QAccessible::queryAccessibleInterface(view.grid());
    ASSERT_NE(seen, nullptr);
    ASSERT_NE(seen->tableInterface(), nullptr);
    EXPECT_EQ(seen->tableInterface()->cellAt(0, 0)->text(QAccessible::Name),
              "an owl; 2 stars, picked, Blue");
}

TEST_F(LibraryTest, EveryControlHasANameAndTheTabKeyVisitsIt) {
    const auto picture = make("an owl", 1);
    library().addCollection("Owls", {picture.id});
    auto& view = open();
    PictureFilter filter;
    filter.sizes = {{16, 16}};
    library().setFilter(filter);
    ASSERT_TRUE(waitFor([&] { return list().isComplete() && view.info()->report(); }));
    QSet<QWidget*> visited;
    for (int i = 0; i < 120; ++i) {
        press(Qt::Key_Tab);
        visited << desk_.window().focusWidget();
    }
    int count = 0;
    for (auto* widget : view.findChildren<QWidget*>()) {
        const bool isControl = qobject_cast<QAbstractButton*>(widget) ||
                               qobject_cast<QLineEdit*>(widget) || qobject_cast<QSlider*>(widget) ||
                               qobject_cast<QAbstractItemView*>(widget);
        if (!isControl || !widget->isVisible() || !widget->isEnabled()) continue;
        if (widget->inherits("QLineEditIconButton")) continue;
        ++count;
        const std::string name = widget->metaObject()->className() + std::string(" ") +
                                 widget->accessibleName().toStdString();
        EXPECT_TRUE(visited.contains(widget)) << name;
        EXPECT_FALSE(QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name).isEmpty())
            << name;
    }
    EXPECT_GT(count, 35);
}

}  // namespace
