#include "app/cli/report.h"

#include "app/cli/exit_code.h"
#include "app/cli/json_line.h"
#include "app/cli/progress_bar.h"
#include "app/codec/request_json.h"
#include "app/codec/text.h"

#include <iostream>

namespace cli {
namespace {

class HumanReport : public Report {
public:
    void accepted(const diffusion::GenerationRequest&) override {
        bar_.show("starting the engine");
    }

    void progress(const diffusion::Progress& progress) override {
        if (!progress.warning.empty()) {
            bar_.clear();
            complain(progress.warning);
        }
        bar_.show(progressLine(progress));
    }

    void picture(const gallery::Picture& picture) override {
        bar_.clear();
        std::cout << codec::toUtf8(picture.path) << std::endl;
    }

    void error(diffusion::ErrorKind, const std::string& message) override {
        bar_.clear();
        complain(message);
    }

    void end(int exitCode) override {
        bar_.clear();
        if (exitCode == interrupted) complain("interrupted");
    }

private:
    ProgressBar bar_;
};

class JsonReport : public Report {
public:
    void accepted(const diffusion::GenerationRequest& request) override {
        writeLine({{"event", "accepted"}, {"request", codec::requestToJson(request)}});
    }

    void progress(const diffusion::Progress& progress) override {
        Json line{{"event", "progress"},
                  {"phase", nameOf(progress.phase)},
                  {"step", progress.step},
                  {"steps", progress.step_count},
                  {"picture", progress.first_picture + 1},
                  {"pictures", progress.picture_count},
                  {"seconds", progress.seconds}};
        if (progress.seconds_per_step > 0) line["seconds_per_step"] = progress.seconds_per_step;
        if (progress.seconds_left >= 0) line["seconds_left"] = progress.seconds_left;
        if (!progress.detail.empty()) line["detail"] = progress.detail;
        if (!progress.warning.empty()) line["warning"] = progress.warning;
        writeLine(line);
    }

    void picture(const gallery::Picture& picture) override {
        writeLine({{"event", "picture"},
                   {"path", codec::toUtf8(picture.path)},
                   {"width", picture.width},
                   {"height", picture.height},
                   {"seconds", picture.seconds},
                   {"model", codec::toUtf8(picture.modelName)},
                   {"request", codec::requestToJson(picture.request)}});
    }

    void error(diffusion::ErrorKind kind, const std::string& message) override {
        writeLine({{"event", "error"}, {"kind", diffusion::name_of(kind)}, {"message", message}});
        complain(message);
    }

    void end(int exitCode) override {
        const char* outcome = exitCode == done          ? "done"
                              : exitCode == interrupted ? "interrupted"
                                                        : "failed";
        writeLine({{"event", "end"}, {"outcome", outcome}, {"exit_code", exitCode}});
    }

};

}  // namespace

std::unique_ptr<Report> makeReport(bool isJson) {
    if (isJson) return std::make_unique<JsonReport>();
    return std::make_unique<HumanReport>();
}

void complain(const std::string& message) {
    std::cerr << "atelier: " << message << std::endl;
}

}  // namespace cli
