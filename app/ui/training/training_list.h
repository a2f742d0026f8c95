#pragma once

// The trainings that there are, by name, and what can be done with each as a whole: another name,
// the trash.

#include "app/ui/training/training_desk.h"

#include <QWidget>

class QListWidget;
class QListWidgetItem;
class QToolButton;

namespace ui {

class TrainingList : public QWidget {
    Q_OBJECT

public:
    explicit TrainingList(TrainingDesk& desk);

    /// Reads the desk's list anew.
    void refresh();
    /// Says anew how this one stands.
    void refreshRow(const QString& name);
    /// Marks this one; empty: the new one.
    void mark(const QString& name);
    /// Opens the field for the marked one's name, in its place.
    void editName();
    void removeMarked();

    QListWidget* list() const { return list_; }

    QToolButton* renameButton() const { return rename_; }

    QToolButton* removeButton() const { return remove_; }

Q_SIGNALS:
    void chosen(const QString& name);
    /// What can't be done, and why.
    void refused(const QString& reason);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    QWidget* buildTitle();
    void showMenu(const QPoint& place);
    void takeName(const QString& name, const QString& to);
    void showButtons();
    QListWidgetItem* marked() const;
    QString markedName() const;

    TrainingDesk& desk_;
    QListWidget* list_;
    QToolButton* rename_;
    QToolButton* remove_;
};

}  // namespace ui
