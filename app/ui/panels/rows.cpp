#include "app/ui/panels/rows.h"

#include "app/ui/pieces.h"

#include <QHBoxLayout>
#include <QLabel>

namespace ui {

QWidget* row(const QString& name, QWidget* control, QWidget* number) {
    auto* result = new QWidget;
    auto* line = compact(new QHBoxLayout(result), theme::s3);
    auto* title = label(name, theme::Step::body, theme::Ink::secondary);
    title->setBuddy(control);
    title->setMinimumWidth(72);
    line->addWidget(title);
    line->addWidget(control, 1);
    if (number) {
        number->setFixedWidth(56);
        line->addWidget(number);
    }
    return result;
}

}  // namespace ui
