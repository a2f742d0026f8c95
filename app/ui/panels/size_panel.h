#pragma once

// Width and height in pixels, their lock, and the usual shapes. Nobody is asked for multiples of 8:
// a size that the model can't make becomes the nearest one that it can.

#include "app/ui/engine_facts.h"
#include "app/ui/request_model.h"

#include <QSpinBox>
#include <QWidget>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace ui {

/// A number field with a letter at its right end.
class LetterBox : public QSpinBox {
    Q_OBJECT

public:
    LetterBox(const QString& letter, const QString& name);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString letter_;
};

/// Two lengths in pixels; 0 is the model's native one.
struct Size {
    int width = 0;
    int height = 0;

    bool operator==(const Size&) const = default;
};

/// The size of a shape (width : height) with about as many pixels as the native one.
Size sizeOfShape(double shape, const Size& native, int multiple);

class SizePanel : public QWidget {
    Q_OBJECT

public:
    SizePanel(RequestModel& model, const EngineFacts& facts);

private:
    void buildRow(QVBoxLayout* rows);
    void buildShapes(QVBoxLayout* rows);
    void refresh();
    void setSize(const Size& size);
    void changeWidth(int width);
    void changeHeight(int height);
    /// What the request means in pixels; zeros while the model is unknown.
    Size shown() const;
    Size native() const;
    int multiple() const;

    RequestModel& model_;
    const EngineFacts& facts_;
    LetterBox* width_;
    LetterBox* height_;
    QToolButton* lock_;
    QToolButton* swap_;
    QLabel* hint_;
    QLabel* tick_;
    QList<QToolButton*> shapes_;
};

}  // namespace ui
