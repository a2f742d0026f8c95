#pragma once

#include "app/library/model.h"
#include "app/library/model_places.h"

#include <QList>

namespace cli {

/// The model that ships and whatever lies in the folders. Reads headers only.
QList<library::Model> listModels(diffusion::Engine& engine,
                                 const QList<library::ModelFolder>& folders,
                                 const QString& shippedModel);

void printModels(const QList<library::Model>& models, bool isJson);

}  // namespace cli
