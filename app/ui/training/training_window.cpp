#include "app/ui/training/training_window.h"

#include "app/codec/text.h"
#include "app/ui/error_banner.h"
#include "app/ui/pieces.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"
#include "app/ui/training/pictures_pane.h"
#include "app/ui/training/run_pane.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <utility>

namespace ui {
namespace {

constexpr int sideWidth = 216;
constexpr int planWidth = 344;
constexpr int runHeight = 320;

enum Role { NameRole = Qt::UserRole, NoteRole, IconRole };

/// Icon, name, and below it how it stands.
class TrainingRow : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {200, 46};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const auto& t = theme::of(option.widget);
        const bool isOn = option.state.testFlag(QStyle::State_Selected);
        const bool isHot = option.state.testFlag(QStyle::State_MouseOver);
        if (isOn || isHot)
            theme::paintBox(painter, option.rect.adjusted(theme::s1, 1, -theme::s1, -1),
                            theme::radiusControl, isOn ? t.selection : t.hover);
        const QRect icon(option.rect.x() + theme::s3, option.rect.center().y() - 7, 16, 16);
        theme::paintIcon(painter, icon, index.data(IconRole).toString(),
                         isOn ? t.accentText : t.text2);
        const QRect text(option.rect.x() + 36, option.rect.y() + 5, option.rect.width() - 44, 18);
        const auto name = index.data().toString();
        painter->setFont(theme::font(theme::Step::strong));
        painter->setPen(t.text);
        painter->drawText(text, Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(name, Qt::ElideRight, text.width()));
        painter->setFont(theme::font(theme::Step::small));
        painter->setPen(isOn || isHot ? t.text2 : t.text3);
        const auto note = index.data(NoteRole).toString();
        painter->drawText(text.translated(0, 18), Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(note, Qt::ElideRight, text.width()));
    }
};

QString iconOf(const Training& training) {
    if (training.isRunning) return QStringLiteral("play");
    return training.isFinished() ? QStringLiteral("check") : QStringLiteral("suspend");
}

}  // namespace

TrainingWindow::TrainingWindow(Workbench& bench, TrainingDesk& desk, QWidget* parent)
    : QWidget(parent, Qt::Window),
      bench_(bench),
      desk_(desk),
      list_(new QListWidget),
      banner_(new ErrorBanner),
      pictures_(new PicturesPane(desk)),
      plan_(new PlanPane(bench.studio().models())),
      run_(new RunPane) {
    setWindowTitle(tr("Training"));
    setMinimumSize(960, 640);
    resize(1320, 880);
    theme::setGround(this, theme::Ground::panel);
    layOut();
    connectParts();
    new QShortcut(QKeySequence::Close, this, [this] { close(); });
    refreshList();
    refreshShown();
}

void TrainingWindow::layOut() {
    list_->setAccessibleName(tr("Trainings"));
    list_->setFrameShape(QFrame::NoFrame);
    list_->setItemDelegate(new TrainingRow(list_));
    list_->setMouseTracking(true);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    theme::setGround(list_, theme::Ground::window);
    theme::setGround(list_->viewport(), theme::Ground::window);
    auto* side = new QWidget;
    side->setFixedWidth(sideWidth);
    theme::setGround(side, theme::Ground::window);
    auto* rows =
        compact(new QVBoxLayout(side), theme::s2, theme::s1, theme::s3, theme::s1, theme::s3);
    auto* title = label(tr("Trainings"), theme::Step::dockTitle);
    title->setContentsMargins(theme::s2, 0, 0, 0);
    rows->addWidget(title);
    rows->addWidget(list_, 1);
    auto* note = label(tr("A training goes on when Atelier is closed; it is found here again."),
                       theme::Step::small, theme::Ink::note);
    note->setWordWrap(true);
    note->setContentsMargins(theme::s2, 0, theme::s2, 0);
    rows->addWidget(note);
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
    columns->addWidget(side);
    columns->addLayout(right, 1);
}

void TrainingWindow::connectParts() {
    connect(list_, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
        if (item) choose(item->data(NameRole).toString());
    });
    connect(plan_, &PlanPane::edited, this, &TrainingWindow::takeEdit);
    connect(pictures_, &PicturesPane::folderChosen, this, [this](const QString& path) {
        auto plan = plan_->plan();
        plan.lessons().folder = codec::toUtf8(path);
        draft_ = shown_.isEmpty() ? plan : draft_;
        plan_->show(plan, shown_.isEmpty() ? PlanPane::Stage::fresh : PlanPane::Stage::begun);
        pictures_->setFolder(path);
        run_->setObstacle(obstacle());
    });
    connect(&pictures_->model(), &PictureListModel::counted, this,
            [this] { run_->setObstacle(obstacle()); });
    connect(run_, &RunPane::startAsked, this, &TrainingWindow::start);
    connect(run_, &RunPane::stopAsked, this, [this] { desk_.stop(shown_); });
    connect(run_, &RunPane::useAsked, this, [this] { Q_EMIT used(plan_->plan()); });
    connectDesk();
}

