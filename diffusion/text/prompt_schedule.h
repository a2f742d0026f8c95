#pragma once

// Prompts that change while the picture is made: [from:to:when], [a|b]. Standard library only.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace diffusion {

/// The text in force up to end_step (counted from 1).
struct ScheduledText {
    int end_step = 0;
    std::string text;
    bool operator==(const ScheduledText&) const = default;
};

/// Which steps the numbers in a prompt mean.
struct ScheduleSteps {
    int steps = 20;       ///< of the first pass; twice that for samplers of second order
    int hires_steps = 0;  ///< of the second pass, when it is that which is asked for; else 0
    /// Files older than A1111 1.6: below 1 a fraction, else a step, the same numbers in both
    /// passes.
    bool has_old_timelines = false;
};

/// At least one entry, ends ascending, the last at the last step. A prompt whose brackets can't be
/// read is one entry with its text as it stands.
std::vector<ScheduledText> schedule_prompt(std::string_view prompt, const ScheduleSteps& steps);

/// Index of the entry that the model's call (counted from 0) uses.
size_t entry_for_call(std::span<const ScheduledText> entries, int call);

}  // namespace diffusion
