#include "app/codec/foreign/prompt_grammar.h"

#include "app/codec/request_check.h"
#include "app/codec/text.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <vector>

namespace codec::foreign {
namespace {

/// Nobody writes longer ones, and brackets in brackets cost the square of their number.
constexpr qsizetype longestPrompt = 1 << 16;
constexpr int deepest = 50;
constexpr double largestWeight = 100;

/// A stretch of text with one weight.
struct Run {
    QString text;
    double weight = 1;
};

/// Words that split a prompt in A1111 and are text elsewhere; the tokenizer doesn't care for case.
QString withoutKeywords(QString text) {
    static const QRegularExpression keyword(QStringLiteral("\\b(AND|BREAK)\\b"));
    qsizetype at = 0;
    for (auto match = keyword.match(text); match.hasMatch(); match = keyword.match(text, at)) {
        text.replace(match.capturedStart(), match.capturedLength(), match.captured().toLower());
        at = match.capturedEnd();
    }
    return text;
}

QString escaped(const QString& text) {
    QString result;
    for (const QChar c : text) {
        if (QStringLiteral("()[]\\").contains(c)) result += QLatin1Char('\\');
        result += c;
    }
    return withoutKeywords(result);
}

/// Neighbours of equal weight share one bracket.
QString joined(const std::vector<Run>& runs) {
    QString text;
    for (size_t i = 0; i < runs.size();) {
        const double weight = std::round(runs[i].weight * 10000) / 10000;
        QString same;
        for (; i < runs.size() && std::round(runs[i].weight * 10000) / 10000 == weight; ++i)
            same += runs[i].text;
        if (weight == 1 || same.trimmed().isEmpty())
            text += escaped(same);
        else
            text += QStringLiteral("(%1:%2)").arg(escaped(same), fromUtf8(numberText(weight)));
    }
    return text;
}

void append(std::vector<Run>& runs, QChar c, double weight) {
    if (runs.empty() || runs.back().weight != weight) runs.push_back({QString(), weight});
    runs.back().text += c;
}

/// {more} and [less] by 1.05, and 1.3::so much:: of version 4.
QString fromNovelAi(const QString& prompt) {
    static const QRegularExpression number(QStringLiteral("\\G(-?\\d+(?:\\.\\d+)?)::"));
    std::vector<Run> runs;
    int depth = 0;
    double factor = 1;
    for (qsizetype at = 0; at < prompt.size(); ++at) {
        const QChar c = prompt[at];
        const bool startsNumber = c.isDigit() || c == QLatin1Char('-');
        const auto match = startsNumber ? number.match(prompt, at) : QRegularExpressionMatch();
        if (match.hasMatch()) {
            factor = std::clamp(match.captured(1).toDouble(), -largestWeight, largestWeight);
            at = match.capturedEnd() - 1;
        } else if (c == QLatin1Char(':') && prompt.mid(at, 2) == QStringLiteral("::")) {
            factor = 1;
            ++at;
        } else if (c == QLatin1Char('{') || c == QLatin1Char(']')) {
            ++depth;
        } else if (c == QLatin1Char('}') || c == QLatin1Char('[')) {
            --depth;
        } else {
            append(runs, c, factor * std::pow(1.05, std::clamp(depth, -deepest, deepest)));
        }
    }
    return joined(runs);
}

/// The weight behind a bracket or word: +, --, 1.3; moves `at` behind it.
double compelWeight(const QString& prompt, qsizetype& at) {
    static const QRegularExpression weight(
        QStringLiteral("\\G(?:(\\++)|(-+)(?=[\\s,.)]|$)|(\\d+(?:\\.\\d+)?))"));
    const auto match = weight.match(prompt, at);
    if (!match.hasMatch()) return 1;
    at = match.capturedEnd();
    if (match.capturedLength(1) > 0) return std::pow(1.1, match.capturedLength(1));
    if (match.capturedLength(2) > 0) return std::pow(0.9, match.capturedLength(2));
    return std::min(match.captured(3).toDouble(), largestWeight);
}

/// word++, (some words)-, (some words)1.3.
QString fromCompel(const QString& prompt) {
    std::vector<Run> runs;
    std::vector<size_t> open;
    const auto scale = [&](size_t first, double weight) {
        for (size_t i = first; i < runs.size(); ++i)
            runs[i].weight = std::min(runs[i].weight * weight, largestWeight);
    };
    for (qsizetype at = 0; at < prompt.size();) {
        const QChar c = prompt[at++];
        const bool isWord = !c.isSpace() && c != u'(' && c != u')' && c != u',';
        if (c == u'(') {
            open.push_back(runs.size());
        } else if (c == u')' && !open.empty()) {
            scale(open.back(), compelWeight(prompt, at));
            open.pop_back();
        } else if (isWord) {
            runs.push_back({QString(c), 1});
            while (at < prompt.size() && !prompt[at].isSpace() &&
                   !QStringLiteral("(),+").contains(prompt[at]) &&
                   !(prompt[at] == u'-' &&
                     (at + 1 == prompt.size() || !prompt[at + 1].isLetterOrNumber())))
                runs.back().text += prompt[at++];
            const bool isMark = at < prompt.size() && (prompt[at] == u'+' || prompt[at] == u'-');
            if (isMark) scale(runs.size() - 1, compelWeight(prompt, at));
        } else {
            runs.push_back({QString(c), 1});
        }
    }
    return joined(runs);
}

/// (more) and (so much:1.2) as in A1111; square brackets are text.
QString fromComfyUi(QString prompt) {
    prompt.replace(QStringLiteral("embedding:"), QString());
    QString text;
    for (const QChar c : prompt) {
        if (c == QLatin1Char('[') || c == QLatin1Char(']')) text += QLatin1Char('\\');
        text += c;
    }
    return withoutKeywords(text);
}

}  // namespace

TranslatedPrompt translatePrompt(const QString& prompt, PromptGrammar grammar) {
    static const QRegularExpression call(QStringLiteral("\\)\\.(and|blend|swap)\\("));
    if (prompt.size() > longestPrompt) return {prompt, QStringLiteral("too long to be translated")};
    switch (grammar) {
        case PromptGrammar::a1111:
            return {prompt, {}};
        case PromptGrammar::comfyui:
            return {fromComfyUi(prompt),
                    prompt.contains(QLatin1Char('('))
                        ? QStringLiteral("ComfyUI weighs words against the empty prompt")
                        : QString()};
        case PromptGrammar::novelai:
            return {fromNovelAi(prompt), {}};
        case PromptGrammar::compel:
            return {fromCompel(prompt), prompt.contains(call)
                                            ? QStringLiteral("functions of prompts stay as text")
                                            : QString()};
    }
    return {prompt, {}};
}

}  // namespace codec::foreign
