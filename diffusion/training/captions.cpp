#include "diffusion/training/captions.h"

#include <nlohmann/json.hpp>
#include <set>

#include "diffusion/error.h"
#include "diffusion/training/seeds.h"

namespace diffusion::training {

namespace {

using nlohmann::json;

[[noreturn]] void fail(const std::string& what) {
    throw Error(ErrorKind::corrupt_file, what, ErrorReason::malformed);
}

std::string text_at(const json& line, const char* key) {
    const auto found = line.find(key);
    if (found == line.end() || found->is_null()) return {};
    if (!found->is_string()) fail(std::string("the field ") + key + " is not a text");
    return found->get<std::string>();
}

std::vector<std::string> texts_at(const json& line, const char* key) {
    const auto found = line.find(key);
    if (found == line.end() || found->is_null()) return {};
    if (!found->is_array()) fail(std::string("the field ") + key + " is not a list");
    std::vector<std::string> texts;
    for (const auto& item : *found) {
        if (!item.is_string()) fail(std::string("the field ") + key + " holds something else than texts");
        texts.push_back(item.get<std::string>());
    }
    return texts;
}

void append_tags(std::string& prompt, const std::vector<std::string>& tags, Chance& chance) {
    const auto count = std::min<std::size_t>(tags.size(), 1 + chance.below(2));
    std::set<std::size_t> used;
    while (used.size() < count) {
        const auto i = chance.below(tags.size());
        if (used.insert(i).second) prompt += ", " + tags[i];
    }
}

}  // namespace

Caption read_caption(const std::string& json_line) {
    const json line = json::parse(json_line, nullptr, false);
    if (!line.is_object()) fail("the line is not a JSON object");
    Caption caption;
    caption.file = text_at(line, "file");
    caption.style = text_at(line, "style");
    caption.style_en = text_at(line, "style_en");
    caption.style_ko = text_at(line, "style_ko");
    caption.en = text_at(line, "en");
    caption.ko = text_at(line, "ko");
    caption.en_tags = texts_at(line, "en_tags");
    caption.ko_tags = texts_at(line, "ko_tags");
    caption.group = text_at(line, "group");
    caption.subgroup = text_at(line, "subgroup");
    caption.hex = text_at(line, "hex");
    caption.licence = text_at(line, "licence");
    caption.author = text_at(line, "author");
    if (caption.file.empty()) fail("the field file is missing");
    if (caption.en.empty() && caption.ko.empty()) fail("both captions, en and ko, are missing");
    return caption;
}

std::string write_caption(const Caption& caption) {
    const json line{{"file", caption.file},         {"style", caption.style},
                    {"style_en", caption.style_en}, {"style_ko", caption.style_ko},
                    {"en", caption.en},             {"ko", caption.ko},
                    {"en_tags", caption.en_tags},   {"ko_tags", caption.ko_tags},
                    {"group", caption.group},       {"subgroup", caption.subgroup},
                    {"hex", caption.hex},           {"licence", caption.licence},
                    {"author", caption.author}};
    return line.dump();
}

std::string draw_prompt(const Caption& caption, const PromptMix& mix, std::uint64_t seed) {
    Chance chance(seed);
    if (chance.share() < mix.dropout) return {};
    const bool korean = caption.en.empty() || (!caption.ko.empty() && chance.share() < mix.korean);
    const auto& label = korean ? caption.ko : caption.en;
    const auto& tags = korean ? caption.ko_tags : caption.en_tags;
    const auto& style = korean ? caption.style_ko : caption.style_en;
    std::string prompt = label;
    if (!tags.empty()) {
        if (chance.share() < mix.tag_only) {
            prompt = tags[chance.below(tags.size())];
        } else if (chance.share() < mix.tags) {
            append_tags(prompt, tags, chance);
        }
    }
    if (!style.empty() && chance.share() < mix.style) prompt += ", " + style;
    return prompt;
}

std::string full_prompt(const Caption& caption, bool korean) {
    const bool in_korean = caption.en.empty() || (korean && !caption.ko.empty());
    const auto& style = in_korean ? caption.style_ko : caption.style_en;
    const auto& label = in_korean ? caption.ko : caption.en;
    return style.empty() ? label : label + ", " + style;
}

std::vector<std::string> vocabulary_texts(const std::vector<Caption>& captions) {
    std::vector<std::string> texts;
    for (const auto& caption : captions) {
        for (const bool korean : {false, true}) texts.push_back(full_prompt(caption, korean));
        texts.insert(texts.end(), caption.en_tags.begin(), caption.en_tags.end());
        texts.insert(texts.end(), caption.ko_tags.begin(), caption.ko_tags.end());
    }
    return texts;
}

}  // namespace diffusion::training
