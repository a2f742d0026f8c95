#pragma once

// Text as pairs of neighbouring characters, so that SQLite's word index finds any piece of a word
// in any script: "하트를" is 하트, 트를 and 를 at its end, and whoever looks for 트를 or 하 finds
// it. Letters are compared without case, Hangul in its composed form.

#include <QString>

namespace gallery {

/// The words of an index entry: one per letter or digit, in the order of the text, as ASCII.
/// At most the first 20,000 characters are taken.
QString gramsOf(const QString& text);

/// The expression for MATCH that finds texts holding every word of the query, each as a piece of a
/// word. Empty if the query has no letter or digit.
QString gramQuery(const QString& query);

}  // namespace gallery
