#pragma once

// What is known of a training picture, and the prompts that it may be called by.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace diffusion::training {

/// One line of captions.jsonl. Only file and one of en and ko must be there.
struct Caption {
    std::string file;
    std::string style, style_en, style_ko;
    std::string en, ko;
    std::vector<std::string> en_tags, ko_tags;
    std::string group, subgroup;
    std::string hex;
    std::string licence, author;

    bool operator==(const Caption&) const = default;
};

/// Throws Error (corrupt_file) that names the line when a field is missing or of another type.
Caption read_caption(const std::string& json_line);
std::string write_caption(const Caption& caption);

/// How often a prompt is left empty, and what it is made of otherwise. Shares are 0..1.
struct PromptMix {
    double dropout = 0.1;  ///< empty prompt: what guidance compares with
    double korean = 0.5;
    double style = 0.75;   ///< ", 3d" behind the label
    double tags = 0.3;     ///< one or two keywords behind the label
    double tag_only = 0.05;  ///< a keyword in the label's place
    double article = 0.25;   ///< "a red apple" for "red apple", in English
};

/// A colour behind a picture, 0..255, and the words for it: "on a blue background", "파란 배경".
struct Background {
    const char* en;
    const char* ko;
    std::array<int, 3> rgb;
};

std::span<const Background> backgrounds();

/// What a picture was given beside what its caption says.
struct Scene {
    const Caption* beside = nullptr;         ///< the thing on its right
    const Background* background = nullptr;  ///< none: white, which no prompt mentions
    int count = 1;  ///< of the thing, 1..4; more than one only where is_countable and nothing is beside
};

/// A prompt of the picture, the same for the same seed: "red apple, 3d", "빨간 사과", "", and of a
/// scene "red apple and cat on a blue background, 3d", "빨간 사과와 고양이, 파란 배경, 입체", "two red
/// apples", "빨간 사과 두 개".
std::string draw_prompt(const Caption& caption, const PromptMix& mix, std::uint64_t seed,
                        const Scene& scene = {});

/// Whether the picture may be mirrored: its group is known and is none of those with writing, and
/// its label says neither left nor right.
bool is_mirrorable(const Caption& caption);

/// Whether several of the thing have a plain name: "two cats". Its group is known, and its label is one
/// or two words whose plural is known.
bool is_countable(const Caption& caption);

/// The plain prompt: label and style word, in Korean or English.
std::string full_prompt(const Caption& caption, bool korean);

/// Every label, style word and keyword once per picture: what the vocabulary is trained on.
std::vector<std::string> vocabulary_texts(const std::vector<Caption>& captions);

}  // namespace diffusion::training
