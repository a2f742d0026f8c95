#include "app/ui/theme/motion.h"

#include <QEasingCurve>
#include <QVariantAnimation>

namespace ui::theme {
namespace {

int reasons = 0;  // of the GUI's thread

}  // namespace

void keepStill(Still reason, bool isStill) {
    reasons = isStill ? reasons | int(reason) : reasons & ~int(reason);
}

int durationOf(int milliseconds) {
    return reasons == 0 ? milliseconds : 0;
}

void move(QObject* owner, int milliseconds, const std::function<void(double)>& step) {
    const int duration = durationOf(milliseconds);
    if (duration == 0) return step(1);
    step(0);
    auto* animation = new QVariantAnimation(owner);
    animation->setStartValue(0.0);
    animation->setEndValue(1.0);
    animation->setDuration(duration);
    animation->setEasingCurve(QEasingCurve::OutCubic);
    QObject::connect(animation, &QVariantAnimation::valueChanged, owner,
                     [step](const QVariant& share) { step(share.toDouble()); });
    animation->start(QAbstractAnimation::DeleteWhenStopped);
}

}  // namespace ui::theme
