#include "app/ui/binding.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QRegularExpressionValidator>
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

QCheckBox* bind(QCheckBox* box, RequestModel& model, bool Request::*field) {
    follow(box, model, [box, &model, field] {
        const QSignalBlocker quiet(box);
        box->setChecked(model.request().*field);
    });
    QObject::connect(box, &QCheckBox::toggled, &model,
                     [&model, field](bool isOn) { model.set(field, isOn); });
    return box;
}

QLineEdit* bind(QLineEdit* edit, RequestModel& model, std::int64_t Request::*field) {
    edit->setValidator(new QRegularExpressionValidator(
        QRegularExpression(QStringLiteral("[0-9]{0,15}")), edit));
    follow(edit, model, [edit, &model, field] {
        const auto value = model.request().*field;
        const QString text = value < 0 ? QString() : QString::number(value);
        if (edit->text() != text) edit->setText(text);
    });
    QObject::connect(edit, &QLineEdit::textEdited, &model, [&model, field](const QString& text) {
        model.set(field, text.isEmpty() ? std::int64_t(-1) : std::int64_t(text.toLongLong()));
    });
    return edit;
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
