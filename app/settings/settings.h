#pragma once

// What the program remembers between two starts, as one readable JSON file.

#include "diffusion/request.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QTimer>

namespace settings {

/// Every setting with its default.
struct Values {
    QString language;  ///< "en", "ko"; empty: the system's
    QString theme = QStringLiteral("dark");
    QString picturesFolder;  ///< empty: ~/Pictures/Atelier
    /// A1111's pattern for names in that folder; a number goes in front of the file's.
    QString pictureNames = QStringLiteral("[date]/[seed]");
    QString modelFolders;  ///< beside models/ in the data folder; separated by colons
    bool showsOtherPrograms = true;  ///< models in the folders of other programs too
    QString hiddenModelFolders;      ///< of other programs, separated by colons
    QString device = QStringLiteral("auto");
    int threads = 0;  ///< 0: one per core
    QString memory = QStringLiteral("auto");     ///< auto, fast or saving
    int memoryLimit = 0;                         ///< MiB; 0: what is free
    QString precision = QStringLiteral("auto");  ///< as diffusion::EngineOptions has it
    bool isSeedLocked = false;
    QString styles;  ///< around the prompt, names separated by line breaks
    QString expand = QStringLiteral("random");  ///< of templates: none, random or all
    QString openSections;  ///< of the panels, names separated by commas
    QByteArray windowGeometry;
    QByteArray windowState;
    diffusion::GenerationRequest request;  ///< as it stood in the window

    bool operator==(const Values&) const = default;
};

class Settings : public QObject {
    Q_OBJECT

public:
    /// A file that is absent gives the defaults; one that can't be read too, and is kept as
    /// *.damaged.
    explicit Settings(QString file, QObject* parent = nullptr);
    /// Writes what is not written yet.
    ~Settings() override;

    const Values& values() const { return values_; }

    /// settings.set(&Values::threads, 4); on the disk within half a second.
    template <typename Value>
    void set(Value Values::*field, const Value& value) {
        if (values_.*field == value) return;
        values_.*field = value;
        announce();
    }

    void save();

Q_SIGNALS:
    void changed();
    /// The file can't be written; the values are kept in memory.
    void notSaved(const QString& message);

private:
    void announce();
    void load();

    QString file_;
    Values values_;
    QTimer timer_;
};

}  // namespace settings
