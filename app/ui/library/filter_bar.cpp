#include "app/ui/library/filter_bar.h"

#include "app/ui/library/filter_words.h"
#include "app/ui/pieces.h"
#include "app/ui/theme/icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

namespace ui {
namespace {

constexpr int typingPause = 60;  // milliseconds; a search takes less
constexpr int chipLetters = 28;

QString shortened(const QString& text) {
    return text.size() <= chipLetters ? text : text.left(chipLetters - 1) + QChar(0x2026);
}

}  // namespace

FilterBar::FilterBar(LibraryDesk& desk, const Actions& actions)
    : desk_(desk),
      search_(new QLineEdit),
      add_(new QToolButton),
      count_(label(QString(), theme::Step::strong)),
      selected_(label(QString(), theme::Step::small, theme::Ink::note)),
      order_(new QToolButton),
      size_(slider(96, 480, tr("Size of the pictures"))) {
    theme::setGround(this, theme::Ground::window);
    auto* rows = compact(new QVBoxLayout(this), 0);
    rows->addWidget(buildTop(actions));
    rows->addWidget(divider());
    rows->addWidget(buildBottom());
    rows->addWidget(divider());
    typing_.setSingleShot(true);
    typing_.setInterval(typingPause);
    connect(search_, &QLineEdit::textChanged, &typing_, qOverload<>(&QTimer::start));
    connect(&typing_, &QTimer::timeout, this, [this] {
        auto filter = desk_.filter();
        filter.words = search_->text();
        if (!(filter == desk_.filter())) desk_.setFilter(filter);
    });
    connect(&desk_, &LibraryDesk::filterChanged, this, &FilterBar::showFilter);
    connect(&desk_, &LibraryDesk::countsChanged, this, &FilterBar::showCounts);
    connect(&desk_.list(), &gallery::PictureList::answered, this, &FilterBar::showCounts);
    connect(&desk_, &LibraryDesk::scanChanged, this, &FilterBar::showCounts);
    showFilter();
    showCounts();
}

QWidget* FilterBar::buildTop(const Actions& actions) {
    auto* top = new QWidget;
    top->setFixedHeight(48);
    auto* parts = compact(new QHBoxLayout(top), theme::s2, theme::s4, 0, theme::s3, 0);
    search_->setPlaceholderText(tr("Search prompts"));
    search_->setAccessibleName(tr("Search prompts"));
    search_->setClearButtonEnabled(true);
    search_->addAction(theme::icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    search_->setFixedSize(210, 28);
    search_->installEventFilter(this);
    parts->addWidget(search_);
    chips_ = compact(new QHBoxLayout, theme::s2);
    parts->addLayout(chips_);
    add_->setText(tr("Filter"));
    add_->setIcon(theme::icon(QStringLiteral("filter")));
    add_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    add_->setPopupMode(QToolButton::InstantPopup);
    add_->setFocusPolicy(Qt::TabFocus);
    add_->setAccessibleName(tr("Add a filter"));
    add_->setFixedHeight(28);
    auto* menu = new QMenu(add_);
    add_->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { buildMenu(menu); });
    parts->addWidget(add_);
    parts->addStretch();
    for (const auto& [mode, act, icon] :
         {std::tuple{LibraryMode::grid, Act::libraryGrid, "library"},
          std::tuple{LibraryMode::loupe, Act::libraryLoupe, "image"},
          std::tuple{LibraryMode::compare, Act::libraryCompare, "compare"},
          std::tuple{LibraryMode::survey, Act::librarySurvey, "side"}}) {
        auto* button = iconButton(QLatin1String(icon), actions[act]->text());
        theme::setKind(button, theme::Kind::segment);
        tipWithKeys(button, actions[act]->text(), actions[act]);
        button->setCheckable(true);
        connect(button, &QToolButton::clicked, this,
                [this, chosen = mode] { Q_EMIT modeChosen(chosen); });
        // No group of Qt's: the Tab key shall visit each.
        modes_ << button;
        parts->addWidget(button);
    }
    return top;
}

QWidget* FilterBar::buildBottom() {
    auto* bottom = new QWidget;
    bottom->setFixedHeight(36);
    auto* parts = compact(new QHBoxLayout(bottom), theme::s2, theme::s4, 0, theme::s3, 0);
    order_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    order_->setPopupMode(QToolButton::InstantPopup);
    order_->setFocusPolicy(Qt::TabFocus);
    order_->setAccessibleName(tr("Order"));
    order_->setFont(theme::font(theme::Step::small));
    auto* menu = new QMenu(order_);
    for (const auto order :
         {gallery::Order::newest, gallery::Order::oldest, gallery::Order::best})
        connect(menu->addAction(orderName(order)), &QAction::triggered, this, [this, order] {
            auto filter = desk_.filter();
            filter.order = order;
            apply(filter);
        });
    order_->setMenu(menu);
    order_->setFixedHeight(28);
    size_->setFixedWidth(110);
    connect(size_, &QSlider::valueChanged, this, &FilterBar::cellChosen);
    parts->addWidget(count_);
    parts->addWidget(selected_);
    parts->addStretch();
    parts->addWidget(order_);
    parts->addWidget(size_);
    return bottom;
}

bool FilterBar::eventFilter(QObject* object, QEvent* event) {
    const bool isKey = event->type() == QEvent::KeyPress;
    if (object != search_ || !(isKey || event->type() == QEvent::ShortcutOverride))
        return QWidget::eventFilter(object, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
        // Enter is a key of the library, too, but not from here.
        event->accept();
        if (isKey) Q_EMIT left();
        return true;
    }
    if (isKey && key == Qt::Key_Escape && !search_->text().isEmpty()) {
        search_->clear();
        return true;
    }
    return false;
}

void FilterBar::apply(const gallery::PictureFilter& filter) {
    desk_.setFilter(filter);
}

void FilterBar::setMode(LibraryMode mode) {
    for (int i = 0; i < modes_.size(); ++i) modes_[i]->setChecked(i == int(mode));
    size_->setEnabled(mode == LibraryMode::grid);
}

void FilterBar::setSelected(int count) {
    selected_->setText(count > 0 ? tr("%n selected", nullptr, count) : QString());
}

void FilterBar::setCell(int width) {
    const QSignalBlocker quiet(size_);
    size_->setValue(width);
}

void FilterBar::showFilter() {
    const auto& filter = desk_.filter();
    if (search_->text() != filter.words) {
        const QSignalBlocker quiet(search_);
        search_->setText(filter.words);
    }
    order_->setText(orderName(filter.order));
    while (auto* item = chips_->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const auto& part : partsOf(filter)) {
        auto* chip = pushButton(shortened(part.name) + QStringLiteral("  ×"), part.icon,
                                theme::Kind::plain);
        chip->setFont(theme::font(theme::Step::small));
        chip->setFixedHeight(24);
        theme::setKind(chip, theme::Kind::ratio);
        chip->setCheckable(true);
        chip->setChecked(true);
        chip->setToolTip(tr("Without: %1").arg(part.name));
        chip->setAccessibleName(tr("Without: %1").arg(part.name));
        connect(chip, &QPushButton::clicked, this, [this, part] { apply(part.without); });
        chips_->addWidget(chip);
    }
}

void FilterBar::showCounts() {
    const int shown = desk_.list().rowCount();
    const int all = desk_.counts().all;
    const bool isAll = desk_.filter().place == gallery::Place::all &&
                       desk_.filter().conditionCount() == 0;
    QString text = isAll || all < shown
                       ? tr("%n picture(s)", nullptr, shown)
                       : tr("%1 of %2").arg(QLocale().toString(shown), QLocale().toString(all));
    if (!desk_.list().isComplete()) text = tr("looking…");
    if (desk_.isScanning()) text += QStringLiteral(" · ") + tr("looking through the folders");
    count_->setText(text);
}

}  // namespace ui
