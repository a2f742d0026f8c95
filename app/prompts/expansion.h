#pragma once

// From one request with a template in its prompt ({a|b}, __words__) to the requests that are run.
// What is run and recorded is plain text; the template stays beside it in the metadata.

#include "diffusion/request.h"
#include "diffusion/text/wildcards.h"

#include <QStringList>

#include <cstddef>
#include <vector>

namespace prompts {

enum class Expand {
    none,    ///< {a|b} is text
    random,  ///< every picture draws its own prompt by its own seed
    all      ///< every combination, each with the request's count of pictures
};

struct Expansion {
    std::vector<diffusion::GenerationRequest> requests;  ///< at least one
    bool isComplete = true;  ///< false: there are more combinations than were asked for
    QStringList missing;     ///< wildcards of which no list is known; they stay as text
};

/// True when the request's prompts hold something to expand.
bool hasTemplate(const diffusion::GenerationRequest& request);

/// At most `most` requests, with seeds that follow one another. The request has its seed already:
/// the same seed draws the same prompts. Throws Error bad_request that names the field, the
/// character and what was expected there.
Expansion expand(const diffusion::GenerationRequest& request,
                 const diffusion::WildcardLibrary& wildcards, Expand mode, std::size_t most);


}  // namespace prompts
