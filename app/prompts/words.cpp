#include "app/prompts/words.h"

#include "app/codec/text.h"
#include "app/prompts/styles.h"
#include "diffusion/error.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace prompts {
namespace {

constexpr int readDelay = 300;  // milliseconds: editors write a file in several goes
constexpr int mostNames = 20000;

/// What a folder of this name holds: the word in <word:name>, "" for embeddings.
struct KindOfFolder {
    const char* name;
    const char* tag;
};

constexpr KindOfFolder kinds[] = {
    {"lora", "lora"},       {"loras", "lora"},        {"lycoris", "lora"},
    {"embeddings", ""},     {"embedding", ""},        {"textual_inversion", ""},
    {"hypernetworks", "hypernet"},
};

void addNames(const QString& folder, const QString& tag, Words& words) {
    const QStringList endings{QStringLiteral("*.safetensors"), QStringLiteral("*.pt"),
                              QStringLiteral("*.ckpt"), QStringLiteral("*.bin")};
    QDirIterator files(folder, endings, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext() && words.networks.size() + words.embeddings.size() < mostNames) {
        files.next();
        const auto name = files.fileInfo().completeBaseName();
        if (tag.isEmpty())
            words.embeddings << name;
        else
            words.networks << tag + QLatin1Char(':') + name;
    }
}

/// "models/Stable-diffusion" has its networks in "models/Lora" and its embeddings a level higher.
void addFolder(const QString& folder, QSet<QString>& seen, Words& words) {
    QDir root(folder);
    for (int level = 0; level < 3; ++level) {
        for (const auto& below : root.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            for (const auto& kind : kinds) {
                if (below.fileName().compare(QLatin1String(kind.name), Qt::CaseInsensitive) != 0)
                    continue;
                const auto place = below.canonicalFilePath();
                if (seen.contains(place)) continue;
                seen.insert(place);
                addNames(place, QLatin1String(kind.tag), words);
            }
        }
        if (!root.cdUp()) return;
    }
}

void arrange(QStringList& names) {
    names.removeDuplicates();
    names.sort(Qt::CaseInsensitive);
}

QStringList watchedPlaces(const QString& data) {
    QStringList places;
    for (const auto& name : {QStringLiteral("/styles.csv"), QStringLiteral("/styles"),
                             QStringLiteral("/wildcards")})
        if (QFileInfo::exists(data + name)) places << data + name;
    QDirIterator folders(data + QStringLiteral("/wildcards"), QDir::Dirs | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
    while (folders.hasNext() && places.size() < 500) places << folders.next();
    return places;
}

}  // namespace

Words readWords(const WordPlaces& places) {
    Words words;
    words.wildcards = std::make_shared<const diffusion::WildcardLibrary>(
        diffusion::WildcardLibrary::from_folder(
            codec::toUtf8(places.data + QStringLiteral("/wildcards"))));
    for (const auto& name : words.wildcards->names())
        words.wildcardNames << codec::fromUtf8(name);
    for (const auto& problem : words.wildcards->problems())
        words.problems << codec::fromUtf8(problem);
    auto styles = readStyles(places.data);
    words.styles = std::move(styles.styles);
    words.ownStyles = styles.ownCount;
    words.problems << styles.problems;
    QSet<QString> seen;
    for (const auto& folder : places.modelFolders) addFolder(folder, seen, words);
    arrange(words.networks);
    arrange(words.embeddings);
    return words;
}

WordShelf::WordShelf(QObject* parent) : QObject(parent) {
    pool_.setMaxThreadCount(1);
    again_.setSingleShot(true);
    again_.setInterval(readDelay);
    connect(&again_, &QTimer::timeout, this, &WordShelf::read);
    const auto later = [this] { again_.start(); };
    connect(&watcher_, &QFileSystemWatcher::directoryChanged, this, later);
    connect(&watcher_, &QFileSystemWatcher::fileChanged, this, later);
}

WordShelf::~WordShelf() {
    pool_.clear();
    pool_.waitForDone();
}

void WordShelf::look(const WordPlaces& places) {
    places_ = places;
    read();
}

void WordShelf::read() {
    pool_.start([this, places = places_] {
        const auto words = readWords(places);
        const auto watched = watchedPlaces(places.data);
        QMetaObject::invokeMethod(this, [this, words, watched] {
            // A file that was replaced is another file to the watcher.
            if (!watcher_.files().isEmpty()) watcher_.removePaths(watcher_.files());
            if (!watched.isEmpty()) watcher_.addPaths(watched);
            take(words);
        });
    });
}

void WordShelf::take(const Words& words) {
    words_ = words;
    Q_EMIT changed();
}

void WordShelf::write(std::function<void()> work) {
    pool_.start([this, work = std::move(work)] {
        try {
            work();
            QMetaObject::invokeMethod(this, [this] { read(); });
        } catch (const diffusion::Error& error) {
            QMetaObject::invokeMethod(this, [this, message = QString::fromUtf8(error.what())] {
                Q_EMIT failed(message);
            });
        }
    });
}

void WordShelf::saveStyle(const diffusion::Style& style) {
    write([folder = places_.data, style] { prompts::saveStyle(folder, style); });
}

void WordShelf::removeStyle(const QString& name) {
    write([folder = places_.data, name] { prompts::removeStyle(folder, name); });
}

}  // namespace prompts
