#include "app/ui/library/report_words.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <utility>

namespace ui {
namespace {

constexpr std::array<std::pair<const char*, const char*>, 21> fields{
    {{"prompt", QT_TRANSLATE_NOOP("report", "Prompt")},
     {"negative_prompt", QT_TRANSLATE_NOOP("report", "Negative prompt")},
     {"prompt_parts", QT_TRANSLATE_NOOP("report", "Parts of the prompt")},
     {"text_l", QT_TRANSLATE_NOOP("report", "Text of the first encoder")},
     {"loras", QT_TRANSLATE_NOOP("report", "LoRAs")},
     {"model", QT_TRANSLATE_NOOP("report", "Model")},
     {"model_hash", QT_TRANSLATE_NOOP("report", "Hash of the model")},
     {"vae", QT_TRANSLATE_NOOP("report", "VAE")},
     {"width", QT_TRANSLATE_NOOP("report", "Width")},
     {"height", QT_TRANSLATE_NOOP("report", "Height")},
     {"seed", QT_TRANSLATE_NOOP("report", "Seed")},
     {"noise", QT_TRANSLATE_NOOP("report", "Random numbers")},
     {"steps", QT_TRANSLATE_NOOP("report", "Steps")},
     {"sampler", QT_TRANSLATE_NOOP("report", "Sampler")},
     {"scheduler", QT_TRANSLATE_NOOP("report", "Schedule")},
     {"cfg_scale", QT_TRANSLATE_NOOP("report", "CFG")},
     {"cfg_rescale", QT_TRANSLATE_NOOP("report", "CFG rescale")},
     {"clip_skip", QT_TRANSLATE_NOOP("report", "Clip skip")},
     {"count", QT_TRANSLATE_NOOP("report", "Number of pictures")},
     {"denoise", QT_TRANSLATE_NOOP("report", "Denoising strength")},
     {"compatibility", QT_TRANSLATE_NOOP("report", "Compatibility")}}};

constexpr std::array notes{
    QT_TRANSLATE_NOOP("report", "extra networks are left out"),
    QT_TRANSLATE_NOOP("report", "only the first part is used"),
    QT_TRANSLATE_NOOP("report", "the engine, which knows the names, is not there"),
    QT_TRANSLATE_NOOP("report", "no sampler of this name"),
    QT_TRANSLATE_NOOP("report", "no schedule of this name"),
    QT_TRANSLATE_NOOP("report", "choose the file of this name as the model"),
    QT_TRANSLATE_NOOP("report", "choose the file of this name"),
    QT_TRANSLATE_NOOP("report",
                      "random numbers as an NVIDIA GPU draws them; another GPU drew others"),
    QT_TRANSLATE_NOOP("report", "the prompt; the other text is the second prompt"),
    QT_TRANSLATE_NOOP("report", "pictures from pictures and second passes can't be made"),
    QT_TRANSLATE_NOOP("report", "not compared"),
    QT_TRANSLATE_NOOP("report", "too long to be translated"),
    QT_TRANSLATE_NOOP("report", "ComfyUI weighs words against the empty prompt"),
    QT_TRANSLATE_NOOP("report", "functions of prompts stay as text")};

}  // namespace

QString reportField(const QString& name) {
    for (const auto& [key, word] : fields)
        if (name == QLatin1String(key)) return QCoreApplication::translate("report", word);
    return name;
}

QString reportNote(const QString& note) {
    static const QRegularExpression range(
        QStringLiteral("^Atelier takes numbers from (\\S+) to (\\S+)$"));
    if (const auto found = range.match(note); found.hasMatch())
        return QCoreApplication::translate("report", "Atelier takes numbers from %1 to %2")
            .arg(found.captured(1), found.captured(2));
    const auto known = std::find_if(notes.begin(), notes.end(),
                                    [&](const char* each) { return note == QLatin1String(each); });
    return known == notes.end() ? note : QCoreApplication::translate("report", *known);
}

}  // namespace ui
