#pragma once

// A request as JSON and back, by the one list of its fields. Presets, the queue's journal, the
// command line's --json and the servers all speak this form.

#include "diffusion/request.h"

#include <nlohmann/json.hpp>
#include <string>

namespace codec {

/// Every field, in the order of request_fields.h.
nlohmann::ordered_json requestToJson(const diffusion::GenerationRequest& request);

/// Fields that the document lacks keep their defaults.
/// Throws Error bad_request for an unknown key, a value of another type or a number that does not
/// fit.
diffusion::GenerationRequest requestFromJson(const nlohmann::ordered_json& document);

/// The same for what the program stored itself, perhaps in another version: fields that can't be
/// read keep their defaults, unknown ones are passed over.
diffusion::GenerationRequest readableFields(const nlohmann::ordered_json& document);

/// One line of JSON; text that is not UTF-8 is written with replacement characters.
std::string requestToText(const diffusion::GenerationRequest& request);

/// Throws Error bad_request, also for text that is not JSON.
diffusion::GenerationRequest requestFromText(const std::string& text);

}  // namespace codec
