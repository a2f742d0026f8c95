#include "app/ui/library/library_view.h"

#include "app/ui/library/filter_words.h"
#include "app/ui/library/library_side.h"
#include "app/ui/library/picture_grid.h"
#include "app/ui/library/picture_info.h"
#include "app/ui/library/picture_tiles.h"
#include "app/ui/library/side_row.h"
#include "app/ui/pieces.h"
#include "app/ui/sentences.h"
#include "app/ui/stage/picture_loader.h"
#include "app/ui/stage/progress_strip.h"
#include "app/ui/theme/icons.h"
#include "app/ui/toast.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QUrl>

#include <algorithm>

namespace ui {
namespace {

constexpr int toastHeight = 24;

class EmptyIcon : public QWidget {
public:
    EmptyIcon() { setFixedSize(28, 28); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        theme::paintIcon(&painter, rect(), QStringLiteral("library"), theme::of(this).text2);
    }
};

}  // namespace

LibraryView::LibraryView(Workbench& bench, LibraryDesk& desk, const Actions& actions)
    : bench_(bench),
      desk_(desk),
      actions_(actions),
      side_(new LibrarySide(desk)),
      bar_(new FilterBar(desk, actions)),
      grid_(new PictureGrid(desk.list(), desk.thumbnails())),
      tiles_(new PictureTiles),
      info_(new PictureInfo(desk, actions)),
      pages_(new QStackedWidget),
      emptyTitle_(label(QString(), theme::Step::title)),
      emptyAction_(pushButton(QString(), QStringLiteral("folder"))),
      news_(nullptr) {
    theme::setGround(this, theme::Ground::stage);
    auto* split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(1);
    split->addWidget(side_);
    split->addWidget(buildCentre());
    split->addWidget(info_);
    split->setStretchFactor(1, 1);
    split->setSizes({232, 1040, 328});
    compact(new QHBoxLayout(this), 0)->addWidget(split);
    news_ = new Toaster(pages_, toastHeight);
    setAcceptDrops(true);
    actions.addToLibrary(this);
    connectDesk();
    connectActions();
    connectCurrent();
    bar_->setMode(mode_);
    bar_->setCell(grid_->cell());
    showPage();
}

QWidget* LibraryView::buildCentre() {
    auto* centre = new QWidget;
    auto* rows = compact(new QVBoxLayout(centre), 0);
    pages_->addWidget(grid_);
    pages_->addWidget(tiles_);
    pages_->addWidget(buildEmpty());
    pages_->setMinimumWidth(360);
    rows->addWidget(bar_);
    rows->addWidget(pages_, 1);
    return centre;
}

QWidget* LibraryView::buildEmpty() {
    auto* empty = new QWidget;
    theme::setGround(empty, theme::Ground::stage);
    auto* rows = compact(new QVBoxLayout(empty), theme::s3);
    emptyTitle_->setAlignment(Qt::AlignCenter);
    emptyTitle_->setWordWrap(true);
    rows->addStretch();
    rows->addWidget(new EmptyIcon, 0, Qt::AlignHCenter);
    rows->addWidget(emptyTitle_);
    rows->addWidget(emptyAction_, 0, Qt::AlignHCenter);
    rows->addStretch();
    connect(emptyAction_, &QPushButton::clicked, this, [this] {
        if (desk_.filter().conditionCount() > 0)
            desk_.setFilter(desk_.filter().withoutConditions());
        else
            askFolder();
    });
    return empty;
}

void LibraryView::connectDesk() {
    connect(&desk_.list(), &gallery::PictureList::answered, this, [this] {
        isLanding_ = false;
        showRun();
        showPage();
        chooseSome();
    });
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&desk_.list(), signal, this, &LibraryView::showPage);
    connect(&desk_, &LibraryDesk::filterChanged, this, [this] {
        showRun();
        grid_->scrollToTop();
    });
    connect(&bench_, &Workbench::runChanged, this, &LibraryView::showRun);
    connect(&bench_, &Workbench::pictureStored, this, [this] { isLanding_ = true; });
    connect(grid_, &PictureGrid::halfMadeChosen, this, &LibraryView::runChosen);
    connect(&desk_, &LibraryDesk::trashed, this, [this](const PictureIds& pictures) {
        news_->show({QStringLiteral("trash"),
                     tr("%n picture(s) moved to the trash", nullptr, int(pictures.size())),
                     tr("Undo"), [this] { desk_.history().undo(); }});
    });
    connect(&desk_, &LibraryDesk::restored, this, [this](const PictureIds& pictures) {
        news_->show({QStringLiteral("undo"),
                     tr("%n picture(s) back from the trash", nullptr, int(pictures.size()))});
    });
    connect(&desk_, &LibraryDesk::imported, this, [this](const gallery::ScanResult& result) {
        auto sentence = tr("%n picture(s) imported", nullptr, result.added);
        if (result.unreadable > 0)
            sentence += QStringLiteral(", ") + tr("%n can't be read", nullptr, result.unreadable);
        news_->show({QStringLiteral("import"), sentence, tr("Show them"), [this] {
                         gallery::PictureFilter filter;
                         filter.place = gallery::Place::lastImport;
                         desk_.setFilter(filter);
                     }});
    });
    connect(&desk_, &LibraryDesk::troubled, this, [this](const QString& message) {
        // One line for each file.
        QStringList lines;
        for (const auto& line : message.split(QLatin1Char('\n'))) lines << inWindowLanguage(line);
        news_->show({QStringLiteral("warning"), lines.join(QLatin1Char('\n'))});
    });
    connect(side_, &LibrarySide::collectionAsked, this, &LibraryView::askCollection);
    connect(side_, &LibrarySide::searchAsked, this, &LibraryView::askSearch);
    connect(side_, &LibrarySide::folderAsked, this, &LibraryView::askFolder);
    connect(side_, &LibrarySide::rescanAsked, &desk_, &LibraryDesk::rescan);
    connect(side_, &LibrarySide::droppedInto, this,
            [this](qint64 collection) { desk_.putInto(collection, targets()); });
}

