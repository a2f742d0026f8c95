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

Places findPlaces(const QString& dataFolder) {
    Places places;
    if (dataFolder.isEmpty()) {
        places.data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                      QStringLiteral("/atelier");
        places.pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation) +
                          QStringLiteral("/Atelier");
    } else {
        places.data = QDir(dataFolder).absolutePath();
        places.pictures = places.data + QStringLiteral("/pictures");
    }
    places.models = places.data + QStringLiteral("/models");
    places.resources = besideProgram("ATELIER_RESOURCES", QStringLiteral("../share/atelier"));
    places.engineLibrary =
        besideProgram("ATELIER_ENGINE", QStringLiteral("../lib/libatelier_engine.so"));
    return places;
}

}  // namespace studio
