#pragma once

// Which autoencoder decodes the picture: the model's own, or a file that a menu chooses.

#include "app/ui/request_model.h"

#include <QPushButton>

class QAction;

namespace library {
class ModelLibrary;
}

namespace ui {

class VaeChoice : public QPushButton {
    Q_OBJECT

public:
    explicit VaeChoice(RequestModel& model);

    /// The menu offers the autoencoders among these.
    void setModels(const library::ModelLibrary& models);

private:
    void showChoice();
    void listModels();
    void choose(const QString& path);
    void chooseFile();
    void chooseFolder();

    RequestModel& model_;
    const library::ModelLibrary* models_ = nullptr;
    QAction* own_;
    QAction* rest_;  // the first entry behind the list
    QList<QAction*> listed_;
};

}  // namespace ui
