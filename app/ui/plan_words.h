#pragma once

// What the engine expects of a request, in words.

#include "diffusion/plan.h"

#include <QString>

namespace ui {

/// "2.1 GB"; with the limit "9.4 of 7.6 GB".
QString memoryWords(const diffusion::Plan& plan);

/// "VAE tiled"; empty for what costs no time.
QString wordsOf(diffusion::Fallback fallback);

/// The fallbacks that slow the work down, joined.
QString fallbackWords(const diffusion::Plan& plan);

QString wordsOf(diffusion::Phase phase);

/// What would make it fit; empty where it does.
QString cureWords(const diffusion::Plan& plan);

/// The whole plan: a line for each phase, then the fallbacks.
QString wholePlan(const diffusion::Plan& plan);

}  // namespace ui
