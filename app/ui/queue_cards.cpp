#include "app/ui/pieces.h"
#include "app/ui/queue_view.h"
#include "app/ui/sentences.h"
#include "app/ui/stage/picture_loader.h"
#include "app/ui/stage/progress_strip.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QTextLayout>

#include <algorithm>

namespace ui {
namespace {

constexpr int cardHeight = 136;
constexpr int previewEdge = 84;
constexpr int retryWidth = 32;  // of a done job's button

void paintCropped(QPainter* painter, const QRect& place, const QImage& image, int radius) {
    QPainterPath clip;
    clip.addRoundedRect(place, radius, radius);
    painter->save();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter->setClipPath(clip);
    const int edge = std::min(image.width(), image.height());
    const QRect middle((image.width() - edge) / 2, (image.height() - edge) / 2, edge, edge);
    painter->drawImage(place, image, middle);
    painter->restore();
}

/// At most two lines, the second one elided.
void paintTwoLines(QPainter* painter, const QRect& place, const QString& text, int lineHeight) {
    QTextLayout layout(text.simplified(), painter->font());
    layout.beginLayout();
    auto first = layout.createLine();
    if (!first.isValid()) return;
    first.setLineWidth(place.width());
    const int cut = first.textLength();
    layout.endLayout();
    const QString all = layout.text();
    painter->drawText(QRect(place.x(), place.y(), place.width(), lineHeight), Qt::AlignVCenter,
                      all.left(cut).trimmed());
    painter->drawText(
        QRect(place.x(), place.y() + lineHeight, place.width(), lineHeight), Qt::AlignVCenter,
        painter->fontMetrics().elidedText(all.mid(cut).trimmed(), Qt::ElideRight, place.width()));
}

bool canRetry(const jobs::Job& job) {
    return job.state == jobs::JobState::failed || job.state == jobs::JobState::cancelled;
}

QString sizeWords(const diffusion::GenerationRequest& request) {
    if (request.width == 0 || request.height == 0)
        return QueueView::tr("%n picture(s)", nullptr, request.count);
    const QString size = request.width == request.height
                             ? QString::number(request.width) + QStringLiteral("²")
                             : QStringLiteral("%1 × %2").arg(request.width).arg(request.height);
    return QStringLiteral("%1 × %2").arg(request.count).arg(size);
}

}  // namespace

RunningCard::RunningCard(Workbench& bench, const Actions& actions)
    : bench_(bench),
      suspend_(pushButton(tr("Suspend"), QStringLiteral("suspend"), theme::Kind::quiet)),
      skip_(pushButton(tr("Skip"), QStringLiteral("skip"), theme::Kind::quiet)),
      cancel_(pushButton(tr("Cancel"), QStringLiteral("close"), theme::Kind::quiet)) {
    setFixedHeight(cardHeight);
    setAccessibleName(tr("Running job"));
    const auto place = [this, &actions](QPushButton* button, Act act, const QString& help) {
        const QString keys = Actions::keysOf(actions[act]);
        button->setParent(this);
        button->setToolTip(keys.isEmpty() ? help : help + QStringLiteral("  ") + keys);
        connect(button, &QPushButton::clicked, actions[act], &QAction::trigger);
    };
    place(suspend_, Act::suspend, tr("Puts the half-made picture aside, to go on with it later"));
    place(skip_, Act::skip, tr("Goes on with the next picture"));
    place(cancel_, Act::cancel, tr("Stops within one step"));
    connect(&bench_, &Workbench::runChanged, this, [this] {
        if (bench_.run()) setAccessibleDescription(wordsOf(*bench_.run()).place);
        const bool hasNext = bench_.run() && bench_.run()->job.request.count > 1;
        if (skip_->isHidden() == hasNext) {
            skip_->setVisible(hasNext);
            placeButtons();
        }
        update();
    });
}

void RunningCard::resizeEvent(QResizeEvent*) {
    placeButtons();
}

void RunningCard::placeButtons() {
    int left = theme::s1;
    const int wide = (width() - 2 * theme::s1) / (skip_->isHidden() ? 2 : 3);
    for (auto* button : {suspend_, skip_, cancel_}) {
        if (button->isHidden()) continue;
        button->setGeometry(left, cardHeight - 28 - theme::s1, wide, 28);
        left += wide;
    }
}

void RunningCard::mousePressEvent(QMouseEvent*) {
    Q_EMIT pressed();
}

void RunningCard::paintEvent(QPaintEvent*) {
    if (!bench_.run()) return;
    QPainter painter(this);
    const auto& t = theme::of(this);
    const auto& run = *bench_.run();
    const auto words = wordsOf(run);
    theme::paintBox(&painter, rect(), theme::radiusCard, t.raised, t.lineControl);
    const QRect picture(10, 10, previewEdge, previewEdge);
    const QImage preview = toQImage(run.progress.preview);
    theme::paintBox(&painter, picture, theme::radiusSmall, t.field);
    if (preview.isNull())
        theme::paintIcon(&painter, picture.adjusted(30, 30, -30, -30), QStringLiteral("image"),
                         t.text2);
    else
        paintCropped(&painter, picture, preview, theme::radiusSmall);

    const int left = picture.right() + theme::s3;
    const int wide = width() - left - 10;
    painter.setPen(t.text);
    painter.setFont(theme::font(theme::Step::strong));
    paintTwoLines(&painter, QRect(left, 8, wide, 36),
                  QString::fromStdString(run.job.request.prompt), 18);
    painter.setPen(t.text2);
    painter.setFont(theme::font(theme::Step::small));
    QString place = words.place + QStringLiteral(" · ") + words.phase;
    if (painter.fontMetrics().horizontalAdvance(place) > wide)
        place = words.shortPlace + QStringLiteral(" · ") + words.phase;
    painter.drawText(QRect(left, 46, wide, 18), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(place, Qt::ElideRight, wide));
    theme::paintPieces(&painter, QRectF(left, 70, wide, 4), words.pieces, theme::trackOf(t),
                       t.accent);
    painter.setFont(theme::font(theme::Step::monoSmall));
    painter.drawText(QRect(left, 78, wide, 18), Qt::AlignVCenter | Qt::AlignLeft, words.speed);
    painter.drawText(QRect(left, 78, wide, 18), Qt::AlignVCenter | Qt::AlignRight, words.left);
}

QSize WaitingDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {160, 64};
}

void WaitingDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const auto& t = theme::of(option.widget);
    const auto& job = static_cast<const JobModel*>(index.model())->job(index.row());
    const QRect card = option.rect.adjusted(0, 0, 0, -theme::s2);
    const bool isOn = option.state.testFlag(QStyle::State_Selected) &&
                      option.state.testFlag(QStyle::State_HasFocus);
    theme::paintBox(painter, card, theme::radiusCard, isOn ? t.selection : t.raised);
    const bool isSuspended = job.state == jobs::JobState::suspended;
    const bool isHot = option.state.testFlag(QStyle::State_MouseOver);
    theme::paintIcon(painter, QRectF(card.x() + 4, card.center().y() - 8, 16, 16),
                     QStringLiteral("drag"), isHot ? t.text2 : t.text3);
    const QRect picture(card.x() + 24, card.y() + 10, 36, 36);
    theme::paintBox(painter, picture, theme::radiusSmall, t.field);
    theme::paintIcon(painter, picture.adjusted(10, 10, -10, -10),
                     isSuspended ? QStringLiteral("suspend") : QStringLiteral("clock"),
                     isSuspended ? t.caution : t.text2);
    const QRect text(picture.right() + theme::s3, card.y() + 9,
                     card.right() - picture.right() - theme::s3 - 40, 19);
    painter->setPen(t.text);
    painter->setFont(theme::font(theme::Step::strong));
    painter->drawText(
        text, Qt::AlignVCenter,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, text.width()));
    painter->setPen(isSuspended ? t.caution : t.text2);
    painter->setFont(theme::font(theme::Step::small));
    painter->drawText(
        text.translated(0, 19), Qt::AlignVCenter,
        painter->fontMetrics().elidedText(noteOf(job), Qt::ElideRight, text.width()));
    theme::paintIcon(painter, QRectF(card.right() - 28, card.center().y() - 8, 16, 16),
                     isSuspended ? QStringLiteral("resume") : QStringLiteral("more"),
                     isHot ? t.text : t.text2);
}

