#include "app/ui/training/training_list.h"

#include "app/ui/pieces.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"
#include "app/ui/training/row_ground.h"
#include "app/ui/training/run_pane.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>

#include <functional>

namespace ui {
namespace {

constexpr int sideWidth = 216;
constexpr int nameLeft = 36;

enum Role { NameRole = Qt::UserRole, NoteRole, IconRole };

/// Icon, name, and below it how it stands. The name is edited in its place; what was typed is asked
/// for, and the row changes when it was done.
class TrainingRow : public QStyledItemDelegate {
public:
    using Take = std::function<void(const QString& name, const QString& to)>;

    TrainingRow(QObject* parent, Take take) : QStyledItemDelegate(parent), take_(std::move(take)) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {200, 46};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const auto& t = theme::of(option.widget);
        const bool isOn = option.state.testFlag(QStyle::State_Selected);
        const bool isLit = paintRowGround(painter, option);
        const QRect icon(option.rect.x() + theme::s3, option.rect.center().y() - 7, 16, 16);
        theme::paintIcon(painter, icon, index.data(IconRole).toString(),
                         isOn ? t.accentText : t.text2);
        const QRect text(option.rect.x() + nameLeft, option.rect.y() + 5,
                         option.rect.width() - nameLeft - theme::s2, 18);
        if (option.state.testFlag(QStyle::State_Editing)) return;  // the field lies there
        const auto name = index.data().toString();
        painter->setFont(theme::font(theme::Step::strong));
        painter->setPen(t.text);
        painter->drawText(text, Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(name, Qt::ElideRight, text.width()));
        painter->setFont(theme::font(theme::Step::small));
        painter->setPen(isLit ? t.text2 : t.text3);
        const auto note = index.data(NoteRole).toString();
        painter->drawText(text.translated(0, 18), Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(note, Qt::ElideRight, text.width()));
    }

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&,
                          const QModelIndex&) const override {
        auto* field = new QLineEdit(parent);
        field->setAccessibleName(TrainingList::tr("Name of the training"));
        return field;
    }

    void setEditorData(QWidget* editor, const QModelIndex& index) const override {
        auto* field = static_cast<QLineEdit*>(editor);
        field->setText(index.data(NameRole).toString());
        field->selectAll();
    }

    void setModelData(QWidget* editor, QAbstractItemModel*, const QModelIndex& index) const override {
        take_(index.data(NameRole).toString(), static_cast<QLineEdit*>(editor)->text().trimmed());
    }

    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex&) const override {
        editor->setGeometry(option.rect.adjusted(nameLeft - theme::s2, 8, -theme::s2, -8));
    }

private:
    Take take_;
};

QString iconOf(const Training& training) {
    if (training.isRunning) return QStringLiteral("play");
    return training.isFinished() ? QStringLiteral("check") : QStringLiteral("suspend");
}

}  // namespace

TrainingList::TrainingList(TrainingDesk& desk)
    : desk_(desk),
      list_(new QListWidget),
      rename_(iconButton(QStringLiteral("edit"), tr("Rename"), QStringLiteral("F2"))),
      remove_(iconButton(QStringLiteral("trash"), tr("Move to the trash"), QStringLiteral("Del"))) {
    setFixedWidth(sideWidth);
    theme::setGround(this, theme::Ground::window);
    list_->setAccessibleName(tr("Trainings"));
    list_->setFrameShape(QFrame::NoFrame);
    list_->setItemDelegate(new TrainingRow(
        list_, [this](const QString& name, const QString& to) { takeName(name, to); }));
    list_->setMouseTracking(true);
    list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setContextMenuPolicy(Qt::CustomContextMenu);
    list_->installEventFilter(this);
    theme::setGround(list_, theme::Ground::window);
    theme::setGround(list_->viewport(), theme::Ground::window);
    auto* rows =
        compact(new QVBoxLayout(this), theme::s2, theme::s1, theme::s3, theme::s1, theme::s3);
    rows->addWidget(buildTitle());
    rows->addWidget(list_, 1);
    auto* note = label(tr("A training goes on when Atelier is closed; it is found here again."),
                       theme::Step::small, theme::Ink::note);
    note->setWordWrap(true);
    note->setContentsMargins(theme::s2, 0, theme::s2, 0);
    rows->addWidget(note);
    connect(list_, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
        showButtons();
        if (item) Q_EMIT chosen(item->data(NameRole).toString());
    });
    connect(list_, &QWidget::customContextMenuRequested, this, &TrainingList::showMenu);
}

