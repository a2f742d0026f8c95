#pragma once

// Counts the tokens of a text with the vocabulary of the chosen model, on a thread of its own:
// reading CLIP's vocabulary takes tens of milliseconds, which typing must not wait for.

#include "diffusion/text/prompt_reading.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QThreadPool>

#include <atomic>
#include <memory>

namespace ui {

/// Where a vocabulary lies: a diffusers `tokenizer/` folder or CLIP's list of merges.
struct Vocabulary {
    QString folder;
    QString merges;
};

/// By which rules tokens are counted.
struct CountRules {
    diffusion::PromptReading reading = {};
    bool hasComments = true;
    bool operator==(const CountRules&) const = default;
};

class TokenCounter : public QObject {
    Q_OBJECT

public:
    explicit TokenCounter(QObject* parent = nullptr);
    ~TokenCounter() override;

    /// Later counts use this vocabulary; a folder that can't be read falls back to the merges.
    /// vocabularyChanged follows.
    void setVocabulary(const Vocabulary& vocabulary);

    /// counted follows, unless the same field is counted anew before.
    void count(int field, const QString& text, const CountRules& rules = {});

Q_SIGNALS:
    /// Of the fullest text that the prompt stands for (a schedule has several): tokens without start
    /// and end, and how many lie in each chunk; perChunk of them fit into one. Tokens that lie in no
    /// chunk are left out. Negative tokens: there is no vocabulary to count with.
    void counted(int field, int tokens, int perChunk, const QList<int>& chunks);
    void vocabularyChanged();

private:
    struct Reader;

    static constexpr int fieldCount = 2;  // the second one is the negative prompt
    std::shared_ptr<Reader> reader_;  // used by the pool's one thread only
    std::atomic<int> latest_[fieldCount] = {};
    QThreadPool pool_;  // last: its destructor waits for what uses the rest
};

}  // namespace ui
