#include "app/ui/panels/vae_choice.h"

#include "app/library/model_library.h"
#include "app/ui/theme/theme.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>

namespace ui {

using Request = diffusion::GenerationRequest;

VaeChoice::VaeChoice(RequestModel& model) : model_(model) {
    setAccessibleName(tr("VAE"));
    setFont(theme::font(theme::Step::body));
    setFixedHeight(28);
    setMinimumWidth(40);
    theme::setKind(this, theme::Kind::field);
    auto* menu = new QMenu(this);
    own_ = menu->addAction(tr("The model's own"), this, [this] { choose({}); });
    own_->setCheckable(true);
    rest_ = menu->addSeparator();
    connect(menu, &QMenu::aboutToShow, this, &VaeChoice::listModels);
    menu->addAction(tr("Choose a file…"), this, &VaeChoice::chooseFile);
    menu->addAction(tr("Choose a folder…"), this, &VaeChoice::chooseFolder);
    setMenu(menu);
    connect(&model, &RequestModel::changed, this, &VaeChoice::showChoice);
    showChoice();
}

void VaeChoice::setModels(const library::ModelLibrary& models) {
    models_ = &models;
}

void VaeChoice::listModels() {
    qDeleteAll(listed_);
    listed_.clear();
    if (!models_) return;
    for (const auto& model : models_->models()) {
        if (!library::isVae(model)) continue;
        auto* action = new QAction(model.name, menu());
        action->setCheckable(true);
        action->setChecked(model.path == QString::fromStdString(model_.request().vae));
        action->setToolTip(model.path);
        connect(action, &QAction::triggered, this, [this, path = model.path] { choose(path); });
        menu()->insertAction(rest_, action);
        listed_ << action;
    }
}

void VaeChoice::showChoice() {
    const QString path = QString::fromStdString(model_.request().vae);
    own_->setChecked(path.isEmpty());
    const QString name = path.isEmpty() ? tr("The model's own") : QDir(path).dirName();
    constexpr int mostLetters = 28;
    setText(name.size() <= mostLetters ? name : name.left(mostLetters - 1) + QChar(0x2026));
    setToolTip(path.isEmpty() ? tr("The autoencoder that turns latents into pictures") : path);
}

void VaeChoice::choose(const QString& path) {
    model_.set(&Request::vae, path.toStdString());
    showChoice();
}

void VaeChoice::chooseFile() {
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Choose a VAE or TAESD"),
        QFileInfo(QString::fromStdString(model_.request().vae)).path(),
        tr("Model files (*.safetensors *.ckpt *.pt *.pth *.bin);;All files (*)"));
    if (!path.isEmpty()) choose(path);
}

void VaeChoice::chooseFolder() {
    const QString path = QFileDialog::getExistingDirectory(this, tr("Choose a VAE folder"));
    if (!path.isEmpty()) choose(path);
}

}  // namespace ui
