// What the actions of the main window do.

#include "app/ui/filmstrip.h"
#include "app/ui/main_window.h"
#include "app/ui/panels/generate_panel.h"
#include "app/ui/panels/model_card.h"
#include "app/ui/panels/preset_menu.h"
#include "app/ui/panels/style_picker.h"
#include "app/ui/prompt_field.h"
#include "app/ui/settings/look_page.h"
#include "app/ui/shortcut_sheet.h"
#include "app/ui/stage/first_run.h"
#include "app/ui/stage/stage.h"
#include "app/ui/theme/icons.h"

#include <QActionGroup>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QMenu>
#include <QMessageBox>

namespace ui {

QMenu* MainWindow::choiceMenu(const QString& title,
                              const QList<std::pair<QString, QString>>& choices,
                              QString settings::Values::*field,
                              void (MainWindow::*chosen)(const QString&)) {
    auto* menu = new QMenu(title, this);
    auto* group = new QActionGroup(menu);
    for (const auto& [name, value] : choices) {
        auto* action = menu->addAction(name);
        action->setCheckable(true);
        action->setData(value);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, chosen, choice = value] {
            Q_EMIT(this->*chosen)(choice);
        });
    }
    // The settings' own window and a button may have chosen another one.
    connect(menu, &QMenu::aboutToShow, this, [this, group, field] {
        const QString current = bench_.studio().settings().values().*field;
        for (auto* action : group->actions()) action->setChecked(action->data().toString() == current);
    });
    return menu;
}

QMenu* MainWindow::buildMenu() {
    using settings::Values;
    auto* menu = new QMenu(this);
    for (auto act : {Act::generate, Act::generateFirst}) menu->addAction(actions_[act]);
    auto* queue = menu->addMenu(theme::icon(QStringLiteral("queue")), tr("Queue"));
    for (auto act : {Act::pause, Act::suspend, Act::skip, Act::cancel, Act::clearQueue})
        queue->addAction(actions_[act]);
    menu->addSeparator();
    for (auto act : {Act::convertPrompt, Act::keepStyle, Act::keepPreset})
        menu->addAction(actions_[act]);
    menu->addSeparator();
    for (auto act : {Act::chooseFile, Act::chooseFolder, Act::pasteSettings})
        menu->addAction(actions_[act]);
    menu->addSeparator();
    auto* library = menu->addMenu(theme::icon(QStringLiteral("library")), tr("Library"));
    for (auto act : {Act::workspaceLibrary, Act::libraryImportFiles, Act::libraryImportFolder,
                     Act::libraryRescan})
        library->addAction(actions_[act]);
    menu->addAction(actions_[Act::training]);
    auto* view = menu->addMenu(tr("View"));
    view->addAction(actions_[Act::workspaceGenerate]);
    for (auto act : {Act::fit, Act::zoom100, Act::zoom200, Act::zoom400, Act::zoom800})
        view->addAction(actions_[act]);
    view->addSeparator();
    for (auto act : {Act::compareSlider, Act::compareSide, Act::compareHover, Act::compareWith,
                     Act::pictureSettings})
        view->addAction(actions_[act]);
    view->addSeparator();
    for (auto act : {Act::togglePanel, Act::toggleQueue, Act::toggleBoth})
        view->addAction(actions_[act]);
    view->addSeparator();
    view->addMenu(choiceMenu(tr("Surround of pictures"), surroundChoices(), &Values::surround,
                             &MainWindow::surroundChosen));
    menu->addMenu(choiceMenu(tr("Theme"),
                             {{tr("Dark"), QStringLiteral("dark")},
                              {tr("Light"), QStringLiteral("light")},
                              {tr("As the system"), QStringLiteral("system")}},
                             &Values::theme, &MainWindow::themeChosen));
    menu->addMenu(choiceMenu(tr("Language"),
                             {{QStringLiteral("English"), QStringLiteral("en")},
                              {QStringLiteral("한국어"), QStringLiteral("ko")},
                              {tr("As the system"), QString()}},
                             &Values::language, &MainWindow::languageChosen));
    menu->addSeparator();
    menu->addAction(actions_[Act::settings]);
    menu->addAction(actions_[Act::shortcuts]);
    menu->addAction(actions_[Act::quit]);
    return menu;
}

