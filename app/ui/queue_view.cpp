#include "app/ui/queue_view.h"

#include "app/ui/pieces.h"
#include "app/ui/section.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
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
    if (event->key() == Qt::Key_Delete && currentIndex().isValid())
        Q_EMIT deletePressed(currentIndex());
    else
        QListView::keyPressEvent(event);
}

QueueView::QueueView(Workbench& bench, const Actions& actions)
    : bench_(bench),
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

void QueueView::connectLists() {
    auto* waiting = new WaitingDelegate(waiting_);
    waiting_->setItemDelegate(waiting);
    done_->setItemDelegate(new DoneDelegate(bench_.thumbnails(), done_));
    const auto cancel = [this](const QModelIndex& index) {
        bench_.studio().cancel(bench_.waiting().job(index.row()).id);
    };
    connect(waiting, &WaitingDelegate::cancelPressed, this, cancel, Qt::QueuedConnection);
    connect(waiting_, &JobList::deletePressed, this, cancel);
    connect(done_, &QListView::activated, this, [this](const QModelIndex& index) {
        bench_.recall(bench_.done().job(index.row()).request, Recall::all);
    });
    connect(card_, &RunningCard::pressed, this, &QueueView::runChosen);
    connect(&bench_.thumbnails(), &gallery::ThumbnailCache::ready, done_->viewport(),
            qOverload<>(&QWidget::update));
    connect(&bench_, &Workbench::runChanged, this, &QueueView::refresh);
}

void QueueView::refresh() {
    const int waiting = bench_.waiting().rowCount();
    const int open = waiting + (bench_.run() ? 1 : 0);
    card_->setVisible(bench_.run().has_value());
    waiting_->setVisible(waiting > 0);
    empty_->setVisible(open == 0);
    queue_->header()->setSummary(open == 0 ? QString() : tr("%n job(s)", nullptr, open));
    const int done = bench_.done().rowCount();
    over_->setVisible(done > 0);
}

}  // namespace ui
