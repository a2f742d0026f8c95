#pragma once

// What the training of a LoRA or an embedding asks of the computer, and which models it can't teach.

#include "app/ui/training/training_plan.h"
#include "diffusion/engine.h"

#include <QString>

namespace ui {

struct Hardware;

/// Memory that the trainer takes at its most, in bytes: of the process on a CPU, where it computes in
/// 32 bits, or of the GPU's, where it does in 16. Right to about a tenth on a CPU (a step of SD 1.5
/// and of the model that ships was measured, SDXL's kept tensors were counted); on a GPU it is half
/// of that by reckoning. 0: the model is of another family.
qint64 trainingBytes(const diffusion::ModelInfo& model, const TrainingPlan& plan, bool isOnGpu);

/// Why neither LoRA nor embedding can be taught to it; empty: they can.
QString trainingObstacle(const diffusion::ModelInfo& model);

/// Whether a training with this setting of the device (auto, cpu, cuda) runs on a GPU.
bool trainsOnGpu(const Hardware& hardware, const QString& device);

/// "Takes about 7.1 GB of this computer's 16 GB of memory."
QString trainingMemoryWords(qint64 bytes, bool isOnGpu, const Hardware& hardware);

/// Why that is too much for this computer and what takes less; empty: it isn't. Of a GPU's memory
/// nothing is known before the trainer asks it.
QString memoryObstacle(qint64 bytes, bool isOnGpu, const Hardware& hardware);

}  // namespace ui
