#pragma once

// Two texts side by side: which words only one of them has.

#include <QList>
#include <QString>

class QTextEdit;

namespace ui {

struct DiffPart {
    enum class In { both, before, after };

    In in = In::both;
    QString text;

    bool operator==(const DiffPart&) const = default;
};

/// Words, numbers and single signs; parts of one kind are joined.
QList<DiffPart> diffOf(const QString& before, const QString& after);

/// Writes the texts with their own parts coloured.
void showDiff(QTextEdit* before, QTextEdit* after, const QList<DiffPart>& parts);

}  // namespace ui
