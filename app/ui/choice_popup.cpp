#include "app/ui/choice_popup.h"

#include "app/ui/pieces.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QScreen>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

constexpr int mostHeight = 420;
constexpr int fewForSearch = 8;  // rows that are found without a field

}  // namespace

ChoicePopup::ChoicePopup(QAbstractItemModel* model, const QString& name, QWidget* parent)
    : QFrame(parent, Qt::Popup),
      shown_(new QSortFilterProxyModel(this)),
      search_(new QLineEdit),
      list_(new QListView) {
    setFrameShape(StyledPanel);
    setAccessibleName(name);
    theme::setGround(this, theme::Ground::raised);
    shown_->setSourceModel(model);
    shown_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    search_->setPlaceholderText(tr("Search"));
    search_->setAccessibleName(tr("Search"));
    search_->setClearButtonEnabled(true);
    search_->setFixedHeight(28);
    search_->installEventFilter(this);
    list_->setModel(shown_);
    list_->setAccessibleName(name);
    list_->setFrameShape(NoFrame);
    list_->setMouseTracking(true);
    list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    theme::setGround(list_, theme::Ground::raised);
    theme::setGround(list_->viewport(), theme::Ground::raised);
    rows_ = compact(new QVBoxLayout(this), theme::s2, theme::s2, theme::s2, theme::s2, theme::s2);
    rows_->addWidget(search_);
    rows_->addWidget(list_, 1);
    connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
        shown_->setFilterFixedString(text);
        list_->setCurrentIndex(shown_->index(0, 0));
    });
    connect(list_, &QListView::clicked, this, &ChoicePopup::choose);
    connect(list_, &QListView::activated, this, &ChoicePopup::choose);
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ChoicePopup::currentChanged);
    auto* remove = new QShortcut(QKeySequence::Delete, list_);
    remove->setContext(Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &ChoicePopup::removalAsked);
}

QModelIndex ChoicePopup::current() const {
    return shown_->mapToSource(list_->currentIndex());
}

void ChoicePopup::addFoot(QWidget* widget) {
    rows_->addWidget(widget);
}

void ChoicePopup::choose(const QModelIndex& shown) {
    if (shown.isValid()) Q_EMIT chosen(shown_->mapToSource(shown));
}

void ChoicePopup::openBelow(const QWidget* widget, int narrowest) {
    search_->clear();
    const bool isLong = shown_->rowCount() > fewForSearch;
    search_->setVisible(isLong);
    int rows = 0;
    for (int row = 0; row < shown_->rowCount() && rows < mostHeight; ++row)
        rows += list_->sizeHintForRow(row);
    list_->setFixedHeight(std::clamp(rows + 2, 28, mostHeight));
    setFixedWidth(std::max(narrowest, widget->width()));
    adjustSize();
    QPoint place = widget->mapToGlobal(QPoint(0, widget->height() + theme::s1));
    const QRect room = widget->screen()->availableGeometry();
    place.setX(std::clamp(place.x(), room.left(), std::max(room.left(), room.right() - width())));
    if (place.y() + height() > room.bottom())
        place.setY(std::max(room.top(), room.bottom() - height()));
    move(place);
    show();
    if (isLong)
        search_->setFocus(Qt::PopupFocusReason);
    else
        list_->setFocus(Qt::PopupFocusReason);
}

/// Arrows and Enter in the search field go to the list.
bool ChoicePopup::eventFilter(QObject* object, QEvent* event) {
    if (object != search_ || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(object, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const int row = list_->currentIndex().row();
    switch (key->key()) {
        case Qt::Key_Down:
        case Qt::Key_Up: {
            const int next = row + (key->key() == Qt::Key_Down ? 1 : -1);
            list_->setCurrentIndex(shown_->index(std::clamp(next, 0, shown_->rowCount() - 1), 0));
            return true;
        }
        case Qt::Key_Return:
        case Qt::Key_Enter:
            choose(list_->currentIndex());
            return true;
        default:
            return false;
    }
}

}  // namespace ui
