#pragma once

// A picture file that a request names: a small look at it, and buttons, a drop or a paste that
// choose another one.

#include "app/ui/request_model.h"
#include "app/ui/stage/picture_loader.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace ui {

/// The picture, or a dashed place for one.
class PictureSlot : public QWidget {
    Q_OBJECT

public:
    PictureSlot();

    void setPicture(const QImage& picture, bool isMissing);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage picture_;
    bool isMissing_ = false;
};

class PictureChoice : public QWidget {
    Q_OBJECT

public:
    PictureChoice(const QString& name, const QString& help, RequestModel& model,
                  std::string diffusion::GenerationRequest::*field);

    /// Size of the chosen picture; empty while there is none or it is being read.
    QSize pictureSize() const { return size_; }

    void choose(const QString& path);

Q_SIGNALS:
    void pictureRead();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void refresh();
    void ask();

    RequestModel& model_;
    std::string diffusion::GenerationRequest::*field_;
    QString name_;
    PictureSlot* slot_;
    QLabel* file_;
    QLabel* note_;
    QPushButton* ask_;
    QToolButton* clear_;
    PictureLoader loader_;
    QString shown_;
    QSize size_;
};

}  // namespace ui
