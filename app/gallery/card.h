#pragma once

// What the library shows of a picture without reading its settings: a card of a few bytes.

#include "app/gallery/picture.h"

#include <QMetaType>

#include <optional>

namespace gallery {

enum class Pick { rejected = -1, none = 0, picked = 1 };

/// What a person says of a picture.
struct Marks {
    int rating = 0;  ///< stars, 0 ... 5
    Pick pick = Pick::none;
    int label = 0;  ///< 0: none; 1 red, 2 yellow, 3 green, 4 blue

    bool operator==(const Marks&) const = default;
};

/// The marks that are set; the others stay.
struct MarkChange {
    std::optional<int> rating = std::nullopt;
    std::optional<Pick> pick = std::nullopt;
    std::optional<int> label = std::nullopt;
};

/// What was found of the file when it was looked at last.
enum class FileState { present = 0, missing = 1, unreadable = 2 };

struct FileFacts {
    qint64 bytes = 0;
    qint64 time = 0;  ///< last change, milliseconds since 1970; 0: nobody has looked
    FileState state = FileState::present;
    qint64 import = 0;  ///< number of the import that brought it; 0: made here
};

struct Card {
    PictureId id = 0;
    QString path;
    QString prompt;  ///< its beginning
    int width = 0;   ///< pixels
    int height = 0;
    Marks marks;
    FileState state = FileState::present;
    bool isForeign = false;  ///< another program's settings
    bool hasLora = false;

    bool operator==(const Card&) const = default;
};

}  // namespace gallery

Q_DECLARE_METATYPE(gallery::Card)
