#include "app/ui/training/training_plan.h"

#include "app/codec/text.h"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <vector>

namespace ui {
namespace {

using diffusion::FieldInfo;
using diffusion::TrainingStage;
using Json = nlohmann::ordered_json;

constexpr int longestName = 80;

/// Calls visit(info, value) for every field of the plan's kind but where it computes.
template <typename Plan, typename Visit>
void visitValues(Plan& plan, Visit visit) {
    auto& request = plan.request;
    const auto run = [&](const FieldInfo& info, auto member) {
        if (info.name != "device" && info.name != "threads") visit(info, request.*member);
    };
    diffusion::visit_run_fields(run);
    const auto lesson = [&](const FieldInfo& info, auto member) {
        visit(info, plan.lessons().*member);
    };
    diffusion::visit_lesson_fields(lesson);
    const auto lora = [&](const FieldInfo& info, auto member) {
        visit(info, request.lora.*member);
    };
    const auto embedding = [&](const FieldInfo& info, auto member) {
        visit(info, request.embedding.*member);
    };
    if (plan.isLora())
        diffusion::visit_lora_fields(lora);
    else
        diffusion::visit_embedding_fields(embedding);
}

/// Shortest text that reads back as this number, whatever the locale.
QString numberText(double value) {
    return QString::fromStdString(Json(value).dump());
}

QString flagOf(const FieldInfo& info) {
    return QStringLiteral("--") + QString::fromUtf8(info.flag.data(), qsizetype(info.flag.size()));
}

template <typename Value>
void addArgument(QStringList& arguments, const FieldInfo& info, const Value& value,
                 const Value& usual) {
    const auto flag = flagOf(info);
    if constexpr (std::is_same_v<Value, bool>) {
        // The trainer has the one that changes its default.
        if (value != usual) arguments << (usual ? QStringLiteral("--no-") + flag.mid(2) : flag);
    } else if constexpr (std::is_same_v<Value, std::string>) {
        arguments << flag + QLatin1Char('=') + codec::fromUtf8(value);
    } else if constexpr (std::is_floating_point_v<Value>) {
        arguments << flag + QLatin1Char('=') + numberText(value);
    } else {
        arguments << flag + QLatin1Char('=') + QString::number(value);
    }
}

/// Whether the value may be the field's, by its row.
template <typename Value>
bool isAllowed(const FieldInfo& info, const Value& value) {
    if constexpr (std::is_same_v<Value, std::string>) {
        return diffusion::is_choice(info, value);
    } else if constexpr (!std::is_same_v<Value, bool>) {
        const auto number = static_cast<double>(value);
        if (info.automatic && number == *info.automatic) return true;
        return !info.range || (number >= info.range->low && number <= info.range->high);
    }
    return true;
}

template <typename Value>
void readValue(const Json& fields, const FieldInfo& info, Value& value) {
    const auto found = fields.find(std::string(info.name));
    if (found == fields.end()) return;
    if constexpr (std::is_same_v<Value, bool>) {
        if (found->is_boolean()) value = found->template get<bool>();
    } else if constexpr (std::is_same_v<Value, std::string>) {
        if (found->is_string() && isAllowed(info, found->template get<std::string>()))
            value = found->template get<std::string>();
    } else {
        const bool isKind =
            std::is_integral_v<Value> ? found->is_number_integer() : found->is_number();
        if (isKind && isAllowed(info, found->template get<double>()))
            value = found->template get<Value>();
    }
}

std::string textOf(const Json& document, const char* key) {
    const auto found = document.find(key);
    return found != document.end() && found->is_string() ? found->get<std::string>()
                                                         : std::string();
}

}  // namespace

diffusion::LessonOptions& TrainingPlan::lessons() {
    if (isLora()) return request.lora;
    return request.embedding;
}

const diffusion::LessonOptions& TrainingPlan::lessons() const {
    if (isLora()) return request.lora;
    return request.embedding;
}

TrainingPlan newTrainingPlan() {
    TrainingPlan plan;
    plan.request.stage = TrainingStage::lora;
    plan.request.steps = 1000;
    plan.request.steps_per_sheet = 100;
    plan.request.minutes_per_sheet = 0;
    return plan;
}

void changeStage(TrainingPlan& plan, TrainingStage stage) {
    if (plan.request.stage == stage) return;
    const auto from = plan.lessons();
    plan.request.stage = stage;
    auto& to = plan.lessons();
    const double rate = to.learning_rate;
    to = from;
    to.learning_rate = rate;
}

QString TrainingPlaces::result(const TrainingPlan& plan) const {
    const auto folder = plan.isLora() ? QStringLiteral("/lora/") : QStringLiteral("/embeddings/");
    return data + folder + plan.name + QStringLiteral(".safetensors");
}

QStringList trainerArguments(const TrainingPlan& plan, const TrainingPlaces& places) {
    const auto& lessons = plan.lessons();
    QStringList arguments{QStringLiteral("train"),
                          plan.isLora() ? QStringLiteral("lora") : QStringLiteral("embedding"),
                          codec::fromUtf8(lessons.folder),
                          QStringLiteral("--json"),
                          QStringLiteral("--out=") + places.result(plan),
                          QStringLiteral("--work=") + places.work(plan.name),
                          QStringLiteral("--data=") + places.data,
                          QStringLiteral("--device=") + codec::fromUtf8(plan.request.device),
                          QStringLiteral("--threads=") + QString::number(plan.request.threads)};
    if (!lessons.model.empty())
        arguments << QStringLiteral("--model=") + codec::fromUtf8(lessons.model);
    for (const auto& prompt : lessons.sample_prompts)
        arguments << QStringLiteral("--sample=") + codec::fromUtf8(prompt);
    if (!plan.isLora()) arguments << QStringLiteral("--name=") + plan.name;
    TrainingPlan usual;
    usual.request.stage = plan.request.stage;
    std::vector<bool> switches;  // as they are without a flag, in the order of the rows
    visitValues(usual, [&](const FieldInfo&, const auto& value) {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, bool>)
            switches.push_back(value);
    });
    std::size_t next = 0;
    visitValues(plan, [&](const FieldInfo& info, const auto& value) {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, bool>)
            addArgument<bool>(arguments, info, value, switches[next++]);
        else
            addArgument<Value>(arguments, info, value, value);
    });
    return arguments;
}

