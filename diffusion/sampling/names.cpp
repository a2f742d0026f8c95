#include "diffusion/sampling/names.h"

#include <algorithm>
#include <cctype>
#include <numeric>

namespace diffusion::sampling {

namespace {

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

/// Levenshtein's distance without regard to case.
size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), size_t{0});
    for (size_t i = 0; i < a.size(); ++i) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < b.size(); ++j) {
            const size_t replaced = diagonal + (lower(a[i]) == lower(b[j]) ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string unknown_name(std::string_view field, std::string_view found,
                         const std::vector<std::string>& known) {
    auto nearest = known;
    // A long text is compared by its beginning: the cost must not grow with what a stranger sends.
    const auto shown = found.substr(0, 60);
    std::ranges::stable_sort(nearest, {}, [&](const std::string& name) {
        return edit_distance(shown, name);
    });
    std::string text = std::string(field) + ": \"" + std::string(shown) + "\" is not known; nearest are ";
    const size_t count = std::min<size_t>(3, nearest.size());
    for (size_t i = 0; i < count; ++i)
        text += (i == 0 ? "" : i + 1 == count ? " and " : ", ") + nearest[i];
    return text + ".";
}

}  // namespace diffusion::sampling
