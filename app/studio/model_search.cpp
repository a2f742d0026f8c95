#include "app/studio/model_search.h"

#include "app/codec/text.h"

#include <QDir>

namespace studio {
namespace {

QStringList split(const QString& folders) {
    return folders.split(QDir::listSeparator(), Qt::SkipEmptyParts);
}

QString absolute(const QString& folder) {
    return QDir::cleanPath(QDir(folder).absolutePath());
}

bool change(settings::Settings& settings, QString settings::Values::*field,
            const QStringList& folders) {
    const auto joined = folders.join(QDir::listSeparator());
    if (settings.values().*field == joined) return false;
    settings.set(field, joined);
    return true;
}

}  // namespace

library::ModelPlaces modelPlaces(const Places& places, const settings::Values& values) {
    return {QStringList{places.models} + split(values.modelFolders),
            split(values.hiddenModelFolders), values.showsOtherPrograms};
}

std::vector<std::string> previewFolders(const Places& places, const settings::Values& values) {
    std::vector<std::string> paths;
    for (const auto& folder : library::folders(modelPlaces(places, values)))
        paths.push_back(codec::toUtf8(folder.path));
    return paths;
}

bool addModelFolder(settings::Settings& settings, const QString& folder) {
    const auto path = absolute(folder);
    auto hidden = split(settings.values().hiddenModelFolders);
    const bool wasHidden = hidden.removeAll(path) > 0;
    change(settings, &settings::Values::hiddenModelFolders, hidden);
    auto folders = split(settings.values().modelFolders);
    if (wasHidden || folders.contains(path)) return wasHidden;
    return change(settings, &settings::Values::modelFolders, folders + QStringList{path});
}

void showModelFolder(settings::Settings& settings, const QString& folder, bool isShown) {
    auto hidden = split(settings.values().hiddenModelFolders);
    hidden.removeAll(folder);
    if (!isShown) hidden << folder;
    change(settings, &settings::Values::hiddenModelFolders, hidden);
}

bool removeModelFolder(settings::Settings& settings, const QString& folder) {
    const auto path = absolute(folder);
    auto folders = split(settings.values().modelFolders);
    if (folders.removeAll(path) > 0)
        return change(settings, &settings::Values::modelFolders, folders);
    const auto others = library::foldersOfOtherPrograms(QDir::homePath());
    for (const auto& other : others) {
        const auto hidden = split(settings.values().hiddenModelFolders);
        if (other.path == path && !hidden.contains(path))
            return change(settings, &settings::Values::hiddenModelFolders,
                          hidden + QStringList{path});
    }
    return false;
}

}  // namespace studio
