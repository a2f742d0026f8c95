#include "app/cli/model_folders.h"

#include "app/cli/exit_code.h"
#include "app/cli/json_line.h"
#include "app/codec/text.h"
#include "app/settings/settings.h"
#include "app/studio/model_search.h"
#include "diffusion/error.h"

#include <QDir>
#include <QFileInfo>

#include <CLI/App.hpp>
#include <algorithm>
#include <iostream>
#include <memory>

namespace cli {
namespace {

struct FolderFlags {
    std::string data;
    std::string folder;
    bool isJson = false;
};

struct Desk {
    explicit Desk(const FolderFlags& flags)
        : places(studio::findPlaces(codec::fromUtf8(flags.data))),
          settings(places.data + QStringLiteral("/settings.json")) {}

    studio::Places places;
    settings::Settings settings;
};

std::string whose(const library::ModelFolder& folder) {
    return folder.program.isEmpty() ? "Atelier" : codec::toUtf8(folder.program);
}

int listFolders(const FolderFlags& flags) {
    const Desk desk(flags);
    const auto folders =
        library::folders(studio::modelPlaces(desk.places, desk.settings.values()));
    if (flags.isJson) {
        Json list = Json::array();
        for (const auto& folder : folders)
            list.push_back({{"path", codec::toUtf8(folder.path)},
                            {"program", whose(folder)},
                            {"exists", QFileInfo(folder.path).isDir()}});
        writeLine({{"folders", list}});
        return done;
    }
    size_t width = 0;
    for (const auto& folder : folders) width = std::max(width, whose(folder).size());
    for (const auto& folder : folders) {
        const auto name = whose(folder);
        std::cout << name << std::string(width + 2 - name.size(), ' ') << codec::toUtf8(folder.path)
                  << (QFileInfo(folder.path).isDir() ? "" : "  (not there)") << '\n';
    }
    std::cout << std::flush;
    return done;
}

diffusion::Error badFolder(const FolderFlags& flags, const std::string& what) {
    return {diffusion::ErrorKind::bad_request, flags.folder + ": " + what};
}

int addFolder(const FolderFlags& flags) {
    Desk desk(flags);
    const auto folder = codec::fromUtf8(flags.folder);
    if (!QFileInfo(folder).isDir())
        throw badFolder(flags, "expected a folder with models, found none; make it first.");
    if (!studio::addModelFolder(desk.settings, folder))
        throw badFolder(flags, "is one of the folders already.");
    return listFolders(flags);
}

int removeFolder(const FolderFlags& flags) {
    Desk desk(flags);
    if (!studio::removeModelFolder(desk.settings, codec::fromUtf8(flags.folder)))
        throw badFolder(flags, "expected one of the folders that `atelier models folders` lists, "
                               "other than the data folder's own.");
    return listFolders(flags);
}

}  // namespace

Action modelFoldersAction(CLI::App& parser) {
    const auto flags = std::make_shared<FolderFlags>();
    parser.require_subcommand(0, 1);
    const auto addFlags = [&](CLI::App& command) {
        command.add_option("--data", flags->data, "folder for settings; default: your data folder");
        command.add_flag("--json", flags->isJson, "one JSON object on standard output");
    };
    addFlags(parser);
    addFlags(*parser.add_subcommand("list", "Where models are looked for"));
    auto* add = parser.add_subcommand("add", "Look in one more folder");
    auto* remove = parser.add_subcommand(
        "remove", "Look there no longer; nothing in the folder is touched");
    for (auto* command : {add, remove}) {
        addFlags(*command);
        command->add_option("FOLDER", flags->folder, "folder with models")->required();
    }
    return [flags, add, remove] {
        if (add->parsed()) return addFolder(*flags);
        return remove->parsed() ? removeFolder(*flags) : listFolders(*flags);
    };
}

}  // namespace cli
