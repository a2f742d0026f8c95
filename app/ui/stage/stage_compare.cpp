// How the stage compares two pictures, and shows what they were made with.

#include "app/ui/stage/picture_view.h"
#include "app/ui/stage/settings_card.h"
#include "app/ui/stage/stage.h"
#include "app/ui/toast.h"

#include <QFileInfo>

#include <algorithm>
#include <array>
#include <utility>

namespace ui {
namespace {

constexpr int cardMargin = theme::s3;
constexpr int cardTop = theme::s7;  // below the letters of compared pictures

constexpr std::array compareActs{std::pair{Act::compareSlider, Compare::slider},
                                 std::pair{Act::compareSide, Compare::side},
                                 std::pair{Act::compareHover, Compare::hover}};

}  // namespace

void Stage::connectCompare() {
    for (auto [act, compare] : compareActs)
        connect(actions_[act], &QAction::triggered, this, [this, how = compare] {
            setCompare(how == compare_ ? Compare::none : how);
        });
    connect(actions_[Act::compareWith], &QAction::triggered, this, &Stage::compareWithThis);
    connect(actions_[Act::pictureSettings], &QAction::toggled, this, &Stage::showCard);
    connect(card_, &SettingsCard::closed, this,
            [this] { actions_[Act::pictureSettings]->setChecked(false); });
    connect(&referenceLoader_, &PictureLoader::loaded, this,
            [this](const QString& path, const Pyramid& picture) {
                view_->setOther(picture, QFileInfo(path).fileName());
            });
}

std::optional<gallery::Picture> Stage::otherPicture() const {
    if (previous_ && (!picture_ || previous_->id != picture_->id)) return previous_;
    if (!picture_) return std::nullopt;
    const auto& pictures = bench_.gallery();
    const int row = pictures.rowOf(picture_->id);
    for (int other : {row + 1, row - 1})
        if (row >= 0 && other >= 0 && other < pictures.rowCount()) return pictures.picture(other);
    return std::nullopt;
}

void Stage::setCompare(Compare compare) {
    if (compare != Compare::none && !reference_) {
        reference_ = otherPicture();
        if (reference_)
            referenceLoader_.load(reference_->path);
        else
            toaster_->show({QStringLiteral("compare"), tr("There is no second picture to compare with yet")});
    }
    compareAs(reference_ ? compare : Compare::none);
}

void Stage::compareAs(Compare compare) {
    compare_ = compare;
    if (compare == Compare::none) {
        reference_.reset();
        referenceLoader_.cancel();
        view_->setOther({}, {});
    }
    view_->setCompare(compare);
    for (auto [act, how] : compareActs) actions_[act]->setChecked(how == compare);
    showCard();
}

void Stage::compareWithThis() {
    if (!picture_) return;
    reference_ = picture_;
    referenceLoader_.load(reference_->path);
    compareAs(compare_ == Compare::none ? Compare::slider : compare_);
    toaster_->show({QStringLiteral("compare"),
                    tr("Choose another picture to compare it with this one"), tr("Stop"),
                    [this] { compareAs(Compare::none); }});
}

void Stage::showCard() {
    if (!picture_ || !actions_[Act::pictureSettings]->isChecked()) return card_->hide();
    card_->show(picture_->request,
                reference_ ? std::optional(reference_->request) : std::nullopt);
    placeCard();
}

void Stage::placeCard() {
    const int wide = std::min(card_->sizeHint().width(), view_->width() - 2 * cardMargin);
    const int high = std::min(card_->heightForWidth(wide), view_->height() - cardTop - cardMargin);
    card_->setGeometry(view_->width() - wide - cardMargin, cardTop, wide, high);
}

}  // namespace ui
