#include "app/gallery/file_name.h"

#include "app/gallery/file_name_impl.h"

#include <QCryptographicHash>
#include <QHash>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <functional>

namespace gallery {
namespace {

constexpr qsizetype mostWords = 8;

/// Nothing: the token is not known, or its arguments make no sense. skip: it and the text before it
/// are left out.
struct Replacement {
    QString text;
    bool isSkip = false;
};

using MaybeText = std::optional<Replacement>;
using Token = std::function<MaybeText(const NameFacts&, const QStringList& arguments)>;

const Replacement skip{{}, true};

MaybeText say(const QString& text) {
    return Replacement{text, false};
}

MaybeText say(qint64 number) {
    return say(QString::number(number));
}

MaybeText sayIfAny(const QString& text) {
    return text.isEmpty() ? std::nullopt : say(text);
}

/// The first characters of a hexadecimal digest; -n leaves out the last n, as in Python.
MaybeText digits(const QByteArray& bytes, const QStringList& arguments, qsizetype usual) {
    const auto hex =
        QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    if (arguments.isEmpty() || arguments.first().isEmpty()) return say(hex.left(usual));
    bool isNumber = false;
    const int length = arguments.first().trimmed().toInt(&isNumber);
    if (!isNumber) return std::nullopt;
    return say(hex.left(length < 0 ? std::max<qsizetype>(0, hex.size() + length) : length));
}

QString promptWords(const QString& prompt) {
    // Python's string.punctuation in a character class, where the backslash escapes the bracket.
    static const QRegularExpression separators(
        QStringLiteral(R"([\s!"#$%&'()*+,\-./:;<=>?@\[\]^_`{|}~]+)"),
        QRegularExpression::UseUnicodePropertiesOption);
    auto words = prompt.split(separators, Qt::SkipEmptyParts);
    if (words.isEmpty()) words += QStringLiteral("empty");
    return namePart(words.mid(0, mostWords).join(QLatin1Char(' ')), false);
}

/// Each argument is "word" or "word|otherwise".
QString wordsOfPrompt(const QString& prompt, const QStringList& arguments) {
    const QString lower = prompt.toLower();
    QString text;
    for (const auto& argument : arguments) {
        if (argument.isEmpty()) continue;
        const auto choices = argument.split(QLatin1Char('|'));
        const QString word = choices.first().toLower();
        text += lower.contains(word) ? word : choices.value(1);
    }
    return namePart(text, true);
}

QString joinedStyles(const QStringList& styles) {
    QStringList chosen = styles;
    chosen.removeAll(QStringLiteral("None"));
    return namePart(chosen.isEmpty() ? QStringLiteral("None") : chosen.join(QStringLiteral(", ")),
                    false);
}

QString scheduleName(const NameFacts& facts) {
    return facts.schedule == QStringLiteral("Automatic") ? QString() : facts.schedule;
}

QString datedName(const NameFacts& facts, const QStringList& arguments) {
    const QString usual = QStringLiteral("%Y%m%d%H%M%S");
    const QString format = arguments.value(0).isEmpty() ? usual : arguments.value(0);
    const QTimeZone zone(arguments.value(1).toUtf8());
    const auto time = zone.isValid() ? facts.now.toTimeZone(zone) : facts.now;
    return namePart(formatTime(time, format).value_or(formatTime(time, usual).value_or(QString())),
                    false);
}

void addNumbers(QHash<QString, Token>& tokens) {
    tokens["seed"] = [](const auto& f, const auto&) { return say(f.seed); };
    tokens["seed_first"] = [](const auto& f, const auto&) {
        return say(f.batchSize == 1 ? f.seed : f.firstSeed);
    };
    tokens["seed_last"] = [](const auto& f, const auto&) {
        return f.batchSize == 1 ? skip : say(f.lastSeed);
    };
    tokens["steps"] = [](const auto& f, const auto&) { return say(f.steps); };
    tokens["cfg"] = [](const auto& f, const auto&) { return say(pythonFloat(f.guidanceScale)); };
    tokens["width"] = [](const auto& f, const auto&) { return say(f.width); };
    tokens["height"] = [](const auto& f, const auto&) { return say(f.height); };
    tokens["clip_skip"] = [](const auto& f, const auto&) { return say(f.clipSkip); };
    tokens["denoising"] = [](const auto& f, const auto&) {
        const double strength = f.denoiseStrength.value_or(0);
        return strength == 0 ? skip : say(pythonFloat(strength));
    };
    tokens["batch_size"] = [](const auto& f, const auto&) { return say(f.batchSize); };
    tokens["batch_number"] = [](const auto& f, const auto&) {
        return f.batchSize == 1 ? skip : say(f.batchNumber);
    };
    tokens["generation_number"] = [](const auto& f, const auto&) {
        return f.batchSize == 1 && f.batchCount == 1 ? skip : say(f.generationNumber);
    };
}

void addTexts(QHash<QString, Token>& tokens) {
    tokens["prompt"] = [](const auto& f, const auto&) { return say(namePart(f.prompt, true)); };
    tokens["prompt_spaces"] = [](const auto& f, const auto&) {
        return say(namePart(f.prompt, false));
    };
    tokens["prompt_no_styles"] = tokens["prompt_spaces"];
    tokens["prompt_words"] = [](const auto& f, const auto&) { return say(promptWords(f.prompt)); };
    tokens["hasprompt"] = [](const auto& f, const auto& arguments) {
        return say(wordsOfPrompt(f.prompt, arguments));
    };
    tokens["prompt_hash"] = [](const auto& f, const auto& arguments) {
        return digits(f.prompt.toUtf8(), arguments, 8);
    };
    tokens["negative_prompt_hash"] = [](const auto& f, const auto& arguments) {
        return digits(f.negativePrompt.toUtf8(), arguments, 8);
    };
    tokens["full_prompt_hash"] = [](const auto& f, const auto& arguments) {
        return digits(f.prompt.toUtf8() + ' ' + f.negativePrompt.toUtf8(), arguments, 8);
    };
    tokens["image_hash"] = [](const auto& f, const auto& arguments) {
        return digits(f.pixels, arguments, 64);
    };
}

void addNames(QHash<QString, Token>& tokens) {
    tokens["styles"] = [](const auto& f, const auto&) { return say(joinedStyles(f.styles)); };
    tokens["sampler"] = [](const auto& f, const auto&) { return say(namePart(f.sampler, false)); };
    tokens["scheduler"] = [](const auto& f, const auto&) {
        return say(namePart(scheduleName(f), false));
    };
    tokens["sampler_scheduler"] = [](const auto& f, const auto&) {
        return say(namePart((f.sampler + QLatin1Char(' ') + scheduleName(f)).trimmed(), false));
    };
    tokens["model_name"] = [](const auto& f, const auto&) {
        return say(namePart(f.modelName, false));
    };
    tokens["model_hash"] = [](const auto& f, const auto&) {
        return say(namePart(f.modelHash, false));
    };
    tokens["vae_filename"] = [](const auto& f, const auto&) {
        return say(f.vaeName.isEmpty() ? QStringLiteral("NoneType") : namePart(f.vaeName, false));
    };
    tokens["user"] = [](const auto& f, const auto&) { return sayIfAny(namePart(f.user, false)); };
    tokens["none"] = [](const auto&, const auto&) { return say(QString()); };
    tokens["basename"] = [](const auto& f, const auto&) {
        return say(f.baseName.isEmpty() ? QStringLiteral("img") : namePart(f.baseName, false));
    };
    tokens["date"] = [](const auto& f, const auto&) {
        return say(f.now.date().toString(Qt::ISODate));
    };
    tokens["datetime"] = [](const auto& f, const auto& arguments) {
        return say(datedName(f, arguments));
    };
    tokens["job_timestamp"] = [](const auto& f, const auto&) {
        return say(f.jobStart.toString(QStringLiteral("yyyyMMddHHmmss")));
    };
}

const QHash<QString, Token>& tokens() {
    static const auto table = [] {
        QHash<QString, Token> made;
        addNumbers(made);
        addTexts(made);
        addNames(made);
        return made;
    }();
    return table;
}

/// Takes <arguments> off the end of a token.
QStringList takeArguments(QString& token) {
    QStringList arguments;
    while (token.endsWith(QLatin1Char('>'))) {
        const auto open = token.lastIndexOf(QLatin1Char('<'));
        if (open < 0) break;
        const auto argument = token.mid(open + 1, token.size() - open - 2);
        if (argument.contains(QLatin1Char('>'))) break;
        arguments.prepend(argument);
        token.truncate(open);
    }
    return arguments;
}

void fillToken(const QString& before, QString token, const NameFacts& facts, QString& name) {
    const auto arguments = takeArguments(token);
    const auto found = tokens().find(token.toLower());
    const auto replacement = found == tokens().end() ? std::nullopt : (*found)(facts, arguments);
    if (!replacement)
        name += before + QLatin1Char('[') + token + QLatin1Char(']');
    else if (!replacement->isSkip)
        name += before + replacement->text;
}

}  // namespace

QString fillPattern(const QString& pattern, const NameFacts& facts) {
    static const QRegularExpression token(QStringLiteral("\\[([^\\[\\]]+)\\]"));
    QString name;
    qsizetype end = 0;
    auto matches = token.globalMatch(pattern);
    while (matches.hasNext()) {
        const auto match = matches.next();
        fillToken(pattern.mid(end, match.capturedStart() - end), match.captured(1), facts, name);
        end = match.capturedEnd();
    }
    return name + pattern.mid(end);
}

}  // namespace gallery
