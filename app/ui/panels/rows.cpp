#include "app/ui/panels/rows.h"

#include "app/ui/pieces.h"

#include <QHBoxLayout>
#include <QLabel>

namespace ui {
namespace {

QLabel* titleFor(const QString& name, QWidget* control) {
    auto* title = label(name, theme::Step::body, theme::Ink::secondary);
    title->setBuddy(control);
    title->setToolTip(control->toolTip());
    return title;
}

}  // namespace

QWidget* row(const QString& name, QWidget* control, QWidget* number) {
    auto* result = new QWidget;
    auto* line = compact(new QHBoxLayout(result), theme::s3);
    auto* title = titleFor(name, control);
    title->setMinimumWidth(72);
    line->addWidget(title);
    line->addWidget(control, 1);
    if (number) {
        number->setFixedWidth(56);
        line->addWidget(number);
    }
    return result;
}

QWidget* namedRow(const QString& name, QWidget* control) {
    auto* result = new QWidget;
    auto* line = compact(new QHBoxLayout(result), theme::s3);
    line->addWidget(titleFor(name, control), 1);
    line->addWidget(control);
    return result;
}

}  // namespace ui
