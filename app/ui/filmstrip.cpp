#include "app/ui/filmstrip.h"

#include "app/ui/pieces.h"
#include "app/ui/reach.h"
#include "app/ui/stage/picture_loader.h"
#include "app/ui/stage/progress_strip.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QWheelEvent>

namespace ui {
namespace {

constexpr int gap = 6;
constexpr int headHeight = 16;

struct CellState {
    bool isCurrent = false;
    bool isHovered = false;
};

/// Ground, mat and ring; returns the place for the picture.
QRect paintCell(QPainter* painter, const QRect& cell, const theme::Theme& t,
                const CellState& state) {
    QPainterPath shape;
    shape.addRoundedRect(cell, theme::radiusControl, theme::radiusControl);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillPath(shape, state.isCurrent ? t.selection : t.panel);
    painter->setClipPath(shape);
    painter->fillRect(QRect(cell.topLeft(), QSize(cell.width(), matHeight)), t.stage);
    painter->restore();
    return {cell.x() + 6, cell.y() + 6, cell.width() - 12, matHeight - 12};
}

void paintRing(QPainter* painter, const QRect& cell, const theme::Theme& t,
               const CellState& state) {
    if (state.isCurrent)
        theme::paintBox(painter, cell, theme::radiusControl, {}, t.accent, 2);
    else if (state.isHovered)
        theme::paintBox(painter, cell, theme::radiusControl, {}, t.lineStrong);
}

void paintPicture(QPainter* painter, const QRect& place, const QImage& image) {
    const QSize size = image.size().scaled(place.size(), Qt::KeepAspectRatio);
    const QRect target(place.x() + (place.width() - size.width()) / 2,
                       place.y() + (place.height() - size.height()) / 2, size.width(),
                       size.height());
    painter->save();
    painter->setRenderHints(QPainter::SmoothPixmapTransform | QPainter::Antialiasing);
    QPainterPath clip;
    clip.addRoundedRect(target, theme::radiusPicture, theme::radiusPicture);
    painter->setClipPath(clip);
    painter->drawImage(target, image);
    painter->restore();
}

}  // namespace

QSize ThumbnailDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return cellSize + QSize(gap, 0);
}

void ThumbnailDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    const auto& t = theme::of(option.widget);
    const QRect cell(option.rect.topLeft(), cellSize);
    const CellState state{option.state.testFlag(QStyle::State_Selected),
                          option.state.testFlag(QStyle::State_MouseOver)};
    const QRect place = paintCell(painter, cell, t, state);
    const auto image = index.data(Qt::DecorationRole).value<QImage>();
    if (image.isNull())
        theme::paintIcon(painter, place.adjusted(22, 22, -22, -22), QStringLiteral("image"),
                         theme::ofStage().text2);
    else
        paintPicture(painter, place, image);
    painter->setFont(theme::font(theme::Step::caption));
    painter->setPen(state.isCurrent ? t.text : t.text3);
    const QRect strip(cell.x() + 7, cell.y() + matHeight, cell.width() - 14,
                      cell.height() - matHeight);
    painter->drawText(strip, Qt::AlignVCenter | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(
                          index.data(gallery::GalleryModel::PromptRole).toString().simplified(),
                          Qt::ElideRight, strip.width()));
    paintRing(painter, cell, t, state);
}

MakingCell::MakingCell(Workbench& bench) : bench_(bench) {
    setFixedSize(cellSize);
    setAccessibleName(tr("Picture in the making"));
    setRole(this, QAccessible::Graphic);
    setToolTip(tr("Picture in the making"));
    connect(&bench_, &Workbench::runChanged, this, qOverload<>(&QWidget::update));
}

void MakingCell::setCurrent(bool isCurrent) {
    isCurrent_ = isCurrent;
    update();
}

void MakingCell::mousePressEvent(QMouseEvent*) {
    Q_EMIT pressed();
}

void MakingCell::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& t = theme::of(this);
    const CellState state{isCurrent_, underMouse()};
    const QRect place = paintCell(&painter, rect(), t, state);
    if (!bench_.run()) return;
    const auto image = toQImage(bench_.run()->progress.preview);
    if (!image.isNull()) paintPicture(&painter, place, image);
    const auto words = wordsOf(*bench_.run());
    const theme::Pieces own{1, 0, 1, words.pieces.share};
    theme::paintPieces(&painter, QRectF(8, matHeight + 9, width() - 16, 4), own,
                       theme::grooveOf(t), t.accent);
    paintRing(&painter, rect(), t, state);
}

