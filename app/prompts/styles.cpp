#include "app/prompts/styles.h"

#include "app/codec/text.h"
#include "app/storage/atomic_file.h"
#include "diffusion/error.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <sstream>
#include <vector>

namespace prompts {
namespace {

using diffusion::Error;
using diffusion::ErrorKind;
using diffusion::Style;

constexpr qint64 largestFile = 16 << 20;  // bytes

QString ownFile(const QString& folder) {
    return folder + QStringLiteral("/styles.csv");
}

/// Throws Error missing_file or corrupt_file.
std::vector<Style> readFile(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(ErrorKind::missing_file,
                    codec::toUtf8(path + QStringLiteral(": expected a file that can be read.")));
    if (file.size() > largestFile)
        throw Error(ErrorKind::corrupt_file,
                    codec::toUtf8(path + QStringLiteral(": expected styles of at most 16 MB.")));
    std::istringstream in(file.readAll().toStdString());
    try {
        return path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive)
                   ? diffusion::read_styles_json(in)
                   : diffusion::read_styles_csv(in);
    } catch (const diffusion::StylesError& error) {
        throw Error(ErrorKind::corrupt_file, codec::toUtf8(path) + ": " + error.what());
    }
}

const Style* find(const QList<Style>& styles, const std::string& name) {
    const auto found = std::find_if(styles.begin(), styles.end(),
                                    [&](const Style& style) { return style.name == name; });
    return found == styles.end() ? nullptr : &*found;
}

void addFile(const QString& path, StyleList& list) {
    try {
        for (auto& style : readFile(path))
            if (!find(list.styles, style.name)) list.styles.append(std::move(style));
    } catch (const Error& error) {
        list.problems << codec::fromUtf8(error.what());
    }
}

std::vector<Style> readOwn(const QString& folder) {
    return QFileInfo::exists(ownFile(folder)) ? readFile(ownFile(folder)) : std::vector<Style>{};
}

void writeOwn(const QString& folder, const std::vector<Style>& styles) {
    storage::requireWritableFolder(folder);
    std::ostringstream out;
    diffusion::write_styles_csv(out, styles);
    storage::writeFile(ownFile(folder), QByteArray::fromStdString(out.str()),
                       storage::IfTaken::replace);
}

}  // namespace

StyleList readStyles(const QString& folder) {
    StyleList list;
    if (QFileInfo::exists(ownFile(folder))) addFile(ownFile(folder), list);
    list.ownCount = int(list.styles.size());
    const QDir more(folder + QStringLiteral("/styles"));
    for (const auto& file :
         more.entryInfoList({QStringLiteral("*.csv"), QStringLiteral("*.json")}, QDir::Files,
                            QDir::Name))
        addFile(file.absoluteFilePath(), list);
    return list;
}

void saveStyle(const QString& folder, const Style& style) {
    if (style.name.empty())
        throw Error(ErrorKind::bad_request, "style: expected a name, found none.");
    auto styles = readOwn(folder);
    const auto same = std::find_if(styles.begin(), styles.end(),
                                   [&](const Style& other) { return other.name == style.name; });
    if (same == styles.end())
        styles.push_back(style);
    else
        *same = style;
    writeOwn(folder, styles);
}

void removeStyle(const QString& folder, const QString& name) {
    auto styles = readOwn(folder);
    std::erase_if(styles, [&](const Style& style) { return style.name == codec::toUtf8(name); });
    writeOwn(folder, styles);
}

diffusion::GenerationRequest withStyles(diffusion::GenerationRequest request,
                                        const QStringList& names, const QList<Style>& styles) {
    std::vector<std::string> prompts, negatives;
    for (const auto& name : names) {
        const auto* style = find(styles, codec::toUtf8(name));
        if (!style)
            throw Error(ErrorKind::bad_request,
                        "style: expected the name of a style, found \"" + codec::toUtf8(name) +
                            "\", which no file of styles has.");
        if (!style->prompt.empty()) prompts.push_back(style->prompt);
        if (!style->negative_prompt.empty()) negatives.push_back(style->negative_prompt);
    }
    request.prompt = diffusion::apply_styles(request.prompt, prompts);
    request.negative_prompt = diffusion::apply_styles(request.negative_prompt, negatives);
    return request;
}

}  // namespace prompts
