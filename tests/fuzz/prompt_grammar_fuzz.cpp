// Everything that a prompt goes through on its way to the text encoder, in each writing; and what is
// printed must read as it was meant.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "clip/unicode.h"
#include "diffusion/text/attention.h"
#include "diffusion/text/comfy_weights.h"
#include "diffusion/text/compel.h"
#include "diffusion/text/marks_impl.h"
#include "diffusion/text/prompt_plan.h"

namespace {

void expect(bool is_true) {
    if (!is_true) __builtin_trap();
}

void plan(std::string_view prompt, int steps) {
    const auto plan = diffusion::plan_prompt(prompt, {.steps = steps});
    expect(!plan.parts.empty());
    for (const auto& part : plan.parts) {
        expect(!part.texts.empty() && part.texts.back().end_step == steps);
        for (int call = 0; call < steps; ++call)
            expect(diffusion::entry_for_call(part.texts, call) < part.texts.size());
    }
    diffusion::plan_negative_prompt(prompt, {.steps = steps, .has_old_timelines = true});
    diffusion::separated(prompt);
}

/// What editors highlight lies within the text, whichever way it is read.
void mark(std::string_view prompt) {
    using Note = void (*)(std::u32string_view, diffusion::marks::Notes&);
    const auto text = clip::unicode::decode(prompt);
    for (const Note note : {Note(diffusion::marks::note_attention), Note(diffusion::marks::note_comfy),
                            Note(diffusion::marks::note_schedules), Note(diffusion::marks::note_networks),
                            Note(diffusion::marks::note_comments)}) {
        diffusion::marks::Notes notes;
        note(text, notes);
        for (const auto& each : notes.marks) expect(each.begin < each.end && each.end <= text.size());
        for (const auto& each : notes.faults) expect(each.begin < each.end && each.end <= text.size());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view prompt(reinterpret_cast<const char*>(data), size);
    const auto weights = diffusion::parse_attention(prompt);
    expect(diffusion::parse_attention(diffusion::print_attention(weights)) == weights);
    const auto compel = diffusion::parse_compel(prompt);
    expect(diffusion::parse_compel(diffusion::print_compel(compel)) == compel);
    diffusion::print_comfy(diffusion::parse_comfy_weights(prompt));
    diffusion::read_compel(prompt);
    mark(prompt);
    plan(prompt, 1 + static_cast<int>(size % 20));
    return 0;
}
