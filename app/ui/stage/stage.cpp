#include "app/ui/stage/stage.h"

#include "app/ui/error_banner.h"
#include "app/ui/pieces.h"
#include "app/ui/stage/first_run.h"
#include "app/ui/stage/picture_view.h"
#include "app/ui/stage/progress_strip.h"
#include "app/ui/theme/theme.h"

#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QStackedWidget>
#include <QToolButton>
#include <QUrl>

#include <cmath>

namespace ui {

Stage::Stage(Workbench& bench, const Actions& actions)
    : bench_(bench),
      name_(label(QString(), theme::Step::small, theme::Ink::secondary)),
      zoom_(new QToolButton),
      pages_(new QStackedWidget),
      firstRun_(new FirstRun(actions)),
      view_(new PictureView),
      strip_(new ProgressStrip(bench, actions)),
      banner_(new ErrorBanner),
      missing_(label(QString(), theme::Step::small, theme::Ink::secondary)) {
    theme::setGround(this, theme::Ground::stage);
    auto* viewer = new QWidget;
    auto* viewerRows = compact(new QVBoxLayout(viewer), 0);
    viewerRows->addWidget(view_, 1);
    viewerRows->addWidget(missing_, 0, Qt::AlignHCenter);
    viewerRows->addWidget(strip_);
    missing_->hide();
    pages_->addWidget(firstRun_);
    pages_->addWidget(viewer);
    bar_ = buildBar(actions);
    auto* rows = compact(new QVBoxLayout(this), 0);
    rows->addWidget(bar_);
    rows->addWidget(banner_);
    rows->addWidget(pages_, 1);

    setAcceptDrops(true);
    actions.addToStage(this);
    connectZoom(actions);
    connect(&loader_, &PictureLoader::loaded, this, &Stage::showLoaded);
    connect(&bench_, &Workbench::runChanged, this, &Stage::showRun);
    connect(&bench_, &Workbench::pictureStored, this, [this](const gallery::Picture& picture) {
        if (!isFollowing_) return;
        picture_ = picture;
        loader_.load(picture.path);
    });
    if (bench_.gallery().rowCount() > 0) showPicture(bench_.gallery().picture(0));
    setFollowing(true);
    showRun();
}

QWidget* Stage::buildBar(const Actions& actions) {
    auto* bar = new QWidget;
    bar->setFixedHeight(40);
    theme::setGround(bar, theme::Ground::window);
    zoom_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    zoom_->setPopupMode(QToolButton::InstantPopup);
    zoom_->setFont(theme::font(theme::Step::small));
    zoom_->setFocusPolicy(Qt::TabFocus);
    zoom_->setAccessibleName(tr("Zoom"));
    zoom_->setMinimumWidth(72);
    auto* menu = new QMenu(zoom_);
    for (auto act : {Act::fit, Act::zoom100, Act::zoom200, Act::zoom400, Act::zoom800})
        menu->addAction(actions[act]);
    zoom_->setMenu(menu);
    auto* fit = iconButton(QStringLiteral("fit"), tr("Fit the picture"),
                           Actions::keysOf(actions[Act::fit]));
    connect(fit, &QToolButton::clicked, actions[Act::fit], &QAction::trigger);
    auto* columns = compact(new QHBoxLayout(bar), theme::s1, theme::s3, 0, theme::s3, 0);
    auto* balance = new QWidget;
    balance->setFixedWidth(104);
    columns->addWidget(balance);
    columns->addStretch();
    columns->addWidget(name_);
    columns->addStretch();
    columns->addWidget(zoom_);
    columns->addWidget(fit);
    return bar;
}

void Stage::dragEnterEvent(QDragEnterEvent* event) {
    if (!event->mimeData()->urls().value(0).toLocalFile().isEmpty()) event->acceptProposedAction();
}

void Stage::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    bench_.recallFromFile(event->mimeData()->urls().value(0).toLocalFile());
}

void Stage::connectZoom(const Actions& actions) {
    connect(actions[Act::fit], &QAction::triggered, view_, &PictureView::fit);
    for (auto [act, factor] :
         {std::pair{Act::zoom100, 1}, {Act::zoom200, 2}, {Act::zoom400, 4}, {Act::zoom800, 8}})
        connect(actions[act], &QAction::triggered, view_,
                [this, zoom = factor] { view_->setZoom(zoom); });
    connect(view_, &PictureView::zoomChanged, this, &Stage::showZoom);
    connect(view_, &PictureView::doubleClicked, this,
            [this] { view_->isFitted() ? view_->setZoom(1) : view_->fit(); });
}

void Stage::showZoom() {
    zoom_->setText(QStringLiteral("%1 %").arg(std::lround(view_->zoom() * 100)));
    const auto shown = view_->shownRect();
    strip_->setContentWidth(int(std::min(shown.width(), double(view_->width()))));
}

void Stage::showPicture(const gallery::Picture& picture) {
    picture_ = picture;
    setFollowing(false);
    name_->setText(QFileInfo(picture.path).fileName());
    loader_.load(picture.path);
    choosePage();
}

void Stage::follow() {
    setFollowing(true);
    showRun();
}

void Stage::setFollowing(bool isFollowing) {
    isFollowing_ = isFollowing;
    strip_->setLive(isFollowing);
    strip_->setPicture(picture_);
    Q_EMIT followingChanged();
}

void Stage::showRun() {
    choosePage();
    if (!isFollowing_) return;
    if (!bench_.run()) {
        strip_->setPicture(picture_);
        if (picture_) name_->setText(QFileInfo(picture_->path).fileName());
        // The last report of a run comes after its picture, and has put the preview in its place.
        if (picture_ && showsPreview_) loader_.load(picture_->path);
        return;
    }
    const auto& run = *bench_.run();
    const QImage preview = toQImage(run.progress.preview);
    if (preview.isNull()) return;
    loader_.cancel();
    missing_->hide();
    name_->setText(tr("Live preview"));
    view_->setPicture(preview, bench_.extentOf(run.job.request));
    showsPreview_ = true;
}

void Stage::showLoaded(const QString& path, const QImage& image) {
    showsPreview_ = false;
    missing_->setVisible(image.isNull());
    if (image.isNull()) {
        missing_->setText(tr("%1 was moved or can't be read").arg(path));
        view_->clear();
    } else {
        view_->setPicture(image);
    }
    strip_->setPicture(picture_);
    if (!bench_.run() || !isFollowing_) name_->setText(QFileInfo(path).fileName());
}

bool Stage::isFirstRun() const {
    return !picture_ && !bench_.run() && bench_.gallery().rowCount() == 0 &&
           bench_.waiting().rowCount() == 0;
}

void Stage::choosePage() {
    const bool isEmpty = isFirstRun();
    pages_->setCurrentIndex(isEmpty ? 0 : 1);
    bar_->setVisible(!isEmpty);
}

}  // namespace ui
