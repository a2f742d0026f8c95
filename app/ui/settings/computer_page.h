#pragma once

// What computes, how much memory it may take, and whether steps are previewed.

#include "app/settings/settings.h"

#include <QWidget>

namespace ui {

class ComputerPage : public QWidget {
    Q_OBJECT

public:
    explicit ComputerPage(settings::Settings& settings);
};

}  // namespace ui