void TrainingWindow::connectDesk() {
    connect(&desk_, &TrainingDesk::listChanged, this, [this] {
        const bool hasCome = !starting_.isEmpty() && desk_.find(starting_);
        const auto come = hasCome ? std::exchange(starting_, QString()) : QString();
        if (hasCome && shown_.isEmpty()) draft_ = newTrainingPlan();
        if (hasCome) shown_ = come;
        refreshList();
        refreshShown();
    });
    connect(&desk_, &TrainingDesk::changed, this, [this](const QString& name) {
        refreshRow(name);
        if (name == shown_)
            refreshShown();
        else
            run_->setObstacle(obstacle());
    });
    connect(&desk_, &TrainingDesk::failed, this, &TrainingWindow::tellTrouble);
    connect(&desk_, &TrainingDesk::notAdded, this, [this](const QStringList& names) {
        banner_->show(tr("Not all pictures were added"),
                      tr("These are there already or are no pictures: %1")
                          .arg(names.join(QStringLiteral(", "))));
    });
}

void TrainingWindow::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    desk_.open();
}

void TrainingWindow::refreshList() {
    const QSignalBlocker quiet(list_);
    list_->clear();
    const auto add = [this](const QString& text, const QString& name) {
        auto* item = new QListWidgetItem(text, list_);
        item->setData(NameRole, name);
        item->setData(IconRole, QStringLiteral("plus"));
    };
    add(tr("New training"), {});
    list_->item(0)->setData(NoteRole, tr("LoRA or embedding"));
    for (const auto& training : desk_.trainings()) {
        add(training.plan.name, training.plan.name);
        refreshRow(training.plan.name);
    }
    markShown();
}

void TrainingWindow::markShown() {
    const QSignalBlocker quiet(list_);
    for (int row = 0; row < list_->count(); ++row)
        if (list_->item(row)->data(NameRole).toString() == shown_) list_->setCurrentRow(row);
}

void TrainingWindow::refreshRow(const QString& name) {
    const auto* training = desk_.find(name);
    for (int row = 1; training && row < list_->count(); ++row) {
        auto* item = list_->item(row);
        if (item->data(NameRole).toString() != name) continue;
        item->setData(NoteRole, stateWords(*training));
        item->setData(IconRole, iconOf(*training));
        item->setData(Qt::AccessibleDescriptionRole, stateWords(*training));
        item->setToolTip(name + QStringLiteral("  ") + stateWords(*training));
    }
}

void TrainingWindow::choose(const QString& name) {
    if (name == shown_) return;
    pictures_->saveCaption();
    shown_ = desk_.find(name) ? name : QString();
    banner_->hide();
    markShown();
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
    run_->setObstacle(obstacle());
}

void TrainingWindow::takeEdit() {
    if (shown_.isEmpty()) draft_ = plan_->plan();
    run_->setObstacle(obstacle());
}

QString TrainingWindow::obstacle() const {
    const auto& plan = plan_->plan();
    const auto& lessons = plan.lessons();
    const auto* known = desk_.find(shown_);
    const auto* running = desk_.running();
    if (known && known->isRunning) return {};
    if (!desk_.isOpen()) return tr("Reading what trainings there are…");
    if (lessons.folder.empty()) return tr("Choose a folder of pictures");
    if (pictures_->model().usable() == 0) return tr("No picture of the folder has a caption");
    if (plan.name.isEmpty()) return tr("Give the training a name");
    if (!isTrainingName(plan.name))
        return tr("A name has no spaces around it and none of / \\ : < > ( ) [ ] { } | , \"");
    if (!known && desk_.isTaken(plan)) return tr("The name “%1” is taken").arg(plan.name);
    if (lessons.schedule == "cosine" && plan.request.steps == 0)
        return tr("A cosine needs to know how many steps there are");
    if (known && known->isFinished() && known->report.step >= plan.request.steps)
        return tr("More steps are needed to go on");
    if (running) return tr("“%1” is running; one at a time").arg(running->plan.name);
    return {};
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
