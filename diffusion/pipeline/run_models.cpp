#include "diffusion/pipeline/run_models.h"

#include "vae/tiled_codec.h"

namespace diffusion::pipeline {

RunModels::RunModels(const Models& models, const Measures& measures) : models_(models) {
    if (measures.tile > 0) models_.vae = std::make_shared<vae::TiledCodec>(models.vae, measures.tile);
    models_.unet->set_slice(measures.slice);
    if (measures.streams_weights) stream(true);
}

RunModels::~RunModels() {
    models_.unet->set_slice(0);
    stream(false);
}

void RunModels::stream(bool streams) const {
    for (const auto* pages : {&models_.text_pages, &models_.unet_pages, &models_.vae_pages})
        pages->stream(streams);
}

}  // namespace diffusion::pipeline
