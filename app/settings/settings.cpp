#include "app/settings/settings.h"

#include "app/codec/request_json.h"
#include "app/codec/text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStringList>

#include <limits>
#include <utility>

namespace settings {
namespace {

using Json = nlohmann::ordered_json;

constexpr int saveDelay = 400;  // milliseconds

/// What a value has to be; empty: anything of its type.
struct Rule {
    QStringList choices = {};
    int low = std::numeric_limits<int>::min();
    int high = std::numeric_limits<int>::max();
};

/// Calls visit(key, member, rule) for every setting but the request.
template <typename Visitor>
void visitFields(Visitor&& visit) {
    visit("language", &Values::language, Rule{{"", "en", "ko"}});
    visit("theme", &Values::theme, Rule{{"dark", "light", "system"}});
    visit("high_contrast", &Values::isHighContrast, Rule{});
    visit("surround", &Values::surround, Rule{{"theme", "black", "20", "50", "80", "white"}});
    visit("reduce_motion", &Values::reducesMotion, Rule{});
    visit("scale", &Values::scale, Rule{{}, smallestScale, largestScale});
    visit("pictures_folder", &Values::picturesFolder, Rule{});
    visit("picture_names", &Values::pictureNames, Rule{});
    visit("model_folders", &Values::modelFolders, Rule{});
    visit("other_programs_models", &Values::showsOtherPrograms, Rule{});
    visit("hidden_model_folders", &Values::hiddenModelFolders, Rule{});
    visit("device", &Values::device, Rule{{"auto", "cpu", "cuda"}});
    visit("threads", &Values::threads, Rule{{}, 0, 1024});
    visit("memory", &Values::memory, Rule{{"auto", "fast", "saving"}});
    visit("memory_limit", &Values::memoryLimit, Rule{{}, 0});
    visit("precision", &Values::precision, Rule{});
    visit("previews", &Values::previews, Rule{{"sharp", "fast", "off"}});
    visit("offline", &Values::isOffline, Rule{});
    visit("keys", &Values::keys, Rule{});
    visit("seed_locked", &Values::isSeedLocked, Rule{});
    visit("styles", &Values::styles, Rule{});
    visit("expand", &Values::expand, Rule{{"none", "random", "all"}});
    visit("open_sections", &Values::openSections, Rule{});
    visit("window_geometry", &Values::windowGeometry, Rule{});
    visit("window_state", &Values::windowState, Rule{});
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

Json toJson(const QMap<QString, QString>& value) {
    Json object = Json::object();
    for (auto it = value.begin(); it != value.end(); ++it)
        object[codec::toUtf8(it.key())] = codec::toUtf8(it.value());
    return object;
}

/// False where the value can't be the setting's; then it stays as it is.
bool fromJson(const Json& value, QString& member, const Rule& rule) {
    if (!value.is_string()) return false;
    const auto text = codec::fromUtf8(value.get<std::string>());
    if (!rule.choices.isEmpty() && !rule.choices.contains(text)) return false;
    member = text;
    return true;
}

bool fromJson(const Json& value, QByteArray& member, const Rule&) {
    if (!value.is_string()) return false;
    member = QByteArray::fromBase64(QByteArray::fromStdString(value.get<std::string>()));
    return true;
}

bool fromJson(const Json& value, int& member, const Rule& rule) {
    if (!value.is_number_integer()) return false;
    const auto number = value.get<double>();
    if (number < rule.low || number > rule.high) return false;
    member = int(number);
    return true;
}

bool fromJson(const Json& value, bool& member, const Rule&) {
    if (!value.is_boolean()) return false;
    member = value.get<bool>();
    return true;
}

bool fromJson(const Json& value, QMap<QString, QString>& member, const Rule&) {
    if (!value.is_object()) return false;
    QMap<QString, QString> read;
    for (const auto& [key, each] : value.items()) {
        if (!each.is_string()) return false;
        read[codec::fromUtf8(key)] = codec::fromUtf8(each.get<std::string>());
    }
    member = read;
    return true;
}

QString textOf(const Json& value) {
    constexpr int mostLetters = 60;
    return codec::fromUtf8(value.dump(-1, ' ', false, Json::error_handler_t::replace))
        .left(mostLetters);
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
    const auto bytes = file.readAll();
    auto document = Json::parse(bytes.toStdString(), nullptr, false);
    if (!document.is_object())
        problems_ << Problem{Problem::What::unreadable, {}, {}, {}};
    else
        take(std::move(document));
    if (problems_.isEmpty()) return;
    const QString kept = file_ + QStringLiteral(".damaged");
    QFile::remove(kept);
    file.copy(kept);
    for (auto& problem : problems_) problem.keptAs = kept;
}

void Settings::take(Json document) {
    const auto own = document.find("version");
    if (own != document.end() && own->is_number_integer() && own->get<double>() > version)
        problems_ << Problem{Problem::What::newer, {}, textOf(*own), {}};
    document.erase("version");
    visitFields([&](const char* key, auto member, const Rule& rule) {
        const auto found = document.find(key);
        if (found == document.end()) return;
        if (!fromJson(*found, values_.*member, rule))
            problems_ << Problem{Problem::What::badValue, QLatin1String(key), textOf(*found), {}};
        document.erase(key);
    });
    if (document.contains("request")) {
        values_.request = codec::readableFields(document["request"]);
        document.erase("request");
    }
    foreign_ = QByteArray::fromStdString(document.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void Settings::save() {
    timer_.stop();
    Json document = Json::object();
    document["version"] = version;
    visitFields([&](const char* key, auto member, const Rule&) { document[key] = toJson(values_.*member); });
    document["request"] = codec::requestToJson(values_.request);
    if (!foreign_.isEmpty()) document.update(Json::parse(foreign_.toStdString()));
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