QWidget* TrainingList::buildTitle() {
    auto* line = new QWidget;
    auto* parts = compact(new QHBoxLayout(line), theme::s1, theme::s2, 0, theme::s1, 0);
    parts->addWidget(label(tr("Trainings"), theme::Step::dockTitle), 1);
    parts->addWidget(rename_);
    parts->addWidget(remove_);
    // The list stays in its place when there is nothing to rename.
    for (auto* button : {rename_, remove_}) {
        auto policy = button->sizePolicy();
        policy.setRetainSizeWhenHidden(true);
        button->setSizePolicy(policy);
    }
    connect(rename_, &QToolButton::clicked, this, &TrainingList::editName);
    connect(remove_, &QToolButton::clicked, this, &TrainingList::removeMarked);
    return line;
}

QListWidgetItem* TrainingList::marked() const {
    return list_->currentItem();
}

QString TrainingList::markedName() const {
    return marked() ? marked()->data(NameRole).toString() : QString();
}

void TrainingList::refresh() {
    const auto name = markedName();
    {
        const QSignalBlocker quiet(list_);
        list_->clear();
        const auto add = [this](const QString& text, const QString& of) {
            auto* item = new QListWidgetItem(text, list_);
            item->setData(NameRole, of);
            item->setData(IconRole, QStringLiteral("plus"));
            if (!of.isEmpty()) item->setFlags(item->flags() | Qt::ItemIsEditable);
        };
        add(tr("New training"), {});
        list_->item(0)->setData(NoteRole, tr("LoRA or embedding"));
        for (const auto& training : desk_.trainings()) add(training.plan.name, training.plan.name);
    }
    for (const auto& training : desk_.trainings()) refreshRow(training.plan.name);
    mark(name);
}

void TrainingList::mark(const QString& name) {
    const QSignalBlocker quiet(list_);
    for (int row = 0; row < list_->count(); ++row)
        if (list_->item(row)->data(NameRole).toString() == name) list_->setCurrentRow(row);
    showButtons();
}

void TrainingList::refreshRow(const QString& name) {
    const auto* training = desk_.find(name);
    for (int row = 1; training && row < list_->count(); ++row) {
        auto* item = list_->item(row);
        if (item->data(NameRole).toString() != name) continue;
        item->setData(NoteRole, stateWords(*training));
        item->setData(IconRole, iconOf(*training));
        item->setData(Qt::AccessibleDescriptionRole, stateWords(*training));
        item->setToolTip(name + QStringLiteral("  ") + stateWords(*training));
    }
    if (name == markedName()) showButtons();
}

/// They can be pressed where there is something to do or to say why not.
void TrainingList::showButtons() {
    const auto obstacle = desk_.obstacleToMove(markedName());
    for (auto* button : {rename_, remove_}) {
        button->setVisible(!markedName().isEmpty());
        button->setAccessibleDescription(obstacle);
    }
}

void TrainingList::showMenu(const QPoint& place) {
    if (!list_->itemAt(place) || markedName().isEmpty()) return;
    const auto obstacle = desk_.obstacleToMove(markedName());
    QMenu menu(this);
    menu.setToolTipsVisible(true);
    auto* renaming = menu.addAction(theme::icon(QStringLiteral("edit")), tr("Rename"), this,
                                    &TrainingList::editName);
    auto* removing = menu.addAction(theme::icon(QStringLiteral("trash")), tr("Move to the trash"),
                                    this, &TrainingList::removeMarked);
    for (auto* action : {renaming, removing}) {
        action->setEnabled(obstacle.isEmpty());
        action->setToolTip(obstacle);
    }
    menu.exec(list_->viewport()->mapToGlobal(place));
}

void TrainingList::editName() {
    if (markedName().isEmpty()) return;
    if (const auto obstacle = desk_.obstacleToMove(markedName()); !obstacle.isEmpty()) {
        Q_EMIT refused(obstacle);
        return;
    }
    list_->editItem(marked());
}

void TrainingList::takeName(const QString& name, const QString& to) {
    if (to == name) return;
    const auto obstacle = desk_.obstacleToRename(name, to);
    if (!obstacle.isEmpty()) Q_EMIT refused(obstacle);
    else desk_.rename(name, to);
}

void TrainingList::removeMarked() {
    const auto name = markedName();
    if (name.isEmpty()) return;
    if (const auto obstacle = desk_.obstacleToMove(name); !obstacle.isEmpty())
        Q_EMIT refused(obstacle);
    else
        desk_.remove(name);
}

bool TrainingList::eventFilter(QObject* object, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_F2) editName();
        if (key == Qt::Key_Delete) removeMarked();
        if (key == Qt::Key_F2 || key == Qt::Key_Delete) return true;
    }
    return QWidget::eventFilter(object, event);
}

}  // namespace ui
