#include "app/ui/panels/preset_dialog.h"

#include "app/ui/pieces.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace ui {

PresetDialog::PresetDialog(const QStringList& taken, QWidget* parent) : QDialog(parent) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keep the settings"));
    setMinimumWidth(380);
    theme::setGround(this, theme::Ground::panel);
    auto* name = new QLineEdit;
    name->setAccessibleName(tr("Name"));
    name->setPlaceholderText(tr("Name"));
    name->setFixedHeight(28);
    auto* prompts = new QCheckBox(tr("With the prompts"));
    auto* seed = new QCheckBox(tr("With the seed"));
    auto* note = label(QString(), theme::Step::small, theme::Ink::note);
    auto* keep = pushButton(tr("Keep"), QStringLiteral("save"), theme::Kind::primary);
    auto* cancel = pushButton(tr("Cancel"));
    auto* rows =
        compact(new QVBoxLayout(this), theme::s3, theme::s5, theme::s4, theme::s5, theme::s4);
    rows->addWidget(label(tr("Keep the settings"), theme::Step::title));
    for (QWidget* widget : std::initializer_list<QWidget*>{name, prompts, seed})
        rows->addWidget(widget);
    auto* buttons = compact(new QHBoxLayout, theme::s2);
    buttons->addWidget(note, 1);
    buttons->addWidget(cancel);
    buttons->addWidget(keep);
    rows->addLayout(buttons);
    const auto check = [name, keep, note, taken] {
        const QString text = name->text().trimmed();
        keep->setEnabled(!text.isEmpty());
        keep->setToolTip(text.isEmpty() ? tr("Give it a name") : QString());
        note->setText(taken.contains(text) ? tr("Replaces the one with this name") : QString());
    };
    connect(name, &QLineEdit::textChanged, this, check);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(keep, &QPushButton::clicked, this, [this, name, prompts, seed] {
        Q_EMIT kept(name->text().trimmed(), prompts->isChecked(), seed->isChecked());
        accept();
    });
    check();
    name->setFocus();
}

}  // namespace ui
