#pragma once

// The right dock: the running job with its preview, the jobs that wait, and those that are over.

#include "app/ui/actions.h"
#include "app/ui/workbench.h"

#include <QListView>
#include <QStyledItemDelegate>
#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

class Section;

/// Preview, prompt, place, bar, speed and times of the running job.
class RunningCard : public QWidget {
    Q_OBJECT

public:
    RunningCard(Workbench& bench, const Actions& actions);

Q_SIGNALS:
    void pressed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    Workbench& bench_;
    QPushButton* cancel_;
};

/// A waiting job as a card with a button that cancels it.
class WaitingDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit WaitingDelegate(QObject* parent) : QStyledItemDelegate(parent) {}

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;

Q_SIGNALS:
    void cancelPressed(const QModelIndex& index);
};

/// A job that is over: prompt, what came of it, its newest three pictures.
class DoneDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    DoneDelegate(gallery::ThumbnailCache& thumbnails, QObject* parent);

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    gallery::ThumbnailCache& thumbnails_;
};

/// A list as high as its rows, up to a limit.
class JobList : public QListView {
    Q_OBJECT

public:
    JobList(JobModel& model, int rowHeight, int mostRows);

Q_SIGNALS:
    void deletePressed(const QModelIndex& index);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fitHeight();

    int rowHeight_;
    int mostRows_;
};

class QueueView : public QWidget {
    Q_OBJECT

public:
    QueueView(Workbench& bench, const Actions& actions);

Q_SIGNALS:
    void runChosen();

private:
    void connectLists();
    void refresh();

    Workbench& bench_;
    RunningCard* card_;
    JobList* waiting_;
    JobList* done_;
    QLabel* empty_;
    Section* queue_;
    Section* over_;
};

}  // namespace ui
