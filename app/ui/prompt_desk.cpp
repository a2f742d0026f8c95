#include "app/ui/prompt_desk.h"

#include "app/codec/text.h"
#include "app/prompts/styles.h"
#include "diffusion/error.h"

namespace ui {
namespace {

using diffusion::GenerationRequest;
using prompts::Expand;
using settings::Values;

QString historyFile(const QString& data, const char* name) {
    return data + QStringLiteral("/history/") + QLatin1String(name);
}

Expanded expandNow(const GenerationRequest& request, const QStringList& names,
                   const prompts::Words& words, Expand mode) {
    try {
        const auto styled = prompts::withStyles(request, names, words.styles);
        return {prompts::expand(styled, *words.wildcards, mode, PromptDesk::mostRequests), {}};
    } catch (const diffusion::Error& error) {
        return {{}, codec::fromUtf8(error.what())};
    }
}

}  // namespace

PromptDesk::PromptDesk(settings::Settings& settings, const QString& dataFolder, QObject* parent)
    : QObject(parent),
      settings_(settings),
      data_(dataFolder),
      histories_{prompts::History(historyFile(dataFolder, "prompts.json")),
                 prompts::History(historyFile(dataFolder, "negative_prompts.json"))} {
    pool_.setMaxThreadCount(1);
    connect(&shelf_, &prompts::WordShelf::changed, this, &PromptDesk::changed);
}

PromptDesk::~PromptDesk() {
    ++latest_;
    pool_.waitForDone();
}

void PromptDesk::look(const QStringList& modelFolders) {
    const prompts::WordPlaces places{data_, modelFolders};
    if (places == shelf_.places()) return;
    shelf_.look(places);
}

QStringList PromptDesk::styles() const {
    return settings_.values().styles.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

void PromptDesk::setStyles(const QStringList& names) {
    settings_.set(&Values::styles, names.join(QLatin1Char('\n')));
    Q_EMIT changed();
}

Expand PromptDesk::expand() const {
    const auto& name = settings_.values().expand;
    return name == QLatin1String("none")  ? Expand::none
           : name == QLatin1String("all") ? Expand::all
                                          : Expand::random;
}

void PromptDesk::setExpand(Expand mode) {
    settings_.set(&Values::expand, mode == Expand::none  ? QStringLiteral("none")
                                   : mode == Expand::all ? QStringLiteral("all")
                                                         : QStringLiteral("random"));
    Q_EMIT changed();
}

void PromptDesk::remember(const GenerationRequest& request) {
    const std::array texts{codec::fromUtf8(request.prompt),
                           codec::fromUtf8(request.negative_prompt)};
    for (int field = 0; field < 2; ++field) {
        const auto& text = texts[std::size_t(field)];
        if (text.trimmed().isEmpty() || history(field).value(0) == text) continue;
        histories_[std::size_t(field)].add(text);
        saveHistory(field);
    }
}

void PromptDesk::saveHistory(int field) {
    pool_.start([this, copy = histories_[std::size_t(field)]] {
        try {
            copy.save();
        } catch (const diffusion::Error& error) {
            QMetaObject::invokeMethod(this, [this, message = codec::fromUtf8(error.what())] {
                Q_EMIT historyNotSaved(message);
            });
        }
    });
}

void PromptDesk::expandRequest(const GenerationRequest& request, Expand mode, Done done) {
    const bool isPlain =
        styles().isEmpty() && (mode == Expand::none || !prompts::hasTemplate(request));
    if (isPlain) return done(expandNow(request, {}, {}, Expand::none));
    start(request, mode, 0, std::move(done));
}

void PromptDesk::preview(const GenerationRequest& request, Expand mode, Done done) {
    start(request, mode, ++latest_, std::move(done));
}

/// A ticket that is not the latest one is given up; 0 is always done.
void PromptDesk::start(const GenerationRequest& request, Expand mode, int ticket, Done done) {
    pool_.start([this, ticket, request, mode, names = styles(), words = words(),
                 done = std::move(done)] {
        if (ticket != 0 && latest_ != ticket) return;
        const auto expanded = expandNow(request, names, words, mode);
        QMetaObject::invokeMethod(this, [this, ticket, expanded, done] {
            if (ticket == 0 || latest_ == ticket) done(expanded);
        });
    });
}

}  // namespace ui
