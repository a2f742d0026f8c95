#include "app/studio/network_search.h"

#include "app/codec/text.h"
#include "app/library/network_places.h"
#include "app/studio/model_search.h"

namespace studio {

void addNetworkFolders(diffusion::EngineOptions& options, const Places& places,
                       const settings::Values& values) {
    const auto models = library::folders(modelPlaces(places, values));
    const auto found = library::networkPlaces(places.data, models);
    for (const auto& folder : found.loras) options.lora_folders.push_back(codec::toUtf8(folder));
    for (const auto& folder : found.embeddings)
        options.embedding_folders.push_back(codec::toUtf8(folder));
}

}  // namespace studio
