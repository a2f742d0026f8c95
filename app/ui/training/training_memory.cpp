#include "app/ui/training/training_memory.h"

#include "app/ui/hardware.h"

#include <QCoreApplication>

#include <array>
#include <string_view>

namespace ui {
namespace {

/// Of a family, in float32. What learns is counted per rank.
struct Cost {
    std::string_view family;
    double bytesPerPixel;    ///< that a step keeps for the gradients
    double recomputed;       ///< likewise with gradient checkpointing
    double fixedBytes;       ///< of program and libraries at work
    double unet;             ///< numbers that learn in the transformers
    double text;             ///< in the text encoders
    double convolutions;     ///< in residual blocks and resamplers
};

constexpr std::array costs{
    Cost{"sd1", 8500, 3400, 0.45e9, 424e3, 166e3, 627e3},
    Cost{"sd2", 8500, 3400, 0.45e9, 432e3, 424e3, 627e3},
    Cost{"sdxl", 15600, 3400, 0.45e9, 2660e3, 903e3, 414e3},
    Cost{"atelier", 700, 700, 0.15e9, 37e3, 10e3, 40e3},
};

constexpr double wholeBytes = 4;                ///< of a float32
constexpr double learningBytes = 5 * wholeBytes;  ///< weight, gradient, two moments, average

const Cost* costOf(const diffusion::ModelInfo& model) {
    for (const auto& cost : costs)
        if (cost.family == model.family) return &cost;
    return nullptr;
}

double learning(const Cost& cost, const diffusion::LoraTraining& lora) {
    return lora.rank * (cost.unet + (lora.has_text_encoder ? cost.text : 0) +
                        (lora.has_convolutions ? cost.convolutions : 0));
}

QString say(const char* text) {
    return QCoreApplication::translate("training", text);
}

QString gigabytes(double bytes) {
    const double number = bytes / 1e9;
    return QString::number(number, 'f', number < 9.95 ? 1 : 0);
}

bool has(const std::string& text, const char* word) {
    return text.find(word) != std::string::npos;
}

}  // namespace

qint64 trainingBytes(const diffusion::ModelInfo& model, const TrainingPlan& plan, bool isOnGpu) {
    const auto* cost = costOf(model);
    if (!cost) return 0;
    const auto& lessons = plan.lessons();
    const double side = lessons.extent > 0 ? lessons.extent : model.native_width;
    const double share = isOnGpu ? 0.5 : 1;
    const double perPixel = lessons.recomputes ? cost->recomputed : cost->bytesPerPixel;
    double bytes = cost->fixedBytes;
    bytes += share * wholeBytes * double(model.parameter_count);
    bytes += share * perPixel * side * side * lessons.batch;
    if (plan.isLora()) bytes += learningBytes * learning(*cost, plan.request.lora);
    return qint64(bytes);
}

QString trainingObstacle(const diffusion::ModelInfo& model) {
    const auto name = QString::fromStdString(model.name);
    if (model.family == "sdxl_refiner")
        return say(QT_TRANSLATE_NOOP("training", "“%1” is a refiner; choose a base model")).arg(name);
    if (has(model.variant, "inpaint") || has(model.variant, "pix2pix"))
        return say(QT_TRANSLATE_NOOP("training",
                                     "“%1” reads a mask or a picture beside the noise; choose a "
                                     "base model"))
            .arg(name);
    if (model.prediction != "epsilon" && model.prediction != "v")
        return say(QT_TRANSLATE_NOOP("training", "“%1” is an EDM model, which can't be taught here"))
            .arg(name);
    if (!costOf(model))
        return say(QT_TRANSLATE_NOOP("training", "“%1” is of a family that can't be taught here"))
            .arg(name);
    return {};
}

bool trainsOnGpu(const Hardware& hardware, const QString& device) {
    return device == QLatin1String("cuda") ||
           (device == QLatin1String("auto") && !hardware.gpu.isEmpty());
}

QString trainingMemoryWords(qint64 bytes, bool isOnGpu, const Hardware& hardware) {
    if (bytes <= 0) return {};
    const auto amount = gigabytes(double(bytes));
    if (isOnGpu)
        return say(QT_TRANSLATE_NOOP("training", "Takes about %1 GB of the GPU's memory"))
            .arg(amount);
    return say(QT_TRANSLATE_NOOP("training", "Takes about %1 GB of this computer's %2 GB of memory"))
        .arg(amount, gigabytes(double(hardware.memory)));
}

QString memoryObstacle(qint64 bytes, bool isOnGpu, const Hardware& hardware) {
    if (isOnGpu || hardware.memory <= 0 || bytes <= hardware.memory) return {};
    return say(QT_TRANSLATE_NOOP("training",
                                 "It takes about %1 GB of memory, and this computer has %2 GB; "
                                 "gradient checkpointing, a smaller size, fewer pictures at once "
                                 "or a smaller model take less"))
        .arg(gigabytes(double(bytes)), gigabytes(double(hardware.memory)));
}

}  // namespace ui
