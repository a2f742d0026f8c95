#pragma once

// A training as the window edits it and its journal keeps it, and what the trainer is told of it.

#include "diffusion/training_fields.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace ui {

struct TrainingPlan {
    QString name;  ///< of its folder, of the result, and in prompts
    diffusion::TrainRequest request;

    bool isLora() const { return request.stage == diffusion::TrainingStage::lora; }

    /// Those of the request's stage.
    diffusion::LessonOptions& lessons();
    const diffusion::LessonOptions& lessons() const;
};

/// A LoRA with the trainer's own defaults, 1000 steps and a sheet every 100.
TrainingPlan newTrainingPlan();

/// The other kind, with what both have in common taken over but for the learning rate: each has its
/// own.
void changeStage(TrainingPlan& plan, diffusion::TrainingStage stage);

/// Where the parts of a training lie.
struct TrainingPlaces {
    QString data;  ///< the program's data folder

    QString allWork() const { return data + QStringLiteral("/training"); }

    QString work(const QString& name) const { return allWork() + QLatin1Char('/') + name; }

    QString journal(const QString& name) const {
        return work(name) + QStringLiteral("/training.json");
    }

    QString log(const QString& name) const { return work(name) + QStringLiteral("/log.jsonl"); }

    QString errors(const QString& name) const { return work(name) + QStringLiteral("/errors.txt"); }

    /// Where prompts find it by its name.
    QString result(const TrainingPlan& plan) const;
};

/// What `atelier` is started with: every field is named, so that defaults of later versions change
/// no training that has begun.
QStringList trainerArguments(const TrainingPlan& plan, const TrainingPlaces& places);

/// Everything but where it computes, which the settings say at each start.
QByteArray toJson(const TrainingPlan& plan);
/// None if this is no journal of a training; a value that can't be is left at its default.
std::optional<TrainingPlan> planFromJson(const QByteArray& json);

/// A name that files and prompts can have: not empty, no / \ : < > ( ) [ ] { } | , " or line break,
/// no dot in front, at most 80 letters.
bool isTrainingName(const QString& name);

/// "<lora:ink:1>", or an embedding's word.
QString promptWords(const TrainingPlan& plan);

/// The prompt with the words behind it; as it is if it has them.
QString promptWith(const QString& prompt, const TrainingPlan& plan);

}  // namespace ui
