// The library workspace by keyboard and mouse: places, marks, trash, search, the four ways to show.

#include "app/ui/library/filter_words.h"
#include "app/ui/library/picture_tiles.h"
#include "app/ui/stage/stage.h"
#include "app/ui/toast.h"
#include "tests/app/ui/library_fixture.h"

#include <QFile>
#include <QLineEdit>

namespace {

using gallery::Pick;
using gallery::PictureFilter;
using test_support::LibraryTest;
using test_support::waitFor;

TEST_F(LibraryTest, F3ShowsEveryPictureNewestFirst) {
    make("an owl", 1);
    make("a fox", 2);
    auto& view = open();
    ASSERT_EQ(list().rowCount(), 2);
    EXPECT_TRUE(view.grid()->isVisible());
    ASSERT_TRUE(waitFor([&] { return list().card(0).prompt == "a fox"; }));
    EXPECT_EQ(view.info()->picture()->request.prompt, "a fox");
    desk_.window().actions()[ui::Act::workspaceGenerate]->trigger();
    EXPECT_FALSE(view.isVisible());
    EXPECT_TRUE(desk_.window().stage()->isVisible());
}

TEST_F(LibraryTest, MarksMoveOnToTheNextPicture) {
    for (int seed = 1; seed <= 4; ++seed) make("an owl", seed);
    auto& view = open();
    press(Qt::Key_5);
    EXPECT_EQ(view.grid()->currentIndex().row(), 1);
    press(Qt::Key_P);
    press(Qt::Key_X);
    press(Qt::Key_8);
    EXPECT_EQ(view.grid()->currentIndex().row(), 3) << "the last stays";
    EXPECT_TRUE(hasMarks(0, {5, Pick::none, 0}));
    EXPECT_TRUE(hasMarks(1, {0, Pick::picked, 0}));
    EXPECT_TRUE(hasMarks(2, {0, Pick::rejected, 0}));
    EXPECT_TRUE(hasMarks(3, {0, Pick::none, 3}));
    press(Qt::Key_8);
    EXPECT_TRUE(hasMarks(3, {})) << "the same key takes it off";
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(hasMarks(3, {0, Pick::none, 3}));
    press(Qt::Key_Z, Qt::ControlModifier);
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(hasMarks(2, {}));
    press(Qt::Key_Y, Qt::ControlModifier);
    EXPECT_TRUE(hasMarks(2, {0, Pick::rejected, 0}));
}

TEST_F(LibraryTest, CtrlAMarksEverythingAtOnce) {
    for (int seed = 1; seed <= 3; ++seed) make("an owl", seed);
    auto& view = open();
    press(Qt::Key_A, Qt::ControlModifier);
    EXPECT_EQ(view.grid()->selectedRows().size(), 3);
    press(Qt::Key_3);
    for (int row = 0; row < 3; ++row) EXPECT_TRUE(hasMarks(row, {3, Pick::none, 0}));
    EXPECT_EQ(view.grid()->selectedRows().size(), 3) << "nothing moved on";
}

TEST_F(LibraryTest, AMarkThatTheFilterAsksForLetsThePictureGo) {
    for (int seed = 1; seed <= 3; ++seed) make("an owl", seed);
    open();
    PictureFilter unflagged;
    unflagged.picks = {0};
    library().setFilter(unflagged);
    ASSERT_TRUE(waitFor([&] { return list().isComplete(); }));
    const auto second = list().idAt(1);
    press(Qt::Key_X);
    ASSERT_TRUE(waitFor([&] { return list().rowCount() == 2; }));
    EXPECT_EQ(desk_.window().library()->grid()->currentIndex().row(), list().rowOf(second));
}

TEST_F(LibraryTest, DelMovesToTheTrashAndCtrlZBringsBack) {
    const auto picture = make("an owl", 1);
    make("a fox", 2);
    auto& view = open();
    view.grid()->choose(1);
    library().mark({picture.id}, {.rating = 4});
    press(Qt::Key_Delete);
    ASSERT_TRUE(waitFor([&] { return list().rowCount() == 1; }));
    EXPECT_FALSE(QFile::exists(picture.path));
    ASSERT_EQ(view.news()->toasts().size(), 1);
    EXPECT_EQ(desk_.pictureCount(), 1) << "not in the filmstrip either";
    press(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return list().rowCount() == 2; }));
    EXPECT_TRUE(QFile::exists(picture.path));
    EXPECT_TRUE(hasMarks(1, {4, Pick::none, 0}));
    EXPECT_EQ(desk_.pictureCount(), 2);
}

