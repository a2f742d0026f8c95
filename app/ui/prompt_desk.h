#pragma once

// What the window knows beside a prompt's text: the words that it draws from, the styles that stand
// around it, whether templates are expanded, and what was typed before.

#include "app/prompts/expansion.h"
#include "app/prompts/history.h"
#include "app/prompts/words.h"
#include "app/settings/settings.h"

#include <QObject>
#include <QThreadPool>

#include <array>
#include <atomic>
#include <functional>

namespace ui {

/// The requests that one press of Generate makes, or why it makes none.
struct Expanded {
    prompts::Expansion expansion;
    QString refusal;  ///< empty: none
};

class PromptDesk : public QObject {
    Q_OBJECT

public:
    /// At most so many requests by one press.
    static constexpr std::size_t mostRequests = 1000;

    PromptDesk(settings::Settings& settings, const QString& dataFolder, QObject* parent = nullptr);
    ~PromptDesk() override;

    /// Reads the words of these folders; changed follows.
    void look(const QStringList& modelFolders);

    prompts::WordShelf& shelf() { return shelf_; }

    const prompts::Words& words() const { return shelf_.words(); }

    /// Names of the styles around the prompt, in their order.
    QStringList styles() const;
    void setStyles(const QStringList& names);

    prompts::Expand expand() const;
    void setExpand(prompts::Expand mode);

    /// Of the prompt (0) or the negative prompt (1), newest first.
    const QStringList& history(int field) const { return histories_[std::size_t(field)].texts(); }

    void remember(const diffusion::GenerationRequest& request);

    /// Styles first, then templates; the request needs its seed. Works on a thread of its own where
    /// there is something to do, and calls done on this one.
    void expandRequest(const diffusion::GenerationRequest& request, prompts::Expand mode,
                       std::function<void(const Expanded&)> done);
    /// The same to look at: a later preview replaces an earlier one.
    void preview(const diffusion::GenerationRequest& request, prompts::Expand mode,
                 std::function<void(const Expanded&)> done);


Q_SIGNALS:
    void changed();
    void historyNotSaved(const QString& message);

private:
    using Done = std::function<void(const Expanded&)>;

    void start(const diffusion::GenerationRequest& request, prompts::Expand mode, int ticket,
               Done done);
    void saveHistory(int field);

    settings::Settings& settings_;
    QString data_;
    prompts::WordShelf shelf_;
    std::array<prompts::History, 2> histories_;
    std::atomic<int> latest_ = 0;  // preview
    QThreadPool pool_;  // last: its destructor waits for what uses the rest
};

}  // namespace ui
