#pragma once

#include <QAbstractButton>
#include <QString>

namespace ui {

/// A line of the library's side: icon, name, number. Chosen by a press or Enter; the arrows go to its
/// neighbours.
class SideRow : public QAbstractButton {
    Q_OBJECT

public:
    SideRow(const QString& icon, const QString& name, int indent = 0);

    /// Negative: none.
    void setCount(int count);

    QSize sizeHint() const override { return {200, 28}; }

Q_SIGNALS:
    void menuAsked(const QPoint& globalPlace);
    /// Pictures of the library were dropped on it.
    void picturesDropped();

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QString icon_;
    int indent_;
    int count_ = -1;
    bool isUnderDrag_ = false;
};

}  // namespace ui
