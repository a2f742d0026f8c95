#include "app/ui/binding.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSlider>
#include <QSpinBox>
#include <QTextEdit>

#include <gtest/gtest.h>

namespace {

using Request = diffusion::GenerationRequest;

TEST(RequestModel, SaysOnceThatItChangedAndNotAtAllForTheSameValue) {
    ui::RequestModel model;
    int changes = 0;
    QObject::connect(&model, &ui::RequestModel::changed, [&] { ++changes; });
    model.set(&Request::steps, 30);
    model.set(&Request::steps, 30);
    EXPECT_EQ(changes, 1);
}

TEST(Binding, ANumberFieldShowsAndWritesItsField) {
    ui::RequestModel model;
    QSpinBox box;
    box.setRange(1, 1000);
    ui::bind(&box, model, &Request::steps);
    EXPECT_EQ(box.value(), 20);
    model.set(&Request::steps, 33);
    EXPECT_EQ(box.value(), 33);
    box.setValue(44);
    EXPECT_EQ(model.request().steps, 44);
}

TEST(Binding, ASliderOfFractionsKeepsFinerValuesThatItDidNotSet) {
    ui::RequestModel model;
    QSlider slider;
    slider.setRange(10, 200);
    ui::bind(&slider, model, &Request::guidance_scale, 10);
    model.set(&Request::guidance_scale, 6.53);
    EXPECT_EQ(slider.value(), 65);
    EXPECT_EQ(model.request().guidance_scale, 6.53);
    slider.setValue(72);
    EXPECT_EQ(model.request().guidance_scale, 7.2);
}

TEST(Binding, AListTakesInAValueThatItDoesNotKnow) {
    ui::RequestModel model;
    QComboBox box;
    box.addItem(QStringLiteral("Euler"), QStringLiteral("Euler"));
    ui::bind(&box, model, &Request::sampler);
    EXPECT_EQ(box.currentText(), QStringLiteral("DPM++ 2M"));
    box.setCurrentIndex(0);
    EXPECT_EQ(model.request().sampler, "Euler");
}

TEST(Binding, ARecalledPromptCanBeUndone) {
    ui::RequestModel model;
    QTextEdit edit;
    ui::bind(&edit, model, &Request::prompt);
    edit.insertPlainText(QStringLiteral("my own words"));
    model.set(&Request::prompt, std::string("파란 하트"));
    EXPECT_EQ(edit.toPlainText(), QStringLiteral("파란 하트"));
    edit.undo();
    EXPECT_EQ(model.request().prompt, "my own words");
}

TEST(Binding, ADoubleFieldShowsAndWritesItsField) {
    ui::RequestModel model;
    QDoubleSpinBox box;
    ui::bind(&box, model, &Request::guidance_scale);
    box.setValue(3.5);
    EXPECT_EQ(model.request().guidance_scale, 3.5);
}

}  // namespace
