#pragma once

// Tables of the gallery's database, shared by the files that ask them.
//
// pictures has the whole settings of a picture in wide rows. library has what lists and filters ask
// for, in narrow ones: a hundred thousand of them are read in milliseconds. Texts that recur (models,
// samplers, folders) are numbers there, from words.

#include "diffusion/request_fields.h"

#include <QSqlQuery>
#include <QStringList>
#include <QVariant>

namespace gallery {

/// Kinds of words.
enum class WordKind { model = 1, sampler = 2, folder = 3, program = 4, lora = 5 };

/// The statements that lead from nothing to this version; only ever appended to.
QStringList galleryMigrations();

/// "prompt", "steps", ... in the order of the fields.
QStringList requestColumnNames();
QVariantList requestValues(const diffusion::GenerationRequest& request);
/// Reads the row's columns from the given one on.
void readRequest(const QSqlQuery& row, int column, diffusion::GenerationRequest& request);

/// Names in <lora:name:weight> and <lyco:name:weight>, each once.
QStringList lorasOf(const QString& prompt);

}  // namespace gallery
