#include "app/ui/training/run_pane.h"

#include "app/ui/pieces.h"
#include "app/ui/reach.h"
#include "app/ui/sentences.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"
#include "app/ui/training/loss_plot.h"
#include "app/ui/training/samples_view.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

constexpr int leftOutHeight = 60;

QString say(const char* text) {
    return QCoreApplication::translate("training", text);
}

QString stepWords(const Training& training) {
    const auto steps = training.plan.request.steps;
    if (steps == 0) return say(QT_TRANSLATE_NOOP("training", "step %1")).arg(training.report.step);
    return say(QT_TRANSLATE_NOOP("training", "step %1 of %2")).arg(training.report.step).arg(steps);
}

}  // namespace

QString stateWords(const Training& training) {
    if (training.isStopping) return say(QT_TRANSLATE_NOOP("training", "stopping…"));
    if (training.isRunning)
        return say(QT_TRANSLATE_NOOP("training", "running · %1")).arg(stepWords(training));
    if (training.isFinished())
        return say(QT_TRANSLATE_NOOP("training", "finished · step %1")).arg(training.report.step);
    return say(QT_TRANSLATE_NOOP("training", "stopped · %1")).arg(stepWords(training));
}

QString progressWords(const Training& training) {
    const auto& report = training.report;
    if (training.isStopping)
        return say(
            QT_TRANSLATE_NOOP("training", "Stopping: the state is saved and the result written…"));
    if (!training.isRunning) return stateWords(training);
    if (report.picturesPerSecond <= 0)
        return report.message.isEmpty() ? say(QT_TRANSLATE_NOOP("training", "The trainer starts…"))
                                        : inWindowLanguage(report.message);
    QStringList parts{stepWords(training)};
    if (report.loss >= 0)
        parts << say(QT_TRANSLATE_NOOP("training", "loss %1")).arg(report.loss, 0, 'f', 4);
    parts << say(QT_TRANSLATE_NOOP("training", "%1 pictures/s"))
                 .arg(report.picturesPerSecond, 0, 'f', report.picturesPerSecond < 10 ? 2 : 0);
    if (report.secondsLeft >= 0)
        parts
            << say(QT_TRANSLATE_NOOP("training", "%1 left")).arg(spokenSeconds(report.secondsLeft));
    return parts.join(QStringLiteral(" · "));
}

TrainingBar::TrainingBar() {
    setFixedHeight(4);
    setAccessibleName(tr("Progress of the training"));
    setRole(this, QAccessible::ProgressBar);
}

void TrainingBar::setShare(double share) {
    share_ = share;
    setAccessibleDescription(share < 0 ? QString() : QStringLiteral("%1 %").arg(int(100 * share)));
    update();
}

void TrainingBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& t = theme::of(this);
    const double share = share_ < 0 ? 0.3 : std::min(1.0, share_);
    theme::paintPieces(&painter, rect(), {1, 0, 1, share}, theme::trackOf(t), t.accent);
}

RunPane::RunPane()
    : start_(pushButton(tr("Start training"), QStringLiteral("play"), theme::Kind::primary)),
      stop_(pushButton(tr("Stop"), QStringLiteral("stop"))),
      use_(pushButton(tr("Use it"), QStringLiteral("generate"))),
      words_(label(QString(), theme::Step::small, theme::Ink::secondary)),
      bar_(new TrainingBar),
      plot_(new LossPlot),
      samples_(new SamplesView),
      leftOutTitle_(label(tr("Left out"), theme::Step::label, theme::Ink::secondary)),
      leftOut_(new QListWidget) {
    theme::setGround(this, theme::Ground::window);
    auto* rows =
        compact(new QVBoxLayout(this), theme::s2, theme::s3, theme::s3, theme::s3, theme::s3);
    auto* buttons = compact(new QHBoxLayout, theme::s2);
    start_->setMinimumHeight(36);
    for (auto* button : {start_, stop_, use_}) buttons->addWidget(button, 0, Qt::AlignVCenter);
    words_->setMinimumWidth(80);
    words_->setWordWrap(true);
    words_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    buttons->addSpacing(theme::s2);
    buttons->addWidget(words_, 1);
    rows->addLayout(buttons);
    rows->addWidget(bar_);
    auto* views = compact(new QHBoxLayout, theme::s2);
    views->addWidget(plot_, 1);
    views->addWidget(samples_, 1);
    rows->addLayout(views, 1);
    rows->addWidget(leftOutTitle_);
    leftOut_->setAccessibleName(tr("Pictures that were left out"));
    leftOut_->setFixedHeight(leftOutHeight);
    leftOut_->setWordWrap(true);
    rows->addWidget(leftOut_);
    use_->setToolTip(tr("Puts it into the prompt and goes to Generate"));
    connect(start_, &QPushButton::clicked, this, [this] {
        if (obstacle_.isEmpty()) Q_EMIT startAsked();
    });
    connect(stop_, &QPushButton::clicked, this, &RunPane::stopAsked);
    connect(use_, &QPushButton::clicked, this, &RunPane::useAsked);
    refresh();
}

QString RunPane::words() const {
    return words_->text();
}

void RunPane::show(const Training* training, bool hasResult) {
    training_ = training ? std::optional(*training) : std::nullopt;
    hasResult_ = hasResult;
    refresh();
}

void RunPane::setObstacle(const QString& obstacle) {
    obstacle_ = obstacle;
    refresh();
}

void RunPane::setStarting(bool isStarting) {
    isStarting_ = isStarting;
    refresh();
}

void RunPane::showButtons() {
    const bool isRunning = training_ && training_->isRunning;
    start_->setText(training_ ? tr("Resume") : tr("Start training"));
    start_->setVisible(!isRunning);
    start_->setEnabled(obstacle_.isEmpty() && !isStarting_);
    start_->setToolTip(obstacle_);
    start_->setAccessibleDescription(obstacle_);
    stop_->setVisible(isRunning);
    const bool isStopping = isRunning && training_->isStopping;
    stop_->setText(isStopping ? tr("End at once") : tr("Stop"));
    stop_->setToolTip(
        isStopping ? tr("What was learnt since the last saved state is lost")
                   : tr("Saves the state and writes what was learnt so far; it can go on later"));
    use_->setVisible(training_.has_value() && hasResult_ && !isRunning);
}

void RunPane::refresh() {
    showButtons();
    const Training none;
    const auto& training = training_ ? *training_ : none;
    const auto& report = training.report;
    const auto steps = training.plan.request.steps;
    if (isStarting_)
        words_->setText(say("The trainer starts…"));
    else if (!training_)
        words_->setText(obstacle_);
    else if (training.isRunning || obstacle_.isEmpty())
        words_->setText(progressWords(training));
    else
        words_->setText(progressWords(training) + QStringLiteral(" · ") + obstacle_);
    const bool isUnknown = training.isRunning && (steps == 0 || report.picturesPerSecond <= 0);
    bar_->setShare(isUnknown ? -1 : steps > 0 ? double(report.step) / double(steps) : 0);
    bar_->setVisible(training_.has_value());
    plot_->setCurve(report.curve, steps);
    samples_->setSheets(report.sheets);
    const bool hasLeftOut = !report.leftOut.isEmpty();
    leftOutTitle_->setVisible(hasLeftOut);
    leftOut_->setVisible(hasLeftOut);
    if (leftOut_->count() == report.leftOut.size()) return;
    leftOut_->clear();
    for (const auto& sentence : report.leftOut) leftOut_->addItem(inWindowLanguage(sentence));
}

}  // namespace ui
