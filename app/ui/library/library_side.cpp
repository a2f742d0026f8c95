#include "app/ui/library/library_side.h"

#include "app/ui/library/side_row.h"
#include "app/ui/pieces.h"
#include "app/ui/theme/icons.h"

#include <QApplication>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QToolButton>

#include <algorithm>
#include <functional>
#include <utility>

namespace ui {
namespace {

/// Folders below a watched one that are listed.
constexpr int mostBelow = 40;

/// With those below it.
int countBelow(const gallery::Counts& counts, const QString& folder) {
    int sum = 0;
    for (auto it = counts.folders.begin(); it != counts.folders.end(); ++it)
        if (it.key() == folder || it.key().startsWith(folder + QLatin1Char('/'))) sum += it.value();
    return sum;
}

}  // namespace

LibrarySide::LibrarySide(LibraryDesk& desk) : desk_(desk), content_(nullptr), lines_(nullptr) {
    theme::setGround(this, theme::Ground::panel);
    setMinimumWidth(168);
    setMaximumWidth(360);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    content_ = new QWidget;
    theme::setGround(content_, theme::Ground::panel);
    theme::setGround(scroll->viewport(), theme::Ground::panel);
    scroll->setWidget(content_);
    compact(new QVBoxLayout(this), 0)->addWidget(scroll);
    // Queued: a press on a row can be what changes them.
    connect(&desk_, &LibraryDesk::shelvesChanged, this, &LibrarySide::build, Qt::QueuedConnection);
    connect(&desk_, &LibraryDesk::filterChanged, this, &LibrarySide::showFilter);
    connect(&desk_, &LibraryDesk::countsChanged, this, [this] {
        // Folders come with the first pictures in them.
        qsizetype below = 0;
        for (const auto& folder : desk_.folders())
            for (const auto& [path, count] : desk_.counts().folders.asKeyValueRange())
                if (path.startsWith(folder + QLatin1Char('/'))) ++below;
        if (below != property("below").toInt()) {
            setProperty("below", int(below));
            build();
        }
        showCounts();
    });
    build();
}

QList<SideRow*> LibrarySide::rows() const {
    QList<SideRow*> rows;
    for (const auto& entry : entries_) rows << entry.row;
    return rows;
}

void LibrarySide::build() {
    const bool hadFocus = content_->isAncestorOf(QApplication::focusWidget());
    entries_.clear();
    delete content_->layout();
    qDeleteAll(content_->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
    lines_ = compact(new QVBoxLayout(content_), 2, theme::s2, theme::s3, theme::s2, theme::s3);
    addHead(tr("Library"), tr("Look through the folders again"), &LibrarySide::rescanAsked,
            QStringLiteral("retry"));
    addPlace(QStringLiteral("library"), tr("All pictures"), gallery::Place::all,
             &gallery::Counts::all);
    addPlace(QStringLiteral("import"), tr("Last import"), gallery::Place::lastImport,
             &gallery::Counts::lastImport);
    addPlace(QStringLiteral("pick"), tr("Picks"), gallery::Place::picks, &gallery::Counts::picks);
    addPlace(QStringLiteral("trash"), tr("Trash"), gallery::Place::trash, &gallery::Counts::trash);
    addHead(tr("Collections"), tr("New collection of the selected pictures"),
            &LibrarySide::collectionAsked, QStringLiteral("plus"));
    addCollections();
    addHead(tr("Saved searches"), tr("Keep this search"), &LibrarySide::searchAsked,
            QStringLiteral("plus"));
    addSearches();
    addHead(tr("Folders"), tr("Import a folder and watch it"), &LibrarySide::folderAsked,
            QStringLiteral("plus"));
    addFolders();
    lines_->addStretch();
    showFilter();
    showCounts();
    if (hadFocus && !entries_.isEmpty()) entries_.first().row->setFocus();
}

void LibrarySide::addHead(const QString& title, const QString& buttonName,
                          void (LibrarySide::*asked)(), const QString& icon) {
    if (!entries_.isEmpty()) lines_->addSpacing(theme::s3);
    auto* line = new QWidget;
    auto* parts = compact(new QHBoxLayout(line), 0, theme::s2, 0, 0, 0);
    parts->addWidget(label(title, theme::Step::label, theme::Ink::secondary), 1);
    auto* button = iconButton(icon, buttonName);
    parts->addWidget(button);
    connect(button, &QToolButton::clicked, this, asked);
    lines_->addWidget(line);
}

SideRow* LibrarySide::add(Entry entry, const gallery::PictureFilter& filter) {
    connect(entry.row, &SideRow::clicked, this, [this, filter] { desk_.setFilter(filter); });
    lines_->addWidget(entry.row);
    entries_.append(entry);
    return entry.row;
}

SideRow* LibrarySide::addPlace(const QString& icon, const QString& name, gallery::Place place,
                               int gallery::Counts::*count) {
    gallery::PictureFilter filter;
    filter.place = place;
    return add({new SideRow(icon, name), [place](const auto& shown) { return shown.place == place; },
                [count](const gallery::Counts& counts) { return counts.*count; }},
               filter);
}

void LibrarySide::addCollections() {
    for (const auto& shelf : desk_.collections()) {
        gallery::PictureFilter filter;
        filter.place = gallery::Place::collection;
        filter.collection = shelf.id;
        auto* row =
            add({new SideRow(QStringLiteral("collection"), shelf.name),
                 [id = shelf.id](const auto& shown) {
                     return shown.place == gallery::Place::collection && shown.collection == id;
                 },
                 [id = shelf.id](const auto& counts) { return counts.collections.value(id); }},
                filter);
        row->setAcceptDrops(true);
        connect(row, &SideRow::picturesDropped, this,
                [this, id = shelf.id] { Q_EMIT droppedInto(id); });
        offer(
            row, tr("Remove the collection"),
            [this, id = shelf.id](const QString& name) { desk_.renameCollection(id, name); },
            [this, id = shelf.id] { desk_.removeCollection(id); });
    }
}

void LibrarySide::addSearches() {
    for (const auto& shelf : desk_.searches()) {
        const auto filter = gallery::filterFromText(shelf.filter);
        auto* row =
            add({new SideRow(QStringLiteral("search"), shelf.name),
                 [filter](const auto& shown) { return shown == filter; },
                 [id = shelf.id](const auto& counts) { return counts.searches.value(id); }},
                filter);
        offer(
            row, tr("Remove the search"),
            [this, id = shelf.id](const QString& name) { desk_.renameSearch(id, name); },
            [this, id = shelf.id] { desk_.removeSearch(id); });
    }
}

void LibrarySide::addFolder(const QString& folder, int indent) {
    gallery::PictureFilter filter;
    filter.place = gallery::Place::folder;
    filter.folder = folder;
    auto* row = add({new SideRow(QStringLiteral("folder"), QFileInfo(folder).fileName(), indent),
                     [folder](const auto& shown) {
                         return shown.place == gallery::Place::folder && shown.folder == folder;
                     },
                     [folder](const auto& counts) { return countBelow(counts, folder); }},
                    filter);
    row->setToolTip(folder);
}

void LibrarySide::addFolders() {
    const auto roots = desk_.folders();
    for (int i = 0; i < roots.size(); ++i) {
        addFolder(roots[i], 0);
        if (i > 0) {
            auto* row = entries_.last().row;
            offer(row, tr("Don't watch the folder any more"), {},
                  [this, folder = roots[i]] { desk_.forgetFolder(folder); });
        }
        QStringList below;
        for (const auto& [path, count] : desk_.counts().folders.asKeyValueRange()) {
            if (!path.startsWith(roots[i] + QLatin1Char('/'))) continue;
            const auto child = roots[i] + QLatin1Char('/') +
                               path.mid(roots[i].size() + 1).section(QLatin1Char('/'), 0, 0);
            if (!below.contains(child)) below += child;
        }
        std::sort(below.begin(), below.end(), std::greater<>());
        for (const auto& child : below.mid(0, mostBelow)) addFolder(child, 1);
    }
}

void LibrarySide::offer(SideRow* row, const QString& removal,
                        const std::function<void(QString)>& rename,
                        const std::function<void()>& remove) {
    connect(row, &SideRow::menuAsked, this, [this, row, removal, rename, remove](const QPoint& at) {
        QMenu menu(this);
        QAction* renaming = rename ? menu.addAction(theme::icon(QStringLiteral("edit")),
                                                    tr("Rename…"))
                                   : nullptr;
        QAction* removing = menu.addAction(theme::icon(QStringLiteral("close")), removal);
        const auto* chosen = menu.exec(at);
        // The row goes with what is done to it.
        if (chosen == removing) {
            QMetaObject::invokeMethod(this, remove, Qt::QueuedConnection);
        } else if (chosen && chosen == renaming) {
            const auto name = QInputDialog::getText(this, tr("Rename"), tr("Name"),
                                                    QLineEdit::Normal, row->text());
            if (!name.trimmed().isEmpty())
                QMetaObject::invokeMethod(
                    this, [rename, name] { rename(name); }, Qt::QueuedConnection);
        }
    });
}

void LibrarySide::showFilter() {
    bool isSearch = false;
    for (const auto& search : desk_.searches())
        isSearch |= gallery::filterFromText(search.filter) == desk_.filter();
    for (const auto& entry : std::as_const(entries_)) {
        const bool isAll = desk_.filter().place == gallery::Place::all && isSearch;
        const bool isOwn = entry.row->text() == tr("All pictures") && isAll;
        entry.row->setChecked(entry.isShown(desk_.filter()) && !isOwn);
    }
}

void LibrarySide::showCounts() {
    for (const auto& entry : std::as_const(entries_))
        entry.row->setCount(entry.count(desk_.counts()));
}

}  // namespace ui
