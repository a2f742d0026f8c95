#pragma once

// Short news over the lower edge of the stage: a sentence, at most one thing to do about it, and a
// way to close it. Each goes by itself after six seconds, but not while the pointer is on it or the
// keyboard in it.

#include <QList>
#include <QString>
#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;

namespace ui {

struct News {
    QString icon;
    QString sentence;
    QString action = {};             ///< on a button; empty: none
    std::function<void()> act = {};  ///< what it does
};

class Toast : public QWidget {
    Q_OBJECT

public:
    explicit Toast(const News& news);

    const QString& sentence() const { return sentence_; }

    QPushButton* action() const { return action_; }

    /// Pixels below its place, while it comes.
    int depth() const { return depth_; }

    void setDepth(int pixels) { depth_ = pixels; }

Q_SIGNALS:
    void done();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool isInUse() const;

    QString icon_;
    QString sentence_;
    QPushButton* action_ = nullptr;
    int depth_ = 0;
    QTimer life_;
};

/// Stacks the newest three over a widget.
class Toaster : public QObject {
    Q_OBJECT

public:
    /// over is their parent; they lie at its lower edge, `above` pixels over it.
    Toaster(QWidget* over, int above);

    void show(const News& news);

    const QList<Toast*>& toasts() const { return toasts_; }

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void remove(Toast* toast);
    void layOut();

    QWidget* over_;
    int above_;
    QList<Toast*> toasts_;
};

}  // namespace ui
