#pragma once

#include <QString>

namespace studio {

/// Where things lie on this computer.
struct Places {
    QString data;  ///< queue, gallery, settings
    QString pictures;
    QString models;         ///< where models are looked for unless the settings name other folders
    QString resources;      ///< what ships with the program: model/, clip/, ...
    QString engineLibrary;  ///< libatelier_engine.so
};

/// Of queue, gallery and settings: what was named, or its place by XDG. Needs no application.
QString dataFolder(const QString& named = {});

/// The XDG folders, or all under the named folder. Resources and engine lie beside the
/// program; ATELIER_RESOURCES and ATELIER_ENGINE name others.
Places findPlaces(const QString& named = {});

}  // namespace studio
