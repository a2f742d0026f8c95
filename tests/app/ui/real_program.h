#pragma once

// The real engine and the model that ships, in a window whose data lie in a folder of a test.

#include "app/studio/studio.h"

#include <QTemporaryDir>

namespace test_support {

inline studio::Options realProgram(const QTemporaryDir& folder) {
    studio::Options options;
    options.places.data = folder.path();
    options.places.pictures = folder.filePath(QStringLiteral("pictures"));
    options.places.models = folder.filePath(QStringLiteral("models"));
    options.places.resources = QStringLiteral(ATELIER_BINARY_DIR "/share/atelier");
    options.places.engineLibrary = QStringLiteral(ATELIER_BINARY_DIR "/lib/libatelier_engine.so");
    return options;
}

}  // namespace test_support
