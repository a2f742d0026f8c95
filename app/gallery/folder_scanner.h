#pragma once

// Brings folders and the gallery together, on a thread of its own: new files come in with their
// settings, changed ones are read anew, missing ones are marked, moved ones keep their marks.

#include "app/codec/foreign/translation.h"
#include "app/gallery/gallery_database.h"

#include <QObject>
#include <QStringList>
#include <QThread>

#include <atomic>
#include <functional>
#include <memory>

namespace gallery {

/// What a scan has done.
struct ScanResult {
    int added = 0;
    int changed = 0;
    int missing = 0;
    int unreadable = 0;
    bool isImport = false;   ///< somebody asked for it
    QStringList folders;     ///< those that were walked, for a watch on them
    QStringList described;   ///< files that were read anew: their thumbnails are old
};

class FolderScanner : public QObject {
    Q_OBJECT

public:
    /// ownFolder: what Atelier made in there was made here.
    FolderScanner(const QString& databaseFile, const QString& ownFolder);
    ~FolderScanner() override;

    /// Names that the engine knows, for settings of other programs.
    void setVocabulary(const codec::foreign::Vocabulary& vocabulary);

    /// finished follows for each call. Files and folders; folders with all below them.
    void scan(const QStringList& paths, bool isImport);
    /// Ends the running scan after the file it is at; what it has read stays.
    void stop() { ++stops_; }

Q_SIGNALS:
    void progress(int done, int all);
    void finished(const gallery::ScanResult& result);
    void failed(const QString& message);

private:
    QString file_;
    QString ownFolder_;
    QThread thread_;
    std::unique_ptr<QObject> worker_;  // lives on the thread, as what follows does
    std::unique_ptr<GalleryDatabase> database_;
    codec::foreign::Vocabulary vocabulary_;
    std::atomic<int> stops_ = 0;
};

}  // namespace gallery
