// What the actions of pictures do, and how stage, filmstrip and queue follow each other.

#include "app/codec/text.h"
#include "app/ui/error_banner.h"
#include "app/ui/filmstrip.h"
#include "app/ui/main_window.h"
#include "app/ui/panels/generate_panel.h"
#include "app/ui/panels/model_card.h"
#include "app/ui/panels/style_picker.h"
#include "app/ui/queue_view.h"
#include "app/ui/sentences.h"
#include "app/ui/show_in_folder.h"
#include "app/ui/stage/first_run.h"
#include "app/ui/stage/picture_view.h"
#include "app/ui/stage/stage.h"
#include "app/ui/toast.h"

#include <QClipboard>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QListView>
#include <QSignalBlocker>

namespace ui {

void MainWindow::connectPictureActions() {
    const auto on = [this](Act act, auto work) {
        connect(actions_[act], &QAction::triggered, this, work);
    };
    for (auto [act, what] : {std::pair{Act::recallAll, Recall::all},
                             {Act::recallRemix, Recall::remix},
                             {Act::recallPrompt, Recall::prompt},
                             {Act::recallSeed, Recall::seed},
                             {Act::recallSize, Recall::size}}) {
        on(act, [this, part = what] {
            if (stage_->picture()) bench_.recall(stage_->picture()->request, part);
        });
    }
    on(Act::copyPicture, [this] {
        if (stage_->view()->picture().isNull()) return;
        QGuiApplication::clipboard()->setImage(stage_->view()->picture());
        stage_->toaster()->show({QStringLiteral("copy"), tr("The picture is in the clipboard")});
    });
    on(Act::saveCopy, [this] { saveCopy(); });
    on(Act::showInFolder, [this] {
        if (stage_->picture()) showInFolder(stage_->picture()->path);
    });
}

void MainWindow::saveCopy() {
    if (!stage_->picture()) return;
    const QString path = stage_->picture()->path;
    QString to = QFileDialog::getSaveFileName(
        this, tr("Save a copy"), QDir::home().filePath(QFileInfo(path).fileName()),
        tr("Pictures (*.%1)").arg(QFileInfo(path).suffix()));
    if (to.isEmpty()) return;
    // The copy is the file as it is, so its name has to say what it is.
    if (QFileInfo(to).suffix().compare(QFileInfo(path).suffix(), Qt::CaseInsensitive) != 0)
        to += QLatin1Char('.') + QFileInfo(path).suffix();
    bench_.saveCopy(path, to);
}

void MainWindow::connectNews() {
    auto* toaster = stage_->toaster();
    connect(&bench_, &Workbench::recalled, this,
            [this, toaster](const diffusion::GenerationRequest& before) {
                if (bench_.request().request() == before) return;
                toaster->show({QStringLiteral("recall"), tr("Settings recalled"), tr("Undo"),
                               [this, before] { bench_.request().setRequest(before); }});
            });
    connect(&bench_, &Workbench::copied, this, [toaster](const QString& to) {
        toaster->show({QStringLiteral("check"), tr("Saved as %1").arg(to), tr("Show in folder"),
                       [to] { showInFolder(to); }});
    });
    connect(&bench_, &Workbench::warned, this, [toaster](const QString& sentence) {
        toaster->show({QStringLiteral("warning"), inWindowLanguage(sentence)});
    });
    connect(panel_->styles(), &StylePicker::removed, this,
            [this, toaster](const diffusion::Style& style) {
                toaster->show({QStringLiteral("trash"),
                               tr("Style “%1” removed").arg(codec::fromUtf8(style.name)), tr("Undo"),
                               [this, style] { bench_.prompts().shelf().saveStyle(style); }});
            });
}

void MainWindow::connectPictures() {
    connect(filmstrip_, &Filmstrip::chosen, stage_, &Stage::showPicture);
    connect(filmstrip_, &Filmstrip::recalled, this, [this](const gallery::Picture& picture) {
        bench_.recall(picture.request, Recall::all);
    });
    connect(filmstrip_, &Filmstrip::runChosen, stage_, &Stage::follow);
    connect(queue_, &QueueView::runChosen, stage_, &Stage::follow);
    connect(stage_->firstRun(), &FirstRun::dropped, &bench_, &Workbench::recallFromFile);
    connect(stage_->firstRun(), &FirstRun::modelsAsked, this, [this] {
        panelDock_->show();
        panel_->modelCard()->open();
    });
    const auto mark = [this] {
        filmstrip_->setFollowing(stage_->isFollowing());
        if (bench_.run() || !stage_->picture()) return;
        const int row = bench_.gallery().rowOf(stage_->picture()->id);
        if (row < 0) return;
        const QSignalBlocker quiet(filmstrip_->list()->selectionModel());
        filmstrip_->list()->setCurrentIndex(bench_.gallery().index(row));
        filmstrip_->list()->viewport()->update();
    };
    connect(stage_, &Stage::followingChanged, this, mark);
    connect(&bench_, &Workbench::runChanged, this, &MainWindow::leaveFirstRun);
    connect(&bench_, &Workbench::pictureStored, this, &MainWindow::leaveFirstRun);
    connect(&bench_, &Workbench::runChanged, this, [this, mark, wasRunning = false]() mutable {
        if (wasRunning == bench_.run().has_value()) return;
        wasRunning = bench_.run().has_value();
        mark();
    });
    mark();
}

void MainWindow::connectTrouble() {
    connect(&bench_, &Workbench::troubled, this, [this](const Trouble& trouble) {
        auto* banner = trouble.where == Trouble::Where::panel ? panelBanner_ : stage_->banner();
        banner->show(trouble);
    });
    for (auto* banner : {panelBanner_, stage_->banner()}) {
        connect(&bench_, &Workbench::mended, banner, &ErrorBanner::mend);
        connect(banner, &ErrorBanner::retried, this, [this](const Trouble& trouble) {
            if (trouble.request) bench_.submit(*trouble.request);
        });
    }
}

}  // namespace ui