void LibraryView::connectCurrent() {
    connect(grid_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &LibraryView::showCurrent);
    connect(grid_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &LibraryView::showCurrent);
    connect(&desk_.list(), &QAbstractItemModel::dataChanged, this, &LibraryView::showCurrent);
    connect(grid_, &QListView::doubleClicked, this, &LibraryView::openCurrent);
    connect(grid_, &PictureGrid::cellChanged, bar_, &FilterBar::setCell);
    connect(bar_, &FilterBar::cellChosen, grid_, &PictureGrid::setCell);
    connect(bar_, &FilterBar::modeChosen, this, &LibraryView::setMode);
    connect(bar_, &FilterBar::left, this, &LibraryView::focusPictures);
    connect(tiles_, &PictureTiles::stepped, this, &LibraryView::step);
    connect(tiles_, &PictureTiles::opened, this, &LibraryView::openCurrent);
    connect(tiles_, &PictureTiles::chosen, this, [this](int number) {
        const int row = desk_.list().rowOf(shown_.value(number));
        if (row < 0) return;
        // The others stay selected: they are what is compared.
        const auto flags = mode_ == LibraryMode::loupe ? QItemSelectionModel::ClearAndSelect
                                                       : QItemSelectionModel::NoUpdate;
        grid_->selectionModel()->setCurrentIndex(grid_->model()->index(row, 0), flags);
    });
    for (QWidget* widget : {static_cast<QWidget*>(grid_), static_cast<QWidget*>(tiles_)}) {
        widget->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(widget, &QWidget::customContextMenuRequested, this, [this, widget](QPoint place) {
            openMenu(widget->mapToGlobal(place));
        });
    }
    connect(info_, &PictureInfo::marked, this, [this](const gallery::MarkChange& change) {
        desk_.mark(targets(), change);
    });
    connect(info_, &PictureInfo::reportAsked, this, &LibraryView::showReport);
}

gallery::Card LibraryView::currentCard() const {
    return grid_->currentIndex().isValid() ? desk_.list().card(grid_->currentIndex().row())
                                           : gallery::Card();
}

PictureIds LibraryView::targets() const {
    PictureIds ids;
    if (mode_ == LibraryMode::grid) {
        for (const int row : grid_->selectedRows()) ids << desk_.list().idAt(row);
    } else if (grid_->currentIndex().isValid()) {
        ids << desk_.list().idAt(grid_->currentIndex().row());
    }
    return ids;
}

/// Keys shall mean a picture from the start; nothing scrolls for that.
void LibraryView::chooseSome() {
    if (desk_.list().rowCount() == 0 || grid_->selectionModel()->hasSelection()) return;
    const int row = std::max(0, grid_->currentIndex().row());
    grid_->selectionModel()->setCurrentIndex(grid_->model()->index(row, 0),
                                             QItemSelectionModel::ClearAndSelect);
}

void LibraryView::focusPictures() {
    chooseSome();
    if (mode_ == LibraryMode::grid)
        grid_->setFocus(Qt::OtherFocusReason);
    else
        tiles_->setFocus(Qt::OtherFocusReason);
}

void LibraryView::showCurrent() {
    const auto card = currentCard();
    int selected = 0;
    for (const auto& range : grid_->selectionModel()->selection()) selected += range.height();
    bar_->setSelected(selected);
    const bool isKnown = info_->picture() && info_->picture()->id == card.id &&
                         info_->picture()->path == card.path;
    info_->show(card.id == 0 ? std::nullopt : isKnown ? info_->picture() : desk_.picture(card.id),
                card, selected);
    if (mode_ != LibraryMode::grid) showTiles();
}

void LibraryView::setMode(LibraryMode mode) {
    const bool hadFocus = grid_->hasFocus() || tiles_->hasFocus();
    if (!grid_->currentIndex().isValid() && desk_.list().rowCount() > 0) grid_->choose(0);
    mode_ = mode;
    shown_.clear();
    bar_->setMode(mode);
    // Two to compare: the current one and its neighbour, unless two are selected.
    if (mode == LibraryMode::compare && grid_->selectedRows().size() < 2) {
        const int row = grid_->currentIndex().row();
        const int other = row + 1 < desk_.list().rowCount() ? row + 1 : row - 1;
        if (row >= 0 && other >= 0)
            grid_->selectionModel()->select(grid_->model()->index(other, 0),
                                            QItemSelectionModel::Select);
    }
    if (mode != LibraryMode::grid) showTiles();
    showPage();
    if (hadFocus || mode == LibraryMode::grid) focusPictures();
}

