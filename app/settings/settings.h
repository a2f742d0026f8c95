#pragma once

// What the program remembers between two starts, as one readable JSON file with a version. Nothing in
// it can keep the program from starting: what can't be understood is left at its default, told by
// problems(), and the file as it was is put aside.

#include "diffusion/request.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QObject>
#include <QString>
#include <QTimer>

#include <nlohmann/json_fwd.hpp>

namespace settings {

/// Every setting with its default.
struct Values {
    QString language;  ///< "en", "ko"; empty: the system's
    QString theme = QStringLiteral("dark");
    bool isHighContrast = false;
    QString surround = QStringLiteral("theme");  ///< grey around pictures: theme, black, 20, 50, 80 or white
    bool reducesMotion = false;
    int scale = 100;  ///< percent, of everything in the window, from the next start on
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
    QString previews = QStringLiteral("sharp");  ///< of each step: sharp (TAESD if found), fast or off
    bool isOffline = true;         ///< the system refuses the program every network connection
    QMap<QString, QString> keys;   ///< of actions whose keys were changed, separated by ';'
    bool isSeedLocked = false;
    QString styles;  ///< around the prompt, names separated by line breaks
    QString expand = QStringLiteral("random");  ///< of templates: none, random or all
    QString openSections;  ///< of the panels, names separated by commas
    QByteArray windowGeometry;
    QByteArray windowState;
    diffusion::GenerationRequest request;  ///< as it stood in the window

    bool operator==(const Values&) const = default;
};

/// What was wrong with the file at the start.
struct Problem {
    enum class What {
        unreadable,  ///< no JSON object: all values are the defaults
        badValue,    ///< of one setting, which is left at its default
        newer        ///< written by a later version: what this one knows was taken
    };
    What what = What::unreadable;
    QString key;    ///< of badValue
    QString value;  ///< that was found there, as JSON
    QString keptAs; ///< where the file lies as it was

    bool operator==(const Problem&) const = default;
};

/// Percent of the window's scale.
inline constexpr int smallestScale = 80;
inline constexpr int largestScale = 200;

class Settings : public QObject {
    Q_OBJECT

public:
    /// Of the file's layout; later versions may add keys without raising it.
    static constexpr int version = 1;

    /// A file that is absent gives the defaults. One that can't be read, or only in part, is kept as
    /// *.damaged.
    explicit Settings(QString file, QObject* parent = nullptr);
    /// Writes what is not written yet.
    ~Settings() override;

    const Values& values() const { return values_; }

    const QList<Problem>& problems() const { return problems_; }

    const QString& file() const { return file_; }

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
    void take(nlohmann::ordered_json document);

    QString file_;
    Values values_;
    QList<Problem> problems_;
    QByteArray foreign_;  ///< keys that this version doesn't know, as a JSON object, to be kept
    QTimer timer_;
};

}  // namespace settings
