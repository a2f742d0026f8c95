#include "app/ui/queue_view.h"

#include "app/ui/pieces.h"
#include "app/ui/section.h"
#include "app/ui/theme/icons.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

constexpr int waitingRow = 64;
constexpr int doneRow = 48;

QWidget* column(std::initializer_list<QWidget*> widgets, int margin) {
    auto* result = new QWidget;
    auto* rows = compact(new QVBoxLayout(result), theme::s2, margin, 0, margin, theme::s3);
    for (auto* widget : widgets) rows->addWidget(widget);
    return result;
}

}  // namespace

JobList::JobList(JobModel& model, int rowHeight, int mostRows)
    : rowHeight_(rowHeight), mostRows_(mostRows) {
    setModel(&model);
    setFrameShape(NoFrame);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setUniformItemSizes(true);
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    theme::setGround(this, theme::Ground::panel);
    theme::setGround(viewport(), theme::Ground::panel);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &JobList::fitHeight);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &JobList::fitHeight);
    fitHeight();
}

void JobList::fitHeight() {
    setFixedHeight(std::min(model()->rowCount(), mostRows_) * rowHeight_);
}

void JobList::keyPressEvent(QKeyEvent* event) {
    const auto index = currentIndex();
    const bool isArrow = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down;
    if (event->key() == Qt::Key_Delete && index.isValid())
        Q_EMIT deletePressed(index);
    else if (isArrow && event->modifiers() == Qt::ControlModifier && index.isValid())
        Q_EMIT movePressed(index, event->key() == Qt::Key_Up ? -1 : 1);
    else
        QListView::keyPressEvent(event);
}

void JobList::contextMenuEvent(QContextMenuEvent* event) {
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const auto index = isByKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid()) return;
    Q_EMIT menuAsked(index, isByKey ? viewport()->mapToGlobal(visualRect(index).center())
                                    : event->globalPos());
}

QueueView::QueueView(Workbench& bench, const Actions& actions)
    : bench_(bench),
      pause_(iconButton(QStringLiteral("pause"), tr("Pause the queue"))),
      card_(new RunningCard(bench, actions)),
      waiting_(new JobList(bench.waiting(), waitingRow, 5)),
      done_(new JobList(bench.done(), doneRow, 12)),
      empty_(label(tr("Nothing is waiting. Ctrl + Enter adds the next picture."),
                   theme::Step::small, theme::Ink::note)) {
    theme::setGround(this, theme::Ground::panel);
    empty_->setWordWrap(true);
    waiting_->setAccessibleName(tr("Waiting jobs"));
    done_->setAccessibleName(tr("Finished jobs"));
    queue_ = new Section(tr("Queue"), column({card_, waiting_, empty_}, theme::s3), true, true);
    buildHead(actions);
    over_ = new Section(tr("Done"), column({done_}, theme::s3), true, true);
    auto* content = new QWidget;
    theme::setGround(content, theme::Ground::panel);
    auto* rows = compact(new QVBoxLayout(content), 0);
    rows->addWidget(queue_);
    rows->addWidget(divider());
    rows->addWidget(over_);
    rows->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    compact(new QVBoxLayout(this), 0)->addWidget(scroll);
    connectLists();
    refresh();
}

void QueueView::buildHead(const Actions& actions) {
    auto* head = compact(new QHBoxLayout(queue_->header()), 0, 0, 0, theme::s2, 0);
    head->addStretch();
    head->addWidget(pause_);
    connect(pause_, &QToolButton::clicked, actions[Act::pause], &QAction::trigger);
}

void QueueView::connectLists() {
    auto* over = new DoneDelegate(bench_.thumbnails(), done_);
    done_->setItemDelegate(over);
    connectWaiting();
    // Queued: the row goes while the delegate is at work on it.
    connect(
        over, &DoneDelegate::retryPressed, this,
        [this](const QModelIndex& index) {
            bench_.studio().takeUp(bench_.done().job(index.row()).id);
        },
        Qt::QueuedConnection);
    connect(done_, &QListView::activated, this, [this](const QModelIndex& index) {
        bench_.recall(bench_.done().job(index.row()).request, Recall::all);
    });
    connect(done_, &JobList::menuAsked, this, &QueueView::openDoneMenu);
    connect(card_, &RunningCard::pressed, this, &QueueView::runChosen);
    connect(&bench_.thumbnails(), &gallery::ThumbnailCache::ready, done_->viewport(),
            qOverload<>(&QWidget::update));
    connect(&bench_, &Workbench::runChanged, this, &QueueView::refresh);
    connect(&bench_, &Workbench::queueChanged, this, &QueueView::refresh);
}

