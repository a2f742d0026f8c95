#pragma once

// The keys of every action, and a field to press others in. A key that something else has is given
// away only when it is asked for.

#include "app/settings/settings.h"
#include "app/ui/actions.h"

#include <QWidget>

class QKeySequenceEdit;
class QLabel;
class QPushButton;
class QTreeWidget;

namespace ui {

class KeysPage : public QWidget {
    Q_OBJECT

public:
    KeysPage(settings::Settings& settings, Actions& actions);

    QTreeWidget* list() const { return list_; }

    QKeySequenceEdit* field() const { return field_; }

    QPushButton* takeButton() const { return take_; }

    /// What stands in the way of the keys in the field; empty: nothing.
    QString conflict() const;

    /// Gives the marked action these keys, unless another has them.
    void give(const QKeySequence& keys);
    /// The marked action gets the keys in the field, and the other one loses them.
    void takeOver();
    void clearMarked();
    void resetMarked();
    void resetAll();

private:
    QWidget* editor();
    QAction* marked() const;
    void setKeys(const QAction* action, const QString& keys);
    void apply(const KeyMap& keys);
    QString keysWithout(const QAction* action, const QKeySequence& keys) const;
    void refresh();
    void check();

    settings::Settings& settings_;
    Actions& actions_;
    QTreeWidget* list_;
    QKeySequenceEdit* field_;
    QLabel* note_;
    QPushButton* take_;
};

}  // namespace ui
