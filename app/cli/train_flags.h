#pragma once

#include "diffusion/training_request.h"

#include <CLI/CLI.hpp>

#include <string>

namespace cli {

/// What `atelier train pack` understands.
struct PackFlags {
    explicit PackFlags(CLI::App& parser);

    diffusion::PackRequest request;
    bool isJson = false;
};

/// What `atelier train SOURCE` understands, and `atelier train model SOURCE` and `... autoencoder SOURCE`,
/// which have one stage alone.
struct TrainFlags {
    /// stages: "all", which --stage may change, or the one that there is.
    TrainFlags(CLI::App& parser, const std::string& stages);

    diffusion::TrainRequest request;
    std::string stage;
    bool isJson = false;
};

/// What `atelier train lora` and `atelier train embedding` understand.
struct LessonFlags {
    LessonFlags(CLI::App& parser, diffusion::TrainingStage stage);

    /// The options of the request's stage.
    diffusion::LessonOptions& lessons();

    /// The request, with the work folder beside the output where none was named.
    diffusion::TrainRequest completed();

    diffusion::TrainRequest request;
    std::string data;  ///< folder of the settings; empty: the user's
    bool isJson = false;
};

}  // namespace cli
