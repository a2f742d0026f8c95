#include "app/ui/training/training_window.h"

#include "app/codec/text.h"
#include "app/ui/error_banner.h"
#include "app/ui/pieces.h"
#include "app/ui/toast.h"
#include "app/ui/training/pictures_pane.h"
#include "app/ui/training/run_pane.h"
#include "app/ui/training/training_list.h"
#include "app/ui/training/training_memory.h"

#include <QHBoxLayout>
#include <QShortcut>
#include <QVBoxLayout>

#include <utility>

namespace ui {
namespace {

constexpr int planWidth = 344;
constexpr int runHeight = 320;
constexpr int toastHeight = 16;

}  // namespace

TrainingWindow::TrainingWindow(Workbench& bench, TrainingDesk& desk, QWidget* parent)
    : QWidget(parent, Qt::Window),
      bench_(bench),
      desk_(desk),
      list_(new TrainingList(desk)),
      banner_(new ErrorBanner),
      pictures_(new PicturesPane(desk)),
      plan_(new PlanPane(bench.studio().models())),
      run_(new RunPane),
      news_(new Toaster(this, toastHeight)) {
    setWindowTitle(tr("Training"));
    setMinimumSize(960, 640);
    resize(1320, 880);
    theme::setGround(this, theme::Ground::panel);
    layOut();
    connectParts();
    new QShortcut(QKeySequence::Close, this, [this] { close(); });
    list_->refresh();
    refreshShown();
}

QListWidget* TrainingWindow::list() const {
    return list_->list();
}

void TrainingWindow::layOut() {
    plan_->setFixedWidth(planWidth);
    auto* upper = compact(new QHBoxLayout, 1);
    upper->addWidget(pictures_, 1);
    upper->addWidget(plan_);
    run_->setMinimumHeight(runHeight);
    auto* right = compact(new QVBoxLayout, 0);
    right->addWidget(banner_);
    right->addLayout(upper, 1);
    right->addWidget(divider());
    right->addWidget(run_);
    auto* columns = compact(new QHBoxLayout(this), 0);
    columns->addWidget(list_);
    columns->addLayout(right, 1);
}

void TrainingWindow::connectParts() {
    connect(list_, &TrainingList::chosen, this, &TrainingWindow::choose);
    connect(list_, &TrainingList::refused, this, [this](const QString& reason) {
        news_->show({QStringLiteral("warning"), reason});
    });
    connect(plan_, &PlanPane::edited, this, &TrainingWindow::takeEdit);
    connect(pictures_, &PicturesPane::folderChosen, this, [this](const QString& path) {
        auto plan = plan_->plan();
        plan.lessons().folder = codec::toUtf8(path);
        draft_ = shown_.isEmpty() ? plan : draft_;
        plan_->show(plan, shown_.isEmpty() ? PlanPane::Stage::fresh : PlanPane::Stage::begun);
        pictures_->setFolder(path);
        showNeeds();
    });
    connect(&pictures_->model(), &PictureListModel::counted, this,
            [this] { showNeeds(); });
    connect(plan_, &PlanPane::modelsListed, this, &TrainingWindow::showNeeds);
    connect(&bench_.studio().settings(), &settings::Settings::changed, this,
            &TrainingWindow::showNeeds);
    connect(run_, &RunPane::startAsked, this, &TrainingWindow::start);
    connect(run_, &RunPane::stopAsked, this, [this] { desk_.stop(shown_); });
    connect(run_, &RunPane::useAsked, this, [this] { Q_EMIT used(plan_->plan()); });
    connectDesk();
    connectMoves();
}

void TrainingWindow::connectDesk() {
    connect(&desk_, &TrainingDesk::listChanged, this, [this] {
        const bool hasCome = !starting_.isEmpty() && desk_.find(starting_);
        const auto come = hasCome ? std::exchange(starting_, QString()) : QString();
        if (hasCome && shown_.isEmpty()) draft_ = newTrainingPlan();
        if (hasCome) shown_ = come;
        if (!shown_.isEmpty() && !desk_.find(shown_)) shown_.clear();
        list_->refresh();
        list_->mark(shown_);
        refreshShown();
    });
    connect(&desk_, &TrainingDesk::changed, this, [this](const QString& name) {
        list_->refreshRow(name);
        if (name == shown_)
            refreshShown();
        else
            showNeeds();
    });
    connect(&desk_, &TrainingDesk::failed, this, &TrainingWindow::tellTrouble);
    connect(&desk_, &TrainingDesk::notAdded, this, [this](const QStringList& names) {
        banner_->show(tr("Not all pictures were added"),
                      tr("These are there already or are no pictures: %1")
                          .arg(names.join(QStringLiteral(", "))));
    });
}

/// Trainings that go to the trash, come back or get another name.
void TrainingWindow::connectMoves() {
    connect(&desk_, &TrainingDesk::removed, this,
            [this](const QString& name, const QString& inTrash, bool hasResult) {
                const auto words = hasResult
                                       ? tr("“%1” moved to the trash; what it taught stays")
                                       : tr("“%1” moved to the trash");
                news_->show({QStringLiteral("trash"), words.arg(name), tr("Undo"),
                             [this, name, inTrash] { desk_.restore(name, inTrash); }});
            });
    connect(&desk_, &TrainingDesk::restored, this, [this](const QString& name) {
        news_->show({QStringLiteral("undo"), tr("“%1” back from the trash").arg(name)});
        choose(name);
    });
    connect(&desk_, &TrainingDesk::renamed, this, [this](const QString& name, const QString& to) {
        if (shown_ != name) return;
        // What was changed for its next run stays.
        auto plan = plan_->plan();
        plan.name = to;
        shown_ = to;
        plan_->show(plan, PlanPane::Stage::begun);
    });
}

void TrainingWindow::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    desk_.open();
}

