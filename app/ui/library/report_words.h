#pragma once

#include <QString>

namespace ui {

/// The name of a field that a picture records, as the panel calls it; others as they are.
QString reportField(const QString& name);

/// Why a field has its fate, in the window's language; sentences that aren't known as they are.
QString reportNote(const QString& note);

}  // namespace ui
