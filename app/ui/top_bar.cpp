#include "app/ui/top_bar.h"

#include "app/ui/pieces.h"
#include "app/ui/plan_words.h"
#include "app/ui/sentences.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QSignalBlocker>
#include <QToolButton>
#include <QToolTip>

namespace ui {

GenerateButton::GenerateButton(QAction* action) : action_(action) {
    setText(action->text());
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setFixedHeight(36);
    connect(this, &QAbstractButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, this, &GenerateButton::describe);
    describe();
}

void GenerateButton::describe() {
    setAccessibleName(text());
    setAccessibleDescription(obstacle_);
    setToolTip(obstacle_.isEmpty() ? text() + QStringLiteral("  ") + Actions::keysOf(action_)
                                   : obstacle_);
    update();
}

void GenerateButton::setJobs(int jobs) {
    setText(jobs > 1 ? tr("Run %n jobs", nullptr, jobs) : action_->text());
    describe();
}

QSize GenerateButton::sizeHint() const {
    return {204, 36};
}

void GenerateButton::setObstacle(const QString& obstacle) {
    obstacle_ = obstacle;
    describe();
}

void GenerateButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& t = theme::of(this);
    const bool isReady = obstacle_.isEmpty();
    const QColor ground = !isReady       ? t.raised
                          : isDown()     ? t.accentPressed
                          : underMouse() ? t.accentHover
                                         : t.accent;
    const QColor ink = isReady ? t.onAccent : t.textOff;
    theme::paintBox(&painter, rect(), theme::radiusCard, ground);
    theme::paintIcon(&painter, QRectF(12, 10, 16, 16), QStringLiteral("generate"), ink);
    painter.setPen(ink);
    painter.setFont(theme::font(theme::Step::action));
    painter.drawText(rect().adjusted(34, 0, -60, 0), Qt::AlignVCenter, text());
    painter.setFont(theme::font(theme::Step::caption));
    painter.setOpacity(0.85);
    painter.drawText(rect().adjusted(0, 0, -12, 0), Qt::AlignVCenter | Qt::AlignRight,
                     Actions::keysOf(action_).replace(QLatin1Char('+'), QLatin1Char(' ')));
}

CountBox::CountBox(RequestModel& model) {
    setAccessibleName(tr("Number of pictures"));
    setToolTip(tr("Number of pictures"));
    setFont(theme::font(theme::Step::small));
    setFixedSize(68, 28);
    ignoreWheelWithoutFocus(this);
    const auto add = [this](int count) { addItem(QStringLiteral("× %1").arg(count), count); };
    for (int count : {1, 2, 3, 4, 6, 8, 12, 16, 32, 64}) add(count);
    const auto show = [this, &model, add] {
        const QSignalBlocker quiet(this);
        const int count = model.request().count;
        if (findData(count) < 0) add(count);
        setCurrentIndex(findData(count));
    };
    connect(&model, &RequestModel::changed, this, show);
    connect(this, &QComboBox::currentIndexChanged, &model, [this, &model] {
        model.set(&diffusion::GenerationRequest::count, currentData().toInt());
    });
    show();
}

PlanLine::PlanLine(Workbench& bench) : bench_(bench), colour_(&theme::Theme::text2) {
    setFixedHeight(28);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, &PlanLine::tell);
    connect(&bench_.request(), &RequestModel::changed, this, &PlanLine::refresh);
    connect(&bench_.facts(), &EngineFacts::changed, this, &PlanLine::refresh);
    connect(&bench_.answers(), &RequestFacts::changed, this, &PlanLine::refresh);
    connect(&bench_, &Workbench::runChanged, this, &PlanLine::refresh);
    refresh();
}

QSize PlanLine::sizeHint() const {
    return {320, 28};
}

void PlanLine::refresh() {
    const QString obstacle = bench_.obstacle();
    strong_.clear();
    colour_ = &theme::Theme::text2;
    icon_ = QStringLiteral("info");
    if (!obstacle.isEmpty()) {
        showObstacle(obstacle);
    } else if (bench_.facts().state() == EngineFacts::State::loading) {
        rest_ = tr("The engine starts; jobs wait for it");
        icon_ = QStringLiteral("clock");
    } else {
        showPlan();
    }
    setAccessibleName(strong_ + rest_);
    const auto& plan = bench_.answers().plan();
    setToolTip(plan && obstacle.isEmpty() ? wholePlan(*plan) : strong_ + rest_);
    update();
}

void PlanLine::showObstacle(const QString& obstacle) {
    rest_ = obstacle;
    if (bench_.facts().trouble().isEmpty() &&
        bench_.facts().state() != EngineFacts::State::failed)
        return;
    icon_ = QStringLiteral("warning");
    colour_ = &theme::Theme::danger;
}

