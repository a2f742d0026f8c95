#include "app/cli/info_command.h"

#include "app/cli/engine.h"
#include "app/cli/exit_code.h"
#include "app/cli/report.h"
#include "app/codec/foreign/foreign.h"
#include "app/codec/foreign/translation.h"
#include "app/codec/request_json.h"
#include "app/codec/text.h"
#include "app/gallery/image_metadata.h"
#include "diffusion/error.h"

#include <QFileInfo>

#include <iomanip>
#include <iostream>
#include <memory>

namespace cli {
namespace {

using Json = nlohmann::ordered_json;
using codec::toUtf8;
using codec::foreign::FieldReport;

/// Without an engine the report says less; it is no reason to say nothing.
codec::foreign::Vocabulary vocabulary() {
    try {
        const auto engine = makeEngine();
        return {engine->samplers(), engine->schedules(), engine->inspect({}).name};
    } catch (const diffusion::Error& error) {
        complain(error.what());
        return {};
    }
}

void print(const Json& document) {
    std::cout << document.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
}

Json toJson(const FieldReport& field) {
    Json line{{"name", toUtf8(field.name)},
              {"fate", codec::foreign::nameOf(field.fate)},
              {"found", toUtf8(field.found)},
              {"used", toUtf8(field.used)}};
    if (!field.note.isEmpty()) line["note"] = toUtf8(field.note);
    return line;
}

void printJson(const codec::foreign::Found& found, const codec::foreign::Translation& translation) {
    Json fields = Json::array();
    for (const auto& field : translation.fields) fields.push_back(toJson(field));
    print({{"program", toUtf8(found.program)},
           {"place", toUtf8(found.place)},
           {"settings", found.settings},
           {"report", fields},
           {"request", codec::requestToJson(translation.request)}});
}

/// Control characters of a stranger's text could steer the terminal.
std::string oneLine(QString text) {
    for (auto& c : text)
        if (!c.isPrint() && !c.isSurrogate()) c = QLatin1Char(' ');
    return toUtf8(text);
}

void printReport(const codec::foreign::Found& found,
                 const codec::foreign::Translation& translation) {
    std::cout << "program  " << oneLine(found.program) << " (" << oneLine(found.place) << ")\n";
    for (const auto& field : translation.fields) {
        std::cout << std::left << std::setw(13) << codec::foreign::nameOf(field.fate)
                  << std::setw(17) << oneLine(field.name) << oneLine(field.found);
        if (field.used != field.found && !field.used.isEmpty())
            std::cout << "  ->  " << oneLine(field.used);
        if (!field.note.isEmpty()) std::cout << "  (" << oneLine(field.note) << ")";
        std::cout << '\n';
    }
    std::cout << std::flush;
}

int describe(const std::string& picture, bool isJson) {
    const auto path = codec::fromUtf8(picture);
    if (!QFileInfo(path).isFile())
        throw diffusion::Error(diffusion::ErrorKind::missing_file,
                               picture + ": expected a picture, found no file of this name.");
    const auto found = codec::foreign::findSettings(gallery::readTexts(path));
    if (!found) {
        if (isJson)
            print({{"program", nullptr}});
        else
            std::cout << "No settings were found in " << picture << "." << std::endl;
        return done;
    }
    const auto translation = codec::foreign::translate(*found, vocabulary());
    if (isJson)
        printJson(*found, translation);
    else
        printReport(*found, translation);
    return done;
}

}  // namespace

Command infoCommand() {
    return {"info", "Say what a picture was made with", [](CLI::App& parser) -> Action {
                const auto picture = std::make_shared<std::string>();
                const auto isJson = std::make_shared<bool>(false);
                parser
                    .add_option("PICTURE", *picture, "PNG, JPEG, WebP, GIF or AVIF of any program")
                    ->required();
                parser.add_flag("--json", *isJson, "as one JSON object");
                return [picture, isJson] { return describe(*picture, *isJson); };
            }};
}

}  // namespace cli
