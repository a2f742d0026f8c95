// What the library's actions do.

#include "app/ui/library/filter_words.h"
#include "app/ui/library/library_view.h"
#include "app/ui/library/picture_grid.h"
#include "app/ui/library/picture_info.h"
#include "app/ui/library/picture_tiles.h"
#include "app/ui/library/report_window.h"
#include "app/ui/show_in_folder.h"
#include "app/ui/theme/icons.h"
#include "app/ui/toast.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QUrl>

namespace ui {
namespace {

/// Of files on the clipboard.
constexpr int mostCopied = 500;

}  // namespace

void LibraryView::connectActions() {
    const auto on = [this](Act act, auto work) {
        connect(actions_[act], &QAction::triggered, this, work);
    };
    for (const auto& [act, mode] : {std::pair{Act::libraryGrid, LibraryMode::grid},
                                    {Act::libraryLoupe, LibraryMode::loupe},
                                    {Act::libraryCompare, LibraryMode::compare},
                                    {Act::librarySurvey, LibraryMode::survey}})
        on(act, [this, to = mode] { setMode(to); });
    on(Act::libraryInfo, [this] { info_->setVisible(!info_->isVisible()); });
    on(Act::libraryFind, [this] {
        bar_->search()->setFocus(Qt::ShortcutFocusReason);
        bar_->search()->selectAll();
    });
    on(Act::libraryOpen, [this] { openCurrent(); });
    for (const auto& [act, what] : {std::pair{Act::libraryRecallAll, Recall::all},
                                    {Act::libraryRecallRemix, Recall::remix},
                                    {Act::libraryRecallPrompt, Recall::prompt},
                                    {Act::libraryRecallSeed, Recall::seed},
                                    {Act::libraryRecallSize, Recall::size}})
        on(act, [this, part = what] { recall(part); });
    on(Act::libraryReport, [this] { showReport(); });
    on(Act::librarySelectAll, [this] {
        setMode(LibraryMode::grid);
        grid_->selectAll();
    });
    connectMarks();
    connectFiles();
}

void LibraryView::connectMarks() {
    const auto on = [this](Act act, const gallery::MarkChange& change) {
        connect(actions_[act], &QAction::triggered, this, [this, change] { mark(change); });
    };
    on(Act::libraryPick, {.pick = gallery::Pick::picked});
    on(Act::libraryReject, {.pick = gallery::Pick::rejected});
    on(Act::libraryUnflag, {.pick = gallery::Pick::none});
    for (int stars = 0; stars <= 5; ++stars)
        on(Act(int(Act::libraryStars0) + stars), {.rating = stars});
    for (int colour = 1; colour <= 4; ++colour)
        connect(actions_[Act(int(Act::libraryLabel1) + colour - 1)], &QAction::triggered, this,
                [this, colour] {
                    // The same key takes it off again.
                    mark({.label = currentCard().marks.label == colour ? 0 : colour});
                });
}

void LibraryView::connectFiles() {
    const auto on = [this](Act act, auto work) {
        connect(actions_[act], &QAction::triggered, this, work);
    };
    on(Act::libraryTrash, [this] {
        if (desk_.filter().place == gallery::Place::trash) return;
        const auto pictures = targets();
        goBehind(pictures);
        desk_.trash(pictures);
    });
    on(Act::libraryRestore, [this] {
        if (desk_.filter().place == gallery::Place::trash) desk_.restore(targets());
    });
    on(Act::libraryUndo, [this] { desk_.history().undo(); });
    on(Act::libraryRedo, [this] { desk_.history().redo(); });
    on(Act::libraryCopy, [this] { copyPictures(); });
    on(Act::libraryShowInFolder, [this] {
        const auto path = currentCard().path;
        if (!path.isEmpty()) showInFolder(path);
    });
    on(Act::libraryCollect, [this] { askCollection(); });
    on(Act::libraryImportFiles, [this] { askFiles(); });
    on(Act::libraryImportFolder, [this] { askFolder(); });
    on(Act::libraryRescan, [this] { desk_.rescan(); });
}

/// To the picture that follows them, or the one before: they are about to go.
void LibraryView::goBehind(const PictureIds& pictures) {
    if (pictures.isEmpty()) return;
    const auto& list = desk_.list();
    const int after = list.rowOf(pictures.last()) + 1;
    const int row = after < list.rowCount() ? after : list.rowOf(pictures.first()) - 1;
    if (row >= 0)
        grid_->selectionModel()->setCurrentIndex(grid_->model()->index(row, 0),
                                                 QItemSelectionModel::NoUpdate);
}

/// Settings of other programs are translated when they are asked for: the engine knows more by then.
void LibraryView::recall(Recall what) {
    const auto& picture = info_->picture();
    if (!picture) return;
    if (picture->program.isEmpty()) {
        bench_.recall(picture->request, what);
    } else if (info_->report()) {
        bench_.recall(info_->report()->translation.request, what);
    } else {
        return news_->show({QStringLiteral("info"), tr("The file says nothing of its settings")});
    }
    news_->show({QStringLiteral("recall"), tr("Recalled into the Generate panel"), tr("Go there"),
                 [this] { Q_EMIT recalled(); }});
}

void LibraryView::openCurrent() {
    const auto card = currentCard();
    if (const auto picture = desk_.picture(card.id)) Q_EMIT opened(*picture);
}

void LibraryView::copyPictures() {
    QList<QUrl> urls;
    for (const auto id : targets()) {
        const auto path = desk_.list().card(desk_.list().rowOf(id)).path;
        if (!path.isEmpty()) urls << QUrl::fromLocalFile(path);
        if (urls.size() == mostCopied) break;
    }
    if (urls.isEmpty()) return;
    auto* files = new QMimeData;
    files->setUrls(urls);
    QGuiApplication::clipboard()->setMimeData(files);
    news_->show({QStringLiteral("copy"), tr("%n picture(s) copied", nullptr, int(urls.size()))});
}

void LibraryView::openMenu(const QPoint& place) {
    QMenu menu(this);
    for (auto act : {Act::libraryOpen, Act::libraryReport}) menu.addAction(actions_[act]);
    menu.addSeparator();
    for (auto act : {Act::libraryRecallAll, Act::libraryRecallRemix, Act::libraryRecallPrompt,
                     Act::libraryRecallSeed, Act::libraryRecallSize})
        menu.addAction(actions_[act]);
    menu.addSeparator();
    auto* put = menu.addMenu(theme::icon(QStringLiteral("collection")), tr("Put into"));
    put->addAction(actions_[Act::libraryCollect]);
    for (const auto& shelf : desk_.collections())
        connect(put->addAction(shelf.name), &QAction::triggered, this,
                [this, id = shelf.id] { desk_.putInto(id, targets()); });
    if (desk_.filter().place == gallery::Place::collection)
        connect(menu.addAction(tr("Take out of the collection")), &QAction::triggered, this,
                [this] { desk_.takeOut(desk_.filter().collection, targets()); });
    menu.addSeparator();
    for (auto act : {Act::libraryCopy, Act::libraryShowInFolder}) menu.addAction(actions_[act]);
    const bool isTrash = desk_.filter().place == gallery::Place::trash;
    menu.addAction(actions_[isTrash ? Act::libraryRestore : Act::libraryTrash]);
    menu.exec(place);
}

void LibraryView::askCollection() {
    const auto pictures = targets();
    const auto name = QInputDialog::getText(
        this, tr("New collection"),
        pictures.isEmpty() ? tr("Name")
                           : tr("Name, for %n picture(s)", nullptr, int(pictures.size())));
    if (!name.trimmed().isEmpty()) desk_.addCollection(name, pictures);
}

void LibraryView::askSearch() {
    const auto name = QInputDialog::getText(this, tr("Keep this search"), tr("Name"),
                                            QLineEdit::Normal, nameOf(desk_.filter()));
    if (!name.trimmed().isEmpty()) desk_.keepSearch(name);
}

void LibraryView::askFiles() {
    const auto paths = QFileDialog::getOpenFileNames(
        this, tr("Import pictures"), QString(),
        tr("Pictures (%1);;All files (*)").arg(gallery::pictureSuffixes().join(QLatin1Char(' '))));
    if (!paths.isEmpty()) desk_.import(paths);
}

void LibraryView::askFolder() {
    const auto folder = QFileDialog::getExistingDirectory(this, tr("Import a folder and watch it"));
    if (!folder.isEmpty()) desk_.import({folder});
}

void LibraryView::showReport() {
    if (!info_->report()) return;
    auto* window = new ReportWindow(*info_->report(), this);
    window->setAttribute(Qt::WA_DeleteOnClose);
    connect(window, &ReportWindow::used, this, [this](const diffusion::GenerationRequest& request) {
        bench_.recall(request, Recall::all);
        Q_EMIT recalled();
    });
    window->open();
}

}  // namespace ui
