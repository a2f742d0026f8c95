#include "app/ui/prompt_field.h"

#include "app/ui/binding.h"
#include "app/ui/pieces.h"
#include "app/ui/prompt_desk.h"
#include "app/ui/theme/paint.h"
#include "app/ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

#include <algorithm>

namespace ui {

TokenMeter::TokenMeter() {
    setFixedSize(56, 3);
}

void TokenMeter::setChunks(const QList<int>& chunks, int perChunk) {
    chunks_ = chunks;
    perChunk_ = std::max(1, perChunk);
    update();
}

void TokenMeter::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& t = theme::of(this);
    const int count = std::max(1, int(chunks_.size()));
    const double last = chunks_.isEmpty() ? 0.0 : double(chunks_.last()) / perChunk_;
    theme::paintPieces(&painter, rect(), {count, count - 1, 1, last}, theme::grooveOf(t), t.text3);
}

PromptField::PromptField(const PromptFieldOptions& options, RequestModel& model,
                         TokenCounter& counter)
    : number_(options.number),
      model_(model),
      edit_(new PromptEdit(options.fewestLines, options.mostLines)),
      count_(label(QString(), theme::Step::monoSmall, theme::Ink::note)),
      meter_(new TokenMeter),
      fault_(label(QString(), theme::Step::small, theme::Ink::danger)) {
    auto* title = label(options.title, theme::Step::label, theme::Ink::secondary);
    title->setBuddy(edit_);
    edit_->setAccessibleName(options.title);
    edit_->setPlaceholderText(options.placeholder);
    setGrammar();
    count_->setMinimumWidth(52);
    count_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    fault_->setWordWrap(true);
    if (!options.hasMeter) meter_->hide();

    auto* head = compact(new QHBoxLayout, theme::s2);
    head->addWidget(title);
    head->addStretch();
    head->addWidget(meter_);
    head->addWidget(count_);
    auto* rows = compact(new QVBoxLayout(this), theme::s1);
    rows->addLayout(head);
    rows->addWidget(edit_);
    rows->addWidget(fault_);

    ui::bind(edit_, model, options.field);
    const auto recount = [this, &counter] {
        counted_ = edit_->toPlainText();
        countedBy_ = countRules();
        counter.count(number_, counted_, countedBy_);
    };
    // A recalled prompt reaches the field without a signal of its own.
    connect(&model, &RequestModel::changed, this, [this, recount] {
        setGrammar();
        if (edit_->toPlainText() != counted_ || countRules() != countedBy_) recount();
    });
    connect(&counter, &TokenCounter::vocabularyChanged, this, recount);
    connect(&counter, &TokenCounter::counted, this,
            [this](int field, int tokens, int perChunk, const QList<int>& chunks) {
                if (field == number_) showCount(tokens, perChunk, chunks);
            });
    connect(edit_, &PromptEdit::faultsChanged, this, &PromptField::showFaults);
    showFaults();
    recount();
}

void PromptField::follow(PromptDesk& desk) {
    desk_ = &desk;
    edit_->setHistory([this, &desk] { return desk.history(number_); });
    const auto refresh = [this, &desk] {
        const auto& words = desk.words();
        edit_->setNames({words.wildcardNames, number_ == 1 ? QStringList() : words.networks,
                         words.embeddings});
        setGrammar();
    };
    connect(&desk, &PromptDesk::changed, this, refresh);
    refresh();
}

CountRules PromptField::countRules() const {
    const auto& request = model_.request();
    return {diffusion::prompt_reading(request.compatibility, request.emphasis),
            request.prompt_comments};
}

void PromptField::setGrammar() {
    const auto rules = countRules();
    edit_->setMarkOptions(
        {.has_templates = !desk_ || desk_->expand() != prompts::Expand::none,
         .is_negative = number_ == 1,
         .has_comments = rules.hasComments,
         .reading = rules.reading});
}

void PromptField::showFaults() {
    const auto& faults = edit_->faults();
    fault_->setVisible(!faults.empty());
    if (faults.empty()) return edit_->setAccessibleDescription({});
    const QString first = wordsOf(faults.front(), edit_->toPlainText());
    fault_->setText(faults.size() == 1
                        ? first
                        : tr("%1, and %n more", nullptr, int(faults.size()) - 1).arg(first));
    edit_->setAccessibleDescription(fault_->text());
}

void PromptField::showCount(int tokens, int perChunk, const QList<int>& chunks) {
    count_->setVisible(tokens >= 0);
    if (tokens < 0) return;
    const int count = std::max(1, int(chunks.size()));
    const int room = count * perChunk;
    count_->setText(QStringLiteral("%1 / %2").arg(tokens).arg(room));
    const int cut = tokens - room;
    theme::setInk(count_, cut > 0 ? theme::Ink::caution : theme::Ink::note);
    QStringList parts;
    for (const int used : chunks) parts << QString::number(used);
    count_->setToolTip(
        cut > 0
            ? tr("%1 tokens; diffusers reads %2 of them: the last %3 are cut off")
                  .arg(tokens)
                  .arg(room)
                  .arg(cut)
        : count == 1
            ? tr("%1 of the %2 tokens that the text encoder reads at once").arg(tokens).arg(room)
            : tr("%1 tokens in %2 chunks of %3: %4; nothing is cut off")
                  .arg(tokens)
                  .arg(count)
                  .arg(perChunk)
                  .arg(parts.join(QStringLiteral(" + "))));
    meter_->setChunks(chunks, perChunk);
}

}  // namespace ui
