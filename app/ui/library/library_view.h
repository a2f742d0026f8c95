#pragma once

// The library workspace: side, filter bar, pictures in one of four ways, information. Layout and
// bindings; what is done to pictures is in library_desk.h.

#include "app/ui/actions.h"
#include "app/ui/library/filter_bar.h"
#include "app/ui/library/library_desk.h"
#include "app/ui/workbench.h"

#include <QWidget>

class QLabel;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace ui {

class LibrarySide;
class PictureGrid;
class PictureInfo;
class PictureTiles;
class Toaster;

class LibraryView : public QWidget {
    Q_OBJECT

public:
    LibraryView(Workbench& bench, LibraryDesk& desk, const Actions& actions);

    LibraryMode mode() const { return mode_; }

    void setMode(LibraryMode mode);

    PictureGrid* grid() const { return grid_; }

    PictureTiles* tiles() const { return tiles_; }

    PictureInfo* info() const { return info_; }

    FilterBar* bar() const { return bar_; }

    LibrarySide* side() const { return side_; }

    Toaster* news() const { return news_; }

    /// Pictures that marks and the trash are meant for: those that are selected, or in other ways of
    /// showing than the grid the current one.
    PictureIds targets() const;
    /// The keyboard goes to the pictures.
    void focusPictures();

Q_SIGNALS:
    /// Shall be shown on the stage.
    void opened(const gallery::Picture& picture);
    /// Settings went into the request.
    void recalled();
    /// The picture in the making shall be seen.
    void runChosen();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildCentre();
    QWidget* buildEmpty();
    void connectDesk();
    void connectActions();
    void connectMarks();
    void connectFiles();
    void connectCurrent();
    void chooseSome();
    void showCurrent();
    void showTiles();
    void showPage();
    /// The picture in the making, where it will lie when it is ready.
    void showRun();
    void describeEmpty();
    /// Marks, then goes on to the next picture where one was meant.
    void mark(const gallery::MarkChange& change);
    void step(int direction);
    void goBehind(const PictureIds& pictures);
    void recall(Recall what);
    void openCurrent();
    void openMenu(const QPoint& place);
    void copyPictures();
    void askCollection();
    void askSearch();
    void askFiles();
    void askFolder();
    void showReport();
    gallery::Card currentCard() const;

    Workbench& bench_;
    LibraryDesk& desk_;
    const Actions& actions_;
    LibraryMode mode_ = LibraryMode::grid;
    LibrarySide* side_;
    FilterBar* bar_;
    PictureGrid* grid_;
    PictureTiles* tiles_;
    PictureInfo* info_;
    QStackedWidget* pages_;
    QLabel* emptyTitle_;
    QPushButton* emptyAction_;
    Toaster* news_;
    bool isLanding_ = false;  ///< a picture is stored and the list does not know it yet
    /// The pictures beside each other, by their numbers.
    PictureIds shown_;
};

}  // namespace ui
