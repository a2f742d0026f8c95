#include "app/cli/generate_command.h"

#include "app/cli/exit_code.h"
#include "app/cli/interrupt.h"
#include "app/cli/memory_flags.h"
#include "app/cli/progress_bar.h"
#include "app/cli/prompt_flags.h"
#include "app/cli/report.h"
#include "app/cli/request_flags.h"
#include "app/codec/text.h"
#include "app/storage/atomic_file.h"
#include "app/studio/studio.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <iostream>
#include <memory>

namespace cli {
namespace {

using diffusion::Error;
using diffusion::ErrorKind;

struct Flags {
    explicit Flags(CLI::App& parser) : request(parser), prompts(parser), memory(parser) {
        parser.add_option("--out", out,
                          "a folder, or a file that ends in .png; default: the gallery");
        parser.add_option("--data", data,
                          "folder for gallery and settings; default: your data folder");
        parser.add_flag("--json", isJson, "one JSON object a line on standard output");
    }

    RequestFlags request;
    PromptFlags prompts;
    MemoryFlags memory;
    std::string out;
    std::string data;
    bool isJson = false;
};

/// "cat.png" for one picture; "cat-1.png", "cat-2.png", ... for a row.
QString numberedName(const QString& path, int number, int count) {
    if (count == 1) return path;
    const QFileInfo file(path);
    return file.dir().filePath(
        QStringLiteral("%1-%2.%3").arg(file.completeBaseName()).arg(number).arg(file.suffix()));
}

/// Where the pictures go. Throws before the engine starts if nothing can be written there.
studio::PictureWriter writerFor(const QString& out, int count) {
    const QFileInfo place(out);
    const bool isFolder =
        place.isDir() || out.endsWith(QLatin1Char('/')) || place.suffix().isEmpty();
    if (isFolder) {
        storage::requireWritableFolder(out);
        return [out](const diffusion::Result& result) {
            return gallery::ImageStore::storeIn(result, out);
        };
    }
    if (place.suffix().compare(QLatin1String("png"), Qt::CaseInsensitive) != 0)
        throw Error(ErrorKind::bad_request,
                    "out: expected a folder or a file that ends in .png, found \"" +
                        codec::toUtf8(out) + "\".");
    storage::requireWritableFolder(place.absolutePath());
    return [out, count, number = 0](const diffusion::Result& result) mutable {
        return gallery::ImageStore::storeAs(result, numberedName(out, ++number, count));
    };
}

int pictureCount(const prompts::Expansion& expansion) {
    int count = 0;
    for (const auto& request : expansion.requests) count += request.count;
    return count;
}

/// Waits until every job is over; the exit code is that of the first one that did not finish.
class Ending {
public:
    Ending(studio::Studio& studio, Report& report) {
        QObject::connect(&studio, &studio::Studio::jobFinished,
                         [this](jobs::JobId id) { end(id, done); });
        QObject::connect(&studio, &studio::Studio::jobCancelled,
                         [this](jobs::JobId id) { end(id, interrupted); });
        QObject::connect(&studio, &studio::Studio::jobFailed,
                         [this, &report](jobs::JobId id, ErrorKind kind, const QString& message) {
                             report.error(kind, codec::toUtf8(message));
                             end(id, exitCode(kind));
                         });
    }

    void expect(jobs::JobId id) { open_.insert(id); }

    int code() const { return code_; }

private:
    void end(jobs::JobId id, int code) {
        if (!open_.remove(id)) return;
        if (code_ == done) code_ = code;
        if (open_.isEmpty()) QCoreApplication::quit();
    }

    QSet<jobs::JobId> open_;
    int code_ = done;
};

int generate(const Flags& flags) {
    studio::Options options;
    options.places = studio::findPlaces(codec::fromUtf8(flags.data));
    options.keepsQueue = false;
    options.engineChange = [&flags](diffusion::EngineOptions& engine) { flags.memory.apply(engine); };
    const auto expansion = flags.prompts.apply(flags.request.request(), options.places.data);
    if (flags.prompts.isDryRun()) {
        listPrompts(expansion, flags.isJson);
        return done;
    }
    if (!flags.out.empty())
        options.writer = writerFor(codec::fromUtf8(flags.out), pictureCount(expansion));
    const auto report = makeReport(flags.isJson);
    studio::Studio studio(options);
    if (flags.out.empty()) storage::requireWritableFolder(studio.picturesFolder());

    Ending ending(studio, *report);
    QObject::connect(&studio, &studio::Studio::progress,
                     [&](jobs::JobId, const diffusion::Progress& step) { report->progress(step); });
    QObject::connect(
        &studio, &studio::Studio::pictureStored,
        [&](jobs::JobId, const gallery::Picture& picture) { report->picture(picture); });
    for (const auto& request : expansion.requests) {
        const auto submission = studio.submit(request);
        if (submission.refusal) throw *submission.refusal;
        ending.expect(*submission.job);
        report->accepted(studio.queue().find(*submission.job)->request);
    }
    const Interrupt interrupt;
    const std::stop_callback onInterrupt(interrupt.token(), [&studio] {
        QMetaObject::invokeMethod(
            &studio, [&studio] { studio.cancelAll(); }, Qt::QueuedConnection);
    });
    studio.start();
    QCoreApplication::exec();
    report->end(ending.code());
    return ending.code();
}

}  // namespace

Command generateCommand() {
    return {"generate", "Make pictures from words", [](CLI::App& parser) -> Action {
                const auto flags = std::make_shared<Flags>(parser);
                return [flags] { return generate(*flags); };
            }};
}

}  // namespace cli
