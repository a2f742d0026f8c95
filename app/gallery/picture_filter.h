#pragma once

// What the library shows: a value that the filter bar edits, a saved search keeps as text, and
// gallery_reader.h turns into one statement.

#include <QDate>
#include <QList>
#include <QSize>
#include <QString>
#include <QStringList>
#include <QVariantList>

namespace gallery {

enum class Place { all, lastImport, picks, trash, collection, folder };
enum class Shape { any, square, portrait, landscape };
enum class Order { newest, oldest, best };

/// Lists mean any of them, empty ones everything; all that is said has to hold.
struct PictureFilter {
    Place place = Place::all;
    qint64 collection = 0;
    QString folder;  ///< with those below it
    QString words;   ///< each is found as a piece of a word of the prompt
    QStringList models;
    QStringList loras;
    QStringList samplers;
    QList<QSize> sizes;  ///< pixels
    Shape shape = Shape::any;
    QDate from;  ///< both days belong to it; local time
    QDate to;
    int leastStars = 0;
    QList<int> picks;   ///< -1 rejected, 0 neither, 1 picked
    QList<int> labels;  ///< 0: none
    Order order = Order::newest;

    bool operator==(const PictureFilter&) const = default;

    /// Whether a change of marks can change what is shown.
    bool asksMarks() const;
    /// The words and the rest of the filter bar, counted as it shows them; place and order are none.
    int conditionCount() const;
    /// The place and order alone.
    PictureFilter withoutConditions() const;
};

/// One line of JSON.
QString toText(const PictureFilter& filter);
/// Text that can't be read gives the filter that shows all.
PictureFilter filterFromText(const QString& text);

struct Condition {
    QString text;  ///< behind WHERE, over the table library
    QVariantList values;
};

Condition conditionOf(const PictureFilter& filter);
/// Behind ORDER BY.
QString orderOf(const PictureFilter& filter);

}  // namespace gallery
