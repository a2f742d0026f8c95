#pragma once

// What the command line says while it works: for people (pictures' paths on standard output, a bar
// on the terminal) or for programs (one JSON object a line on standard output).

#include "app/gallery/picture.h"
#include "diffusion/error.h"
#include "diffusion/progress.h"
#include "diffusion/request.h"

#include <memory>
#include <string>

namespace cli {

class Report {
public:
    virtual ~Report() = default;
    virtual void accepted(const diffusion::GenerationRequest& request) = 0;
    virtual void progress(const diffusion::Progress& progress) = 0;
    virtual void picture(const gallery::Picture& picture) = 0;
    virtual void error(diffusion::ErrorKind kind, const std::string& message) = 0;
    virtual void end(int exitCode) = 0;
};

std::unique_ptr<Report> makeReport(bool isJson);

/// The sentence on standard error, as every command ends when it fails.
void complain(const std::string& message);

}  // namespace cli
