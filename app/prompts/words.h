#pragma once

// The words that prompts draw from and complete to: wildcards, styles, and the names of networks
// and embeddings in the model folders. Read on a thread of its own and read again when the files
// change; values and signals belong to the thread that made it.

#include "diffusion/text/styles.h"
#include "diffusion/text/wildcards.h"

#include <QFileSystemWatcher>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <memory>

namespace prompts {

/// Where the words lie.
struct WordPlaces {
    QString data;              ///< holds styles.csv, styles/ and wildcards/
    QStringList modelFolders;  ///< with lora/, embeddings/ and the like in or beside them

    bool operator==(const WordPlaces&) const = default;
};

struct Words {
    std::shared_ptr<const diffusion::WildcardLibrary> wildcards =
        std::make_shared<diffusion::WildcardLibrary>();
    QStringList wildcardNames;
    QList<diffusion::Style> styles;
    int ownStyles = 0;       ///< the first ones are the user's own and can be removed
    QStringList networks;    ///< "lora:clay-toys"
    QStringList embeddings;  ///< "easynegative"
    QStringList problems;    ///< a sentence for each file that can't be read
};

/// Reads the disk.
Words readWords(const WordPlaces& places);

class WordShelf : public QObject {
    Q_OBJECT

public:
    explicit WordShelf(QObject* parent = nullptr);
    ~WordShelf() override;

    /// changed follows, now and whenever the files change.
    void look(const WordPlaces& places);

    const WordPlaces& places() const { return places_; }

    const Words& words() const { return words_; }

    /// Writes styles.csv; changed or failed follows.
    void saveStyle(const diffusion::Style& style);
    void removeStyle(const QString& name);

Q_SIGNALS:
    void changed();
    void failed(const QString& message);

private:
    void read();
    void take(const Words& words);
    void write(std::function<void()> work);

    WordPlaces places_;
    Words words_;
    QFileSystemWatcher watcher_;
    QTimer again_;
    QThreadPool pool_;  // last: its destructor waits for what uses the rest
};

}  // namespace prompts
