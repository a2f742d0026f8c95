#pragma once

#include <QString>

#include <optional>

namespace gallery {

/// The `parameters` text of a PNG file; empty if it has none or can't be read.
std::optional<QString> readParameters(const QString& path);

}  // namespace gallery
