#pragma once

// All settings, page by page; each is written as soon as it is changed.

#include "app/studio/studio.h"
#include "app/ui/actions.h"

#include <QDialog>

class QListWidget;
class QStackedWidget;

namespace ui {

class SettingsWindow : public QDialog {
    Q_OBJECT

public:
    SettingsWindow(studio::Studio& studio, Actions& actions, QWidget* parent);

    int page() const;
    void setPage(int page);
    int pageCount() const;

private:
    void addPage(const QString& name, const QString& icon, QWidget* page);

    QListWidget* names_;
    QStackedWidget* pages_;
};

}  // namespace ui
