#pragma once

// A prompt: its name, the count of its tokens with a small meter, and the text.

#include "app/ui/request_model.h"
#include "app/ui/token_counter.h"

#include <QTextEdit>
#include <QWidget>

class QLabel;

namespace ui {

/// Plain text with lines of a fixed height; grows with its text between two numbers of lines.
class PromptEdit : public QTextEdit {
    Q_OBJECT

public:
    PromptEdit(int fewestLines, int mostLines);

private:
    void grow();
    void setLineHeight();

    int fewestLines_;
    int mostLines_;
};

/// How full the text encoder's chunk is.
class TokenMeter : public QWidget {
    Q_OBJECT

public:
    TokenMeter();
    void setFilled(double filled);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double filled_ = 0;
};

/// What a field edits and how it introduces itself.
struct PromptFieldOptions {
    QString title;
    QString placeholder;
    std::string diffusion::GenerationRequest::*field = nullptr;
    int number = 0;  ///< of the counter's fields
    int fewestLines = 2;
    int mostLines = 8;
    bool hasMeter = false;
};

class PromptField : public QWidget {
    Q_OBJECT

public:
    PromptField(const PromptFieldOptions& options, RequestModel& model, TokenCounter& counter);

    PromptEdit* edit() const { return edit_; }

    QLabel* count() const { return count_; }

private:
    void showCount(int tokens, int perChunk);

    PromptEdit* edit_;
    QLabel* count_;
    TokenMeter* meter_;
    QString counted_;  // the text that was given to the counter last
};

}  // namespace ui
