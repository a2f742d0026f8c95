#pragma once

// The parts of a prompt that stand above its text: AND, extra networks, comments. Emphasis is in
// attention.h, [from:to:when] in prompt_schedule.h. Standard library only.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diffusion {

/// One side of an AND with the weight after its last colon.
struct WeightedPrompt {
    std::string text;
    double weight = 1.0;
};

/// "a :1.2 AND b": at least one part. AND is upper case and a word of its own.
std::vector<WeightedPrompt> split_and(std::string_view prompt);

/// <kind:item:item>: a network that a prompt asks for.
struct ExtraNetwork {
    std::string kind;                     ///< "lora", "hypernet", ... as written
    std::vector<std::string> items;       ///< all, as written
    std::vector<std::string> positional;  ///< those without one "="
    std::vector<std::pair<std::string, std::string>> named;
};

struct PromptWithNetworks {
    std::string prompt;                  ///< without the tags
    std::vector<ExtraNetwork> networks;  ///< in the order of the text
};

PromptWithNetworks take_extra_networks(std::string_view prompt);

struct LoraWeights {
    std::string name;
    double text_encoder = 1.0;
    double unet = 1.0;
    std::optional<int> dynamic_rank;
};

/// What <lora:NAME:te:unet:dyn> means, with te=, unet= and dyn= too. Throws std::invalid_argument
/// that names the item which is not a number.
LoraWeights lora_weights(const ExtraNetwork& network);

/// Without what follows a "#" in each line; the line break stays.
std::string strip_comments(std::string_view prompt);

}  // namespace diffusion
