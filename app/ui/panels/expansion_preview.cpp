#include "app/ui/panels/expansion_preview.h"

#include "app/codec/text.h"
#include "app/ui/pieces.h"
#include "app/ui/sentences.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>

namespace ui {

using prompts::Expand;

ExpansionPreview::ExpansionPreview(Expand mode, QWidget* parent)
    : QDialog(parent),
      mode_(new QComboBox),
      count_(label(QString(), theme::Step::small, theme::Ink::secondary)),
      list_(new QListWidget) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Prompts of the template"));
    resize(620, 460);
    theme::setGround(this, theme::Ground::panel);
    mode_->setAccessibleName(tr("Which prompts"));
    mode_->addItem(tr("One at random for each picture"), int(Expand::random));
    mode_->addItem(tr("Every one"), int(Expand::all));
    mode_->setCurrentIndex(mode == Expand::all ? 1 : 0);
    mode_->setFixedHeight(28);
    list_->setAccessibleName(tr("Prompts"));
    list_->setWordWrap(true);
    list_->setAlternatingRowColors(false);
    list_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* rows =
        compact(new QVBoxLayout(this), theme::s3, theme::s5, theme::s4, theme::s5, theme::s4);
    auto* head = compact(new QHBoxLayout, theme::s2);
    head->addWidget(label(tr("Prompts of the template"), theme::Step::title));
    head->addStretch();
    head->addWidget(mode_);
    rows->addLayout(head);
    rows->addWidget(list_, 1);
    auto* foot = compact(new QHBoxLayout, theme::s2);
    auto* again = pushButton(tr("Draw again"), QStringLiteral("dice"));
    auto* close = pushButton(tr("Close"));
    foot->addWidget(count_);
    foot->addStretch();
    foot->addWidget(again);
    foot->addWidget(close);
    rows->addLayout(foot);
    connect(mode_, &QComboBox::currentIndexChanged, this, [this, again] {
        again->setVisible(mode_->currentData().toInt() == int(Expand::random));
        begin();
    });
    again->setVisible(mode != Expand::all);
    connect(again, &QPushButton::clicked, this, &ExpansionPreview::begin);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    close->setFocus();
}

void ExpansionPreview::begin() {
    Q_EMIT wanted(Expand(mode_->currentData().toInt()));
}

void ExpansionPreview::show(const Expanded& expanded) {
    list_->clear();
    for (const auto& request : expanded.expansion.requests) {
        QString text = codec::fromUtf8(request.prompt);
        if (!request.negative_template.empty())
            text += QStringLiteral("\n− ") + codec::fromUtf8(request.negative_prompt);
        list_->addItem(text);
    }
    const int count = list_->count();
    count_->setText(!expanded.refusal.isEmpty()    ? inWindowLanguage(expanded.refusal)
                    : expanded.expansion.isComplete ? tr("%n prompt(s)", nullptr, count)
                                                    : tr("the first %n prompts", nullptr, count));
}

}  // namespace ui
