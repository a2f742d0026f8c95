#include "app/ui/training/training_report.h"

#include "app/codec/text.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace ui {
namespace {

using Json = nlohmann::json;

constexpr int mostLeftOut = 200;

double numberOf(const Json& line, const char* key, double otherwise) {
    const auto found = line.find(key);
    const double value =
        found != line.end() && found->is_number() ? found->get<double>() : otherwise;
    return std::isfinite(value) ? value : otherwise;
}

QString textOf(const Json& line, const char* key) {
    const auto found = line.find(key);
    return found != line.end() && found->is_string() ? codec::fromUtf8(found->get<std::string>())
                                                     : QString();
}

bool isLeftOut(const QString& message) {
    return message.contains(QLatin1String(" is left out: ")) ||
           message.contains(QLatin1String(" has no caption in ")) ||
           message.startsWith(QLatin1String("captions.jsonl, line "));
}

/// The file of "wrote FILE".
QString writtenFile(const QString& message) {
    const QLatin1String wrote("wrote ");
    return message.startsWith(wrote) ? message.mid(wrote.size()) : QString();
}

void addPoint(QList<LossPoint>& curve, const LossPoint& point) {
    // What a killed run had done beyond its saved state is done again.
    while (!curve.isEmpty() && curve.last().step >= point.step) curve.removeLast();
    curve << point;
}

QStringList textsOf(const Json& line, const char* key) {
    QStringList texts;
    const auto found = line.find(key);
    if (found == line.end() || !found->is_array()) return texts;
    for (const auto& text : *found)
        if (text.is_string()) texts << codec::fromUtf8(text.get<std::string>());
    return texts;
}

void addSheet(QList<SampleSheet>& sheets, const SampleSheet& sheet) {
    while (!sheets.isEmpty() && sheets.last().step >= sheet.step) sheets.removeLast();
    sheets << sheet;
}

void takeMessage(TrainingReport& report, const QString& message) {
    report.message = message;
    if (isLeftOut(message) && report.leftOut.size() < mostLeftOut) report.leftOut << message;
    const auto file = writtenFile(message);
    if (file.endsWith(QLatin1String(".png")))
        addSheet(report.sheets, {report.step, file, report.prompts});
}

}  // namespace

void TrainingReport::take(const QByteArray& text) {
    const auto line = Json::parse(text.begin(), text.end(), nullptr, false);
    if (!line.is_object()) return;
    const auto event = textOf(line, "event");
    if (event == QLatin1String("start")) {
        leftOut.clear();
        prompts = textsOf(line, "samples");
        error.clear();
        message.clear();
        isWritten = false;
        secondsLeft = -1;
        picturesPerSecond = 0;
    } else if (event == QLatin1String("error")) {
        error = textOf(line, "message");
    } else if (event == QLatin1String("progress")) {
        const auto now = qint64(numberOf(line, "step", 0));
        const auto said = textOf(line, "message");
        const double measured = numberOf(line, "loss", -1);
        // Reports of no step have only words, but for the last one of a run that had nothing to do.
        if (now > 0) {
            step = now;
            picturesPerSecond = numberOf(line, "pictures_per_second", 0);
            secondsLeft = numberOf(line, "seconds_left", -1);
            if (measured >= 0) {
                loss = measured;
                addPoint(curve, {step, measured});
            }
        }
        // The result is named last, by a report of no step; a copy of it in between has one.
        isWritten = now == 0 && writtenFile(said).endsWith(QLatin1String(".safetensors"));
        if (!said.isEmpty()) takeMessage(*this, said);
    }
}

QByteArray startLine(const QStringList& prompts) {
    Json line{{"event", "start"}};
    for (const auto& prompt : prompts) line["samples"].push_back(codec::toUtf8(prompt));
    return QByteArray::fromStdString(line.dump(-1, ' ', false, Json::error_handler_t::replace)) +
           '\n';
}

}  // namespace ui
