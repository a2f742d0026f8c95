#pragma once

// The scale of the whole window, in percent beside the system's own. Qt takes it before there is an
// application, so another one counts from the next start on.

#include <QSize>

namespace ui {

/// Before the application. QT_SCALE_FACTOR from outside wins: it brings a window back that became
/// too large.
void askScale(int percent);
/// After it: programs that are started from here have a scale of their own.
void forgetAskedScale();

/// What was asked for; 100 before.
int scaleInUse();

/// The largest scale with which the smallest window has room on a screen of this size, in its
/// pixels at scaleInUse; never less than 100.
int largestFittingScale(const QSize& available);

}  // namespace ui
