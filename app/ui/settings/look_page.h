#pragma once

// Language, colours, motion and size of the window.

#include "app/settings/settings.h"
#include "app/ui/settings/setting_widgets.h"

#include <QWidget>

namespace ui {

/// The greys that pictures can stand on, for this page and the menu.
Choices surroundChoices();

class LookPage : public QWidget {
    Q_OBJECT

public:
    explicit LookPage(settings::Settings& settings);

private:
    QSpinBox* buildScale(settings::Settings& settings);
};

}  // namespace ui
