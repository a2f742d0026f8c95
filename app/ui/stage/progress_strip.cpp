#include "app/ui/stage/progress_strip.h"

#include "app/ui/pieces.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace ui {
namespace {

constexpr int narrowest = 640;  // what the words and the buttons need

QString phaseWords(const diffusion::Progress& progress) {
    using diffusion::Phase;
    const auto say = [](const char* text) { return QCoreApplication::translate("run", text); };
    switch (progress.phase) {
        case Phase::loading:
            return say(QT_TRANSLATE_NOOP("run", "loading the model"));
        case Phase::encoding:
            return say(QT_TRANSLATE_NOOP("run", "reading the prompt"));
        case Phase::decoding:
            return say(QT_TRANSLATE_NOOP("run", "painting"));
        case Phase::finished:
            return say(QT_TRANSLATE_NOOP("run", "saving"));
        case Phase::sampling:
            break;
    }
    return QCoreApplication::translate("run", "step %1 of %2")
        .arg(progress.step)
        .arg(progress.step_count);
}

}  // namespace

RunWords wordsOf(const Run& run) {
    const auto& p = run.progress;
    RunWords words;
    const int count = std::max(1, p.picture_count);
    const int first = std::min(p.first_picture + 1, count);
    const int last = std::min(p.first_picture + p.pictures_in_batch, count);
    const QString range =
        last > first ? QStringLiteral("%1–%2").arg(first).arg(last) : QString::number(first);
    words.place =
        last > first ? QCoreApplication::translate("run", "Pictures %1 of %2").arg(range).arg(count)
                     : QCoreApplication::translate("run", "Picture %1 of %2").arg(range).arg(count);
    words.shortPlace = QStringLiteral("%1 / %2").arg(range).arg(count);
    words.phase = phaseWords(p);
    if (p.seconds_per_step > 0)
        words.speed = QStringLiteral("%1 it/s").arg(1 / p.seconds_per_step, 0, 'f',
                                                    p.seconds_per_step > 1 ? 2 : 1);
    if (p.seconds_left >= 0)
        words.left =
            QCoreApplication::translate("run", "%1 left").arg(clockSeconds(p.seconds_left));
    const bool isPast =
        p.phase == diffusion::Phase::decoding || p.phase == diffusion::Phase::finished;
    const double share = isPast ? 1.0 : p.step_count > 0 ? double(p.step) / p.step_count : 0.0;
    words.pieces = {count, p.first_picture, std::max(1, p.pictures_in_batch), share};
    return words;
}

ProgressStrip::ProgressStrip(Workbench& bench, const Actions& actions)
    : bench_(bench),
      line_(new QWidget(this)),
      place_(label(QString(), theme::Step::dockTitle)),
      words_(label(QString(), theme::Step::body, theme::Ink::secondary)),
      suspend_(pushButton(tr("Suspend"), QStringLiteral("suspend"))),
      skip_(pushButton(tr("Skip"), QStringLiteral("skip"))),
      cancel_(pushButton(tr("Cancel"), QStringLiteral("close"))),
      recall_(pushButton(tr("Recall settings"), QStringLiteral("recall"))) {
    theme::setGround(this, theme::Ground::stage);
    setFixedHeight(84);
    setAccessibleName(tr("Progress"));
    cancel_->setToolTip(tr("Stops within one step") + QStringLiteral("  ") +
                        Actions::keysOf(actions[Act::cancel]));
    recall_->setToolTip(tr("Brings this picture's settings back into the panel"));
    words_->setMinimumWidth(60);
    auto* columns = compact(new QHBoxLayout(line_), theme::s3);
    columns->addWidget(place_);
    columns->addWidget(words_, 1);
    columns->addWidget(recall_);
    suspend_->setToolTip(tr("Puts the half-made picture aside, to go on with it later"));
    skip_->setToolTip(tr("Goes on with the next picture") + QStringLiteral("  ") +
                      Actions::keysOf(actions[Act::skip]));
    for (auto [button, act] : {std::pair{suspend_, Act::suspend}, {skip_, Act::skip},
                               {cancel_, Act::cancel}}) {
        columns->addWidget(button);
        connect(button, &QPushButton::clicked, actions[act], &QAction::trigger);
    }
    connect(recall_, &QPushButton::clicked, actions[Act::recallAll], &QAction::trigger);
    connect(&bench_, &Workbench::runChanged, this, &ProgressStrip::refresh);
    refresh();
}

void ProgressStrip::setContentWidth(int width) {
    contentWidth_ = std::max(narrowest, width);
    layOut();
}

void ProgressStrip::setPicture(const std::optional<gallery::Picture>& picture) {
    picture_ = picture;
    refresh();
}

void ProgressStrip::setLive(bool isLive) {
    isLive_ = isLive;
    refresh();
}

void ProgressStrip::layOut() {
    const int width = std::min(contentWidth_, this->width() - 2 * theme::s3);
    line_->setGeometry((this->width() - width) / 2, 28, width, 28);
    update();
}

void ProgressStrip::resizeEvent(QResizeEvent*) {
    layOut();
}

QString ProgressStrip::factsOf(const gallery::Picture& picture) const {
    const auto& r = picture.request;
    QStringList parts{QStringLiteral("%1 × %2").arg(picture.width).arg(picture.height),
                      QString::fromStdString(r.sampler), tr("%1 steps").arg(r.steps),
                      QStringLiteral("CFG %1").arg(r.guidance_scale, 0, 'f', 1),
                      tr("seed %1").arg(r.seed)};
    if (picture.seconds > 0) parts << tr("%1 s").arg(picture.seconds, 0, 'f', 1);
    return parts.join(QStringLiteral("   "));
}

void ProgressStrip::refresh() {
    const bool isRunning = bench_.run() && isLive_;
    cancel_->setVisible(isRunning);
    suspend_->setVisible(isRunning);
    skip_->setVisible(isRunning && bench_.run()->job.request.count > 1);
    recall_->setVisible(!isRunning && picture_);
    place_->setVisible(isRunning);
    if (isRunning) {
        const auto words = wordsOf(*bench_.run());
        place_->setText(words.place);
        QStringList parts{words.phase};
        if (!words.speed.isEmpty()) parts << words.speed;
        if (!words.left.isEmpty()) parts << words.left;
        words_->setText(parts.join(QStringLiteral("   ")));
    } else {
        words_->setText(picture_ ? factsOf(*picture_) : QString());
        words_->setToolTip(words_->text());
    }
    layOut();
}

void ProgressStrip::paintEvent(QPaintEvent*) {
    if (!bench_.run() || !isLive_) return;
    QPainter painter(this);
    const auto& t = theme::of(this);
    const auto words = wordsOf(*bench_.run());
    const QRectF bar(line_->x(), 14, line_->width(), 4);
    theme::paintPieces(&painter, bar, words.pieces, theme::trackOf(t), t.accent);
}

}  // namespace ui
