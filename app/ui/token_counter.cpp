#include "app/ui/token_counter.h"

#include "clip/tokenizer.h"
#include "diffusion/text/prompt_plan.h"
#include "diffusion/text/token_chunks.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <fstream>
#include <optional>

namespace ui {
namespace {

constexpr int clipChunk = 75;
constexpr int largestConfig = 1 << 20;

std::ifstream open(const QString& path) {
    return std::ifstream(path.toStdString(), std::ios::binary);
}

int chunkOfFolder(const QString& folder) {
    QFile file(folder + QStringLiteral("/tokenizer_config.json"));
    if (!file.open(QIODevice::ReadOnly)) return clipChunk;
    const auto json = QJsonDocument::fromJson(file.read(largestConfig)).object();
    const int length = json.value(QLatin1String("model_max_length")).toInt(clipChunk + 2);
    return std::clamp(length - 2, 1, clipChunk);
}

clip::Tokenizer readFolder(const QString& folder) {
    auto vocabulary = open(folder + QStringLiteral("/vocab.json"));
    auto merges = open(folder + QStringLiteral("/merges.txt"));
    auto specials = open(folder + QStringLiteral("/special_tokens_map.json"));
    auto config = open(folder + QStringLiteral("/tokenizer_config.json"));
    if (!vocabulary || !merges) throw clip::TokenizerError("no vocabulary in the folder");
    return clip::Tokenizer::from_folder({.vocabulary = &vocabulary,
                                         .merges = &merges,
                                         .special_tokens_map = specials ? &specials : nullptr,
                                         .config = config ? &config : nullptr});
}

struct Tokens {
    int count = 0;
    QList<int> chunks;
};

Tokens tokensOf(const diffusion::ChunkedPrompt& chunked, int endToken) {
    Tokens tokens{chunked.token_count, {}};
    for (const auto& chunk : chunked.chunks) {
        const auto end = std::find(chunk.ids.begin() + 1, chunk.ids.end(), endToken);
        tokens.chunks << int(end - chunk.ids.begin()) - 1;
    }
    return tokens;
}

/// The fullest of the texts that a prompt is made of.
Tokens fullest(const std::string& prompt, bool isNegative, const CountRules& rules,
               const clip::Tokenizer& tokenizer, int perChunk) {
    const diffusion::PromptRules planned{rules.hasComments, rules.reading.has_grammar};
    const auto plan = isNegative ? diffusion::plan_negative_prompt(prompt, {}, planned)
                                 : diffusion::plan_prompt(prompt, {}, planned);
    diffusion::ChunkOptions options;
    options.chunk_length = perChunk;
    options.emphasis = rules.reading.emphasis;
    if (rules.reading.is_cut) {
        options.most_chunks = 1;
        options.comma_backtrack = 0;
    }
    Tokens most;
    for (const auto& part : plan.parts) {
        for (const auto& scheduled : part.texts) {
            auto tokens = tokensOf(diffusion::chunk_prompt(scheduled.text, tokenizer, options),
                                   tokenizer.end_token());
            if (most.chunks.isEmpty() || tokens.count > most.count) most = std::move(tokens);
        }
    }
    return most;
}

}  // namespace

struct TokenCounter::Reader {
    std::optional<clip::Tokenizer> tokenizer;
    int perChunk = clipChunk;

    void read(const Vocabulary& vocabulary) {
        tokenizer.reset();
        perChunk = clipChunk;
        try {
            if (!vocabulary.folder.isEmpty()) {
                tokenizer = readFolder(vocabulary.folder);
                perChunk = chunkOfFolder(vocabulary.folder);
                return;
            }
        } catch (const clip::TokenizerError&) {
            // The engine names what is wrong with the folder when it loads the model.
        }
        try {
            auto merges = open(vocabulary.merges);
            if (merges) tokenizer = clip::Tokenizer::from_clip_merges(merges);
        } catch (const clip::TokenizerError&) {
            tokenizer.reset();
        }
    }
};

TokenCounter::TokenCounter(QObject* parent) : QObject(parent), reader_(std::make_shared<Reader>()) {
    pool_.setMaxThreadCount(1);
    pool_.setExpiryTimeout(2000);
}

TokenCounter::~TokenCounter() {
    for (auto& latest : latest_) ++latest;
    pool_.clear();
    pool_.waitForDone();
}

void TokenCounter::setVocabulary(const Vocabulary& vocabulary) {
    pool_.start([reader = reader_, vocabulary] { reader->read(vocabulary); });
    Q_EMIT vocabularyChanged();
}

void TokenCounter::count(int field, const QString& text, const CountRules& rules) {
    const int ticket = ++latest_[field];
    pool_.start([this, field, ticket, text, rules, reader = reader_] {
        if (latest_[field] != ticket) return;
        const auto tokens = reader->tokenizer ? fullest(text.toStdString(), field == 1, rules,
                                                        *reader->tokenizer, reader->perChunk)
                                              : Tokens{-1, {}};
        QMetaObject::invokeMethod(this, [this, field, ticket, tokens, perChunk = reader->perChunk] {
            if (latest_[field] == ticket)
                Q_EMIT counted(field, tokens.count, perChunk, tokens.chunks);
        });
    });
}

}  // namespace ui