void QueueView::connectWaiting() {
    auto* cards = new WaitingDelegate(bench_, waiting_);
    waiting_->setItemDelegate(cards);
    waiting_->setDragDropMode(QAbstractItemView::DragDrop);
    waiting_->setDefaultDropAction(Qt::MoveAction);
    waiting_->setDragDropOverwriteMode(false);
    connect(&bench_.waiting(), &JobModel::dropped, this, [this](jobs::JobId job, jobs::JobId before) {
        bench_.studio().move(job, before);
    });
    // Queued: the delegate is still at work on the row that may go.
    connect(
        cards, &WaitingDelegate::buttonPressed, this,
        [this](const QModelIndex& index) {
            const auto& job = bench_.waiting().job(index.row());
            if (job.state == jobs::JobState::suspended) return bench_.studio().takeUp(job.id);
            const auto row = waiting_->visualRect(index);
            openWaitingMenu(index, waiting_->viewport()->mapToGlobal(row.bottomRight() -
                                                                     QPoint(32, 20)));
        },
        Qt::QueuedConnection);
    connect(waiting_, &JobList::deletePressed, this, [this](const QModelIndex& index) {
        bench_.studio().cancel(bench_.waiting().job(index.row()).id);
    });
    connect(waiting_, &JobList::movePressed, this, [this](const QModelIndex& index, int rows) {
        moveTo(index.row(), index.row() + rows);
    });
    connect(waiting_, &JobList::menuAsked, this, &QueueView::openWaitingMenu);
}

/// place: the row that the job shall have.
void QueueView::moveTo(int row, int place) {
    auto& model = bench_.waiting();
    if (place < 0 || place >= model.rowCount() || place == row) return;
    const int before = place > row ? place + 1 : place;
    const auto id = model.job(row).id;
    bench_.studio().move(id, before < model.rowCount() ? model.job(before).id : 0);
    waiting_->setCurrentIndex(model.index(place));
}

void QueueView::openWaitingMenu(const QModelIndex& index, const QPoint& place) {
    const auto job = bench_.waiting().job(index.row());
    const int row = index.row(), last = bench_.waiting().rowCount() - 1;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool isSuspended = job.state == jobs::JobState::suspended;
    const auto add = [&](const QString& icon, const QString& text, auto work) {
        return menu->addAction(theme::icon(icon), text, this, work);
    };
    if (isSuspended)
        add(QStringLiteral("resume"), tr("Go on with it"),
            [this, id = job.id] { bench_.studio().takeUp(id); });
    else
        add(QStringLiteral("suspend"), tr("Put it aside"),
            [this, id = job.id] { bench_.studio().suspend(id); });
    menu->addSeparator();
    add(QStringLiteral("chevron-up"), tr("To the front"), [this, row] { moveTo(row, 0); })
        ->setEnabled(row > 0);
    add(QStringLiteral("chevron-down"), tr("To the back"), [this, row, last] { moveTo(row, last); })
        ->setEnabled(row < last);
    menu->addSeparator();
    add(QStringLiteral("copy"), tr("Queue it once more"),
        [this, request = job.request] { bench_.submit(request); });
    add(QStringLiteral("recall"), tr("Recall the settings"),
        [this, request = job.request] { bench_.recall(request, Recall::all); });
    menu->addSeparator();
    add(QStringLiteral("close"), tr("Cancel the job"),
        [this, id = job.id] { bench_.studio().cancel(id); });
    menu->popup(place);
}

void QueueView::openDoneMenu(const QModelIndex& index, const QPoint& place) {
    const auto job = bench_.done().job(index.row());
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (job.state != jobs::JobState::finished)
        menu->addAction(theme::icon(QStringLiteral("retry")), tr("Try again"), this,
                        [this, id = job.id] { bench_.studio().takeUp(id); });
    menu->addAction(theme::icon(QStringLiteral("copy")), tr("Repeat with a new seed"), this,
                    [this, request = job.request]() mutable {
                        request.seed = drawSeed();
                        bench_.submit(request);
                    });
    menu->addAction(theme::icon(QStringLiteral("copy")), tr("Repeat exactly"), this,
                    [this, request = job.request] { bench_.submit(request); });
    menu->addAction(theme::icon(QStringLiteral("recall")), tr("Recall the settings"), this,
                    [this, request = job.request] { bench_.recall(request, Recall::all); });
    menu->popup(place);
}

/// "3 jobs · 1 min 52 s".
QString QueueView::summary() const {
    const int open = bench_.waiting().rowCount() + (bench_.run() ? 1 : 0);
    if (open == 0) return {};
    QString text = tr("%n job(s)", nullptr, open);
    if (bench_.isPaused()) return text + QStringLiteral(" · ") + tr("paused");
    const double seconds = bench_.secondsOfQueue();
    return seconds > 0 ? text + QStringLiteral(" · ") + spokenSeconds(seconds) : text;
}

void QueueView::refresh() {
    const int waiting = bench_.waiting().rowCount();
    const int open = waiting + (bench_.run() ? 1 : 0);
    card_->setVisible(bench_.run().has_value());
    waiting_->setVisible(waiting > 0);
    empty_->setVisible(open == 0);
    queue_->header()->setSummary(summary());
    const QString icon = bench_.isPaused() ? QStringLiteral("play") : QStringLiteral("pause");
    const QString words = bench_.isPaused() ? tr("Go on with the queue") : tr("Pause the queue");
    if (pause_->toolTip() != words) {
        pause_->setIcon(theme::icon(icon));
        pause_->setToolTip(words);
        pause_->setAccessibleName(words);
    }
    over_->setVisible(bench_.done().rowCount() > 0);
}

}  // namespace ui