void LibraryView::showTiles() {
    const int current = grid_->currentIndex().isValid() ? grid_->currentIndex().row() : -1;
    QList<int> rows;
    if (mode_ == LibraryMode::loupe) {
        if (current >= 0) rows << current;
    } else {
        rows = grid_->selectedRows().mid(0, mode_ == LibraryMode::compare ? 2
                                                                           : PictureTiles::mostTiles);
        if (mode_ == LibraryMode::compare && current >= 0 && !rows.contains(current)) {
            rows = {rows.value(0, current), current};
            std::sort(rows.begin(), rows.end());
        }
    }
    if (rows.isEmpty() && current >= 0) rows << current;
    QList<gallery::Card> cards;
    shown_.clear();
    for (const int row : rows) {
        cards << desk_.list().card(row);
        shown_ << desk_.list().idAt(row);
    }
    tiles_->setCards(cards, std::max(0, int(rows.indexOf(current))));
    if (mode_ == LibraryMode::loupe && current >= 0)
        tiles_->prepare(desk_.list().card(current + 1).path);
}

/// In the loupe from picture to picture; beside each other the current one of them changes.
void LibraryView::step(int direction) {
    const int count = desk_.list().rowCount();
    if (count == 0) return;
    if (mode_ == LibraryMode::compare || mode_ == LibraryMode::survey) {
        const int at = std::clamp(tiles_->current() + direction, 0, int(shown_.size()) - 1);
        return Q_EMIT tiles_->chosen(at);
    }
    const qint64 wanted = qint64(grid_->currentIndex().row()) + direction;
    grid_->choose(int(std::clamp<qint64>(wanted, 0, count - 1)));
}

void LibraryView::mark(const gallery::MarkChange& change) {
    const auto pictures = targets();
    if (pictures.isEmpty()) return;
    // Before the marks: a filter may take the picture away, and its neighbour would be left out.
    const int row = desk_.list().rowOf(pictures.first());
    const bool movesOn = pictures.size() == 1 && mode_ != LibraryMode::compare &&
                         mode_ != LibraryMode::survey && row + 1 < desk_.list().rowCount();
    desk_.mark(pictures, change);
    if (movesOn) grid_->choose(row + 1);
}

void LibraryView::showRun() {
    if (!isVisible()) return;
    const auto& filter = desk_.filter();
    const bool belongsHere = filter.place == gallery::Place::all && filter.conditionCount() == 0 &&
                             filter.order == gallery::Order::newest;
    const bool isShown = grid_->halfMade().has_value();
    if (belongsHere && bench_.run()) {
        const auto& run = *bench_.run();
        grid_->setHalfMade(HalfMade{toQImage(run.progress.preview), wordsOf(run).pieces.share});
    } else if (!belongsHere || !isLanding_) {
        grid_->setHalfMade(std::nullopt);  // until the list has the picture its cell stays
    }
    if (isShown != grid_->halfMade().has_value()) showPage();
}

void LibraryView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    isLanding_ = false;
    showRun();
}

void LibraryView::showPage() {
    const bool isEmpty = desk_.list().rowCount() == 0 && !grid_->halfMade();
    if (isEmpty) describeEmpty();
    // An answer that is on its way is not "nothing".
    if (isEmpty && !desk_.list().isComplete()) return;
    const int page = isEmpty ? 2 : mode_ == LibraryMode::grid ? 0 : 1;
    if (pages_->currentIndex() != page) {
        const bool hadFocus = pages_->isAncestorOf(QApplication::focusWidget());
        pages_->setCurrentIndex(page);
        if (hadFocus && !isEmpty) focusPictures();
    }
    showCurrent();
}

void LibraryView::describeEmpty() {
    const int conditions = desk_.filter().conditionCount();
    emptyTitle_->setText(
        conditions > 0
            ? tr("No picture matches all %n filter(s).", nullptr, conditions)
        : desk_.filter().place == gallery::Place::trash
            ? tr("The trash is empty.")
            : tr("No pictures yet. What you make appears here."));
    emptyAction_->setText(conditions > 0 ? tr("Clear all filters") : tr("Import a folder…"));
}

void LibraryView::dragEnterEvent(QDragEnterEvent* event) {
    const auto urls = event->mimeData()->urls();
    const bool isFile = std::any_of(urls.begin(), urls.end(),
                                    [](const QUrl& url) { return url.isLocalFile(); });
    // What is dragged out of the grid is here already.
    if (isFile && event->source() != grid_) event->acceptProposedAction();
}

void LibraryView::dropEvent(QDropEvent* event) {
    QStringList paths;
    for (const auto& url : event->mimeData()->urls())
        if (url.isLocalFile()) paths << url.toLocalFile();
    event->acceptProposedAction();
    desk_.import(paths);
}

}  // namespace ui
