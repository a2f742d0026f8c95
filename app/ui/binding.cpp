#include "app/ui/binding.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QTextCursor>
#include <QTextEdit>

#include <cmath>

namespace ui {
namespace {

using Request = diffusion::GenerationRequest;

template <typename Widget, typename Show>
void follow(Widget* widget, RequestModel& model, Show show) {
    QObject::connect(&model, &RequestModel::changed, widget, show);
    show();
}

}  // namespace

QSpinBox* bind(QSpinBox* box, RequestModel& model, int Request::*field) {
    follow(box, model, [box, &model, field] {
        const QSignalBlocker quiet(box);
        box->setValue(model.request().*field);
    });
    QObject::connect(box, &QSpinBox::valueChanged, &model,
                     [&model, field](int value) { model.set(field, value); });
    return box;
}

QDoubleSpinBox* bind(QDoubleSpinBox* box, RequestModel& model, double Request::*field) {
    follow(box, model, [box, &model, field] {
        const QSignalBlocker quiet(box);
        box->setValue(model.request().*field);
    });
    QObject::connect(box, &QDoubleSpinBox::valueChanged, &model,
                     [&model, field](double value) { model.set(field, value); });
    return box;
}

QSlider* bind(QSlider* slider, RequestModel& model, int Request::*field) {
    follow(slider, model, [slider, &model, field] {
        const QSignalBlocker quiet(slider);
        slider->setValue(model.request().*field);
    });
    QObject::connect(slider, &QSlider::valueChanged, &model,
                     [&model, field](int value) { model.set(field, value); });
    return slider;
}

QSlider* bind(QSlider* slider, RequestModel& model, double Request::*field, int perUnit) {
    follow(slider, model, [slider, &model, field, perUnit] {
        const QSignalBlocker quiet(slider);
        slider->setValue(int(std::lround(model.request().*field * perUnit)));
    });
    QObject::connect(slider, &QSlider::valueChanged, &model, [&model, field, perUnit](int value) {
        model.set(field, double(value) / perUnit);
    });
    return slider;
}

QComboBox* bind(QComboBox* box, RequestModel& model, std::string Request::*field) {
    follow(box, model, [box, &model, field] {
        const QSignalBlocker quiet(box);
        const QString value = QString::fromStdString(model.request().*field);
        int index = box->findData(value);
        if (index < 0) {
            box->addItem(value, value);
            index = box->count() - 1;
        }
        box->setCurrentIndex(index);
    });
    QObject::connect(box, &QComboBox::currentIndexChanged, &model, [box, &model, field] {
        model.set(field, box->currentData().toString().toStdString());
    });
    return box;
}

QTextEdit* bind(QTextEdit* edit, RequestModel& model, std::string Request::*field) {
    follow(edit, model, [edit, &model, field] {
        const QString value = QString::fromStdString(model.request().*field);
        if (edit->toPlainText() == value) return;
        const QSignalBlocker quiet(edit);
        QTextCursor cursor(edit->document());
        cursor.select(QTextCursor::Document);
        cursor.insertText(value);
    });
    QObject::connect(edit, &QTextEdit::textChanged, &model, [edit, &model, field] {
        model.set(field, edit->toPlainText().toStdString());
    });
    return edit;
}

}  // namespace ui
