#pragma once

// What the panels call the fields of a request that have no panel of their own, and in which section
// they stand. A field that is neither here nor in a panel is found by a test.

#include <QString>

#include <span>
#include <string_view>

namespace ui {

/// Sections of knobs, in the panel's order.
enum class Knobs { variation, sampler, levels, guidance, prompt, sdxl };

struct FieldWords {
    std::string_view field;  ///< FieldInfo::name
    Knobs section;
    const char* label;
    const char* help;
};

std::span<const FieldWords> fieldWords();

/// Null for a field that another panel shows.
const FieldWords* wordsOf(std::string_view field);

QString labelOf(const FieldWords& words);
QString helpOf(const FieldWords& words);
QString titleOf(Knobs section);
/// A choice of a field ("Automatic", "bh1") in the language of the window.
QString choiceText(std::string_view choice);

}  // namespace ui
