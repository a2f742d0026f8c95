#include "diffusion/training/captions.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <utility>

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

constexpr std::array all_backgrounds{
    Background{"red", "빨간", {226, 58, 52}},     Background{"orange", "주황색", {245, 146, 40}},
    Background{"yellow", "노란", {252, 216, 64}}, Background{"green", "초록", {74, 168, 84}},
    Background{"blue", "파란", {58, 120, 216}},   Background{"sky blue", "하늘색", {130, 200, 244}},
    Background{"purple", "보라색", {138, 82, 190}}, Background{"pink", "분홍", {246, 158, 192}},
    Background{"brown", "갈색", {134, 92, 62}},   Background{"grey", "회색", {150, 150, 150}},
    Background{"black", "검은", {24, 24, 24}}};

/// "와" after a vowel, "과" after a consonant; what is no Hangul counts as a vowel.
const char* and_after(const std::string& korean) {
    constexpr char32_t first = 0xAC00, last = 0xD7A3;
    if (korean.size() < 3) return "와";
    char32_t point = 0;
    for (std::size_t i = korean.size() - 3; i < korean.size(); ++i)
        point = (point << 6) | (static_cast<unsigned char>(korean[i]) & 0x3F);
    point &= 0xFFFF;  // three bytes hold sixteen bits
    const bool is_hangul = point >= first && point <= last;
    return is_hangul && (point - first) % 28 != 0 ? "과" : "와";
}

std::string pair_of(const std::string& left, const std::string& right, bool korean, bool is_near) {
    if (korean) return is_near ? left + " 옆에 " + right : left + and_after(left) + " " + right;
    return left + (is_near ? " next to " : " and ") + right;
}

std::string words_of(const Background& background, bool korean) {
    if (korean) return std::string(background.ko) + " 배경";
    const bool has_vowel = std::string_view("aeiou").find(background.en[0]) != std::string_view::npos;
    return std::string("on ") + (has_vowel ? "an " : "a ") + background.en + " background";
}

bool ends_with_one_of(std::string_view word, std::initializer_list<std::string_view> ends) {
    return std::ranges::any_of(ends, [&](auto end) { return word.ends_with(end); });
}

/// "cats", "boxes", "berries"; what has no plural of its own, or is one, stays empty.
std::string plural_of(const std::string& word) {
    static const std::map<std::string, std::string> irregular{
        {"mouse", "mice"},   {"goose", "geese"},  {"leaf", "leaves"}, {"knife", "knives"},
        {"wolf", "wolves"},  {"tooth", "teeth"},  {"foot", "feet"},   {"fish", "fish"},
        {"sheep", "sheep"},  {"potato", "potatoes"}, {"tomato", "tomatoes"}, {"volcano", "volcanoes"}};
    static const std::set<std::string> uncounted{"rice",  "bread",   "bacon", "broccoli", "corn",   "butter",
                                                 "cheese", "salt",   "meat",  "coral",    "spaghetti", "tempura",
                                                 "sake",  "ginger",  "garlic", "chocolate", "honey", "milk",
                                                 "food",  "pasta",   "soap",  "luggage",  "weather", "music"};
    if (const auto found = irregular.find(word); found != irregular.end()) return found->second;
    if (word.size() < 3 || uncounted.contains(word) || ends_with_one_of(word, {"s", "ing", "ed"})) return {};
    if (ends_with_one_of(word, {"x", "z", "ch", "sh"})) return word + "es";
    const bool is_after_vowel = std::string_view("aeiou").find(word[word.size() - 2]) != std::string_view::npos;
    if (word.back() == 'y' && !is_after_vowel) return word.substr(0, word.size() - 1) + "ies";
    return word + "s";
}

/// The label's plural, or nothing where it isn't one or two plain words.
std::string plural_label(const std::string& label) {
    const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || c == ' ' || c == '-'; };
    if (label.empty() || !std::ranges::all_of(label, is_plain)) return {};
    if (std::ranges::count(label, ' ') > 1) return {};
    const auto last = label.rfind(' ') == std::string::npos ? 0 : label.rfind(' ') + 1;
    const auto plural = plural_of(label.substr(last));
    return plural.empty() ? plural : label.substr(0, last) + plural;
}

constexpr std::array english_counts{"two", "three", "four"};
constexpr std::array korean_counts{"두", "세", "네"};

