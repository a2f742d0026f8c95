// The workspaces of the window: Generate with its docks, and the library.

#include "app/ui/library/library_desk.h"
#include "app/ui/library/library_view.h"
#include "app/ui/main_window.h"
#include "app/ui/panels/generate_panel.h"
#include "app/ui/prompt_field.h"
#include "app/ui/stage/stage.h"

#include <QActionGroup>
#include <QDockWidget>
#include <QStackedWidget>

namespace ui {

void MainWindow::connectWorkspaces() {
    auto* group = new QActionGroup(this);
    for (auto act : {Act::workspaceGenerate, Act::workspaceLibrary}) {
        actions_[act]->setCheckable(true);
        group->addAction(actions_[act]);
    }
    actions_[Act::workspaceGenerate]->setChecked(true);
    connect(actions_[Act::workspaceGenerate], &QAction::triggered, this, &MainWindow::showGenerate);
    connect(actions_[Act::workspaceLibrary], &QAction::triggered, this, &MainWindow::showLibrary);
    for (auto act : {Act::focusPrompt, Act::togglePanel, Act::toggleQueue, Act::toggleBoth})
        connect(actions_[act], &QAction::triggered, this, &MainWindow::showGenerate);
    // From the menu they may come before there is a library that listens.
    for (auto act : {Act::libraryImportFiles, Act::libraryImportFolder, Act::libraryRescan})
        connect(actions_[act], &QAction::triggered, this, [this, act] {
            const bool isFirst = !library_;
            showLibrary();
            if (isFirst) actions_[act]->trigger();
        });
}

bool MainWindow::isLibraryShown() const {
    return library_ && workspaces_->currentWidget() == library_;
}

void MainWindow::showGenerate() {
    actions_[Act::workspaceGenerate]->setChecked(true);
    if (!isLibraryShown()) return;
    workspaces_->setCurrentWidget(stage_);
    for (auto* dock : std::as_const(docksOfGenerate_)) dock->show();
    docksOfGenerate_.clear();
    leaveFirstRun();
}

void MainWindow::showLibrary() {
    actions_[Act::workspaceLibrary]->setChecked(true);
    if (isLibraryShown()) return library_->focusPictures();
    if (!library_) {
        library_ = new LibraryView(bench_, bench_.library(), actions_);
        workspaces_->addWidget(library_);
        connect(library_, &LibraryView::opened, this, [this](const gallery::Picture& picture) {
            showGenerate();
            stage_->showPicture(picture);
            stage_->setFocus(Qt::OtherFocusReason);
        });
        connect(library_, &LibraryView::runChosen, this, [this] {
            showGenerate();
            stage_->follow();
        });
        connect(library_, &LibraryView::recalled, this, [this] {
            showGenerate();
            panel_->prompt()->edit()->setFocus(Qt::ShortcutFocusReason);
        });
    }
    for (auto* dock : findChildren<QDockWidget*>()) {
        if (dock->isHidden()) continue;
        docksOfGenerate_ << dock;
        dock->hide();
    }
    workspaces_->setCurrentWidget(library_);
    bench_.library().open();
    library_->focusPictures();
}

}  // namespace ui