void PlanLine::showPlan() {
    const auto& request = bench_.request().request();
    const auto& answers = bench_.answers();
    icon_ = QStringLiteral("plan");
    QStringList parts;
    if (!answers.refusal().isEmpty()) {
        icon_ = QStringLiteral("warning");
        colour_ = &theme::Theme::danger;
        rest_ = inWindowLanguage(answers.refusal());
        return;
    }
    const auto about = [](double time) {
        return time < leastSpokenSeconds ? spokenSeconds(time) : tr("about %1").arg(spokenSeconds(time));
    };
    double seconds = bench_.secondsPerStep(request) * request.steps * request.count;
    if (const auto& plan = answers.plan()) {
        strong_ = memoryWords(*plan);
        if (plan->seconds > 0) seconds = plan->seconds;
        if (!plan->obstacle.empty()) {
            icon_ = QStringLiteral("warning");
            colour_ = &theme::Theme::danger;
            rest_ = QStringLiteral(": ") + cureWords(*plan);
            return;
        }
        const QString fallbacks = fallbackWords(*plan);
        if (!fallbacks.isEmpty()) colour_ = &theme::Theme::caution;
        if (seconds > 0) parts << about(seconds);
        if (!fallbacks.isEmpty()) parts << fallbacks;
    } else if (seconds > 0) {
        parts << about(seconds);
    }
    if (parts.isEmpty()) {
        const QSize extent = bench_.extentOf(request);
        if (!extent.isEmpty())
            parts << QStringLiteral("%1 × %2").arg(extent.width()).arg(extent.height());
        parts << tr("%n step(s)", nullptr, request.steps);
    }
    rest_ = (strong_.isEmpty() ? QString() : QStringLiteral(" · ")) +
            parts.join(QStringLiteral(" · "));
}

void PlanLine::tell() {
    QToolTip::showText(mapToGlobal(QPoint(0, height())), toolTip(), this);
}

void PlanLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& t = theme::of(this);
    // While a picture is made the engine has no time to plan.
    if (!bench_.answers().isCurrent() && bench_.run()) painter.setOpacity(0.6);
    theme::paintIcon(&painter, QRectF(0, 6, 16, 16), icon_, t.*colour_);
    int x = 22;
    painter.setFont(theme::font(theme::Step::label));
    painter.setPen(t.text);
    painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter, strong_);
    x += painter.fontMetrics().horizontalAdvance(strong_);
    painter.setFont(theme::font(theme::Step::small));
    painter.setPen(t.*colour_);
    painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(rest_, Qt::ElideRight, width() - x));
}

/// One of the segments in the bar's middle; it follows its action.
QToolButton* TopBar::workspaceButton(QAction* action, const QString& name) {
    auto* button = new QToolButton;
    button->setText(name);
    button->setIcon(action->icon());
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setCheckable(true);
    button->setFixedHeight(32);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(action->text());
    theme::setKind(button, theme::Kind::segment);
    tipWithKeys(button, action->text(), action);
    const auto follow = [button, action] { button->setChecked(action->isChecked()); };
    connect(action, &QAction::toggled, button, follow);
    connect(button, &QToolButton::clicked, action, [action, follow] {
        action->trigger();
        follow();
    });
    return button;
}

TopBar::TopBar(Workbench& bench, const Actions& actions, QMenu* menu)
    : generate_(new GenerateButton(actions[Act::generate])) {
    theme::setGround(this, theme::Ground::window);
    setFixedHeight(48);
    auto* menuButton = iconButton(QStringLiteral("menu"), tr("Menu"));
    auto* themes = iconButton(QStringLiteral("sun"), tr("Dark or light"));
    auto* language =
        iconButton(QStringLiteral("globe"),
                   tr("한국어로 바꾸기", "switches the interface to the other language"));
    auto* keys = iconButton(QStringLiteral("keyboard"), tr("Keys"));
    tipWithKeys(keys, tr("Keys"), actions[Act::shortcuts]);
    auto* training = iconButton(QStringLiteral("training"), tr("Training"));
    tipWithKeys(training, tr("Training"), actions[Act::training]);
    auto* settings = iconButton(QStringLiteral("settings"), tr("Settings"));
    tipWithKeys(settings, tr("Settings"), actions[Act::settings]);
    auto* columns = compact(new QHBoxLayout(this), theme::s2, theme::s2, 0, theme::s3, 0);
    columns->addWidget(menuButton);
    columns->addSpacing(theme::s1);
    columns->addWidget(generate_);
    columns->addWidget(new CountBox(bench.request()));
    columns->addSpacing(theme::s3);
    columns->addWidget(new PlanLine(bench), 3);
    columns->addWidget(workspaceButton(actions[Act::workspaceGenerate], tr("Generate")));
    columns->addWidget(workspaceButton(actions[Act::workspaceLibrary], tr("Library")));
    columns->addStretch(2);
    for (auto* button : {training, keys, language, themes, settings}) columns->addWidget(button);
    connect(menuButton, &QToolButton::clicked, menu, [menuButton, menu] {
        menu->popup(menuButton->mapToGlobal(QPoint(0, menuButton->height() + theme::s1)));
    });
    connect(keys, &QToolButton::clicked, actions[Act::shortcuts], &QAction::trigger);
    connect(training, &QToolButton::clicked, actions[Act::training], &QAction::trigger);
    connect(settings, &QToolButton::clicked, actions[Act::settings], &QAction::trigger);
    connect(themes, &QToolButton::clicked, this, &TopBar::themeAsked);
    connect(language, &QToolButton::clicked, this, &TopBar::languageAsked);
    const auto check = [this, &bench] { generate_->setObstacle(bench.obstacle()); };
    connect(&bench.request(), &RequestModel::changed, this, check);
    connect(&bench.facts(), &EngineFacts::changed, this, check);
    check();
}

}  // namespace ui
