#include "app/cli/model_list.h"

#include "app/cli/json_line.h"
#include "app/cli/model_report.h"
#include "app/codec/text.h"
#include "app/library/model_folder.h"

#include <algorithm>
#include <array>
#include <iostream>
#include <vector>

namespace cli {
namespace {

using library::Model;
using library::ModelState;

using Row = std::array<std::string, 5>;

std::string orDash(const std::string& text) {
    return text.empty() ? "-" : text;
}

Row rowOf(const Model& model) {
    const auto path = model.path.isEmpty() ? "ships with Atelier" : codec::toUtf8(model.path);
    return {codec::toUtf8(model.name), orDash(codec::toUtf8(library::familyText(model.info))),
            orDash(model.info.precision), sizeText(std::uint64_t(model.bytes)), path};
}

void printTable(const QList<Model>& models) {
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
        if (number > 0 && !models[qsizetype(number) - 1].reason.isEmpty())
            std::cout << "    can't be used: "
                      << codec::toUtf8(models[qsizetype(number) - 1].reason) << '\n';
    }
    std::cout << std::flush;
}

Json toJson(const Model& model) {
    const auto& info = model.info;
    return {{"path", codec::toUtf8(model.path)},
            {"name", codec::toUtf8(model.name)},
            {"program", codec::toUtf8(model.program)},
            {"family", info.family},
            {"variant", info.variant},
            {"prediction", info.prediction},
            {"precision", info.precision},
            {"parameters", info.parameter_count},
            {"bytes", model.bytes},
            {"usable", model.state == ModelState::usable},
            {"reason", codec::toUtf8(model.reason)}};
}

Model look(diffusion::Engine& engine, const QString& path, const QString& place) {
    Model model;
    model.path = path;
    model.name = path.isEmpty() ? QStringLiteral("Atelier") : library::nameOf(path);
    model.bytes = library::sizeOnDisk(place);
    library::readModel(engine, model);
    return model;
}

}  // namespace

QList<Model> listModels(diffusion::Engine& engine, const QList<library::ModelFolder>& folders,
                        const QString& shippedModel) {
    QList<Model> models{look(engine, {}, shippedModel)};
    for (const auto& folder : folders) {
        for (const auto& path : library::search(folder).models) {
            auto model = look(engine, path, path);
            model.program = folder.program;
            models.append(model);
        }
    }
    return models;
}

void printModels(const QList<Model>& models, bool isJson) {
    if (!isJson) return printTable(models);
    Json list = Json::array();
    for (const auto& model : models) list.push_back(toJson(model));
    writeLine({{"models", list}});
}

}  // namespace cli
