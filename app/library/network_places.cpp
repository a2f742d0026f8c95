#include "app/library/network_places.h"

#include <QDir>
#include <QFileInfo>

namespace library {
namespace {

void addIfThere(QStringList& found, const QString& path) {
    const auto clean = QDir::cleanPath(path);
    if (QFileInfo(clean).isDir() && !found.contains(clean)) found.append(clean);
}

}  // namespace

NetworkPlaces networkPlaces(const QString& data, const QList<ModelFolder>& models) {
    NetworkPlaces places{{data + QStringLiteral("/lora")}, {data + QStringLiteral("/embeddings")}};
    for (const auto& model : models) {
        // models/Stable-diffusion and models/checkpoints; A1111's embeddings lie beside models.
        const QString beside = model.path + QStringLiteral("/../");
        for (const char* name : {"Lora", "LyCORIS", "loras"})
            addIfThere(places.loras, beside + QString::fromLatin1(name));
        for (const char* name : {"embeddings", "../embeddings"})
            addIfThere(places.embeddings, beside + QString::fromLatin1(name));
    }
    return places;
}

}  // namespace library
