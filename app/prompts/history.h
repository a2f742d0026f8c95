#pragma once

// What was typed into a prompt and run, newest first, to go back to by a key. It lives in a small
// JSON file, so it survives the program.

#include <QString>
#include <QStringList>

namespace prompts {

class History {
public:
    /// Reads the file; one that is absent or damaged gives an empty history.
    explicit History(QString file);

    /// Puts the text in front; one that was there already moves. Blank texts are left out.
    void add(const QString& text);

    /// Newest first.
    const QStringList& texts() const { return texts_; }

    /// Writes the file, whole or not at all. Throws Error cannot_write.
    void save() const;

private:
    QString file_;
    QStringList texts_;
};

}  // namespace prompts
