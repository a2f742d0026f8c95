#include "app/settings/settings.h"

#include "app/codec/request_json.h"
#include "app/codec/text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <utility>

namespace settings {
namespace {

using Json = nlohmann::ordered_json;

constexpr int saveDelay = 400;  // milliseconds

/// Calls visit(key, member) for every setting but the request.
template <typename Visitor>
void visitFields(Visitor&& visit) {
    visit("language", &Values::language);
    visit("theme", &Values::theme);
    visit("pictures_folder", &Values::picturesFolder);
    visit("picture_names", &Values::pictureNames);
    visit("model_folders", &Values::modelFolders);
    visit("other_programs_models", &Values::showsOtherPrograms);
    visit("hidden_model_folders", &Values::hiddenModelFolders);
    visit("device", &Values::device);
    visit("threads", &Values::threads);
    visit("memory", &Values::memory);
    visit("memory_limit", &Values::memoryLimit);
    visit("precision", &Values::precision);
    visit("seed_locked", &Values::isSeedLocked);
    visit("styles", &Values::styles);
    visit("expand", &Values::expand);
    visit("open_sections", &Values::openSections);
    visit("window_geometry", &Values::windowGeometry);
    visit("window_state", &Values::windowState);
}

Json toJson(const QString& value) {
    return codec::toUtf8(value);
}

Json toJson(const QByteArray& value) {
    return value.toBase64().toStdString();
}

Json toJson(int value) {
    return value;
}

Json toJson(bool value) {
    return value;
}

void fromJson(const Json& value, QString& member) {
    if (value.is_string()) member = codec::fromUtf8(value.get<std::string>());
}

void fromJson(const Json& value, QByteArray& member) {
    if (value.is_string())
        member = QByteArray::fromBase64(QByteArray::fromStdString(value.get<std::string>()));
}

void fromJson(const Json& value, int& member) {
    if (value.is_number_integer()) member = value.get<int>();
}

void fromJson(const Json& value, bool& member) {
    if (value.is_boolean()) member = value.get<bool>();
}

}  // namespace

Settings::Settings(QString file, QObject* parent) : QObject(parent), file_(std::move(file)) {
    timer_.setSingleShot(true);
    timer_.setInterval(saveDelay);
    connect(&timer_, &QTimer::timeout, this, &Settings::save);
    load();
}

Settings::~Settings() {
    if (timer_.isActive()) save();
}

void Settings::announce() {
    timer_.start();
    Q_EMIT changed();
}

void Settings::load() {
    QFile file(file_);
    if (!file.open(QIODevice::ReadOnly)) return;
    const auto document = Json::parse(file.readAll().toStdString(), nullptr, false);
    if (!document.is_object()) {
        file.copy(file_ + QStringLiteral(".damaged"));
        return;
    }
    visitFields([&](const char* key, auto member) {
        if (document.contains(key)) fromJson(document[key], values_.*member);
    });
    if (document.contains("request")) values_.request = codec::readableFields(document["request"]);
}

void Settings::save() {
    timer_.stop();
    Json document = Json::object();
    visitFields([&](const char* key, auto member) { document[key] = toJson(values_.*member); });
    document["request"] = codec::requestToJson(values_.request);
    const auto text = document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    QDir().mkpath(QFileInfo(file_).absolutePath());
    QSaveFile file(file_);
    const bool isWritten = file.open(QIODevice::WriteOnly) &&
                           file.write(text.data(), qint64(text.size())) == qint64(text.size()) &&
                           file.commit();
    if (!isWritten)
        Q_EMIT notSaved(file_ + QStringLiteral(": expected a file that can be written, found: ") +
                        file.errorString() + QLatin1Char('.'));
}

}  // namespace settings
