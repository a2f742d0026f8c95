#pragma once

// Which autoencoder decodes the picture: the model's own, or a file that a menu chooses.

#include "app/ui/request_model.h"

#include <QPushButton>

class QAction;

namespace ui {

class VaeChoice : public QPushButton {
    Q_OBJECT

public:
    explicit VaeChoice(RequestModel& model);

private:
    void showChoice();
    void choose(const QString& path);
    void chooseFile();
    void chooseFolder();

    RequestModel& model_;
    QAction* own_;
};

}  // namespace ui
