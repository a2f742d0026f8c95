#pragma once

// Flags that say what becomes of a prompt before it is run: styles around it, templates in it.

#include "app/prompts/expansion.h"

#include <CLI/App.hpp>
#include <string>
#include <vector>

namespace cli {

class PromptFlags {
public:
    /// The flags write into this object; keep it until the command line is read.
    explicit PromptFlags(CLI::App& parser);
    PromptFlags(const PromptFlags&) = delete;
    PromptFlags& operator=(const PromptFlags&) = delete;

    /// Only the prompts are wanted, no pictures.
    bool isDryRun() const { return isDryRun_; }

    /// The requests to run; one that has no seed gets one. Styles and wildcards are looked for in the
    /// data folder unless a flag names another place. Throws Error: bad_request, missing_file,
    /// corrupt_file.
    prompts::Expansion apply(diffusion::GenerationRequest request, const QString& dataFolder) const;

private:
    std::vector<std::string> styles_;
    std::string expand_ = "none";
    std::string wildcards_;
    bool isDryRun_ = false;
};

/// The prompts and how many there are, on standard output.
void listPrompts(const prompts::Expansion& expansion, bool isJson);

}  // namespace cli
