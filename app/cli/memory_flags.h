#pragma once

#include "diffusion/engine.h"

#include <CLI/App.hpp>
#include <cstdint>
#include <string>

namespace cli {

/// --memory, --memory-limit and --precision. What is left out stays as the settings have it.
class MemoryFlags {
public:
    /// The flags write into this object; keep it until the command line is read.
    explicit MemoryFlags(CLI::App& parser);
    MemoryFlags(const MemoryFlags&) = delete;
    MemoryFlags& operator=(const MemoryFlags&) = delete;

    /// Throws Error bad_request for a limit that is no size.
    void apply(diffusion::EngineOptions& options) const;

private:
    std::string memory_;
    std::string limit_;
    std::string precision_;
};

/// "3G", "2.5GiB", "800M" or a number of bytes. Throws Error bad_request.
std::int64_t bytesOf(const std::string& text);

/// "2.4 GiB", "310 MiB"
std::string sizeText(std::int64_t bytes);

}  // namespace cli
