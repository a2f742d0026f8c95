#pragma once

// Names that complete while a prompt is typed: networks and embeddings after "<", wildcards after
// "__".

#include <QCompleter>
#include <QStringListModel>

class QKeyEvent;
class QTextEdit;

namespace ui {

struct PromptNames;

class PromptCompleter : public QCompleter {
    Q_OBJECT

public:
    explicit PromptCompleter(QTextEdit* edit);

    void setNames(const PromptNames& names);

    /// Looks at the text before the cursor; opens or closes the list.
    void follow();

    /// True if the key belongs to the open list.
    bool takesKey(const QKeyEvent* event) const;

private:
    /// What stands before the cursor: where it begins in the line, what was typed of the name.
    struct Begun {
        int begin = -1;
        QString typed;
        bool isWildcard = false;
    };

    Begun begun() const;
    void open(const Begun& begun);
    void insert(const QString& name);

    QTextEdit* edit_;
    QStringListModel model_;
    QStringList wildcards_;
    QStringList afterBracket_;
    QStringList embeddings_;
};

}  // namespace ui
