#pragma once

// What the tokens of file_name.h are made of.

#include <QDateTime>
#include <QString>

#include <optional>

namespace gallery {

/// C's strftime with Python's %f; empty if the format gives nothing.
std::optional<QString> formatTime(const QDateTime& time, const QString& format);

/// The shortest digits that read back as the number, with a point: 7.0, 0.35.
QString pythonFloat(double value);

}  // namespace gallery
