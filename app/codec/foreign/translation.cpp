#include "app/codec/foreign/translation.h"

#include "app/codec/foreign/lora_tags.h"
#include "app/codec/foreign/prompt_grammar.h"
#include "app/codec/foreign/sampler_name.h"
#include "app/codec/request_check.h"
#include "app/codec/text.h"
#include "diffusion/request_fields.h"

#include <QRegularExpression>

#include <array>
#include <cmath>
#include <type_traits>

namespace codec::foreign {
namespace {

/// One translation in progress.
struct Work {
    const Found& found;
    const Vocabulary& vocabulary;
    Translation result;

    /// ComfyUI's own writing is kept where its profile reads it; what several nodes put together has
    /// no such writing, and embeddings are looked for by A1111's rules only.
    bool keepsWriting() const {
        const auto namesEmbedding = [&](const char* name) {
            return textOf(member(found.settings, name)).contains(QStringLiteral("embedding:"));
        };
        return found.program.startsWith(QStringLiteral("ComfyUI")) &&
               !found.settings.contains("prompt_parts") && !namesEmbedding("prompt") &&
               !namesEmbedding("negative_prompt") && !namesEmbedding("text_l");
    }

    void report(const char* name, Fate fate, const QString& used = {}, const QString& note = {}) {
        const Json& value = member(found.settings, name);
        const auto text = value.is_structured()
                              ? fromUtf8(value.dump(-1, ' ', false, Json::error_handler_t::replace))
                              : textOf(value);
        result.fields.append({QString::fromUtf8(name), text, used, fate, note});
    }
};

/// Sets a number of the request; false if it is none or out of range, and then says what is
/// expected.
bool setNumber(diffusion::GenerationRequest& request, const char* field, const Json& value,
               QString& expected) {
    bool isSet = false;
    diffusion::visit_request_fields([&](const diffusion::FieldInfo& info, auto pointer) {
        using Value = std::remove_cvref_t<decltype(request.*pointer)>;
        if constexpr (std::is_arithmetic_v<Value>) {
            if (info.name != field || !info.range) return;
            expected = fromUtf8("Atelier takes numbers from " + numberText(info.range->low) +
                                " to " + numberText(info.range->high));
            if (!value.is_number()) return;
            const double number = value.get<double>();
            const bool isWhole = std::floor(number) == number;
            if (number < info.range->low || number > info.range->high) return;
            if (std::is_integral_v<Value> && !isWhole) return;
            request.*pointer = Value(number);
            isSet = true;
        }
    });
    return isSet;
}

void takeNumber(Work& work, const char* name, const char* field) {
    const auto value = numberOf(member(work.found.settings, name));
    QString expected;
    if (setNumber(work.result.request, field, value, expected))
        work.report(name, Fate::identical, textOf(value));
    else
        work.report(name, Fate::unsupported, {}, expected);
}

/// Tags like <hypernet:name:0.8>, but not those of LoRAs; the rest is the prompt.
QString takeNetworks(QString prompt, QStringList& networks) {
    static const QRegularExpression tag(QStringLiteral("<(?!lora:|lyco:)(\\w+):([^<>]+)>"));
    auto matches = tag.globalMatch(prompt);
    while (matches.hasNext()) networks += matches.next().captured();
    return prompt.remove(tag);
}

QString promptIn(Work& work, const char* name, const QString& text) {
    QStringList networks;
    const auto plain = takeNetworks(text, networks);
    const auto translated = work.keepsWriting() ? TranslatedPrompt{plain, {}}
                                                : translatePrompt(plain, work.found.grammar);
    if (!networks.isEmpty())
        work.result.fields.append({QString::fromUtf8(name) + QStringLiteral(" networks"),
                                   networks.join(QLatin1Char(' ')), QString(), Fate::unsupported,
                                   QStringLiteral("extra networks are left out")});
    return translated.text;
}

/// LoRAs that another program keeps beside the prompt become its tags.
void takeLoras(Work& work) {
    const auto found = loraTags(member(work.found.settings, "loras"));
    work.result.request.prompt += toUtf8(found.tags);
    work.report("loras", found.isWhole ? Fate::translated : Fate::unsupported, found.tags);
}

void takePrompt(Work& work, const char* name, std::string diffusion::GenerationRequest::*field) {
    const auto text = textOf(member(work.found.settings, name));
    const auto used = promptIn(work, name, text);
    const auto note =
        work.keepsWriting() ? QString() : translatePrompt(text, work.found.grammar).note;
    work.result.request.*field = toUtf8(used);
    const bool isSame = used == text && note.isEmpty();
    work.report(name, isSame ? Fate::identical : Fate::translated, used, note);
}

/// Conditionings that ComfyUI averages are AND with shares; those that it puts in a row, BREAK.
void takeParts(Work& work) {
    const Json& parts = member(work.found.settings, "prompt_parts");
    const auto how = textOf(member(work.found.settings, "prompt_combination"));
    const bool isMean = how == QStringLiteral("ConditioningCombine");
    const bool isRow = how == QStringLiteral("ConditioningConcat");
    const auto share = fromUtf8(numberText(std::round(10000.0 / double(parts.size())) / 10000));
    QStringList texts;
    for (const auto& part : parts) {
        const auto text = promptIn(work, "prompt_parts", textOf(part));
        texts += isMean ? text + QStringLiteral(" :") + share : text;
        if (!isMean && !isRow) break;
    }
    const auto prompt = texts.join(isMean ? QStringLiteral(" AND ") : QStringLiteral(" BREAK "));
    work.result.request.prompt = toUtf8(prompt);
    if (isMean || isRow)
        work.report("prompt_parts", Fate::translated, prompt);
    else
        work.report("prompt_parts", Fate::unsupported, prompt,
                    QStringLiteral("only the first part is used"));
}

QString notListed() {
    return QStringLiteral("the engine, which knows the names, is not there");
}

void takeSampler(Work& work) {
    const auto text = textOf(member(work.found.settings, "sampler"));
    const auto name = findSampler(text, work.vocabulary);
    if (work.vocabulary.samplers.empty()) {
        work.report("sampler", Fate::unknown, {}, notListed());
        return;
    }
    if (!name) {
        work.report("sampler", Fate::unsupported, {}, QStringLiteral("no sampler of this name"));
        return;
    }
    work.result.request.sampler = toUtf8(name->sampler);
    auto used = name->sampler;
    if (!name->schedule.isEmpty()) {
        work.result.request.schedule = toUtf8(name->schedule);
        used += QStringLiteral(", ") + name->schedule;
    }
    work.report("sampler", used == text ? Fate::identical : Fate::translated, used);
}

void takeSchedule(Work& work) {
    const auto text = textOf(member(work.found.settings, "scheduler"));
    const auto name = findSchedule(text, work.vocabulary);
    if (work.vocabulary.schedules.empty()) {
        work.report("scheduler", Fate::unknown, {}, notListed());
        return;
    }
    if (!name) {
        work.report("scheduler", Fate::unsupported, {}, QStringLiteral("no schedule of this name"));
        return;
    }
    work.result.request.schedule = toUtf8(*name);
    work.report("scheduler", *name == text ? Fate::identical : Fate::translated, *name);
}

void takeModel(Work& work) {
    const auto text = textOf(member(work.found.settings, "model"));
    if (toUtf8(text) == work.vocabulary.shippedModel && !text.isEmpty())
        work.report("model", Fate::identical, text);
    else
        work.report("model", Fate::unknown, {},
                    QStringLiteral("choose the file of this name as the model"));
}

void takeNoise(Work& work) {
    const auto source = textOf(member(work.found.settings, "noise"));
    const bool isCpu = source == QStringLiteral("cpu");
    const auto used = isCpu ? QStringLiteral("CPU") : QStringLiteral("NV");
    work.result.request.random_source = toUtf8(used);
    if (isCpu || source == QStringLiteral("nv"))
        work.report("noise", Fate::identical, used);
    else
        work.report("noise", Fate::translated, used,
                    QStringLiteral("random numbers as an NVIDIA GPU draws them; another GPU drew "
                                   "others"));
}

/// ComfyUI's text for the first encoder of SDXL, where it differs from that for the second.
void takeFirstText(Work& work) {
    auto& request = work.result.request;
    request.prompt_2 = request.prompt;
    request.prompt = toUtf8(promptIn(work, "text_l", textOf(member(work.found.settings, "text_l"))));
    work.report("text_l", Fate::translated, fromUtf8(request.prompt),
                QStringLiteral("the prompt; the other text is the second prompt"));
}

void takeDenoise(Work& work) {
    const auto value = numberOf(member(work.found.settings, "denoise"));
    if (value == 1)
        work.report("denoise", Fate::identical, textOf(value));
    else
        work.report("denoise", Fate::unsupported, {},
                    QStringLiteral("pictures from pictures and second passes can't be made"));
}

void takeCompatibility(Work& work) {
    const auto text = textOf(member(work.found.settings, "compatibility"));
    work.result.request.compatibility = toUtf8(text);
    work.report("compatibility", Fate::identical, text);
}

bool setText(const diffusion::FieldInfo& info, const Json& value, std::string& field) {
    const auto text = toUtf8(textOf(value));
    if (!diffusion::is_choice(info, text)) return false;
    field = text;
    return true;
}

bool setFlag(const Json& value, bool& field) {
    const auto text = textOf(value).toLower();
    field = text == QStringLiteral("true");
    return field || text == QStringLiteral("false");
}

/// Keys that stand for another field than the one of their spelling.
std::string fieldOf(const std::string& name) {
    if (name == "Eta DDIM") return "eta";
    if (name == "Seed resize from-1") return "seed_resize_width";
    if (name == "Seed resize from-2") return "seed_resize_height";
    return name;
}

/// What a picture says in the name or the infotext key of a field; false if it is none.
bool takeField(Work& work, const std::string& name) {
    const auto wanted = fieldOf(name);
    // Files that another machine names are not here.
    const bool isOwnName = wanted != name || name.starts_with("variation_");
    auto& request = work.result.request;
    bool isField = false;
    diffusion::visit_request_fields([&](const diffusion::FieldInfo& info, auto pointer) {
        if (isField || !(info.infotext == wanted || (isOwnName && info.name == wanted))) return;
        using Value = std::remove_cvref_t<decltype(request.*pointer)>;
        const Json& value = member(work.found.settings, name.c_str());
        isField = true;
        if constexpr (std::is_same_v<Value, bool>) {
            const bool isSet = setFlag(value, request.*pointer);
            work.report(name.c_str(), isSet ? Fate::identical : Fate::unsupported, textOf(value));
        } else if constexpr (std::is_same_v<Value, std::string>) {
            const bool isSet = setText(info, value, request.*pointer);
            work.report(name.c_str(), isSet ? Fate::identical : Fate::unsupported,
                        isSet ? textOf(value) : QString());
        } else {
            takeNumber(work, name.c_str(), std::string(info.name).c_str());
        }
    });
    return isField;
}

/// Beginnings of names that are understood and can't be done.
constexpr std::array notDone{"lora",
                             "Lora",
                             "TI ",
                             "Hires",
                             "Hypernet",
                             "ControlNet",
                             "controlnets",
                             "controlLayers",
                             "ipAdapters",
                             "t2iAdapters",
                             "ADetailer",
                             "Refiner",
                             "refiner",
                             "Face restoration",
                             "Tiling",
                             "seamless",
                             "Token merging",
                             "Init image",
                             "initial_image",
                             "init_image",
                             "Mask",
                             "Inpaint",
                             "Soft inpainting",
                             "passes",
                             "characters",
                             "negative_prompt_parts",
                             "VAE",
                             "hrf_",
                             "styles",
                             "start_at_step",
                             "end_at_step",
                             "generation_mode",
                             "Postprocess",
                             "Image CFG",
                             "Conditional mask",
                             "sharpness",
                             "adm_guidance",
                             "sm",
                             "uncond_scale"};

/// Names that belong to another row or are no settings.
constexpr std::array passedOver{"version", "prompt_combination"};

Fate fateOfRest(const std::string& name) {
    for (const char* start : notDone)
        if (name.starts_with(start)) return Fate::unsupported;
    return Fate::unknown;
}

struct Rule {
    const char* name;
    void (*take)(Work&);
};

/// In the order in which a person reads them.
constexpr std::array<Rule, 23> rules{{
    {"prompt", [](Work& w) { takePrompt(w, "prompt", &diffusion::GenerationRequest::prompt); }},
    {"prompt_parts", takeParts},
    {"negative_prompt",
     [](Work& w) {
         takePrompt(w, "negative_prompt", &diffusion::GenerationRequest::negative_prompt);
     }},
    {"text_l", takeFirstText},
    {"loras", takeLoras},
    {"model", takeModel},
    {"vae",
     [](Work& w) {
         w.report("vae", Fate::unknown, {}, QStringLiteral("choose the file of this name"));
     }},
    {"width", [](Work& w) { takeNumber(w, "width", "width"); }},
    {"height", [](Work& w) { takeNumber(w, "height", "height"); }},
    {"seed", [](Work& w) { takeNumber(w, "seed", "seed"); }},
    {"noise", takeNoise},
    {"steps", [](Work& w) { takeNumber(w, "steps", "steps"); }},
    {"sampler", takeSampler},
    {"scheduler", takeSchedule},
    {"cfg_scale", [](Work& w) { takeNumber(w, "cfg_scale", "guidance_scale"); }},
    {"cfg_rescale", [](Work& w) { takeNumber(w, "cfg_rescale", "guidance_rescale"); }},
    {"clip_skip", [](Work& w) { takeNumber(w, "clip_skip", "clip_skip"); }},
    {"count", [](Work& w) { takeNumber(w, "count", "count"); }},
    {"denoise", takeDenoise},
    {"compatibility", takeCompatibility},
    {"model_hash",
     [](Work& w) { w.report("model_hash", Fate::unknown, {}, QStringLiteral("not compared")); }},
    {"Lora hashes",
     [](Work& w) { w.report("Lora hashes", Fate::unknown, {}, QStringLiteral("not compared")); }},
    {"TI hashes",
     [](Work& w) { w.report("TI hashes", Fate::unknown, {}, QStringLiteral("not compared")); }},
}};

bool hasRule(const std::string& name) {
    for (const auto& rule : rules)
        if (name == rule.name) return true;
    for (const char* other : passedOver)
        if (name == other) return true;
    return false;
}

}  // namespace

const char* nameOf(Fate fate) {
    switch (fate) {
        case Fate::identical:
            return "identical";
        case Fate::translated:
            return "translated";
        case Fate::unsupported:
            return "unsupported";
        case Fate::unknown:
            return "unknown";
    }
    return "";
}

Translation translate(const Found& found, const Vocabulary& vocabulary) {
    Work work{found, vocabulary, {}};
    // Whose picture it is decides what its settings mean.
    if (found.program.startsWith(QStringLiteral("A1111")))
        work.result.request.compatibility = "A1111";
    if (work.keepsWriting()) work.result.request.compatibility = "ComfyUI";
    for (const auto& rule : rules)
        if (found.settings.contains(rule.name)) rule.take(work);
    for (const auto& [name, value] : found.settings.items())
        if (!hasRule(name) && !takeField(work, name)) work.report(name.c_str(), fateOfRest(name));
    return work.result;
}

}  // namespace codec::foreign
