#include "app/ui/settings/keys_page.h"

#include "app/ui/pieces.h"
#include "app/ui/reach.h"
#include "app/ui/settings/setting_widgets.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace ui {
namespace {

QString portable(const QList<QKeySequence>& keys) {
    QStringList texts;
    for (const auto& each : keys) texts << each.toString(QKeySequence::PortableText);
    return texts.join(QLatin1Char(';'));
}

QString readable(const QAction* action) {
    QStringList texts;
    for (const auto& each : action->shortcuts()) texts << each.toString(QKeySequence::NativeText);
    return texts.join(QStringLiteral(", "));
}

/// One combination: what is pressed after it begins anew.
QKeySequence firstOf(const QKeySequence& keys) {
    return keys.isEmpty() ? keys : QKeySequence(keys[0]);
}

}  // namespace

KeysPage::KeysPage(settings::Settings& settings, Actions& actions)
    : settings_(settings),
      actions_(actions),
      list_(new QTreeWidget),
      field_(new QKeySequenceEdit),
      note_(label(QString(), theme::Step::small, theme::Ink::note)),
      take_(pushButton(tr("Take it"))) {
    auto* rows = settingsPage(this, tr("Keys"));
    list_->setAccessibleName(tr("Actions and their keys"));
    list_->setColumnCount(2);
    list_->setHeaderLabels({tr("Action"), tr("Keys")});
    list_->setRootIsDecorated(false);
    list_->setUniformRowHeights(true);
    list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    for (const auto* action : actions_.all()) {
        auto* item = new QTreeWidgetItem(list_, {action->text(), QString()});
        item->setData(0, Qt::UserRole, action->objectName());
    }
    rows->addWidget(list_, 1);
    rows->addWidget(editor());
    connect(list_, &QTreeWidget::currentItemChanged, this, [this] {
        const QSignalBlocker quiet(field_);
        field_->setKeySequence(marked() ? marked()->shortcut() : QKeySequence());
        check();
    });
    refresh();
    list_->setCurrentItem(list_->topLevelItem(0));
}

QWidget* KeysPage::editor() {
    auto* result = new QWidget;
    auto* rows = compact(new QVBoxLayout(result), theme::s2);
    auto* line = compact(new QHBoxLayout, theme::s2);
    auto* none = pushButton(tr("No key"));
    auto* usual = pushButton(tr("As it was"));
    auto* all = pushButton(tr("All as they were"), {}, theme::Kind::quiet);
    field_->setAccessibleName(tr("Press the new keys here"));
    setRole(field_, QAccessible::HotkeyField);
    for (auto* inner : field_->findChildren<QLineEdit*>())
        inner->setAccessibleName(field_->accessibleName());
    field_->setFixedSize(180, 28);
    for (auto* button : {none, usual, all}) button->setFixedHeight(28);
    line->addWidget(label(tr("New keys"), theme::Step::label, theme::Ink::secondary));
    line->addWidget(field_);
    line->addWidget(none);
    line->addWidget(usual);
    line->addStretch();
    line->addWidget(all);
    rows->addLayout(line);
    auto* news = compact(new QHBoxLayout, theme::s2);
    note_->setWordWrap(true);
    take_->setFixedHeight(28);
    news->addWidget(note_, 1);
    news->addWidget(take_);
    rows->addLayout(news);
    connect(field_, &QKeySequenceEdit::editingFinished, this,
            [this] { give(firstOf(field_->keySequence())); });
    connect(take_, &QPushButton::clicked, this, &KeysPage::takeOver);
    connect(none, &QPushButton::clicked, this, &KeysPage::clearMarked);
    connect(usual, &QPushButton::clicked, this, &KeysPage::resetMarked);
    connect(all, &QPushButton::clicked, this, &KeysPage::resetAll);
    return result;
}

QAction* KeysPage::marked() const {
    const auto* item = list_->currentItem();
    if (!item) return nullptr;
    const QString name = item->data(0, Qt::UserRole).toString();
    for (auto* action : actions_.all())
        if (action->objectName() == name) return action;
    return nullptr;
}

void KeysPage::setKeys(const QAction* action, const QString& keys) {
    auto all = settings_.values().keys;
    if (portable(sequencesOf(keys)) == portable(sequencesOf(Actions::usualKeys(action->objectName()))))
        all.remove(action->objectName());
    else
        all[action->objectName()] = keys;
    apply(all);
}

void KeysPage::apply(const KeyMap& keys) {
    settings_.set(&settings::Values::keys, keys);
    actions_.setKeys(keys);
    refresh();
}

QString KeysPage::conflict() const {
    const auto keys = firstOf(field_->keySequence());
    const auto* action = marked();
    if (!action || keys.isEmpty()) return {};
    const auto* other = actions_.conflict(action, keys);
    if (!other) return {};
    return tr("%1 belongs to “%2”.").arg(keys.toString(QKeySequence::NativeText), other->text());
}

void KeysPage::give(const QKeySequence& keys) {
    if (!marked() || keys.isEmpty()) return;
    {
        const QSignalBlocker quiet(field_);
        field_->setKeySequence(keys);
    }
    if (conflict().isEmpty()) setKeys(marked(), portable({keys}));
    check();
}

QString KeysPage::keysWithout(const QAction* action, const QKeySequence& keys) const {
    auto left = action->shortcuts();
    left.removeAll(keys);
    return portable(left);
}

void KeysPage::takeOver() {
    const auto keys = firstOf(field_->keySequence());
    const auto* action = marked();
    if (!action || keys.isEmpty()) return;
    while (const auto* other = actions_.conflict(action, keys))
        setKeys(other, keysWithout(other, keys));
    setKeys(action, portable({keys}));
    check();
}

void KeysPage::clearMarked() {
    if (marked()) setKeys(marked(), QString());
    check();
}

void KeysPage::resetMarked() {
    const auto* action = marked();
    if (!action) return;
    {
        const QSignalBlocker quiet(field_);
        const auto usual = sequencesOf(Actions::usualKeys(action->objectName()));
        field_->setKeySequence(usual.value(0));
    }
    if (conflict().isEmpty()) setKeys(action, Actions::usualKeys(action->objectName()));
    check();
}

void KeysPage::resetAll() {
    apply({});
    check();
}

void KeysPage::refresh() {
    for (int i = 0; i < list_->topLevelItemCount(); ++i) {
        auto* item = list_->topLevelItem(i);
        const auto* action = actions_.all().at(i);
        const bool isOwn = settings_.values().keys.contains(action->objectName());
        item->setText(1, readable(action));
        item->setData(1, Qt::AccessibleTextRole,
                      action->shortcuts().isEmpty() ? tr("no key") : readable(action));
        auto font = theme::font(theme::Step::mono);
        font.setBold(isOwn);
        item->setFont(1, font);
        item->setToolTip(1, isOwn ? tr("Changed") : QString());
    }
}

void KeysPage::check() {
    const QString trouble = conflict();
    note_->setText(trouble.isEmpty()
                       ? tr("Mark an action, put the cursor into the field and press its new keys. "
                            "Single letters act only where the picture has the focus.")
                       : trouble);
    theme::setInk(note_, trouble.isEmpty() ? theme::Ink::note : theme::Ink::danger);
    take_->setVisible(!trouble.isEmpty());
}

}  // namespace ui
