#include "app/ui/main_window.h"

#include "app/ui/error_banner.h"
#include "app/ui/filmstrip.h"
#include "app/ui/panels/expansion_row.h"
#include "app/ui/panels/generate_panel.h"
#include "app/ui/pieces.h"
#include "app/ui/prompt_field.h"
#include "app/ui/queue_view.h"
#include "app/ui/section.h"
#include "app/ui/stage/first_run.h"
#include "app/ui/stage/stage.h"
#include "app/ui/status_bar.h"
#include "app/ui/top_bar.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QScreen>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

namespace ui {
namespace {

/// Of the docks' arrangement; another number forgets what an older version stored.
constexpr int stateVersion = 1;

/// A large scale leaves less room on the screen.
QSize usualSize(const QSize& room) {
    return QSize(1600, 1000).boundedTo(room).expandedTo(smallestWindow);
}

}  // namespace

MainWindow::MainWindow(Workbench& bench)
    : bench_(bench),
      actions_(this, bench.studio().settings().values().keys),
      panel_(new GeneratePanel(bench)),
      panelBanner_(new ErrorBanner),
      stage_(new Stage(bench, actions_)),
      filmstrip_(new Filmstrip(bench, actions_)),
      queue_(new QueueView(bench, actions_)),
      workspaces_(new QStackedWidget) {
    setWindowTitle(QStringLiteral("Atelier"));
    setMinimumSize(smallestWindow);
    setDockNestingEnabled(true);
    setContextMenuPolicy(Qt::NoContextMenu);
    workspaces_->addWidget(stage_);
    setCentralWidget(workspaces_);
    stage_->setMinimumSize(360, 300);
    top_ = new TopBar(bench, actions_, buildMenu());
    setMenuWidget(top_);
    connect(panel_->expansion(), &ExpansionRow::jobsChanged, top_->generate(),
            &GenerateButton::setJobs);
    top_->generate()->setJobs(panel_->expansion()->jobs());
    buildDocks();
    auto* status = new QStatusBar;
    status->setSizeGripEnabled(false);
    status->setContentsMargins(0, 0, 0, 0);
    status->addWidget(new StatusLine(bench), 1);
    status->layout()->setContentsMargins(0, 0, 0, 0);
    setStatusBar(status);
    connect(top_, &TopBar::themeAsked, this, [this] {
        Q_EMIT themeChosen(theme::of(this).isDark ? QStringLiteral("light")
                                                  : QStringLiteral("dark"));
    });
    connect(top_, &TopBar::languageAsked, this, &MainWindow::otherLanguageAsked);
    connect(stage_->firstRun(), &FirstRun::languageAsked, this, &MainWindow::otherLanguageAsked);
    rememberSections();
    connectWorkspaces();
    connectActions();
    connectPictures();
    connectTrouble();
    connectNews();
    restore();
    panel_->prompt()->edit()->setFocus(Qt::OtherFocusReason);
}

QDockWidget* MainWindow::dock(const QString& name, const QString& title, QWidget* content,
                              Qt::DockWidgetArea area) {
    auto* result = new QDockWidget(title, this);
    result->setObjectName(name);
    result->setAccessibleName(title);
    result->setTitleBarWidget(new QWidget(result));
    result->setFeatures(QDockWidget::NoDockWidgetFeatures);
    result->setWidget(content);
    addDockWidget(area, result);
    return result;
}

void MainWindow::buildDocks() {
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    auto* left = new QWidget;
    theme::setGround(left, theme::Ground::panel);
    auto* rows = compact(new QVBoxLayout(left), 0);
    rows->addWidget(panelBanner_);
    rows->addWidget(panel_, 1);
    left->setMinimumWidth(264);
    queue_->setMinimumWidth(240);
    left->setMaximumWidth(460);
    queue_->setMaximumWidth(460);
    filmstrip_->setFixedHeight(140);
    panelDock_ =
        dock(QStringLiteral("generate"), tr("Generate panel"), left, Qt::LeftDockWidgetArea);
    queueDock_ = dock(QStringLiteral("queue"), tr("Queue"), queue_, Qt::RightDockWidgetArea);
    filmstripDock_ =
        dock(QStringLiteral("filmstrip"), tr("Filmstrip"), filmstrip_, Qt::BottomDockWidgetArea);
}

void MainWindow::restore() {
    const auto& values = bench_.studio().settings().values();
    resize(usualSize(screen()->availableSize()));
    const bool isKnown = !values.windowGeometry.isEmpty() && restoreGeometry(values.windowGeometry);
    const bool isArranged = isKnown && restoreState(values.windowState, stateVersion);
    const bool isFirstRun = stage_->isFirstRun();
    queueDock_->setVisible(queueDock_->isVisibleTo(this) && !isFirstRun);
    filmstripDock_->setVisible(!isFirstRun);
    if (isArranged) return;
    const bool isCompact = width() < 1440;
    resizeDocks({panelDock_, queueDock_}, {isCompact ? 288 : 336, isCompact ? 264 : 312},
                Qt::Horizontal);
}

void MainWindow::rememberSections() {
    const auto open = bench_.studio().settings().values().openSections.split(QLatin1Char(','));
    for (const auto& [name, section] : panel_->sections()) {
        section->setOpen(open.contains(name));
        connect(section, &Section::toggled, this, [this] {
            QStringList names;
            for (const auto& [key, each] : panel_->sections())
                if (each->isOpen()) names << key;
            bench_.studio().settings().set(&settings::Values::openSections,
                                           names.join(QLatin1Char(',')));
        });
    }
}

void MainWindow::leaveFirstRun() {
    if (isLibraryShown() || filmstripDock_->isVisibleTo(this) || stage_->isFirstRun()) return;
    queueDock_->show();
    filmstripDock_->show();
    resizeDocks({queueDock_}, {width() < 1440 ? 264 : 312}, Qt::Horizontal);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    auto& settings = bench_.studio().settings();
    showGenerate();  // its docks are what is remembered
    settings.set(&settings::Values::windowGeometry, saveGeometry());
    settings.set(&settings::Values::windowState, saveState(stateVersion));
    bench_.save();
    event->accept();
}

}  // namespace ui
