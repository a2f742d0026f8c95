#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "diffusion/training/captions.h"

namespace diffusion::training {

/// Which pictures may stand beside another: those of its style.
class Partners {
public:
    /// from: places in captions, which must outlive it.
    Partners(const std::vector<Caption>& captions, std::span<const std::int64_t> from);

    /// Another picture of the same style, chosen by the number; -1: there is none.
    std::int64_t of(std::int64_t index, std::uint64_t number) const;

private:
    const std::vector<Caption>& captions_;
    std::map<std::string, std::vector<std::int64_t>> by_style_;
};

}  // namespace diffusion::training
