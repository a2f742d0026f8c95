#include "app/ui/library/library_desk.h"

#include "app/codec/text.h"
#include "diffusion/error.h"

#include <QDir>
#include <QFileInfo>
#include <QUndoCommand>

#include <utility>

namespace ui {
namespace {

constexpr int thumbnailEdge = 320;  // pixels
constexpr int lookDelay = 700;      // milliseconds: programs write a picture in several steps
constexpr int countDelay = 250;
/// Beyond it the system has no watches left for others.
constexpr int mostWatched = 2000;
constexpr int mostSteps = 200;

QString databaseOf(const studio::Studio& studio) {
    return studio.places().data + QStringLiteral("/gallery.sqlite");
}

class Deed : public QUndoCommand {
public:
    Deed(const QString& name, std::function<void()> redo, std::function<void()> undo)
        : QUndoCommand(name), redo_(std::move(redo)), undo_(std::move(undo)) {}

    void redo() override { redo_(); }

    void undo() override { undo_(); }

private:
    std::function<void()> redo_;
    std::function<void()> undo_;
};

}  // namespace

LibraryDesk::LibraryDesk(studio::Studio& studio, QObject* parent)
    : QObject(parent),
      studio_(studio),
      thumbnails_(thumbnailEdge, studio.places().data + QStringLiteral("/thumbnails.sqlite")),
      reader_(databaseOf(studio)),
      counter_(databaseOf(studio)),
      list_(reader_),
      scanner_(databaseOf(studio), studio.picturesFolder()) {
    history_.setUndoLimit(mostSteps);
    mover_.setMaxThreadCount(1);
    reporter_.setMaxThreadCount(1);
    looking_.setSingleShot(true);
    looking_.setInterval(lookDelay);
    counting_.setSingleShot(true);
    counting_.setInterval(countDelay);
    connectServices();
    connectScanner();
}

LibraryDesk::~LibraryDesk() {
    scanner_.stop();
    mover_.waitForDone();
    reporter_.clear();
    reporter_.waitForDone();
}

void LibraryDesk::connectServices() {
    auto& database = studio_.gallery();
    for (auto signal : {&gallery::GalleryDatabase::added, &gallery::GalleryDatabase::changed})
        connect(&database, signal, this, [this](const gallery::Picture& picture) {
            thumbnails_.forget(picture.path);
            list_.readAnew({picture.id});
            if (isOpen_) refresh();
        });
    connect(&database, &gallery::GalleryDatabase::removed, this, [this] {
        if (isOpen_) refresh();
    });
    connect(&database, &gallery::GalleryDatabase::marked, this, [this](const PictureIds& ids) {
        list_.readAnew(ids);
        if (filter().asksMarks()) list_.refresh();
        counting_.start();
        Q_EMIT marked(ids);
    });
    connect(&counter_, &gallery::GalleryReader::counts, this, [this](const auto& counts) {
        counts_ = counts;
        Q_EMIT countsChanged();
    });
    connect(&counter_, &gallery::GalleryReader::choices, this, [this](const auto& choices) {
        choices_ = choices;
        Q_EMIT choicesChanged();
    });
    for (auto* reader : {&reader_, &counter_})
        connect(reader, &gallery::GalleryReader::failed, this, &LibraryDesk::troubled);
    connect(&counting_, &QTimer::timeout, this, [this] {
        QList<std::pair<qint64, gallery::PictureFilter>> asked;
        for (const auto& search : searches_)
            asked.append({search.id, gallery::filterFromText(search.filter)});
        counter_.askCounts(asked);
        counter_.askChoices();
    });
    connect(&studio_, &studio::Studio::engineReady, this, &LibraryDesk::learnNames);
    connect(&studio_, &studio::Studio::modelInspected, this,
            [this](const QString& model, const diffusion::ModelInfo& info) {
                if (model.isEmpty()) vocabulary_.shippedModel = info.name;
            });
    learnNames();
}

void LibraryDesk::connectScanner() {
    connect(&scanner_, &gallery::FolderScanner::progress, this, &LibraryDesk::scanChanged);
    connect(&scanner_, &gallery::FolderScanner::failed, this, [this](const QString& message) {
        --scans_;
        Q_EMIT scanChanged(0, 0);
        Q_EMIT troubled(message);
    });
    connect(&scanner_, &gallery::FolderScanner::finished, this,
            [this](const gallery::ScanResult& result) {
                --scans_;
                watch(result.folders);
                for (const auto& path : result.described) thumbnails_.forget(path);
                if (result.added + result.changed + result.missing > 0) list_.readAllAnew();
                refresh();
                Q_EMIT scanChanged(0, 0);
                if (result.isImport) Q_EMIT imported(result);
            });
    connect(&watcher_, &QFileSystemWatcher::directoryChanged, this, [this](const QString& folder) {
        if (!touched_.contains(folder)) touched_ += folder;
        looking_.start();
    });
    connect(&looking_, &QTimer::timeout, this,
            [this] { scan(std::exchange(touched_, {}), false); });
}

void LibraryDesk::open() {
    if (isOpen_) return;
    isOpen_ = true;
    list_.setFilter({});
    readShelves();
    counting_.start(0);
    rescan();
}

void LibraryDesk::learnNames() {
    vocabulary_.samplers = {studio_.samplers().begin(), studio_.samplers().end()};
    vocabulary_.schedules = {studio_.schedules().begin(), studio_.schedules().end()};
    scanner_.setVocabulary(vocabulary_);
}

void LibraryDesk::setFilter(const gallery::PictureFilter& filter) {
    list_.setFilter(filter);
    Q_EMIT filterChanged();
}

void LibraryDesk::refresh() {
    list_.refresh();
    counting_.start();
}

void LibraryDesk::readShelves() {
    attempt([this] {
        collections_ = database().shelves().collections();
        searches_ = database().shelves().searches();
    });
    counting_.start();
    Q_EMIT shelvesChanged();
}

QStringList LibraryDesk::folders() const {
    QStringList folders{QDir::cleanPath(QDir(studio_.picturesFolder()).absolutePath())};
    folders += studio_.gallery().shelves().folders();
    folders.removeDuplicates();
    return folders;
}

bool LibraryDesk::attempt(const std::function<void()>& work) {
    try {
        work();
        return true;
    } catch (const diffusion::Error& error) {
        Q_EMIT troubled(codec::fromUtf8(error.what()));
        return false;
    }
}

void LibraryDesk::step(const QString& name, const std::function<void()>& redo,
                       const std::function<void()>& undo) {
    history_.push(new Deed(
        name, [this, redo] { attempt(redo); }, [this, undo] { attempt(undo); }));
}

void LibraryDesk::mark(const PictureIds& pictures, const gallery::MarkChange& change) {
    if (pictures.isEmpty()) return;
    const auto before = std::make_shared<gallery::OldMarks>();
    step(
        tr("Marks"),
        [this, before, pictures, change] { *before = database().setMarks(pictures, change); },
        [this, before] { database().restoreMarks(*before); });
}

std::optional<gallery::Picture> LibraryDesk::picture(PictureId id) {
    std::optional<gallery::Picture> found;
    attempt([&] { found = database().find(id); });
    return found;
}

void LibraryDesk::scan(const QStringList& paths, bool isImport) {
    if (paths.isEmpty()) return;
    ++scans_;
    scanner_.scan(paths, isImport);
    Q_EMIT scanChanged(0, 0);
}

void LibraryDesk::rescan() {
    scan(folders(), false);
}

void LibraryDesk::import(const QStringList& paths) {
    const bool isDone = attempt([&] {
        for (const auto& path : paths)
            if (QFileInfo(path).isDir()) database().shelves().addFolder(path);
    });
    if (isDone) scan(paths, true);
    Q_EMIT shelvesChanged();
}

void LibraryDesk::forgetFolder(const QString& folder) {
    step(
        tr("Watched folder"),
        [this, folder] {
            database().shelves().removeFolder(folder);
            watcher_.removePath(folder);
            Q_EMIT shelvesChanged();
        },
        [this, folder] {
            database().shelves().addFolder(folder);
            scan({folder}, false);
            Q_EMIT shelvesChanged();
        });
}

/// Only those below folders that are watched: a dropped file brings none.
void LibraryDesk::watch(const QStringList& folders) {
    const auto known = watcher_.directories();
    QStringList fresh;
    for (const auto& folder : folders)
        if (!known.contains(folder) && known.size() + fresh.size() < mostWatched) fresh += folder;
    if (!fresh.isEmpty()) watcher_.addPaths(fresh);
}

void LibraryDesk::askReport(const QString& path) {
    reporter_.clear();
    reporter_.start([this, path, vocabulary = vocabulary_] {
        const auto report = gallery::reportOf(path, vocabulary);
        QMetaObject::invokeMethod(this, [this, path, report] { Q_EMIT reported(path, report); });
    });
}

}  // namespace ui
