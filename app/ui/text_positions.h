#pragma once

// The seam between two ways to count in a text: diffusion/text counts code points, Qt counts UTF-16
// units; they differ behind every emoji.

#include <QString>

#include <cstddef>
#include <vector>

namespace ui {

class TextPositions {
public:
    explicit TextPositions(const QString& text) {
        units_.reserve(std::size_t(text.size()) + 1);
        for (int i = 0; i < text.size(); ++i)
            if (!text[i].isLowSurrogate() || i == 0 || !text[i - 1].isHighSurrogate())
                units_.push_back(i);
        units_.push_back(int(text.size()));
    }

    /// The unit where a code point begins; beyond the end: the end.
    int unitOf(std::size_t point) const {
        return point < units_.size() ? units_[point] : units_.back();
    }

    /// The code point that a unit belongs to.
    std::size_t pointOf(int unit) const {
        std::size_t point = 0;
        while (point + 1 < units_.size() && units_[point + 1] <= unit) ++point;
        return point;
    }

private:
    std::vector<int> units_;
};

}  // namespace ui
