#pragma once

#include "app/codec/foreign/foreign.h"

#include <QString>

namespace codec::foreign {

/// A prompt in A1111's grammar, which is Atelier's.
struct TranslatedPrompt {
    QString text;
    QString note;  ///< what is not quite the same; may be empty
};

/// Weights become (text:1.1); brackets that are mere text there are escaped.
TranslatedPrompt translatePrompt(const QString& prompt, PromptGrammar grammar);

}  // namespace codec::foreign