QByteArray toJson(const TrainingPlan& plan) {
    const auto& lessons = plan.lessons();
    Json fields = Json::object();
    visitValues(plan, [&](const FieldInfo& info, const auto& value) {
        fields[std::string(info.name)] = value;
    });
    const Json document{{"version", 1},
                        {"name", codec::toUtf8(plan.name)},
                        {"kind", plan.isLora() ? "lora" : "embedding"},
                        {"folder", lessons.folder},
                        {"model", lessons.model},
                        {"sample_prompts", lessons.sample_prompts},
                        {"fields", fields}};
    return QByteArray::fromStdString(document.dump(2, ' ', false, Json::error_handler_t::replace)) +
           '\n';
}

std::optional<TrainingPlan> planFromJson(const QByteArray& json) {
    const auto document = Json::parse(json.begin(), json.end(), nullptr, false);
    if (!document.is_object()) return std::nullopt;
    auto plan = newTrainingPlan();
    plan.name = codec::fromUtf8(textOf(document, "name"));
    const auto kind = textOf(document, "kind");
    if (!isTrainingName(plan.name) || (kind != "lora" && kind != "embedding")) return std::nullopt;
    if (kind == "embedding") changeStage(plan, TrainingStage::embedding);
    auto& lessons = plan.lessons();
    lessons.folder = textOf(document, "folder");
    lessons.model = textOf(document, "model");
    if (const auto prompts = document.find("sample_prompts");
        prompts != document.end() && prompts->is_array())
        for (const auto& prompt : *prompts)
            if (prompt.is_string()) lessons.sample_prompts.push_back(prompt.get<std::string>());
    if (const auto fields = document.find("fields");
        fields != document.end() && fields->is_object())
        visitValues(plan,
                    [&](const FieldInfo& info, auto& value) { readValue(*fields, info, value); });
    return plan;
}

bool isTrainingName(const QString& name) {
    if (name.isEmpty() || name.size() > longestName || name.startsWith(QLatin1Char('.')))
        return false;
    if (name != name.trimmed()) return false;
    for (const auto letter : name)
        if (QStringLiteral("/\\:<>()[]{}|,\"").contains(letter) ||
            letter.category() == QChar::Other_Control)
            return false;
    return true;
}

QString promptWords(const TrainingPlan& plan) {
    if (!plan.isLora()) return plan.name;
    return QStringLiteral("<lora:%1:1>").arg(plan.name);
}

QString promptWith(const QString& prompt, const TrainingPlan& plan) {
    const auto words = promptWords(plan);
    // Whatever its strength is.
    const auto known = plan.isLora() ? QStringLiteral("<lora:%1:").arg(plan.name) : words;
    if (prompt.contains(known)) return prompt;
    if (prompt.trimmed().isEmpty()) return words;
    return prompt + (plan.isLora() ? QStringLiteral(" ") : QStringLiteral(", ")) + words;
}

}  // namespace ui
