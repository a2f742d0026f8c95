#include "app/ui/stage/stage_bar.h"

#include "app/ui/pieces.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

#include <cmath>

namespace ui {
namespace {

constexpr int rightSide = 72 + 5 * (28 + theme::s1);

QToolButton* buttonOf(QAction* action, const QString& icon) {
    auto* button = iconButton(icon, action->text());
    tipWithKeys(button, action->text(), action);
    button->setCheckable(action->isCheckable());
    QObject::connect(action, &QAction::toggled, button, &QToolButton::setChecked);
    QObject::connect(button, &QToolButton::clicked, action, [button, action] {
        action->trigger();
        button->setChecked(action->isChecked());
    });
    return button;
}

}  // namespace

StageBar::StageBar(const Actions& actions)
    : name_(label(QString(), theme::Step::small, theme::Ink::secondary)), zoom_(new QToolButton) {
    setFixedHeight(40);
    theme::setGround(this, theme::Ground::window);
    name_->setMinimumWidth(40);
    zoom_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    zoom_->setPopupMode(QToolButton::InstantPopup);
    zoom_->setFont(theme::font(theme::Step::small));
    zoom_->setFocusPolicy(Qt::TabFocus);
    zoom_->setAccessibleName(tr("Zoom"));
    zoom_->setToolTip(tr("Zoom"));
    zoom_->setMinimumWidth(72);
    auto* menu = new QMenu(zoom_);
    for (auto act : {Act::fit, Act::zoom100, Act::zoom200, Act::zoom400, Act::zoom800})
        menu->addAction(actions[act]);
    zoom_->setMenu(menu);
    auto* columns = compact(new QHBoxLayout(this), theme::s1, theme::s3, 0, theme::s3, 0);
    auto* balance = new QWidget;
    balance->setMaximumWidth(rightSide);
    columns->addWidget(balance, 1);
    columns->addStretch(1);
    columns->addWidget(name_);
    columns->addStretch(1);
    columns->addWidget(zoom_);
    for (auto [act, icon] : {std::pair{Act::fit, "fit"}, {Act::compareSlider, "compare"},
                             {Act::compareSide, "side"}, {Act::compareHover, "eye"},
                             {Act::pictureSettings, "info"}})
        columns->addWidget(buttonOf(actions[act], QLatin1String(icon)));
}

void StageBar::setName(const QString& name) {
    name_->setText(name);
    name_->setToolTip(name);
}

void StageBar::setZoom(double zoom) {
    zoom_->setText(QStringLiteral("%1 %").arg(std::lround(zoom * 100)));
}

}  // namespace ui
