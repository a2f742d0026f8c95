#pragma once

// What can be said of a request before any model is opened: numbers within the ranges of
// request_fields.h, a prompt that is text, a size that is whole.

#include "diffusion/error.h"
#include "diffusion/request.h"

#include <optional>

namespace codec {

/// The first field that can't be, as a bad_request that names it, the expected and the found;
/// empty when the request may be submitted.
std::optional<diffusion::Error> findFault(const diffusion::GenerationRequest& request);

/// The number as a person would write it: 7, 0.5, 1e+300.
std::string numberText(double value);

}  // namespace codec
