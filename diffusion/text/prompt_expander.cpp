#include "diffusion/text/prompt_expander.h"

#include "diffusion/text/template_texts_impl.h"

namespace diffusion {

namespace {

using namespace templates;

Context context_of(Shared& shared, Sampling sampling) {
    return {&shared, sampling, std::make_shared<const Variables>(),
            std::make_shared<const std::set<std::string>>(), 0};
}

}  // namespace

PromptTemplateError::PromptTemplateError(size_t position, const std::string& message)
    : std::runtime_error(message), position_(position) {}

Expansion expand_all(std::string_view prompt, const WildcardLibrary& wildcards, size_t most) {
    Shared shared{wildcards, {}, {}, 0};
    Expansion made;
    auto texts = generate(parse_template(prompt), context_of(shared, Sampling::combinatorial));
    while (auto text = texts.next()) {
        if (made.prompts.size() == most) {
            made.is_complete = false;
            break;
        }
        made.prompts.push_back(std::move(*text));
    }
    made.missing.assign(shared.missing.begin(), shared.missing.end());
    return made;
}

std::string expand_random(std::string_view prompt, const WildcardLibrary& wildcards,
                          std::uint64_t seed) {
    Shared shared{wildcards, std::mt19937_64(seed), {}, 0};
    return first_of(parse_template(prompt), context_of(shared, Sampling::random));
}

bool is_template(std::string_view prompt) {
    for (const std::string_view mark : {"{", "${", "%{"})
        if (prompt.find(mark) != prompt.npos) return true;
    const auto open = prompt.find("__");
    return open != prompt.npos && prompt.find("__", open + 2) != prompt.npos;
}

}  // namespace diffusion