TEST_F(LibraryTest, AfterADeleteTheNextPictureIsChosen) {
    for (int seed = 1; seed <= 4; ++seed) make("an owl", seed);
    auto& view = open();
    view.grid()->choose(1);
    const auto next = list().idAt(2);
    press(Qt::Key_Delete);
    ASSERT_TRUE(waitFor([&] { return list().rowCount() == 3; }));
    EXPECT_TRUE(waitFor([&] { return view.targets() == ui::PictureIds{next}; }));
}

TEST_F(LibraryTest, TheTrashIsAPlaceOfItsOwn) {
    make("an owl", 1);
    auto& view = open();
    press(Qt::Key_Delete);
    ASSERT_TRUE(waitFor([&] { return list().rowCount() == 0; }));
    PictureFilter trash;
    trash.place = gallery::Place::trash;
    library().setFilter(trash);
    ASSERT_TRUE(waitFor([&] { return list().rowCount() == 1; }));
    view.focusPictures();
    EXPECT_TRUE(view.grid()->hasFocus());
    EXPECT_EQ(view.targets().size(), 1);
    press(Qt::Key_Delete, Qt::ShiftModifier);
    ASSERT_TRUE(waitFor([&] { return list().rowCount() == 0; }));
    library().setFilter({});
    EXPECT_TRUE(waitFor([&] { return list().rowCount() == 1; }));
}

TEST_F(LibraryTest, TheSearchFieldNarrowsWhileOneTypes) {
    make("파란 하트를 든 고양이", 1);
    make("a fox", 2);
    auto& view = open();
    press(Qt::Key_F, Qt::ControlModifier);
    EXPECT_TRUE(view.bar()->search()->hasFocus());
    view.bar()->search()->setText("하트");
    ASSERT_TRUE(waitFor([&] { return list().rowCount() == 1; }));
    QTest::keyClick(view.bar()->search(), Qt::Key_Down);
    EXPECT_TRUE(view.grid()->hasFocus());
    EXPECT_TRUE(waitFor([&] { return view.info()->picture()->request.seed == 1; }));
    view.bar()->search()->setText("nowhere");
    ASSERT_TRUE(waitFor([&] { return list().isComplete() && list().rowCount() == 0; }));
    EXPECT_FALSE(view.grid()->isVisible()) << "says that there is none";
}

TEST_F(LibraryTest, LoupeCompareAndSurveyShowOneTwoAndMany) {
    for (int seed = 1; seed <= 5; ++seed) make("an owl", seed);
    auto& view = open();
    press(Qt::Key_E);
    EXPECT_TRUE(view.tiles()->isVisible());
    EXPECT_EQ(view.tiles()->cards().size(), 1);
    press(Qt::Key_Right);
    EXPECT_EQ(view.grid()->currentIndex().row(), 1);
    press(Qt::Key_C);
    ASSERT_EQ(view.tiles()->cards().size(), 2);
    const int first = view.tiles()->current();
    press(Qt::Key_Right);
    EXPECT_NE(view.tiles()->current(), first) << "the other one is the current one";
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_N);
    EXPECT_EQ(view.tiles()->cards().size(), 5);
    press(Qt::Key_4);
    EXPECT_EQ(view.targets().size(), 1) << "marks mean the current one";
    press(Qt::Key_G);
    EXPECT_TRUE(view.grid()->isVisible());
    EXPECT_TRUE(view.grid()->hasFocus());
}

TEST_F(LibraryTest, AZoomIsTheSameForAllThatAreCompared) {
    for (int seed = 1; seed <= 2; ++seed) make("an owl", seed);
    auto& view = open();
    press(Qt::Key_C);
    auto* tiles = view.tiles();
    ASSERT_TRUE(waitFor([&] { return tiles->shownRect(0).width() > 0 && tiles->shownRect(1).width() > 0; }));
    tiles->setZoom(4);
    EXPECT_EQ(tiles->shownRect(0).size(), tiles->shownRect(1).size());
    EXPECT_NEAR(tiles->shownRect(0).width() * tiles->devicePixelRatioF(), 64, 1);
    press(Qt::Key_Z);
    EXPECT_TRUE(tiles->isFitted());
}

