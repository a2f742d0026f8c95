#pragma once

// The text of a prompt: its grammar is coloured as diffusion/text reads it, what can't be read is
// underlined, and keys change weights, go through the history and complete names. The text itself is
// changed by nobody but the one who types.

#include "diffusion/text/prompt_marks.h"

#include <QStringList>
#include <QTextEdit>

#include <functional>

namespace ui {

class PromptCompleter;

/// What completes after "<" and "__".
struct PromptNames {
    QStringList wildcards;
    QStringList networks;    ///< "lora:clay-toys"
    QStringList embeddings;
};

/// Plain text with lines of a fixed height; grows with its text between two numbers of lines.
class PromptEdit : public QTextEdit {
    Q_OBJECT

public:
    PromptEdit(int fewestLines, int mostLines);

    void setMarkOptions(const diffusion::MarkOptions& options);

    void setNames(const PromptNames& names);

    /// Asked whenever a key goes through the history; newest first.
    void setHistory(std::function<QStringList()> texts) { history_ = std::move(texts); }

    PromptCompleter* completer() const { return completer_; }

    const std::vector<diffusion::PromptFault>& faults() const { return marked_.faults; }

    /// Replaces the whole text as one undoable edit.
    void replaceText(const QString& text);

Q_SIGNALS:
    void faultsChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void grow();
    void setLineHeight();
    void mark();
    void paintMarks();
    void changeWeight(double step);
    void goThroughHistory(int by);

    int fewestLines_;
    int mostLines_;
    diffusion::MarkOptions options_;
    diffusion::MarkedPrompt marked_;
    PromptCompleter* completer_;
    std::function<QStringList()> history_;
    int place_ = -1;  // in the history; -1: the draft
    QString draft_;
    QString markedText_;
};

/// What is wrong, in the language of the window.
QString wordsOf(const diffusion::PromptFault& fault, const QString& prompt);

}  // namespace ui
