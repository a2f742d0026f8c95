#include "app/ui/panels/style_dialog.h"

#include "app/codec/text.h"
#include "app/ui/pieces.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

namespace ui {
namespace {

QPlainTextEdit* textField(const std::string& text, const QString& name) {
    auto* field = new QPlainTextEdit(codec::fromUtf8(text));
    field->setAccessibleName(name);
    field->setTabChangesFocus(true);
    field->setFixedHeight(84);
    return field;
}

}  // namespace

StyleDialog::StyleDialog(const diffusion::Style& style, QWidget* parent)
    : QDialog(parent),
      name_(new QLineEdit(codec::fromUtf8(style.name))),
      prompt_(textField(style.prompt, tr("Prompt"))),
      negative_(textField(style.negative_prompt, tr("Negative prompt"))),
      keep_(pushButton(tr("Keep"), QStringLiteral("save"), theme::Kind::primary)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keep a style"));
    setMinimumWidth(460);
    theme::setGround(this, theme::Ground::panel);
    name_->setAccessibleName(tr("Name"));
    name_->setFixedHeight(28);
    auto* rows =
        compact(new QVBoxLayout(this), theme::s1, theme::s5, theme::s4, theme::s5, theme::s4);
    rows->addWidget(label(tr("Keep a style"), theme::Step::title));
    rows->addSpacing(theme::s2);
    const auto add = [rows](const QString& title, QWidget* field) {
        auto* head = label(title, theme::Step::label, theme::Ink::secondary);
        head->setBuddy(field);
        rows->addWidget(head);
        rows->addWidget(field);
        rows->addSpacing(theme::s2);
    };
    add(tr("Name"), name_);
    add(tr("Prompt"), prompt_);
    add(tr("Negative prompt"), negative_);
    auto* note = label(tr("{prompt} stands for what is typed; without it the words are put behind."),
                       theme::Step::small, theme::Ink::note);
    note->setWordWrap(true);
    rows->addWidget(note);
    rows->addSpacing(theme::s2);
    auto* buttons = compact(new QHBoxLayout, theme::s2);
    auto* cancel = pushButton(tr("Cancel"));
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(keep_);
    rows->addLayout(buttons);
    const auto check = [this] {
        const bool hasName = !name_->text().trimmed().isEmpty();
        keep_->setEnabled(hasName);
        keep_->setToolTip(hasName ? QString() : tr("Give it a name"));
    };
    connect(name_, &QLineEdit::textChanged, this, check);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(keep_, &QPushButton::clicked, this, [this] {
        Q_EMIT kept({codec::toUtf8(name_->text().trimmed()), codec::toUtf8(prompt_->toPlainText()),
                     codec::toUtf8(negative_->toPlainText())});
        accept();
    });
    check();
    name_->setFocus();
}

}  // namespace ui
