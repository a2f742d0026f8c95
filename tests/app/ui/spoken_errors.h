#pragma once

// What the sources say in errors, read from them: the text of each `throw Error(kind, "a" + b +
// "c")` with a mark for every part that is no literal.

#include <QList>
#include <QString>

namespace test_support {

struct SpokenError {
    QString file;      ///< relative to the repository
    QString sentence;  ///< "X: expected X, found X."
};

/// Of all .cpp files below the folder (relative to the repository) that make errors. What is passed
/// on without a literal of its own is left out: who passes it is read, too.
QList<SpokenError> spokenErrors(const QString& folder);

}  // namespace test_support
