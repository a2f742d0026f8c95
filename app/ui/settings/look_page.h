#pragma once

// Language and colours of the window.

#include "app/settings/settings.h"

#include <QWidget>

namespace ui {

class LookPage : public QWidget {
    Q_OBJECT

public:
    explicit LookPage(settings::Settings& settings);
};

}  // namespace ui
