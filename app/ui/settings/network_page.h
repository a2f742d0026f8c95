#pragma once

// The offline switch, what the program would do in the network, and what the system says of it now.

#include "app/settings/settings.h"

#include <QTimer>
#include <QWidget>

class QLabel;

namespace ui {

class NetworkPage : public QWidget {
    Q_OBJECT

public:
    explicit NetworkPage(settings::Settings& settings);

    /// What was measured, as the page says it.
    QString findings() const;

private:
    void measure();

    settings::Settings& settings_;
    QLabel* refusal_;
    QLabel* sockets_;
    QTimer ticks_;
};

}  // namespace ui
