#pragma once

// A prompt: its name, the count of its tokens with a small meter, the text, and a line that says
// what in it can't be read.

#include "app/ui/prompt_edit.h"
#include "app/ui/request_model.h"
#include "app/ui/token_counter.h"

#include <QWidget>

class QLabel;

namespace ui {

class PromptDesk;

/// How full the text encoder's chunks are: a piece for each.
class TokenMeter : public QWidget {
    Q_OBJECT

public:
    TokenMeter();
    void setChunks(const QList<int>& chunks, int perChunk);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<int> chunks_;
    int perChunk_ = 1;
};

/// What a field edits and how it introduces itself.
struct PromptFieldOptions {
    QString title;
    QString placeholder;
    std::string diffusion::GenerationRequest::*field = nullptr;
    int number = 0;  ///< of the counter's fields: 1 is the negative prompt
    int fewestLines = 2;
    int mostLines = 8;
    bool hasMeter = false;
};

class PromptField : public QWidget {
    Q_OBJECT

public:
    PromptField(const PromptFieldOptions& options, RequestModel& model, TokenCounter& counter);

    /// Names that complete, the history, and whether templates are read.
    void follow(PromptDesk& desk);

    PromptEdit* edit() const { return edit_; }

    QLabel* count() const { return count_; }

    /// Visible while something in the text can't be read.
    QLabel* fault() const { return fault_; }

private:
    void showCount(int tokens, int perChunk, const QList<int>& chunks);
    void showFaults();
    /// What is grammar here, and what is text.
    void setGrammar();
    CountRules countRules() const;

    int number_;
    RequestModel& model_;
    PromptDesk* desk_ = nullptr;
    PromptEdit* edit_;
    QLabel* count_;
    TokenMeter* meter_;
    QLabel* fault_;
    QString counted_;  // the text that was given to the counter last, and by which rules
    CountRules countedBy_;
};

}  // namespace ui
