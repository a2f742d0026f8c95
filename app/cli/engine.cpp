#include "app/cli/engine.h"

#include "app/codec/text.h"
#include "app/jobs/engine_library.h"
#include "app/studio/places.h"

namespace cli {

std::unique_ptr<diffusion::Engine> makeEngine(int threads, const std::string& device) {
    const auto places = studio::findPlaces();
    return jobs::loadEngineLibrary(places.engineLibrary,
                                   {codec::toUtf8(places.resources), threads, device});
}

}  // namespace cli
