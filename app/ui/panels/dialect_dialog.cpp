#include "app/ui/panels/dialect_dialog.h"

#include "app/codec/text.h"
#include "app/ui/pieces.h"
#include "app/ui/text_diff.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QTextDocument>
#include <QTextEdit>

namespace ui {
namespace {

using diffusion::Dialect;
using diffusion::Untranslatable;

QTextEdit* textField(const QString& name) {
    auto* field = new QTextEdit;
    field->setReadOnly(true);
    field->setAccessibleName(name);
    field->setTabChangesFocus(true);
    field->setMinimumSize(280, 180);
    field->document()->setDocumentMargin(theme::s2);
    return field;
}

QString wordsOf(Untranslatable what) {
    switch (what) {
        case Untranslatable::schedule:
            return DialectDialog::tr("prompts that change while they run, [from:to:when] and [a|b]");
        case Untranslatable::composition:
            return DialectDialog::tr("AND");
        case Untranslatable::chunk_break:
            return DialectDialog::tr("BREAK in this place");
        case Untranslatable::blend:
            return DialectDialog::tr(".blend()");
        case Untranslatable::weighted_parts:
            return DialectDialog::tr("weights of .and()");
    }
    return {};
}

}  // namespace

DialectDialog::DialectDialog(const QString& prompt, QWidget* parent)
    : QDialog(parent),
      prompt_(prompt),
      from_(dialectBox(Dialect::comfyui, tr("Written for"))),
      to_(dialectBox(Dialect::a1111, tr("Write for"))),
      before_(textField(tr("Before"))),
      after_(textField(tr("After"))),
      note_(label(QString(), theme::Step::small, theme::Ink::note)),
      take_(pushButton(tr("Take it over"), QStringLiteral("check"), theme::Kind::primary)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Convert the prompt"));
    resize(760, 380);
    theme::setGround(this, theme::Ground::panel);
    note_->setWordWrap(true);
    auto* rows =
        compact(new QVBoxLayout(this), theme::s3, theme::s5, theme::s4, theme::s5, theme::s4);
    rows->addWidget(label(tr("Convert the prompt"), theme::Step::title));
    auto* grid = compact(new QGridLayout, theme::s2);
    grid->addWidget(label(tr("Written for"), theme::Step::label, theme::Ink::secondary), 0, 0);
    grid->addWidget(label(tr("Write for"), theme::Step::label, theme::Ink::secondary), 0, 1);
    grid->addWidget(from_, 1, 0);
    grid->addWidget(to_, 1, 1);
    grid->addWidget(before_, 2, 0);
    grid->addWidget(after_, 2, 1);
    grid->setRowStretch(2, 1);
    rows->addLayout(grid, 1);
    auto* foot = compact(new QHBoxLayout, theme::s2);
    auto* cancel = pushButton(tr("Cancel"));
    foot->addWidget(note_, 1);
    foot->addWidget(cancel);
    foot->addWidget(take_);
    rows->addLayout(foot);
    for (auto* box : {from_, to_})
        connect(box, &QComboBox::currentIndexChanged, this, &DialectDialog::compare);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(take_, &QPushButton::clicked, this, [this] {
        Q_EMIT taken(translated_);
        accept();
    });
    compare();
}

QComboBox* DialectDialog::dialectBox(Dialect chosen, const QString& name) {
    auto* box = new QComboBox;
    box->setAccessibleName(name);
    box->setFixedHeight(28);
    for (const auto dialect : {Dialect::a1111, Dialect::comfyui, Dialect::compel})
        box->addItem(QLatin1String(diffusion::name_of(dialect)), int(dialect));
    box->setCurrentIndex(box->findData(int(chosen)));
    return box;
}

void DialectDialog::compare() {
    const auto from = Dialect(from_->currentData().toInt());
    const auto to = Dialect(to_->currentData().toInt());
    const auto made = diffusion::translate(codec::toUtf8(prompt_), from, to);
    translated_ = codec::fromUtf8(made.text);
    showDiff(before_, after_, diffOf(prompt_, translated_));
    QStringList lacks;
    for (const auto what : made.in_the_way) lacks << wordsOf(what);
    const bool isSame = translated_ == prompt_;
    take_->setEnabled(lacks.isEmpty() && !isSame);
    theme::setInk(note_, lacks.isEmpty() ? theme::Ink::note : theme::Ink::caution);
    note_->setText(!lacks.isEmpty() ? tr("%1 has no writing for: %2. Nothing is changed.")
                                          .arg(to_->currentText(),
                                               lacks.join(QStringLiteral(", ")))
                   : isSame ? tr("Both write it the same way.")
                            : tr("It means the same; only the writing changes."));
    take_->setToolTip(take_->isEnabled() ? QString() : note_->text());
}

}  // namespace ui
