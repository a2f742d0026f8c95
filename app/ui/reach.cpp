#include "app/ui/reach.h"

#include <QAccessibleWidget>
#include <QVariant>
#include <QWidget>

namespace ui {
namespace {

constexpr const char* property = "atelierRole";

QAccessibleInterface* interfaceOf(const QString&, QObject* object) {
    if (!object || !object->isWidgetType()) return nullptr;
    const auto role = object->property(property);
    if (!role.isValid()) return nullptr;
    return new QAccessibleWidget(static_cast<QWidget*>(object), QAccessible::Role(role.toInt()));
}

}  // namespace

void teachRoles() {
    QAccessible::installFactory(interfaceOf);
}

void setRole(QWidget* widget, QAccessible::Role role) {
    widget->setProperty(property, int(role));
    // A name that was set before has made Qt guess already.
    auto* known = QAccessible::queryAccessibleInterface(widget);
    if (known && known->role() != role)
        QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(known));
}

}  // namespace ui
