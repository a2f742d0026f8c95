#pragma once

#include "diffusion/request.h"

#include <CLI/App.hpp>
#include <map>
#include <string>

namespace cli {

/// The flags of a request on a command's parser: one for each row of request_fields.h, the prompt
/// as the positional argument, and --size for two rows.
class RequestFlags {
public:
    /// The flags write into this object; keep it until the command line is read.
    explicit RequestFlags(CLI::App& parser);
    RequestFlags(const RequestFlags&) = delete;
    RequestFlags& operator=(const RequestFlags&) = delete;

    /// Throws Error bad_request that names the field, the expected and the found.
    diffusion::GenerationRequest request() const;

private:
    std::map<std::string, std::string> texts_;  // by field name; std::map keeps the places
    std::string size_;
};

}  // namespace cli