void MainWindow::toggle(std::initializer_list<QDockWidget*> docks) {
    bool isAnyShown = false;
    for (auto* dock : docks) isAnyShown |= dock->isVisible();
    for (auto* dock : docks) dock->setVisible(!isAnyShown);
}

void MainWindow::clearQueue() {
    const int waiting = bench_.waiting().rowCount();
    if (waiting == 0) return;
    QMessageBox box(QMessageBox::NoIcon, tr("Clear the queue"),
                    tr("Cancel %n waiting job(s)? The running one goes on.", nullptr, waiting),
                    QMessageBox::Ok | QMessageBox::Cancel, this);
    box.button(QMessageBox::Ok)->setText(tr("Clear the queue"));
    box.button(QMessageBox::Cancel)->setText(tr("Keep it"));
    if (box.exec() != QMessageBox::Ok) return;
    for (int row = bench_.waiting().rowCount() - 1; row >= 0; --row)
        bench_.studio().cancel(bench_.waiting().job(row).id);
}

void MainWindow::readSettings() {
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Read the settings of a picture"), QString(),
                                     tr("Pictures (*.png);;All files (*)"));
    if (!path.isEmpty()) bench_.recallFromFile(path);
}

void MainWindow::connectActions() {
    const auto on = [this](Act act, auto work) {
        connect(actions_[act], &QAction::triggered, this, work);
    };
    const auto generate = [this](jobs::Place place) {
        if (!bench_.obstacle().isEmpty()) return actions_[Act::focusPrompt]->trigger();
        if (!bench_.run()) stage_->follow();
        bench_.generate(place);
    };
    on(Act::generate, [generate] { generate(jobs::Place::back); });
    on(Act::generateFirst, [generate] { generate(jobs::Place::front); });
    on(Act::cancel, [this] { bench_.cancelRun(); });
    on(Act::skip, [this] { bench_.skipPicture(); });
    on(Act::suspend, [this] { bench_.suspendRun(); });
    on(Act::pause, [this] { bench_.setPaused(!bench_.isPaused()); });
    connect(&bench_, &Workbench::queueChanged, this, [this] {
        actions_[Act::pause]->setText(bench_.isPaused() ? tr("Go on with the queue")
                                                        : tr("Pause the queue"));
    });
    on(Act::convertPrompt, [this] { panel_->convertPrompt(); });
    on(Act::keepStyle, [this] { panel_->styles()->saveAsStyle(); });
    on(Act::keepPreset, [this] { panel_->presets()->askForName(); });
    connect(panel_->presets(), &PresetMenu::failed, this, [this](const QString& message) {
        Q_EMIT bench_.troubled({Trouble::Where::panel, Trouble::What::file, message, {}});
    });
    on(Act::clearQueue, [this] { clearQueue(); });
    on(Act::focusPrompt, [this] {
        panelDock_->show();
        panel_->prompt()->edit()->setFocus(Qt::ShortcutFocusReason);
    });
    on(Act::chooseFile, [this] { panel_->modelCard()->chooseFile(); });
    on(Act::chooseFolder, [this] { panel_->modelCard()->chooseFolder(); });
    on(Act::pasteSettings, [this] { readSettings(); });
    on(Act::togglePanel, [this] { toggle({panelDock_}); });
    on(Act::toggleQueue, [this] { toggle({queueDock_}); });
    on(Act::toggleBoth, [this] { toggle({panelDock_, queueDock_}); });
    on(Act::training, [this] { Q_EMIT trainingAsked(); });
    on(Act::settings, [this] { Q_EMIT settingsAsked(); });
    on(Act::shortcuts, [this] { showShortcuts(this, actions_); });
    on(Act::quit, [this] { close(); });
    on(Act::previous, [this] { filmstrip_->step(-1); });
    on(Act::next, [this] { filmstrip_->step(1); });
    for (size_t i = 0; i < examples().size(); ++i) {
        on(Act(int(Act::example1) + int(i)), [this, i] {
            bench_.request().set(&diffusion::GenerationRequest::prompt,
                                 std::string(examples()[i].prompt));
            actions_[Act::generate]->trigger();
        });
    }
    connectPictureActions();
}

}  // namespace ui
