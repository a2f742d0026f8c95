#include "app/ui/panels/preset_menu.h"

#include "app/codec/text.h"
#include "app/prompts/presets.h"
#include "app/ui/panels/preset_dialog.h"
#include "app/ui/pieces.h"
#include "app/ui/theme/icons.h"
#include "diffusion/error.h"

#include <QFileDialog>
#include <QMenu>

namespace ui {

using diffusion::GenerationRequest;

GenerationRequest presetOf(GenerationRequest request, bool keepsPrompts, bool keepsSeed) {
    request.initial_image.clear();
    request.mask.clear();
    request.prompt_template.clear();
    request.negative_template.clear();
    if (!keepsPrompts) {
        request.prompt.clear();
        request.negative_prompt.clear();
        request.prompt_2.clear();
        request.negative_prompt_2.clear();
    }
    if (!keepsSeed) request.seed = request.variation_seed = -1;
    return request;
}

GenerationRequest withPreset(const GenerationRequest& request, GenerationRequest preset) {
    preset.initial_image = request.initial_image;
    preset.mask = request.mask;
    if (preset.prompt.empty() && preset.negative_prompt.empty()) {
        preset.prompt = request.prompt;
        preset.negative_prompt = request.negative_prompt;
        preset.prompt_2 = request.prompt_2;
        preset.negative_prompt_2 = request.negative_prompt_2;
    }
    if (preset.seed < 0) preset.seed = request.seed;
    return preset;
}

PresetMenu::PresetMenu(RequestModel& model, const QString& folder)
    : model_(model), folder_(folder) {
    setIcon(theme::icon(QStringLiteral("recipe")));
    setProperty("atelierIcon", QStringLiteral("recipe"));
    setToolTip(tr("Presets: keep all settings under a name"));
    setAccessibleName(tr("Presets"));
    setFixedSize(28, 28);
    setFocusPolicy(Qt::TabFocus);
    theme::setKind(this, theme::Kind::quiet);
    pool_.setMaxThreadCount(1);
    connect(this, &QToolButton::clicked, this, &PresetMenu::open);
    work([] {});
}

PresetMenu::~PresetMenu() {
    pool_.waitForDone();
}

void PresetMenu::work(std::function<void()> job) {
    pool_.start([this, folder = folder_, job = std::move(job)] {
        QString trouble;
        try {
            job();
        } catch (const diffusion::Error& error) {
            trouble = codec::fromUtf8(error.what());
        }
        const auto names = prompts::presetNames(folder);
        QMetaObject::invokeMethod(this, [this, names, trouble] {
            names_ = names;
            Q_EMIT namesRead();
            if (!trouble.isEmpty()) Q_EMIT failed(trouble);
        });
    });
}

void PresetMenu::save(const QString& name, bool keepsPrompts, bool keepsSeed) {
    const auto preset = presetOf(model_.request(), keepsPrompts, keepsSeed);
    work([folder = folder_, name, preset] { prompts::savePreset(folder, name, preset); });
}

void PresetMenu::apply(const QString& name) {
    work([this, folder = folder_, name] {
        const auto preset = prompts::readPreset(folder, name);
        QMetaObject::invokeMethod(this, [this, preset] {
            model_.setRequest(withPreset(model_.request(), preset));
        });
    });
}

void PresetMenu::importFile(const QString& file) {
    work([folder = folder_, file] { prompts::importPreset(folder, file); });
}

void PresetMenu::exportFile(const QString& name, const QString& file) {
    work([folder = folder_, name, file] { prompts::exportPreset(folder, name, file); });
}

void PresetMenu::removePreset(const QString& name) {
    work([folder = folder_, name] { prompts::removePreset(folder, name); });
}

void PresetMenu::askForName() {
    auto* dialog = new PresetDialog(names_, window());
    connect(dialog, &PresetDialog::kept, this, &PresetMenu::save);
    dialog->open();
}

void PresetMenu::open() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto& name : std::as_const(names_))
        menu->addAction(name, this, [this, name] { apply(name); });
    if (names_.isEmpty()) menu->addAction(tr("No presets yet"))->setEnabled(false);
    menu->addSeparator();
    menu->addAction(theme::icon(QStringLiteral("save")), tr("Keep the settings…"), this,
                    &PresetMenu::askForName);
    menu->addAction(theme::icon(QStringLiteral("import")), tr("Import a preset…"), this, [this] {
        const QString file = QFileDialog::getOpenFileName(
            this, tr("Import a preset"), {}, tr("Presets (*.json);;All files (*)"));
        if (!file.isEmpty()) importFile(file);
    });
    auto* share = menu->addMenu(theme::icon(QStringLiteral("export")), tr("Save as a file"));
    auto* removal = menu->addMenu(theme::icon(QStringLiteral("trash")), tr("Remove"));
    for (auto* below : {share, removal}) below->setEnabled(!names_.isEmpty());
    for (const auto& name : std::as_const(names_)) {
        share->addAction(name, this, [this, name] {
            const QString file = QFileDialog::getSaveFileName(
                this, tr("Save the preset"), name + QStringLiteral(".json"),
                tr("Presets (*.json)"));
            if (!file.isEmpty()) exportFile(name, file);
        });
        removal->addAction(name, this, [this, name] { removePreset(name); });
    }
    menu->popup(mapToGlobal(QPoint(0, height() + theme::s1)));
}

}  // namespace ui
