#include "app/codec/foreign/sampler_name.h"

#include "app/codec/text.h"

#include <array>
#include <utility>

namespace codec::foreign {
namespace {

using Choices = std::vector<diffusion::NamedChoice>;

/// Spellings of single programs that the engine's aliases leave out.
constexpr std::array<std::pair<const char*, const char*>, 8> spellings{
    {{"euler_a", "euler_ancestral"},
     {"kdpm_2", "dpm_2"},
     {"kdpm_2_a", "dpm_2_ancestral"},
     {"pndm", "PLMS"},
     {"unipc", "UniPC"},
     {"ddim_v3", "DDIM"},
     {"dpmsolver++", "dpmpp_2m"},
     {"native", "Uniform"}}};

std::optional<QString> findIn(const Choices& choices, const QString& name) {
    const auto isName = [&](const std::string& text) {
        return fromUtf8(text).compare(name, Qt::CaseInsensitive) == 0;
    };
    for (const auto& choice : choices)
        if (isName(choice.name)) return fromUtf8(choice.name);
    for (const auto& choice : choices)
        for (const auto& alias : choice.aliases)
            if (isName(alias)) return fromUtf8(choice.name);
    for (const auto& [spelling, other] : spellings)
        if (name.compare(QLatin1String(spelling), Qt::CaseInsensitive) == 0 &&
            name.compare(QLatin1String(other), Qt::CaseInsensitive) != 0)
            return findIn(choices, QLatin1String(other));
    return std::nullopt;
}

}  // namespace

std::optional<SamplerName> findSampler(const QString& name, const Vocabulary& vocabulary) {
    if (const auto found = findIn(vocabulary.samplers, name)) return SamplerName{*found, {}};
    constexpr std::array<std::pair<const char*, const char*>, 7> endings{
        {{" Karras", "Karras"},
         {" Exponential", "Exponential"},
         {" Polyexponential", "Polyexponential"},
         {" SGM Uniform", "SGM Uniform"},
         {" Trailing", "SGM Uniform"},
         {" AYS", "Align Your Steps"},
         {"_k", "Karras"}}};
    for (const auto& [ending, schedule] : endings) {
        const QLatin1String tail(ending);
        if (!name.endsWith(tail, Qt::CaseInsensitive)) continue;
        const auto sampler = findIn(vocabulary.samplers, name.chopped(tail.size()));
        const auto known = findIn(vocabulary.schedules, QLatin1String(schedule));
        if (sampler && known) return SamplerName{*sampler, *known};
    }
    return std::nullopt;
}

std::optional<QString> findSchedule(const QString& name, const Vocabulary& vocabulary) {
    return findIn(vocabulary.schedules, name);
}

}  // namespace codec::foreign