std::string counted(const Caption& caption, int count, bool korean) {
    if (count < 2) return korean ? caption.ko : caption.en;
    const auto place = static_cast<std::size_t>(std::min(count, 4) - 2);
    if (!korean) return std::string(english_counts[place]) + " " + plural_label(caption.en);
    static const std::set<std::string> creatures{"amphibians", "birds", "bugs", "mammals", "marine life",
                                                 "reptiles", "cat faces", "monkey faces"};
    const char* unit = creatures.contains(caption.subgroup) ? " 마리" : " 개";
    return caption.ko + " " + korean_counts[place] + unit;
}

/// "an apple"; names, plurals and what has more than plain words are left as they are.
std::string with_article(const std::string& label) {
    if (plural_label(label).empty()) return label;
    const bool has_vowel = std::string_view("aeiou").find(label[0]) != std::string_view::npos;
    return (has_vowel ? "an " : "a ") + label;
}

/// Words of the label, in lower case.
std::set<std::string> words_of(const std::string& label) {
    std::set<std::string> words;
    std::string word;
    for (const char c : label + " ") {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (is_letter) word += static_cast<char>(c | 0x20);
        else if (!word.empty()) words.insert(std::exchange(word, {}));
    }
    return words;
}

}  // namespace

std::span<const Background> backgrounds() { return all_backgrounds; }

bool is_mirrorable(const Caption& caption) {
    static const std::set<std::string> with_writing{"flags", "symbols", "time", "books & paper", "mail",
                                                    "money", "office supplies", "writing", "computer",
                                                    "music", "game", "event", "award-medal", "phone"};
    static const std::set<std::string> telling{"left", "right", "clock", "sign", "letter", "button",
                                               "calendar", "newspaper", "clockwise", "map"};
    if (caption.group.empty() || with_writing.contains(caption.group) ||
        with_writing.contains(caption.subgroup))
        return false;
    const auto words = words_of(caption.en);
    return std::ranges::none_of(words, [](const auto& word) { return telling.contains(word); });
}

bool is_countable(const Caption& caption) {
    static const std::set<std::string> groups{"activities",   "animals & nature",  "food & drink",
                                              "objects",      "smileys & emotion", "travel & places"};
    return groups.contains(caption.group) && !plural_label(caption.en).empty();
}

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

std::string draw_prompt(const Caption& caption, const PromptMix& mix, std::uint64_t seed,
                        const Scene& scene) {
    Chance chance(seed);
    if (chance.share() < mix.dropout) return {};
    const auto* beside = scene.beside;
    const bool has_english = !caption.en.empty() && (!beside || !beside->en.empty());
    const bool has_korean = !caption.ko.empty() && (!beside || !beside->ko.empty());
    const bool korean = !has_english || (has_korean && chance.share() < mix.korean);
    const auto& tags = korean ? caption.ko_tags : caption.en_tags;
    const auto& style = korean ? caption.style_ko : caption.style_en;
    const auto name = [&, has_article = !korean && chance.share() < mix.article](const Caption& of) {
        if (has_article && scene.count < 2) return with_article(of.en);
        return counted(of, &of == beside ? 1 : scene.count, korean);
    };
    std::string prompt = name(caption);
    if (beside) {
        prompt = pair_of(prompt, name(*beside), korean, chance.share() < 0.5);
    } else if (!tags.empty()) {
        if (scene.count < 2 && chance.share() < mix.tag_only) {
            prompt = tags[chance.below(tags.size())];
        } else if (chance.share() < mix.tags) {
            append_tags(prompt, tags, chance);
        }
    }
    if (scene.background) prompt += (korean ? ", " : " ") + words_of(*scene.background, korean);
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
    for (std::size_t i = 0; i < captions.size(); ++i) {
        const auto& caption = captions[i];
        const auto& background = all_backgrounds[i % all_backgrounds.size()];
        for (const bool korean : {false, true}) {
            texts.push_back(full_prompt(caption, korean));
            texts.push_back(words_of(background, korean));
            texts.push_back(pair_of("", "", korean, i % 2 == 0));
            if (is_countable(caption)) texts.push_back(counted(caption, 2 + static_cast<int>(i % 3), korean));
        }
        texts.insert(texts.end(), caption.en_tags.begin(), caption.en_tags.end());
        texts.insert(texts.end(), caption.ko_tags.begin(), caption.ko_tags.end());
    }
    return texts;
}

}  // namespace diffusion::training