void TrainingWindow::choose(const QString& name) {
    if (name == shown_) return;
    pictures_->saveCaption();
    shown_ = desk_.find(name) ? name : QString();
    banner_->hide();
    list_->mark(shown_);
    const auto* training = desk_.find(shown_);
    plan_->show(training ? training->plan : draft_, PlanPane::Stage::fresh);
    refreshShown();
}

void TrainingWindow::refreshShown() {
    const auto* training = desk_.find(shown_);
    using Stage = PlanPane::Stage;
    const auto stage = !training             ? Stage::fresh
                       : training->isRunning ? Stage::running
                                             : Stage::begun;
    // What was changed for the next run of a stopped training stays.
    const bool isOther = plan_->plan().name != shown_ || stage == Stage::running;
    plan_->show(!training ? draft_ : isOther ? training->plan : plan_->plan(), stage);
    pictures_->setFolder(codec::fromUtf8(plan_->plan().lessons().folder));
    pictures_->setChangeable(stage != Stage::running);
    run_->show(training, training && desk_.hasResult(training->plan));
    run_->setStarting(!starting_.isEmpty());
    showNeeds();
}

void TrainingWindow::takeEdit() {
    if (shown_.isEmpty()) draft_ = plan_->plan();
    showNeeds();
}

QString TrainingWindow::obstacle() const {
    const auto& plan = plan_->plan();
    const auto& lessons = plan.lessons();
    const auto* known = desk_.find(shown_);
    const auto* running = desk_.running();
    if (known && known->isRunning) return {};
    if (known && known->isMoving) return desk_.obstacleToMove(shown_);
    if (!desk_.isOpen()) return tr("Reading what trainings there are…");
    if (lessons.folder.empty()) return tr("Choose a folder of pictures");
    if (pictures_->model().usable() == 0) return tr("No picture of the folder has a caption");
    if (plan.name.isEmpty()) return tr("Give the training a name");
    if (!isTrainingName(plan.name))
        return tr("A name has no spaces around it and none of / \\ : < > ( ) [ ] { } | , \"");
    if (!known && desk_.isTaken(plan)) return tr("The name “%1” is taken").arg(plan.name);
    if (const auto reason = modelObstacle(); !reason.isEmpty()) return reason;
    if (lessons.schedule == "cosine" && plan.request.steps == 0)
        return tr("A cosine needs to know how many steps there are");
    if (known && known->isFinished() && known->report.step >= plan.request.steps)
        return tr("More steps are needed to go on");
    if (running) return tr("“%1” is running; one at a time").arg(running->plan.name);
    return {};
}

bool TrainingWindow::isOnGpu() const {
    return trainsOnGpu(hardware_, bench_.studio().settings().values().device);
}

qint64 TrainingWindow::bytesNeeded() const {
    return plan_->model() ? trainingBytes(*plan_->model(), plan_->plan(), isOnGpu()) : 0;
}

QString TrainingWindow::modelObstacle() const {
    if (!plan_->model()) return {};
    const auto reason = trainingObstacle(*plan_->model());
    return reason.isEmpty() ? memoryObstacle(bytesNeeded(), isOnGpu(), hardware_) : reason;
}

void TrainingWindow::showNeeds() {
    plan_->setMemory(trainingMemoryWords(bytesNeeded(), isOnGpu(), hardware_));
    run_->setObstacle(obstacle());
}

void TrainingWindow::start() {
    if (!obstacle().isEmpty() || !starting_.isEmpty()) return;
    pictures_->saveCaption();
    banner_->hide();
    auto plan = plan_->plan();
    const auto& values = bench_.studio().settings().values();
    plan.request.device = codec::toUtf8(values.device);
    plan.request.threads = values.threads;
    starting_ = plan.name;
    run_->setStarting(true);
    desk_.start(plan);
}

void TrainingWindow::tellTrouble(const QString& name, const QString& message) {
    if (!name.isEmpty() && name == starting_) {
        starting_.clear();
        run_->setStarting(false);
    }
    banner_->show(
        name.isEmpty() ? tr("A file could not be used") : tr("The training “%1” ended").arg(name),
        message);
}

}  // namespace ui