QString WaitingDelegate::noteOf(const jobs::Job& job) const {
    if (job.state == jobs::JobState::suspended) {
        if (!job.error.isEmpty()) return inWindowLanguage(job.error);
        return job.request.count > 1
                   ? tr("Suspended at picture %1 of %2").arg(job.pictures + 1).arg(job.request.count)
                   : tr("Suspended");
    }
    const double step = bench_.secondsPerStep(job.request);
    if (step <= 0) return sizeWords(job.request);
    return sizeWords(job.request) + QStringLiteral(" · ") +
           spokenSeconds(step * job.request.steps * (job.request.count - job.pictures));
}

bool WaitingDelegate::editorEvent(QEvent* event, QAbstractItemModel*,
                                  const QStyleOptionViewItem& option, const QModelIndex& index) {
    if (event->type() != QEvent::MouseButtonRelease) return false;
    if (static_cast<QMouseEvent*>(event)->position().x() < option.rect.right() - 36) return false;
    Q_EMIT buttonPressed(index);
    return true;
}

bool DoneDelegate::editorEvent(QEvent* event, QAbstractItemModel*,
                               const QStyleOptionViewItem& option, const QModelIndex& index) {
    if (event->type() != QEvent::MouseButtonRelease) return false;
    const auto& job = static_cast<const JobModel*>(index.model())->job(index.row());
    const double x = static_cast<QMouseEvent*>(event)->position().x();
    if (!canRetry(job) || x < option.rect.right() - retryWidth) return false;
    Q_EMIT retryPressed(index);
    return true;
}

DoneDelegate::DoneDelegate(gallery::ThumbnailCache& thumbnails, QObject* parent)
    : QStyledItemDelegate(parent), thumbnails_(thumbnails) {}

QSize DoneDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {160, 48};
}

void DoneDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const auto& t = theme::of(option.widget);
    const auto* model = static_cast<const JobModel*>(index.model());
    const auto& job = model->job(index.row());
    if (option.state.testFlag(QStyle::State_MouseOver))
        theme::paintBox(painter, option.rect.adjusted(-4, 0, 4, 0), theme::radiusControl, t.hover);
    const auto pictures = model->pictures(job.id);
    int right = option.rect.right() + 1;
    if (canRetry(job)) {
        right -= retryWidth;
        theme::paintIcon(painter, QRectF(right + 8, option.rect.center().y() - 8, 16, 16),
                         QStringLiteral("retry"), t.text2);
    }
    for (qsizetype i = 0; i < std::min<qsizetype>(3, pictures.size()); ++i) {
        right -= i == 0 ? 30 : 34;
        const QRect place(right, option.rect.y() + 9, 30, 30);
        const QImage image = thumbnails_.find(pictures[pictures.size() - 1 - i]);
        theme::paintBox(painter, place, 3, t.field);
        if (!image.isNull()) paintCropped(painter, place, image, 3);
    }
    const bool hasFailed = job.state == jobs::JobState::failed;
    QString words = job.state == jobs::JobState::cancelled ? tr("cancelled")
                    : hasFailed                            ? inWindowLanguage(job.error)
                                : tr("%n picture(s)", nullptr, int(pictures.size()));
    if (!hasFailed && model->seconds(job.id) > 0)
        words += QStringLiteral(" · ") + spokenSeconds(model->seconds(job.id));
    const QRect text(option.rect.x(), option.rect.y() + 5, right - option.rect.x() - theme::s2, 19);
    painter->setPen(t.text);
    painter->setFont(theme::font(theme::Step::body));
    painter->drawText(
        text, Qt::AlignVCenter,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, text.width()));
    painter->setPen(hasFailed ? t.danger : t.text2);
    painter->setFont(theme::font(theme::Step::small));
    painter->drawText(text.translated(0, 19), Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(words, Qt::ElideRight, text.width()));
}

}  // namespace ui
