#include "app/prompts/presets.h"

#include "app/codec/request_json.h"
#include "app/codec/text.h"
#include "app/storage/atomic_file.h"
#include "diffusion/error.h"

#include <QCollator>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace prompts {
namespace {

using diffusion::Error;
using diffusion::ErrorKind;
using diffusion::GenerationRequest;

constexpr qint64 largestFile = 1 << 20;  // bytes
constexpr int longestName = 80;

QString fileOf(const QString& folder, const QString& name) {
    const bool isName = !name.trimmed().isEmpty() && name.size() <= longestName &&
                        !name.startsWith(QLatin1Char('.')) && !name.contains(QLatin1Char('/')) &&
                        !name.contains(QLatin1Char('\\')) && !name.contains(QChar(0));
    if (!isName)
        throw Error(ErrorKind::bad_request,
                    "preset: expected a name of 1 to 80 letters without / and \\, found \"" +
                        codec::toUtf8(name.left(longestName)) + "\".");
    return QDir(folder).filePath(name + QStringLiteral(".json"));
}

GenerationRequest readFile(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(ErrorKind::missing_file,
                    codec::toUtf8(path + QStringLiteral(": expected a preset that can be read, found: ") +
                                  file.errorString() + QLatin1Char('.')));
    const auto text = file.read(largestFile).toStdString();
    try {
        return codec::requestFromText(text);
    } catch (const Error& error) {
        throw Error(ErrorKind::corrupt_file, codec::toUtf8(path) + ": " + error.what());
    }
}

void writeFile(const QString& path, const GenerationRequest& request) {
    const auto text = codec::requestToJson(request).dump(
                          2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) +
                      "\n";
    storage::writeFile(path, QByteArray::fromStdString(text), storage::IfTaken::replace);
}

}  // namespace

QStringList presetNames(const QString& folder) {
    QStringList names;
    for (const auto& file :
         QDir(folder).entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Name))
        names << file.completeBaseName();
    std::sort(names.begin(), names.end(), QCollator());
    return names;
}

void savePreset(const QString& folder, const QString& name, const GenerationRequest& request) {
    const auto path = fileOf(folder, name);
    storage::requireWritableFolder(folder);
    writeFile(path, request);
}

GenerationRequest readPreset(const QString& folder, const QString& name) {
    return readFile(fileOf(folder, name));
}

void removePreset(const QString& folder, const QString& name) {
    QFile::remove(fileOf(folder, name));
}

QString importPreset(const QString& folder, const QString& file) {
    const auto request = readFile(file);
    const auto wanted = QFileInfo(file).completeBaseName();
    auto name = wanted;
    for (int number = 2; QFileInfo::exists(fileOf(folder, name)); ++number)
        name = QStringLiteral("%1 %2").arg(wanted).arg(number);
    savePreset(folder, name, request);
    return name;
}

void exportPreset(const QString& folder, const QString& name, const QString& file) {
    writeFile(file, readPreset(folder, name));
}

}  // namespace prompts
