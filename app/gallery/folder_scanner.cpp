#include "app/gallery/folder_scanner.h"

#include "app/codec/text.h"
#include "app/gallery/describe.h"
#include "diffusion/error.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <utility>

namespace gallery {
namespace {

using Known = QHash<QString, GalleryDatabase::KnownFile>;

/// Written together: few enough that nobody waits for the database.
constexpr int batch = 32;

/// What makes two files the same picture when one of them is gone.
QString identityOf(const QString& path, qint64 bytes, qint64 time) {
    return QStringLiteral("%1/%2/%3").arg(bytes).arg(time).arg(QFileInfo(path).fileName());
}

/// One scan from its beginning to its end.
class Scan {
public:
    Scan(GalleryDatabase& database, QString ownFolder, const codec::foreign::Vocabulary& vocabulary)
        : database_(database), ownFolder_(std::move(ownFolder)), vocabulary_(vocabulary) {}

    std::function<void(int, int)> onProgress;
    std::function<bool()> isStopped;
    ScanResult result;

    void run(const QStringList& paths) {
        for (const auto& path : paths) QFileInfo(path).isFile() ? takeFile(path) : walk(path);
        // What was not come to is not missing.
        if (isStopped()) return;
        sort();
        relink();
        read();
        database_.setState(missing_.values(), FileState::missing);
        result.missing = int(missing_.size());
        forgetEmptiedTrash();
    }

private:
    void takeFile(const QString& path) {
        files_ += QDir::cleanPath(QFileInfo(path).absoluteFilePath());
        const auto folder = QFileInfo(files_.last()).path();
        if (!around_.contains(folder)) around_.insert(folder, database_.knownFiles(folder));
        const auto& around = around_[folder];
        if (const auto known = around.find(files_.last()); known != around.end())
            known_.insert(known.key(), known.value());
    }

    void walk(const QString& folder) {
        const auto root = QDir::cleanPath(QDir(folder).absolutePath());
        const auto known = database_.knownFiles(root);
        for (auto it = known.begin(); it != known.end(); ++it) {
            known_.insert(it.key(), it.value());
            missing_.insert(it.key(), it.value().id);
        }
        result.folders += root;
        QDirIterator entries(root, pictureSuffixes(),
                             QDir::Files | QDir::AllDirs | QDir::NoDotAndDotDot,
                             QDirIterator::Subdirectories);
        while (entries.hasNext() && !isStopped()) {
            const auto path = entries.next();
            if (entries.fileInfo().isDir())
                result.folders += path;
            else
                files_ += path;
        }
    }

    /// What is new, what has changed, what is as it was.
    void sort() {
        for (const auto& path : std::as_const(files_)) {
            missing_.remove(path);
            const auto known = known_.constFind(path);
            const QFileInfo info(path);
            const auto time = info.lastModified().toMSecsSinceEpoch();
            if (known == known_.constEnd()) {
                fresh_ += path;
            } else if (known->facts.time == 0 || known->facts.state == FileState::missing) {
                // Known from the moment it was made, or back where it was.
                auto facts = known->facts;
                const bool isSame = facts.time == 0 || (facts.bytes == info.size() && facts.time == time);
                facts.bytes = info.size();
                facts.time = time;
                facts.state = FileState::present;
                if (isSame) database_.setFacts(known->id, facts);
                if (!isSame) changed_ += path;
            } else if (known->facts.bytes != info.size() || known->facts.time != time) {
                changed_ += path;
            }
        }
    }

    /// A file that was moved between folders keeps its row.
    void relink() {
        if (missing_.isEmpty() && fresh_.isEmpty()) return;
        QHash<QString, QString> gone;
        const auto all = database_.knownFiles(QString());
        for (auto it = all.begin(); it != all.end(); ++it)
            if (it->facts.state == FileState::missing || missing_.contains(it.key()))
                gone.insert(identityOf(it.key(), it->facts.bytes, it->facts.time), it.key());
        for (const auto& path : QStringList(fresh_)) {
            const QFileInfo info(path);
            const auto old = gone.value(
                identityOf(path, info.size(), info.lastModified().toMSecsSinceEpoch()));
            if (old.isEmpty() || QFileInfo::exists(old)) continue;
            database_.setPath(all.value(old).id, path);
            missing_.remove(old);
            fresh_.removeOne(path);
            ++result.changed;
        }
    }

    void read() {
        const auto todo = changed_ + fresh_;
        const auto import = fresh_.isEmpty() ? 0 : database_.nextImport();
        QList<FoundPicture> found;
        for (int i = 0; i < todo.size() && !isStopped(); ++i) {
            auto each = describe(todo[i], vocabulary_);
            const bool isOwn = each.picture.program.isEmpty() &&
                               each.picture.path.startsWith(ownFolder_ + QLatin1Char('/'));
            each.facts.import = isOwn ? 0 : import;
            if (each.facts.state == FileState::unreadable) ++result.unreadable;
            i < changed_.size() ? ++result.changed : ++result.added;
            result.described += each.picture.path;
            found.append(each);
            if (found.size() == batch) database_.addFound(std::exchange(found, {}));
            if (i % 8 == 7) onProgress(i + 1, int(todo.size()));
        }
        if (!found.isEmpty()) database_.addFound(found);
    }

    /// What somebody threw away for good is not in the library's trash any more.
    void forgetEmptiedTrash() {
        for (const auto& [id, path] : database_.trashedFiles())
            if (!QFileInfo::exists(path)) database_.remove(id);
    }

    GalleryDatabase& database_;
    QString ownFolder_;
    const codec::foreign::Vocabulary& vocabulary_;
    Known known_;
    QHash<QString, Known> around_;  // single files, by folder
    QHash<QString, PictureId> missing_;
    QStringList files_;
    QStringList fresh_;
    QStringList changed_;
};

}  // namespace

FolderScanner::FolderScanner(const QString& databaseFile, const QString& ownFolder)
    : file_(databaseFile),
      ownFolder_(QDir::cleanPath(QDir(ownFolder).absolutePath())),
      worker_(new QObject) {
    worker_->moveToThread(&thread_);
    thread_.start(QThread::LowPriority);
}

FolderScanner::~FolderScanner() {
    stops_ = -1;
    // The connection ends where it was made.
    QMetaObject::invokeMethod(
        worker_.get(), [this] { database_.reset(); }, Qt::BlockingQueuedConnection);
    thread_.quit();
    thread_.wait();
}

void FolderScanner::setVocabulary(const codec::foreign::Vocabulary& vocabulary) {
    QMetaObject::invokeMethod(worker_.get(), [this, vocabulary] { vocabulary_ = vocabulary; });
}

void FolderScanner::scan(const QStringList& paths, bool isImport) {
    QMetaObject::invokeMethod(worker_.get(), [this, paths, isImport, stops = stops_.load()] {
        if (stops_ < 0) return;
        try {
            if (!database_) database_ = std::make_unique<GalleryDatabase>(file_);
            Scan scan(*database_, ownFolder_, vocabulary_);
            scan.onProgress = [this](int done, int all) { Q_EMIT progress(done, all); };
            scan.isStopped = [this, stops] { return stops_ != stops; };
            scan.run(paths);
            scan.result.isImport = isImport;
            Q_EMIT finished(scan.result);
        } catch (const diffusion::Error& error) {
            Q_EMIT failed(codec::fromUtf8(error.what()));
        }
    });
}

}  // namespace gallery
