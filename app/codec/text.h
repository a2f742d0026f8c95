#pragma once

// The seam between the two spellings of text: Qt's UTF-16 in app/, the door's UTF-8 in std::string.

#include <QString>

#include <string>

namespace codec {

inline QString fromUtf8(const std::string& text) {
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

inline std::string toUtf8(const QString& text) {
    return text.toUtf8().toStdString();
}

}  // namespace codec
