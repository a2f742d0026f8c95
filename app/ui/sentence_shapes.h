#pragma once

// The sentences of the engine and the services, as templates: %1 to %9 are arguments. The window's
// translations know them by this text. One that the engine can say and that is missing here fails a
// test, which reads the sources.

#include <QList>

#include <span>

namespace ui {

/// What is told in one go. The first that fits is taken, so the more special ones come first.
QList<const char*> sentenceShapes();

/// What is wrong with a file of weights; a part of sentenceShapes.
std::span<const char* const> fileSentences();

/// Parts of sentences, and fields by their names.
std::span<const char* const> phraseShapes();

}  // namespace ui