CellRow::CellRow() {
    setFlow(LeftToRight);
    setWrapping(false);
    setUniformItemSizes(true);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(NoFrame);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    horizontalScrollBar()->setSingleStep(cellSize.width() / 2);
    theme::setGround(this, theme::Ground::window);
    theme::setGround(viewport(), theme::Ground::window);
}

void CellRow::wheelEvent(QWheelEvent* event) {
    const QPoint turn = event->angleDelta();
    const int distance = std::abs(turn.y()) > std::abs(turn.x()) ? turn.y() : turn.x();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - distance);
    event->accept();
}

Filmstrip::Filmstrip(Workbench& bench, const Actions& actions)
    : bench_(bench),
      actions_(actions),
      list_(new CellRow),
      making_(new MakingCell(bench)),
      count_(label(QString(), theme::Step::small, theme::Ink::note)),
      empty_(label(tr("No pictures yet. What you make appears here."), theme::Step::body,
                   theme::Ink::secondary)) {
    theme::setGround(this, theme::Ground::window);
    auto* title = label(tr("Pictures"), theme::Step::label);
    auto* head = compact(new QHBoxLayout, theme::s2);
    head->addWidget(title);
    head->addWidget(count_);
    head->addStretch();
    auto* order = label(tr("Newest first"), theme::Step::small, theme::Ink::secondary);
    head->addWidget(order);
    // Korean lines are higher; the cells below would be cut.
    for (auto* words : {title, count_, order}) words->setFixedHeight(headHeight);
    auto* cells = compact(new QHBoxLayout, gap);
    cells->addWidget(making_, 0, Qt::AlignTop);
    cells->addWidget(empty_, 0, Qt::AlignVCenter);
    cells->addWidget(list_, 1);
    auto* rows = compact(new QVBoxLayout(this), 0, theme::s3, 6, theme::s3, 0);
    rows->addLayout(head);
    rows->addSpacing(6);
    rows->addLayout(cells, 1);

    list_->setModel(&bench_.gallery());
    list_->setItemDelegate(new ThumbnailDelegate(list_));
    list_->setAccessibleName(tr("Pictures, newest first"));
    list_->setContextMenuPolicy(Qt::CustomContextMenu);
    actions.addToStage(this);
    connect(list_, &QListView::customContextMenuRequested, this, &Filmstrip::openMenu);
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& now) {
                if (now.isValid() && list_->selectionModel()->isSelected(now))
                    Q_EMIT chosen(bench_.gallery().picture(now.row()));
            });
    connect(list_, &QListView::clicked, this, [this](const QModelIndex& index) {
        Q_EMIT chosen(bench_.gallery().picture(index.row()));
    });
    connect(list_, &QListView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT recalled(bench_.gallery().picture(index.row()));
    });
    connect(making_, &MakingCell::pressed, this, &Filmstrip::runChosen);
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&bench_.gallery(), signal, this, [this] { refresh(); });
    connect(&bench_, &Workbench::runChanged, this, &Filmstrip::refresh);
    refresh();
}

void Filmstrip::refresh() {
    const int shown = bench_.gallery().rowCount();
    count_->setText(shown == 0 ? QString()
                               : tr("%n picture(s)", nullptr, bench_.studio().gallery().count()));
    making_->setVisible(bench_.run().has_value());
    empty_->setVisible(shown == 0 && !bench_.run());
    list_->setVisible(shown > 0 || bench_.run());
}

void Filmstrip::setFollowing(bool isFollowing) {
    making_->setCurrent(isFollowing);
    if (isFollowing && bench_.run()) list_->clearSelection();
}

void Filmstrip::step(int rows) {
    const int row = list_->currentIndex().isValid() ? list_->currentIndex().row() + rows : 0;
    if (row < 0 && bench_.run()) Q_EMIT runChosen();
    if (row < 0 || row >= bench_.gallery().rowCount()) return;
    list_->setCurrentIndex(bench_.gallery().index(row));
}

void Filmstrip::openMenu(const QPoint& place) {
    if (!list_->indexAt(place).isValid()) return;
    QMenu menu(this);
    for (auto act :
         {Act::recallAll, Act::recallRemix, Act::recallPrompt, Act::recallSeed, Act::recallSize})
        menu.addAction(actions_[act]);
    menu.addSeparator();
    for (auto act : {Act::compareWith, Act::compareSlider, Act::pictureSettings})
        menu.addAction(actions_[act]);
    menu.addSeparator();
    menu.addAction(actions_[Act::copyPicture]);
    menu.addAction(actions_[Act::saveCopy]);
    menu.addAction(actions_[Act::showInFolder]);
    menu.exec(list_->viewport()->mapToGlobal(place));
}

}  // namespace ui
