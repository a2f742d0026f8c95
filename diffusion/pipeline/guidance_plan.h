#pragma once

// Which of a prompt's texts guide which call of the network.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "diffusion/pipeline/predictor.h"
#include "diffusion/text/prompt_plan.h"

namespace diffusion::pipeline {

/// The positive prompt's parts together are not one prediction of weight 1, so that they mean
/// something only beside the unconditional one.
bool needs_unconditional(const PromptPlan& positive);

/// How texts of unequal length are made equal, as A1111 can do it to read them in one batch.
enum class Padding {
    none,
    empty_prompt,  ///< the shorter one goes on with the empty prompt's encoding
    last_row       ///< the negative one repeats its last row, or is cut
};

class GuidancePlan {
public:
    using Encode = std::function<unet::Conditioning(const std::string& text, bool is_negative)>;

    /// Encodes each distinct text once. negative is absent at guidance 1.
    GuidancePlan(const PromptPlan& positive, const std::optional<PromptPlan>& negative,
                 const Encode& encode);

    /// From here on texts are made equal; empty: the empty prompt's encoding, [1, T, width].
    void pad(Padding padding, torch::Tensor empty);

    /// For the model's call counted from 0. Equal texts are one with the sum of their weights, and
    /// what has no weight is left out.
    Guidance at(int call) const;

private:
    using Texts = std::map<std::string, unet::Conditioning>;

    static Texts encoded(const PromptPlan& plan, bool is_negative, const Encode& encode);

    PromptPlan positive_;
    std::optional<PromptPlan> negative_;
    Texts positive_texts_;
    Texts negative_texts_;
    Padding padding_ = Padding::none;
    torch::Tensor empty_;
};

}  // namespace diffusion::pipeline
