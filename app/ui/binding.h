#pragma once

// bind(widget, model, field): the widget shows the field and writes it; one overload per kind of
// widget.

#include "app/ui/request_model.h"

#include <QString>

#include <cstdint>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QSlider;
class QSpinBox;
class QTextEdit;

namespace ui {

QSpinBox* bind(QSpinBox* box, RequestModel& model, int diffusion::GenerationRequest::*field);
QCheckBox* bind(QCheckBox* box, RequestModel& model, bool diffusion::GenerationRequest::*field);
/// A whole number that may have 16 digits; an empty field is -1.
QLineEdit* bind(QLineEdit* edit, RequestModel& model,
                std::int64_t diffusion::GenerationRequest::*field);
QDoubleSpinBox* bind(QDoubleSpinBox* box, RequestModel& model,
                     double diffusion::GenerationRequest::*field);
QSlider* bind(QSlider* slider, RequestModel& model, int diffusion::GenerationRequest::*field);
/// The slider counts in units of 1 / perUnit.
QSlider* bind(QSlider* slider, RequestModel& model, double diffusion::GenerationRequest::*field,
              int perUnit);
/// The entry whose text is the value; a value that the list lacks is added to it.
QComboBox* bind(QComboBox* box, RequestModel& model,
                std::string diffusion::GenerationRequest::*field);
/// A value that comes from elsewhere replaces the text as one undoable edit.
QTextEdit* bind(QTextEdit* edit, RequestModel& model,
                std::string diffusion::GenerationRequest::*field);

}  // namespace ui
