#pragma once

// From what a picture says of itself to a request, with a word on every field: the reproduction
// report that a person reads before making the picture again.

#include "app/codec/foreign/foreign.h"
#include "diffusion/engine.h"
#include "diffusion/request.h"

#include <QList>
#include <QString>

#include <vector>

namespace codec::foreign {

/// What became of a field. identical: taken as it is, and it means the same. translated: said in
/// Atelier's words. unsupported: understood, but Atelier can't do it or the value is out of range.
/// unknown: what it means, or whether it is the same here, can't be told.
enum class Fate { identical, translated, unsupported, unknown };

const char* nameOf(Fate fate);

struct FieldReport {
    QString name;   ///< as in Found::settings
    QString found;  ///< value in the picture
    QString used;   ///< value in the request; empty if none
    Fate fate = Fate::unknown;
    QString note;  ///< why; may be empty
};

/// Names that the engine knows; without them samplers and schedules are unknown.
struct Vocabulary {
    std::vector<diffusion::NamedChoice> samplers;
    std::vector<diffusion::NamedChoice> schedules;
    std::string shippedModel;  ///< name of the model that an empty request.model means
};

struct Translation {
    diffusion::GenerationRequest request;
    QList<FieldReport> fields;
};

/// Fields that can't be taken over keep the request's defaults.
Translation translate(const Found& found, const Vocabulary& vocabulary);

}  // namespace codec::foreign
