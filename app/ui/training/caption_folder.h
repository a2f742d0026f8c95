#pragma once

// A folder of pictures with captions, as the trainer reads it: a .txt beside each picture, or
// captions.jsonl, of which a .txt takes precedence. Reads the disk, so it is asked on a thread of
// its own.

#include <QList>
#include <QString>
#include <QStringList>

namespace ui {

struct CaptionedPicture {
    QString path;
    QString caption;  ///< trimmed; empty: the trainer leaves it out
    QString listed;   ///< what captions.jsonl says, and counts again where the .txt is emptied
    bool isThere = true;

    bool operator==(const CaptionedPicture&) const = default;
};

struct CaptionFolder {
    QString path;
    bool hasList = false;  ///< captions.jsonl says which pictures there are
    int badLines = 0;      ///< of captions.jsonl
    bool isThere = false;
    QList<CaptionedPicture> pictures;  ///< by name, or in the list's order

    /// Pictures that the trainer will try.
    int captioned() const;
};

/// "*.png", "*.jpg", ...: what the trainer takes for a picture.
QStringList trainingSuffixes();

bool isTrainingPicture(const QString& path);

CaptionFolder readCaptionFolder(const QString& path);

/// The .txt beside a picture.
QString captionFile(const QString& picture);

/// Writes the .txt beside the picture, whole or not at all; captions.jsonl is never touched. Throws
/// Error (cannot_write).
void writeCaption(const QString& picture, const QString& caption);

/// Copies pictures, each with the .txt beside it, into the folder; those whose name is taken there
/// are left. Returns the names of those that were not copied.
QStringList addPictures(const QString& folder, const QStringList& pictures);

}  // namespace ui
