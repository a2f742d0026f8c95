#include "app/studio/places.h"

#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

namespace studio {
namespace {

QString besideProgram(const char* variable, const QString& relative) {
    const auto named = qEnvironmentVariable(variable);
    if (!named.isEmpty()) return QDir(named).absolutePath();
    return QDir::cleanPath(QDir(QCoreApplication::applicationDirPath()).filePath(relative));
}

}  // namespace

QString dataFolder(const QString& named) {
    if (!named.isEmpty()) return QDir(named).absolutePath();
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/atelier");
}

Places findPlaces(const QString& named) {
    Places places;
    places.data = dataFolder(named);
    places.pictures = named.isEmpty()
                          ? QStandardPaths::writableLocation(QStandardPaths::PicturesLocation) +
                                QStringLiteral("/Atelier")
                          : places.data + QStringLiteral("/pictures");
    places.models = places.data + QStringLiteral("/models");
    places.resources = besideProgram("ATELIER_RESOURCES", QStringLiteral("../share/atelier"));
    places.engineLibrary =
        besideProgram("ATELIER_ENGINE", QStringLiteral("../lib/libatelier_engine.so"));
    return places;
}

}  // namespace studio
