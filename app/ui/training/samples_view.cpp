#include "app/ui/training/samples_view.h"

#include "app/ui/pieces.h"
#include "app/ui/reach.h"
#include "app/ui/theme/paint.h"

#include <QComboBox>
#include <QHelpEvent>
#include <QPainter>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr int sheetEdge = 1280;  // of what is kept of a sheet
constexpr int sheetColumns = 4;  // as the trainer lays them out, with a gap around each picture
constexpr int sheetGap = 4;
constexpr int leastColumns = 3;
constexpr int mostColumns = 6;   // sheets of this size that the cache holds together
constexpr int lineHeight = 18;   // of steps and prompts
constexpr int gap = 8;
constexpr int leastEdge = 88;    // of a picture where there are several rows
constexpr int mostEdge = 512;
constexpr int frame = 4;

/// Pictures of a sheet of square ones in one row, as one of captions is.
int countIn(const QImage& sheet) {
    const double height = std::max(1, sheet.height() - sheetGap);
    return std::clamp(int(std::lround((sheet.width() - sheetGap) / height)), 1, sheetColumns);
}

}  // namespace

SampleRows::SampleRows() : pictures_(sheetEdge) {
    setAccessibleName(tr("Samples"));
    setRole(this, QAccessible::Graphic);
    connect(&pictures_, &gallery::ThumbnailCache::ready, this, &SampleRows::follow);
}

void SampleRows::setSheets(const QList<SampleSheet>& sheets) {
    if (sheets == sheets_) return;
    sheets_ = sheets;
    if (sheets_.isEmpty()) captions_ = natural_ = 0;
    follow();
}

void SampleRows::setChosen(int prompt) {
    chosen_ = prompt;
    follow();
}

void SampleRows::setRoom(int height) {
    room_ = height;
    follow();
}

/// After anything changed that the rows depend on.
void SampleRows::follow() {
    const auto before = prompts().size();
    const auto newest = sheets_.isEmpty() ? QImage() : pictures_.find(sheets_.last().file);
    if (!newest.isNull()) {
        captions_ = countIn(newest);
        natural_ = partOf(newest, sheets_.last(), 0).width();
    }
    const int rowsHeight = int(rows().size()) * (lineHeight + pictureEdge() + gap);
    setMinimumHeight(sheets_.isEmpty() ? 0 : lineHeight + rowsHeight);
    if (!sheets_.isEmpty())
        setAccessibleDescription(tr("%n prompt(s)", nullptr, int(prompts().size())) +
                                 QStringLiteral(" · ") + tr("step %1").arg(sheets_.last().step));
    update();
    if (prompts().size() != before || !before) Q_EMIT promptsChanged();
}

QStringList SampleRows::prompts() const {
    if (sheets_.isEmpty()) return {};
    if (!sheets_.last().prompts.isEmpty()) return sheets_.last().prompts;
    QStringList names;
    for (int i = 1; i <= captions_; ++i) names << tr("Caption %1").arg(i);
    return names;
}

QList<int> SampleRows::rows() const {
    QList<int> rows;
    for (int i = 0; i < prompts().size(); ++i)
        if (chosen_ < 0 || chosen_ >= prompts().size() || chosen_ == i) rows << i;
    return rows;
}

int SampleRows::pictureEdge() const {
    const int count = std::max<int>(1, int(rows().size()));
    const int least = count == 1 ? 40 : leastEdge;
    const int high = (room_ - lineHeight) / count - lineHeight - gap;
    // Progress wants to be compared.
    const int beside = std::clamp<int>(int(sheets_.size()), 1, leastColumns);
    const int wide = (width() - gap) / beside - gap;
    // Not larger than it is: a sample shall be judged as it was made.
    const int most = natural_ > 0 ? std::min(natural_, mostEdge) : mostEdge;
    return std::clamp(std::min(high, wide), std::min(least, most), most);
}

QList<SampleSheet> SampleRows::columns() const {
    const int fitting = std::max(1, (width() - gap) / (pictureEdge() + gap));
    const auto count = std::min<qsizetype>({sheets_.size(), fitting, mostColumns});
    if (count == sheets_.size()) return sheets_;
    if (count == 1) return {sheets_.last()};
    QList<SampleSheet> shown;
    for (qsizetype i = 0; i < count; ++i) shown << sheets_[i * (sheets_.size() - 1) / (count - 1)];
    return shown;
}

bool SampleRows::isShown() {
    const auto shown = columns();
    return !shown.isEmpty() && std::all_of(shown.begin(), shown.end(), [&](const auto& sheet) {
        return !pictures_.find(sheet.file).isNull();
    });
}

QRect SampleRows::placeOf(int row, int column) const {
    const int edge = pictureEdge();
    return {gap + column * (edge + gap), lineHeight + row * (lineHeight + edge + gap) + lineHeight,
            edge, edge};
}

QRect SampleRows::partOf(const QImage& sheet, const SampleSheet& about, int prompt) {
    const int count = about.prompts.isEmpty() ? countIn(sheet) : int(about.prompts.size());
    if (sheet.isNull() || prompt < 0 || prompt >= count) return {};
    const int across = std::min(count, sheetColumns);
    const int down = (count + across - 1) / across;
    const double wide = double(sheet.width() - sheetGap) / across;
    const double high = double(sheet.height() - sheetGap) / down;
    const QRectF part(sheetGap + prompt % across * wide, sheetGap + prompt / across * high,
                      wide - sheetGap, high - sheetGap);
    return part.toRect();
}

