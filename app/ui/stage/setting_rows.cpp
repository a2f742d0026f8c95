#include "app/ui/stage/setting_rows.h"

#include "app/codec/request_check.h"
#include "app/codec/text.h"
#include "app/ui/panels/field_words.h"
#include "diffusion/request_fields.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringList>

#include <array>
#include <string_view>

namespace ui {
namespace {

using Request = diffusion::GenerationRequest;

struct MainField {
    std::string_view field;
    const char* name;
    bool isAlwaysShown = true;
};

/// Those that have panels of their own; the others have their words in field_words.
constexpr std::array mainFields{
    MainField{"prompt", QT_TRANSLATE_NOOP("settings", "Prompt")},
    MainField{"negative_prompt", QT_TRANSLATE_NOOP("settings", "Negative prompt"), false},
    MainField{"model", QT_TRANSLATE_NOOP("settings", "Model")},
    MainField{"vae", QT_TRANSLATE_NOOP("settings", "VAE"), false},
    MainField{"width", QT_TRANSLATE_NOOP("settings", "Width")},
    MainField{"height", QT_TRANSLATE_NOOP("settings", "Height")},
    MainField{"seed", QT_TRANSLATE_NOOP("settings", "Seed")},
    MainField{"sampler", QT_TRANSLATE_NOOP("settings", "Sampler")},
    MainField{"schedule", QT_TRANSLATE_NOOP("settings", "Scheduler")},
    MainField{"steps", QT_TRANSLATE_NOOP("settings", "Steps")},
    MainField{"guidance_scale", QT_TRANSLATE_NOOP("settings", "CFG")},
    MainField{"guidance_rescale", QT_TRANSLATE_NOOP("settings", "CFG rescale"), false},
    MainField{"clip_skip", QT_TRANSLATE_NOOP("settings", "Clip skip"), false},
    MainField{"count", QT_TRANSLATE_NOOP("settings", "Pictures"), false},
    MainField{"initial_image", QT_TRANSLATE_NOOP("settings", "Start picture"), false},
    MainField{"mask", QT_TRANSLATE_NOOP("settings", "Mask"), false},
    MainField{"denoise_strength", QT_TRANSLATE_NOOP("settings", "Strength"), false},
    MainField{"compatibility", QT_TRANSLATE_NOOP("settings", "As made by"), false},
    MainField{"prompt_template", QT_TRANSLATE_NOOP("settings", "Template"), false},
    MainField{"negative_template", QT_TRANSLATE_NOOP("settings", "Negative template"), false},
};

QString fromView(std::string_view text) {
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

QString nameOf(std::string_view field) {
    for (const auto& main : mainFields)
        if (main.field == field) return QCoreApplication::translate("settings", main.name);
    const auto* words = wordsOf(field);
    if (!words) return fromView(field);
    return titleOf(words->section) + QStringLiteral(": ") + labelOf(*words);
}

QString valueOf(const diffusion::FieldInfo& info, const std::string& value) {
    if (info.name == "model" && value.empty())
        return QCoreApplication::translate("settings", "Atelier Stickers");
    if (info.name == "model" || info.name == "vae")
        return QFileInfo(codec::fromUtf8(value)).completeBaseName();
    return info.choices.empty() ? codec::fromUtf8(value) : choiceText(value);
}

QString valueOf(const diffusion::FieldInfo&, bool value) {
    return value ? QCoreApplication::translate("settings", "on")
                 : QCoreApplication::translate("settings", "off");
}

template <typename Number>
QString valueOf(const diffusion::FieldInfo& info, Number value) {
    if (info.automatic && double(value) == *info.automatic)
        return QCoreApplication::translate("settings", "automatic");
    return QString::fromStdString(codec::numberText(double(value)));
}

bool isText(std::string_view field) {
    return field.find("prompt") != std::string_view::npos && field != "prompt_comments" &&
           field != "old_prompt_timelines";
}

/// Calls visit(info, member) for the main fields in their order, then for the others.
template <typename Visitor>
void visitInOrder(Visitor&& visit) {
    const auto isMain = [](std::string_view field) {
        for (const auto& main : mainFields)
            if (main.field == field) return true;
        return false;
    };
    for (const auto& main : mainFields)
        diffusion::visit_request_fields([&](const diffusion::FieldInfo& info, auto member) {
            if (info.name == main.field) visit(info, member, main.isAlwaysShown);
        });
    diffusion::visit_request_fields([&](const diffusion::FieldInfo& info, auto member) {
        if (!isMain(info.name)) visit(info, member, false);
    });
}

}  // namespace

QList<SettingRow> settingRows(const Request& request) {
    QList<SettingRow> rows;
    const Request usual;
    visitInOrder([&](const diffusion::FieldInfo& info, auto member, bool isAlwaysShown) {
        if (!isAlwaysShown && request.*member == usual.*member) return;
        rows << SettingRow{fromView(info.name), nameOf(info.name),
                           valueOf(info, request.*member), isText(info.name)};
    });
    return rows;
}

QList<SettingDifference> differencesOf(const Request& before, const Request& after) {
    QList<SettingDifference> rows;
    visitInOrder([&](const diffusion::FieldInfo& info, auto member, bool) {
        if (before.*member == after.*member) return;
        rows << SettingDifference{nameOf(info.name), valueOf(info, before.*member),
                                  valueOf(info, after.*member), isText(info.name)};
    });
    return rows;
}

QString textOf(const QList<SettingRow>& rows) {
    QStringList lines;
    for (const auto& row : rows) lines << row.name + QStringLiteral(": ") + row.value;
    return lines.join(QLatin1Char('\n'));
}

}  // namespace ui
