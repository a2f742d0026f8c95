#include "app/prompts/expansion.h"

#include "app/codec/text.h"
#include "diffusion/error.h"
#include "diffusion/text/prompt_expander.h"

#include <algorithm>
#include <set>
#include <string>

namespace prompts {
namespace {

using diffusion::GenerationRequest;
using diffusion::WildcardLibrary;

template <typename Work>
auto named(const char* field, Work&& work) {
    try {
        return work();
    } catch (const diffusion::PromptTemplateError& error) {
        throw diffusion::Error(diffusion::ErrorKind::bad_request,
                               std::string(field) + ": " + error.what());
    }
}

/// A plain prompt is never rewritten, not even its white space.
diffusion::Expansion allOf(const char* field, const std::string& prompt,
                           const WildcardLibrary& wildcards, std::size_t most) {
    if (!diffusion::is_template(prompt)) return {{prompt}, true, {}};
    return named(field, [&] { return diffusion::expand_all(prompt, wildcards, most); });
}

std::string randomOf(const char* field, const std::string& prompt,
                     const WildcardLibrary& wildcards, std::int64_t seed) {
    if (!diffusion::is_template(prompt)) return prompt;
    return named(field, [&] {
        return diffusion::expand_random(prompt, wildcards, std::uint64_t(seed));
    });
}

void keepTemplate(GenerationRequest& to, const GenerationRequest& from) {
    if (diffusion::is_template(from.prompt)) to.prompt_template = from.prompt;
    if (diffusion::is_template(from.negative_prompt)) to.negative_template = from.negative_prompt;
}

void addMissing(QStringList& missing, const std::vector<std::string>& names) {
    for (const auto& name : names)
        if (const auto text = codec::fromUtf8(name); !missing.contains(text)) missing << text;
}

/// One request for each picture.
Expansion expandRandom(const GenerationRequest& request, const WildcardLibrary& wildcards,
                       std::size_t most) {
    Expansion made;
    const auto count = std::min(std::size_t(std::max(1, request.count)), most);
    made.isComplete = count == std::size_t(std::max(1, request.count));
    for (std::size_t i = 0; i < count; ++i) {
        auto one = request;
        keepTemplate(one, request);
        one.seed = request.seed + std::int64_t(i);
        one.count = 1;
        one.prompt = randomOf("prompt", request.prompt, wildcards, one.seed);
        one.negative_prompt =
            randomOf("negative_prompt", request.negative_prompt, wildcards, one.seed);
        made.requests.push_back(std::move(one));
    }
    // Lists that are not there are found out by the same walk as all combinations.
    for (const auto* prompt : {&request.prompt, &request.negative_prompt})
        if (diffusion::is_template(*prompt))
            addMissing(made.missing, diffusion::expand_all(*prompt, wildcards, 1).missing);
    return made;
}

Expansion expandAll(const GenerationRequest& request, const WildcardLibrary& wildcards,
                    std::size_t most) {
    const auto prompts = allOf("prompt", request.prompt, wildcards, most);
    const auto negatives = allOf("negative_prompt", request.negative_prompt, wildcards, most);
    Expansion made;
    made.isComplete = prompts.is_complete && negatives.is_complete;
    addMissing(made.missing, prompts.missing);
    addMissing(made.missing, negatives.missing);
    for (const auto& prompt : prompts.prompts) {
        for (const auto& negative : negatives.prompts) {
            if (made.requests.size() == most) {
                made.isComplete = false;
                return made;
            }
            auto one = request;
            keepTemplate(one, request);
            one.seed = request.seed + std::int64_t(made.requests.size()) * request.count;
            one.prompt = prompt;
            one.negative_prompt = negative;
            made.requests.push_back(std::move(one));
        }
    }
    return made;
}

}  // namespace

bool hasTemplate(const GenerationRequest& request) {
    return diffusion::is_template(request.prompt) ||
           diffusion::is_template(request.negative_prompt);
}

Expansion expand(const GenerationRequest& request, const WildcardLibrary& wildcards, Expand mode,
                 std::size_t most) {
    auto plain = request;
    plain.prompt_template.clear();
    plain.negative_template.clear();
    if (mode == Expand::none || !hasTemplate(plain)) return {{plain}, true, {}};
    auto made = mode == Expand::all ? expandAll(plain, wildcards, most)
                                    : expandRandom(plain, wildcards, most);
    // A template can stand for nothing at all ({} of an empty list).
    if (made.requests.empty()) made.requests.push_back(plain);
    return made;
}

}  // namespace prompts
