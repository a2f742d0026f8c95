#pragma once

// The picture to start from, what of it may change, and how much.

#include "app/ui/request_model.h"

#include <QWidget>

class QLabel;

namespace ui {

class PictureChoice;

class StartPanel : public QWidget {
    Q_OBJECT

public:
    explicit StartPanel(RequestModel& model);

    /// "cat.png · 0.75"; empty without a picture.
    static QString summary(const diffusion::GenerationRequest& request);

private:
    void refresh();

    RequestModel& model_;
    PictureChoice* picture_;
    PictureChoice* mask_;
    QWidget* strength_;
    QLabel* note_;
};

}  // namespace ui
