#pragma once

// Where models lie: the user's own folders, and those of other programs, whose files are used where
// they are.

#include <QList>
#include <QString>
#include <QStringList>

namespace library {

struct ModelFolder {
    QString path;     ///< absolute
    QString program;  ///< "A1111", "ComfyUI", "InvokeAI", "Hugging Face"; empty: the user's own
    bool holdsFoldersOnly = false;  ///< a cache: lone files in it are parts of something else

    bool operator==(const ModelFolder&) const = default;
};

/// Where to look for models.
struct ModelPlaces {
    QStringList own;        ///< the program's folder and those that the user named
    QStringList ignored;    ///< folders of other programs that the user doesn't want
    bool hasOthers = true;  ///< folders of other programs count

    bool operator==(const ModelPlaces&) const = default;
};

/// Folders with models of A1111 (and Forge), ComfyUI (with those that its extra_model_paths.yaml
/// names), InvokeAI and the Hugging Face cache that are on this computer: in the home folder and one
/// below it, in a few usual places, and where these programs' environment variables say. Reads the
/// disk.
QList<ModelFolder> foldersOfOtherPrograms(const QString& home);

/// The same of one program's folder, whatever its place; empty if it is none of these.
QList<ModelFolder> foldersOfProgram(const QString& folder);

/// The user's own and the others, without those that lie inside an earlier one. Reads the disk.
QList<ModelFolder> folders(const ModelPlaces& places);

}  // namespace library
