#include "app/cli/engine.h"

#include "app/codec/text.h"
#include "app/jobs/engine_library.h"
#include "app/library/model_hashes.h"
#include "app/settings/settings.h"
#include "app/studio/memory_settings.h"
#include "app/studio/network_search.h"
#include "app/studio/places.h"

namespace cli {

std::unique_ptr<diffusion::Engine> makeEngine(int threads, const std::string& device,
                                              const std::string& dataFolder,
                                              const studio::EngineChange& change) {
    const auto places = studio::findPlaces(codec::fromUtf8(dataFolder));
    diffusion::EngineOptions options;
    options.resource_folder = codec::toUtf8(places.resources);
    options.threads = threads;
    options.device = device;
    const settings::Settings settings(places.data + QStringLiteral("/settings.json"));
    studio::addNetworkFolders(options, places, settings.values());
    studio::addMemorySettings(options, settings.values());
    if (change) change(options);
    options.hashes =
        std::make_shared<library::ModelHashes>(places.data + QStringLiteral("/models.sqlite"));
    return jobs::loadEngineLibrary(places.engineLibrary, options);
}

}  // namespace cli
