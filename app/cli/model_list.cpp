#include "app/cli/model_list.h"

#include "app/cli/json_line.h"
#include "app/cli/model_report.h"
#include "app/codec/text.h"
#include "app/library/model_folder.h"
#include "diffusion/error.h"

#include <QFileInfo>

#include <algorithm>
#include <array>
#include <iostream>

namespace cli {
namespace {

ListedModel look(diffusion::Engine& engine, const std::string& path, const QString& place) {
    ListedModel model;
    model.bytes = std::uint64_t(library::sizeOnDisk(place));
    try {
        model.info = engine.inspect(path);
        if (!model.info.absent.empty()) model.reason = "lacks " + model.info.absent;
    } catch (const diffusion::Error& error) {
        model.info.path = path;
        model.info.name = codec::toUtf8(QFileInfo(place).completeBaseName());
        model.reason = error.what();
    }
    return model;
}

using Row = std::array<std::string, 5>;

Row rowOf(const ListedModel& model) {
    const auto& info = model.info;
    return {info.name, info.family.empty() ? "-" : info.family,
            info.precision.empty() ? "-" : info.precision, sizeText(model.bytes),
            info.path.empty() ? "ships with Atelier" : info.path};
}

void printTable(const std::vector<ListedModel>& models) {
    std::vector<Row> rows{{"NAME", "FAMILY", "TYPE", "SIZE", "PATH"}};
    for (const auto& model : models) rows.push_back(rowOf(model));
    std::array<size_t, 4> widths{};
    for (const auto& row : rows)
        for (size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
    for (size_t number = 0; number < rows.size(); ++number) {
        const auto& row = rows[number];
        for (size_t i = 0; i < widths.size(); ++i)
            std::cout << row[i] << std::string(widths[i] + 2 - row[i].size(), ' ');
        std::cout << row.back() << '\n';
        if (number > 0 && !models[number - 1].reason.empty())
            std::cout << "    can't be used: " << models[number - 1].reason << '\n';
    }
    std::cout << std::flush;
}

Json toJson(const ListedModel& model) {
    const auto& info = model.info;
    return {{"path", info.path},
            {"name", info.name},
            {"family", info.family},
            {"prediction", info.prediction},
            {"precision", info.precision},
            {"parameters", info.parameter_count},
            {"bytes", model.bytes},
            {"usable", model.reason.empty()},
            {"reason", model.reason}};
}

}  // namespace

std::vector<ListedModel> listModels(diffusion::Engine& engine,
                                    const std::vector<std::string>& folders,
                                    const std::string& shippedModel) {
    std::vector<ListedModel> models{look(engine, "", codec::fromUtf8(shippedModel))};
    for (const auto& folder : folders)
        for (const auto& path : library::findModels(codec::fromUtf8(folder)))
            models.push_back(look(engine, codec::toUtf8(path), path));
    return models;
}

void printModels(const std::vector<ListedModel>& models, bool isJson) {
    if (!isJson) return printTable(models);
    Json list = Json::array();
    for (const auto& model : models) list.push_back(toJson(model));
    writeLine({{"models", list}});
}

}  // namespace cli
