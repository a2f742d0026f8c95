#pragma once

#include "diffusion/engine.h"

#include <QString>

#include <functional>
#include <memory>

namespace library {

/// Makes an engine for the thread that calls it. Throws Error.
using EngineFactory = std::function<std::unique_ptr<diffusion::Engine>()>;

enum class ModelState {
    waiting,  ///< not read yet
    usable,
    part,    ///< a part of a model, such as a VAE; reason says what it lacks
    refused  ///< reason says why
};

/// What a list shows of one model file or folder.
struct Model {
    QString path;         ///< absolute, as requests name it; empty: the model that ships
    QString name;         ///< without folder and ending; of Hugging Face's cache "owner/model"
    QString program;      ///< whose folder it lies in ("ComfyUI"); empty: the user's own
    qint64 bytes = 0;     ///< on the disk
    qint64 modified = 0;  ///< milliseconds since 1970
    ModelState state = ModelState::waiting;
    diffusion::ModelInfo info;  ///< path and name only until it was read, and where it can't be
    QString reason;             ///< why it makes no pictures by itself; else empty
    QString sha256;             ///< 64 digits; empty until it was hashed
};

/// The name that a list shows for a path.
QString nameOf(const QString& path);

/// Whether it can be named as another model's VAE.
bool isVae(const Model& model);

/// What it is, in one word or two: "sdxl", "sd1 inpaint"; empty where it was not read.
QString familyText(const diffusion::ModelInfo& info);

/// Fills state, info and reason from the file's headers. Only trouble with the file is told this way:
/// throws what else goes wrong.
void readModel(diffusion::Engine& engine, Model& model);

}  // namespace library
