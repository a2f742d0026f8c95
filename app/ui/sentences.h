#pragma once

// The engine and the services speak English, for logs, JSON and the command line. What of it the
// window shows is put into the window's language here: a sentence is known by its shape, and its
// arguments (a field, a file, a number) are taken over or translated by themselves. One that is not
// known is shown as it is.

#include <QString>

namespace ui {

QString inWindowLanguage(const QString& sentence);

}  // namespace ui
