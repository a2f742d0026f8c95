#pragma once

// Where LoRAs and embeddings lie: in the program's own data folder, and where A1111 and ComfyUI
// keep them beside their models.

#include "app/library/model_places.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace library {

struct NetworkPlaces {
    QStringList loras;       ///< absolute
    QStringList embeddings;  ///< absolute
};

/// lora and embeddings below the data folder, whether they are there yet or not, and the folders
/// beside those of models that are there. Reads the disk.
NetworkPlaces networkPlaces(const QString& data, const QList<ModelFolder>& models);

}  // namespace library
