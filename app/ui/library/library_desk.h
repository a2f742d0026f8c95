#pragma once

// The library without its widgets: what is shown, what was found, what can be undone. Views listen to
// it and call it; a window can be thrown away and built anew over it.

#include "app/gallery/describe.h"
#include "app/gallery/folder_scanner.h"
#include "app/gallery/gallery_reader.h"
#include "app/gallery/picture_list.h"
#include "app/gallery/thumbnail_cache.h"
#include "app/studio/studio.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <QUndoStack>

#include <functional>
#include <optional>

namespace ui {

using gallery::PictureId;
using gallery::PictureIds;

class LibraryDesk : public QObject {
    Q_OBJECT

public:
    explicit LibraryDesk(studio::Studio& studio, QObject* parent = nullptr);
    ~LibraryDesk() override;

    /// Shows the pictures and begins to look at folders; what follows a first call does nothing.
    void open();

    gallery::PictureList& list() { return list_; }

    gallery::ThumbnailCache& thumbnails() { return thumbnails_; }

    gallery::GalleryDatabase& database() { return studio_.gallery(); }

    studio::Studio& studio() { return studio_; }

    const gallery::PictureFilter& filter() const { return list_.filter(); }

    void setFilter(const gallery::PictureFilter& filter);

    const gallery::Counts& counts() const { return counts_; }

    const gallery::Choices& choices() const { return choices_; }

    const QList<gallery::Shelf>& collections() const { return collections_; }

    const QList<gallery::Shelf>& searches() const { return searches_; }

    /// Those that are watched; the folder of the pictures that are made here is the first.
    QStringList folders() const;

    // What a person does. Each can be undone; what goes wrong is told by troubled().
    void mark(const PictureIds& pictures, const gallery::MarkChange& change);
    /// To the system's trash; trashed() follows.
    void trash(const PictureIds& pictures);
    void restore(const PictureIds& pictures);
    void addCollection(const QString& name, const PictureIds& pictures);
    void putInto(qint64 collection, const PictureIds& pictures);
    void takeOut(qint64 collection, const PictureIds& pictures);
    void renameCollection(qint64 collection, const QString& name);
    void removeCollection(qint64 collection);
    void keepSearch(const QString& name);
    void renameSearch(qint64 search, const QString& name);
    void removeSearch(qint64 search);

    QUndoStack& history() { return history_; }

    // Files.
    /// Files and folders; folders are watched from then on. imported() follows.
    void import(const QStringList& paths);
    /// Its pictures stay.
    void forgetFolder(const QString& folder);
    /// Looks through all folders again.
    void rescan();
    void stopScan() { scanner_.stop(); }

    bool isScanning() const { return scans_ > 0; }

    /// reported follows: what the file says of itself and what becomes of it here.
    void askReport(const QString& path);
    /// The whole of a picture, or nothing if it is gone.
    std::optional<gallery::Picture> picture(PictureId id);

Q_SIGNALS:
    void filterChanged();
    void countsChanged();
    void choicesChanged();
    void shelvesChanged();
    void marked(const ui::PictureIds& pictures);
    void trashed(const ui::PictureIds& pictures);
    void restored(const ui::PictureIds& pictures);
    void imported(const gallery::ScanResult& result);
    void scanChanged(int done, int all);
    void reported(const QString& path, const std::optional<gallery::Report>& report);
    void troubled(const QString& message);

private:
    void connectServices();
    void connectScanner();
    void watch(const QStringList& folders);
    void refresh();
    void readShelves();
    void learnNames();
    void scan(const QStringList& paths, bool isImport);
    /// Does it, or tells why not.
    bool attempt(const std::function<void()>& work);
    /// As a step of the history.
    void step(const QString& name, const std::function<void()>& redo,
              const std::function<void()>& undo);
    void moveFiles(const PictureIds& pictures, bool isToTrash);

    studio::Studio& studio_;
    gallery::ThumbnailCache thumbnails_;
    gallery::GalleryReader reader_;
    gallery::GalleryReader counter_;  ///< its questions take longer and make nobody wait
    gallery::PictureList list_;
    gallery::FolderScanner scanner_;
    gallery::Counts counts_;
    gallery::Choices choices_;
    QList<gallery::Shelf> collections_;
    QList<gallery::Shelf> searches_;
    codec::foreign::Vocabulary vocabulary_;
    QFileSystemWatcher watcher_;
    QStringList touched_;  ///< folders in which something changed
    QTimer looking_;
    QTimer counting_;
    QUndoStack history_;
    QThreadPool mover_;
    QThreadPool reporter_;
    int scans_ = 0;
    bool isOpen_ = false;
};

}  // namespace ui
