#pragma once

// Model folders of every family that learns here, small enough to be taught within a second: the
// layers' names and shapes are those of tiny models, the numbers are drawn.

#include <QString>

namespace test_support {

/// Writes the model folder of a family ("sd1", "sd1-inpaint", "sd2", "sdxl"), with a vocabulary of 1000 tokens.
void writeTinyModel(const QString& family, const QString& folder);

}  // namespace test_support