/// The prompt's number on a sheet that may be of a run with other prompts; negative: it isn't there.
int SampleRows::numberIn(const SampleSheet& sheet, int prompt) const {
    const auto& newest = sheets_.last();
    if (newest.prompts.isEmpty() || sheet.prompts.isEmpty())
        return newest.prompts.isEmpty() && sheet.prompts.isEmpty() ? prompt : -1;
    return int(sheet.prompts.indexOf(newest.prompts[prompt]));
}

void SampleRows::paintRow(QPainter* painter, int row, const QList<SampleSheet>& shown) {
    const auto& t = theme::of(this);
    const int prompt = rows()[row];
    const QRect first = placeOf(row, 0);
    const QRect words(gap, first.y() - lineHeight, width() - 2 * gap, lineHeight);
    painter->setPen(t.text2);
    painter->drawText(words, Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(prompts()[prompt], Qt::ElideRight,
                                                        words.width()));
    for (int column = 0; column < shown.size(); ++column) {
        const auto image = pictures_.find(shown[column].file);
        const auto part = partOf(image, shown[column], numberIn(shown[column], prompt));
        const QRect place = placeOf(row, column);
        if (part.isEmpty()) {
            theme::paintBox(painter, place, theme::radiusPicture, theme::trackOf(t));
            continue;
        }
        QRect target({0, 0}, part.size().boundedTo(place.size()));
        target.moveCenter(place.center());
        painter->drawImage(target, image, part);
    }
}

void SampleRows::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const auto& t = theme::of(this);
    painter.setFont(theme::font(theme::Step::small));
    if (sheets_.isEmpty()) {
        painter.setPen(t.text2);
        painter.drawText(rect().adjusted(theme::s3, 0, -theme::s3, 0),
                         int(Qt::AlignCenter) | Qt::TextWordWrap,
                         tr("Samples appear here as they are made."));
        return;
    }
    const auto shown = columns();
    painter.setPen(t.text2);
    for (int column = 0; column < shown.size(); ++column) {
        const QRect place = placeOf(0, column);
        painter.drawText(QRect(place.x(), 0, place.width(), lineHeight), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(tr("step %1").arg(shown[column].step),
                                                          Qt::ElideRight, place.width()));
    }
    for (int row = 0; row < rows().size(); ++row) paintRow(&painter, row, shown);
}

void SampleRows::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) follow();
}

bool SampleRows::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    auto* help = static_cast<QHelpEvent*>(event);
    const auto shown = columns();
    for (int row = 0; row < rows().size(); ++row)
        for (int column = 0; column < shown.size(); ++column)
            if (placeOf(row, column).contains(help->pos())) {
                // A prompt may look like HTML.
                QToolTip::showText(help->globalPos(),
                                   QStringLiteral("<p>%1<br>%2</p>")
                                       .arg(prompts()[rows()[row]].toHtmlEscaped(),
                                            tr("step %1").arg(shown[column].step)));
                return true;
            }
    QToolTip::hideText();
    return true;
}

SamplesView::SamplesView()
    : choice_(new QComboBox), scroll_(new QScrollArea), rows_(new SampleRows) {
    setMinimumSize(200, 120);
    choice_->setAccessibleName(tr("Prompts whose samples are shown"));
    choice_->setFixedHeight(28);
    choice_->setMinimumWidth(80);
    choice_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    ignoreWheelWithoutFocus(choice_);
    choice_->hide();
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setWidgetResizable(true);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll_->setFocusPolicy(Qt::NoFocus);
    theme::setGround(rows_, theme::Ground::stage);
    theme::setGround(scroll_->viewport(), theme::Ground::stage);
    scroll_->setWidget(rows_);
    auto* parts = compact(new QVBoxLayout(this), theme::s1);
    parts->addWidget(choice_);
    auto* inside = compact(new QVBoxLayout, 0, frame, frame, frame, frame);
    inside->addWidget(scroll_);
    parts->addLayout(inside, 1);
    connect(choice_, &QComboBox::currentIndexChanged, this,
            [this](int index) { rows_->setChosen(index - 1); });
    connect(rows_, &SampleRows::promptsChanged, this, &SamplesView::listPrompts);
}

void SamplesView::setSheets(const QList<SampleSheet>& sheets) {
    rows_->setSheets(sheets);
    listPrompts();
}

void SamplesView::listPrompts() {
    const auto prompts = rows_->prompts();
    if (prompts == listed_) return;
    listed_ = prompts;
    const QSignalBlocker quiet(choice_);
    choice_->clear();
    choice_->addItem(tr("All prompts"));
    for (const auto& prompt : prompts) choice_->addItem(prompt);
    choice_->setVisible(prompts.size() > 1);
    rows_->setChosen(-1);
    giveRoom();
}

void SamplesView::giveRoom() {
    layout()->activate();
    rows_->setRoom(scroll_->viewport()->height());
    update();  // the frame around them
}

void SamplesView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& t = theme::of(this);
    theme::paintBox(&painter, scroll_->geometry().adjusted(-frame, -frame, frame, frame),
                    theme::radiusControl, t.stage, t.line);
}

void SamplesView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    giveRoom();
}

}  // namespace ui
