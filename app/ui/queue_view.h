#pragma once

// The right dock: the running job with its preview, the jobs that wait, and those that are over.

#include "app/ui/actions.h"
#include "app/ui/workbench.h"

#include <QListView>
#include <QStyledItemDelegate>
#include <QWidget>

class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

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
    void placeButtons();

    Workbench& bench_;
    QPushButton* suspend_;
    QPushButton* skip_;
    QPushButton* cancel_;
};

/// A job that waits or is suspended, as a card: a handle to drag it, what it is and how long it
/// takes, and a button with all that can be done with it.
class WaitingDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    WaitingDelegate(const Workbench& bench, QObject* parent)
        : QStyledItemDelegate(parent), bench_(bench) {}

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;

Q_SIGNALS:
    /// The button at the right end: a suspended job is taken up, others open their menu.
    void buttonPressed(const QModelIndex& index);

private:
    QString noteOf(const jobs::Job& job) const;

    const Workbench& bench_;
};

/// A job that is over: prompt, what came of it, its newest three pictures; one that did not finish
/// has a button that tries it again.
class DoneDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    DoneDelegate(gallery::ThumbnailCache& thumbnails, QObject* parent);

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;

Q_SIGNALS:
    void retryPressed(const QModelIndex& index);

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
    /// Ctrl+Up (-1) or Ctrl+Down (1).
    void movePressed(const QModelIndex& index, int rows);
    void menuAsked(const QModelIndex& index, const QPoint& place);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

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
    void buildHead(const Actions& actions);
    void connectLists();
    void connectWaiting();
    void refresh();
    QString summary() const;
    void moveTo(int row, int place);
    void openWaitingMenu(const QModelIndex& index, const QPoint& place);
    void openDoneMenu(const QModelIndex& index, const QPoint& place);

    Workbench& bench_;
    QToolButton* pause_;
    RunningCard* card_;
    JobList* waiting_;
    JobList* done_;
    QLabel* empty_;
    Section* queue_;
    Section* over_;
};

}  // namespace ui
