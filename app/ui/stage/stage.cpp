#include "app/ui/stage/stage.h"

#include "app/ui/error_banner.h"
#include "app/ui/pieces.h"
#include "app/ui/stage/first_run.h"
#include "app/ui/stage/picture_view.h"
#include "app/ui/stage/progress_strip.h"
#include "app/ui/stage/settings_card.h"
#include "app/ui/stage/stage_bar.h"
#include "app/ui/theme/theme.h"
#include "app/ui/toast.h"

#include <QDragEnterEvent>
#include <QFileInfo>
#include <QLabel>
#include <QMimeData>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

constexpr int stripHeight = 84;
constexpr int betweenPreviews = 100;  // milliseconds

QString nameOf(const gallery::Picture& picture) {
    return QFileInfo(picture.path).fileName();
}

}  // namespace

Stage::Stage(Workbench& bench, const Actions& actions)
    : bench_(bench),
      actions_(actions),
      bar_(nullptr),
      pages_(new QStackedWidget),
      firstRun_(new FirstRun(bench, actions)),
      view_(new PictureView),
      strip_(new ProgressStrip(bench, actions)),
      banner_(new ErrorBanner),
      missing_(label(QString(), theme::Step::small, theme::Ink::secondary)),
      card_(new SettingsCard) {
    theme::setGround(this, theme::Ground::stage);
    for (auto act : {Act::compareSlider, Act::compareSide, Act::compareHover, Act::pictureSettings})
        actions[act]->setCheckable(true);
    bar_ = new StageBar(actions);
    pages_->addWidget(firstRun_);
    pages_->addWidget(buildViewer());
    auto* rows = compact(new QVBoxLayout(this), 0);
    rows->addWidget(bar_);
    rows->addWidget(banner_);
    rows->addWidget(pages_, 1);
    toaster_ = new Toaster(this, stripHeight);
    setAcceptDrops(true);
    actions.addToStage(this);
    connectZoom();
    connectCompare();
    connectRuns();
    if (bench_.gallery().rowCount() > 0) showPicture(bench_.gallery().picture(0));
    setFollowing(true);
    showRun();
}

QWidget* Stage::buildViewer() {
    auto* viewer = new QWidget;
    auto* rows = compact(new QVBoxLayout(viewer), 0);
    rows->addWidget(view_, 1);
    rows->addWidget(missing_, 0, Qt::AlignHCenter);
    rows->addWidget(strip_);
    missing_->hide();
    card_->setParent(view_);
    card_->hide();
    view_->installEventFilter(this);
    return viewer;
}

void Stage::connectRuns() {
    connect(&loader_, &PictureLoader::loaded, this, &Stage::showLoaded);
    connect(&bench_, &Workbench::runChanged, this, &Stage::showRun);
    connect(&bench_, &Workbench::pictureStored, this, [this](const gallery::Picture& picture) {
        if (!isFollowing_) return;
        putOnStage(picture);
        loader_.load(picture.path);
    });
}

void Stage::connectZoom() {
    connect(actions_[Act::fit], &QAction::triggered, view_, &PictureView::fit);
    for (auto [act, factor] :
         {std::pair{Act::zoom100, 1}, {Act::zoom200, 2}, {Act::zoom400, 4}, {Act::zoom800, 8}})
        connect(actions_[act], &QAction::triggered, view_,
                [this, zoom = factor] { view_->setZoom(zoom); });
    const auto toggle = [this] { view_->isFitted() ? view_->setZoom(1) : view_->fit(); };
    connect(actions_[Act::toggleZoom], &QAction::triggered, view_, toggle);
    connect(view_, &PictureView::doubleClicked, this, toggle);
    connect(view_, &PictureView::zoomChanged, this, &Stage::showZoom);
}

void Stage::dragEnterEvent(QDragEnterEvent* event) {
    if (!event->mimeData()->urls().value(0).toLocalFile().isEmpty()) event->acceptProposedAction();
}

void Stage::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    bench_.recallFromFile(event->mimeData()->urls().value(0).toLocalFile());
}

bool Stage::eventFilter(QObject* object, QEvent* event) {
    if (object == view_ && event->type() == QEvent::Resize) placeCard();
    return QWidget::eventFilter(object, event);
}

void Stage::showZoom() {
    bar_->setZoom(view_->zoom());
    const auto shown = view_->shownRect();
    strip_->setContentWidth(int(std::min(shown.width(), double(view_->width()))));
}

void Stage::putOnStage(const gallery::Picture& picture) {
    if (picture_ && picture_->id != picture.id) previous_ = picture_;
    picture_ = picture;
    showCard();
}

void Stage::showPicture(const gallery::Picture& picture) {
    putOnStage(picture);
    setFollowing(false);
    bar_->setName(nameOf(picture));
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
        if (picture_) bar_->setName(nameOf(*picture_));
        // The last report of a run comes after its picture, and has put the preview in its place.
        if (picture_ && showsPreview_) loader_.load(picture_->path);
        return;
    }
    const auto& run = *bench_.run();
    // To paint one on all of the stage takes 10 ms, which the engine could compute in.
    if (showsPreview_ && sincePreview_.elapsed() < betweenPreviews) return;
    const QImage preview = toQImage(run.progress.preview);
    if (preview.isNull()) return;
    sincePreview_.start();
    loader_.cancel();
    missing_->hide();
    bar_->setName(tr("Live preview"));
    view_->setPicture(Pyramid(preview), bench_.extentOf(run.job.request), tr("Live preview"));
    showsPreview_ = true;
}

void Stage::showLoaded(const QString& path, const Pyramid& picture) {
    showsPreview_ = false;
    missing_->setVisible(picture.isNull());
    if (picture.isNull()) {
        missing_->setText(tr("%1 was moved or can't be read").arg(path));
        view_->clear();
    } else {
        view_->setPicture(picture, {}, QFileInfo(path).fileName());
    }
    strip_->setPicture(picture_);
    if (!bench_.run() || !isFollowing_) bar_->setName(QFileInfo(path).fileName());
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
