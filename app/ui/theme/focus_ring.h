#pragma once

// The ring around the control that has the keyboard.

#include <QObject>
#include <QPointer>

class QFocusFrame;
class QWidget;

namespace ui::theme {

/// Follows the application's focus and rings buttons, lists and sliders after keyboard use; text
/// fields show the focus in their own border.
class FocusRing : public QObject {
    Q_OBJECT

public:
    explicit FocusRing(QObject* parent);

private:
    void follow(QWidget* widget);

    QPointer<QFocusFrame> frame_;
};

}  // namespace ui::theme