TEST_F(LibraryTest, OneKeyEachRecallsFromThePicture) {
    make("an owl", 7);
    open();
    auto& request = desk_.bench().request();
    press(Qt::Key_P, Qt::ShiftModifier);
    EXPECT_EQ(request.request().prompt, "an owl");
    EXPECT_EQ(request.request().seed, -1);
    press(Qt::Key_S);
    EXPECT_EQ(request.request().seed, 7);
    press(Qt::Key_R);
    EXPECT_EQ(request.request().seed, -1);
    press(Qt::Key_D);
    EXPECT_EQ(request.request().width, 16);
    press(Qt::Key_A);
    EXPECT_EQ(request.request().seed, 7);
}

TEST_F(LibraryTest, EnterAndADoubleClickOpenThePictureInTheViewer) {
    const auto picture = make("an owl", 1);
    auto& view = open();
    press(Qt::Key_Return);
    EXPECT_FALSE(view.isVisible());
    ASSERT_TRUE(desk_.window().stage()->picture());
    EXPECT_EQ(desk_.window().stage()->picture()->id, picture.id);
    open();
    const auto place = view.grid()->visualRect(view.grid()->model()->index(0, 0)).center();
    QTest::mouseClick(view.grid()->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(view.grid()->viewport(), Qt::LeftButton, {}, place);
    EXPECT_FALSE(view.isVisible());
}

class LibraryAtWork : public LibraryTest {
protected:
    LibraryAtWork() : LibraryTest(slow()) {}

    static test_support::FakeScript slow() {
        test_support::FakeScript script;
        script.step_time = std::chrono::milliseconds(20);
        return script;
    }

    void begin(int steps) {
        desk_.bench().request().set(&diffusion::GenerationRequest::steps, steps);
        desk_.type(QStringLiteral("a whale"));
        desk_.press(Qt::Key_Return, Qt::ControlModifier);
    }
};

TEST_F(LibraryAtWork, ThePictureInTheMakingIsTheFirstCellUntilItLands) {
    make("an owl", 1);
    make("a fox", 2);
    auto& view = open();
    auto* grid = view.grid();
    const auto firstPlace = grid->visualRect(grid->model()->index(0, 0));
    const auto secondPlace = grid->visualRect(grid->model()->index(1, 0));
    begin(30);
    ASSERT_TRUE(waitFor([&] { return grid->halfMade() && !grid->halfMade()->preview.isNull(); }));
    EXPECT_EQ(grid->halfMadeRect(), firstPlace);
    EXPECT_EQ(grid->visualRect(grid->model()->index(0, 0)), secondPlace);
    EXPECT_EQ(grid->indexAt(secondPlace.center()).row(), 0);
    EXPECT_FALSE(grid->indexAt(firstPlace.center()).isValid());
    const double share = grid->halfMade()->share;
    EXPECT_TRUE(waitFor([&] { return grid->halfMade() && grid->halfMade()->share > share; }));
    const auto accent = ui::theme::of(grid).accent;
    const QPoint bar(firstPlace.x() + 9, firstPlace.bottom() - 11);
    EXPECT_TRUE(waitFor([&] { return grid->viewport()->grab().toImage().pixelColor(bar) == accent; }));
    // When it lands its row takes the cell's place.
    int shownRows = 0;
    ASSERT_TRUE(waitFor([&] {
        if (!grid->halfMade()) shownRows = list().rowCount();
        return !grid->halfMade();
    }));
    EXPECT_EQ(shownRows, 3) << "there is no moment without either";
    EXPECT_EQ(grid->visualRect(grid->model()->index(0, 0)), firstPlace);
    EXPECT_TRUE(waitFor([&] { return list().card(0).prompt == "a whale"; }));
}

TEST_F(LibraryAtWork, TheCellGoesWhenTheJobIsCancelledAndIsInNoOtherPlace) {
    make("an owl", 1);
    auto& view = open();
    begin(500);
    ASSERT_TRUE(waitFor([&] { return view.grid()->halfMade().has_value(); }));
    PictureFilter picks;
    picks.place = gallery::Place::picks;
    library().setFilter(picks);
    EXPECT_FALSE(view.grid()->halfMade()) << "nobody has picked it";
    library().setFilter({});
    EXPECT_TRUE(view.grid()->halfMade());
    desk_.window().actions()[ui::Act::cancel]->trigger();
    EXPECT_TRUE(waitFor([&] { return !view.grid()->halfMade(); }));
    EXPECT_EQ(list().rowCount(), 1);
}

TEST_F(LibraryAtWork, TheFirstPictureOfAnEmptyLibraryIsSeenAndAPressShowsItLarge) {
    auto& view = open();
    EXPECT_FALSE(view.grid()->isVisible());
    begin(500);
    ASSERT_TRUE(waitFor([&] { return view.grid()->isVisible() && view.grid()->halfMade(); }));
    QTest::mouseClick(view.grid()->viewport(), Qt::LeftButton, {}, view.grid()->halfMadeRect().center());
    EXPECT_FALSE(view.isVisible());
    EXPECT_TRUE(desk_.window().stage()->isVisible());
    desk_.bench().cancelRun();
    EXPECT_TRUE(waitFor([&] { return !desk_.bench().run(); }));
}

TEST(FilterWords, EveryConditionIsAChipThatCanBeTakenOff) {
    PictureFilter filter;
    filter.words = "owl";
    filter.leastStars = 3;
    filter.picks = {1};
    filter.labels = {0};
    filter.loras = {"clay-toys"};
    filter.sizes = {{512, 768}};
    filter.from = QDate(2025, 1, 1);
    const auto parts = ui::partsOf(filter);
    EXPECT_EQ(parts.size() + 1, filter.conditionCount());
    EXPECT_EQ(parts[0].name, "3 and up");
    for (const auto& part : parts)
        EXPECT_EQ(part.without.conditionCount(), filter.conditionCount() - 1)
            << qPrintable(part.name);
    EXPECT_TRUE(ui::nameOf(filter).startsWith("owl, 3 and up, Picks"));
}

TEST(PictureGrid, KnowsWhereAHundredThousandCellsLie) {
    QTemporaryDir folder;
    gallery::GalleryReader reader(folder.filePath("gallery.sqlite"));
    gallery::PictureList list(reader);
    gallery::PictureIds ids;
    for (int i = 1; i <= 100000; ++i) ids << i;
    Q_EMIT reader.found({}, ids, true);
    gallery::ThumbnailCache thumbnails(64);
    ui::PictureGrid grid(list, thumbnails);
    grid.resize(1000, 700);
    grid.show();
    const int columns = grid.columns();
    EXPECT_GT(columns, 3);
    grid.choose(99999);
    const auto cell = grid.visualRect(grid.currentIndex());
    EXPECT_TRUE(grid.viewport()->rect().contains(cell));
    EXPECT_EQ(grid.indexAt(cell.center()).row(), 99999);
    QTest::keyClick(&grid, Qt::Key_Home);
    EXPECT_EQ(grid.currentIndex().row(), 0);
    QTest::keyClick(&grid, Qt::Key_Down);
    EXPECT_EQ(grid.currentIndex().row(), columns);
    QTest::keyClick(&grid, Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_EQ(grid.selectedRows().size(), 2);
    // A cell before the others moves them all by one.
    const int below = columns;
    grid.choose(0);
    grid.setHalfMade(ui::HalfMade{});
    EXPECT_EQ(grid.visualRect(grid.model()->index(columns - 1, 0)).x(), grid.halfMadeRect().x());
    QTest::keyClick(&grid, Qt::Key_Down);
    EXPECT_EQ(grid.currentIndex().row(), below);
    QTest::keyClick(&grid, Qt::Key_End);
    EXPECT_EQ(grid.currentIndex().row(), 99999);
    EXPECT_TRUE(grid.viewport()->rect().contains(grid.visualRect(grid.currentIndex())));
    grid.setCell(96);
    EXPECT_GT(grid.columns(), columns);
}

}  // namespace
