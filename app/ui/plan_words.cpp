#include "app/ui/plan_words.h"

#include "app/codec/text.h"
#include "app/ui/pieces.h"
#include "app/ui/sentences.h"

#include <QCoreApplication>
#include <QStringList>

namespace ui {
namespace {

constexpr double gigabyte = 1e9;

QString say(const char* text) {
    return QCoreApplication::translate("plan", text);
}

QString gigabytes(std::int64_t bytes) {
    const double value = double(bytes) / gigabyte;
    return QString::number(value, 'f', value < 0.95 ? 2 : 1);
}

}  // namespace

QString memoryWords(const diffusion::Plan& plan) {
    if (plan.peak_bytes <= 0) return {};
    if (!plan.obstacle.empty() && plan.limit_bytes > 0)
        return QCoreApplication::translate("plan", "%1 of %2 GB")
            .arg(gigabytes(plan.peak_bytes), gigabytes(plan.limit_bytes));
    return QStringLiteral("%1 GB").arg(gigabytes(plan.peak_bytes));
}

QString wordsOf(diffusion::Fallback fallback) {
    using diffusion::Fallback;
    switch (fallback) {
        case Fallback::narrow_weights:
            return say(QT_TRANSLATE_NOOP("plan", "weights in their file's type"));
        case Fallback::tiled_codec:
            return say(QT_TRANSLATE_NOOP("plan", "VAE tiled"));
        case Fallback::sliced_attention:
            return say(QT_TRANSLATE_NOOP("plan", "attention sliced"));
        case Fallback::streamed_weights:
            return say(QT_TRANSLATE_NOOP("plan", "weights streamed"));
        case Fallback::split_batch:
            return say(QT_TRANSLATE_NOOP("plan", "one at a time"));
    }
    return {};
}

QString fallbackWords(const diffusion::Plan& plan) {
    QStringList parts;
    for (const auto fallback : plan.fallbacks)
        if (fallback != diffusion::Fallback::narrow_weights) parts << wordsOf(fallback);
    return parts.join(QStringLiteral(", "));
}

QString wordsOf(diffusion::Phase phase) {
    using diffusion::Phase;
    switch (phase) {
        case Phase::loading:
            return say(QT_TRANSLATE_NOOP("plan", "Load the model"));
        case Phase::encoding:
            return say(QT_TRANSLATE_NOOP("plan", "Read the prompt"));
        case Phase::sampling:
            return say(QT_TRANSLATE_NOOP("plan", "Steps"));
        case Phase::decoding:
            return say(QT_TRANSLATE_NOOP("plan", "Paint"));
        case Phase::finished:
            break;
    }
    return {};
}

QString cureWords(const diffusion::Plan& plan) {
    if (plan.obstacle.empty()) return {};
    if (plan.fitting_width > 0)
        return QCoreApplication::translate("plan", "lower the size, %1 × %2 would fit")
            .arg(plan.fitting_width)
            .arg(plan.fitting_height);
    if (plan.least_bytes > 0)
        return QCoreApplication::translate(
                   "plan", "no size fits; raise the limit to %1 GB or choose a smaller model")
            .arg(gigabytes(plan.least_bytes));
    return inWindowLanguage(codec::fromUtf8(plan.obstacle));
}

QString wholePlan(const diffusion::Plan& plan) {
    QStringList lines;
    if (!plan.obstacle.empty())
        lines << memoryWords(plan) + QStringLiteral(": ") + cureWords(plan) << QString();
    for (const auto& phase : plan.phases) {
        QString line = QStringLiteral("%1: %2 GB").arg(wordsOf(phase.phase),
                                                       gigabytes(phase.peak_bytes));
        if (phase.seconds >= 0.5) line += QStringLiteral(" · ") + spokenSeconds(phase.seconds);
        lines << line;
    }
    QStringList fallbacks;
    for (const auto fallback : plan.fallbacks) fallbacks << wordsOf(fallback);
    if (!fallbacks.isEmpty())
        lines << QString() << QCoreApplication::translate("plan", "To save memory: %1")
                                  .arg(fallbacks.join(QStringLiteral(", ")));
    if (plan.limit_bytes > 0)
        lines << QCoreApplication::translate("plan", "It may take %1 GB.")
                     .arg(gigabytes(plan.limit_bytes));
    return lines.join(QLatin1Char('\n'));
}

}  // namespace ui
