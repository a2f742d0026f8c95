#include "app/ui/prompt_field.h"

#include "app/ui/binding.h"
#include "app/ui/pieces.h"
#include "app/ui/theme/paint.h"
#include "app/ui/theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QTextBlock>
#include <QTextCursor>

#include <algorithm>

namespace ui {
namespace {

constexpr int lineHeight = 20;
constexpr int padding = 8;
constexpr int frame = 2;

}  // namespace

PromptEdit::PromptEdit(int fewestLines, int mostLines)
    : fewestLines_(fewestLines), mostLines_(mostLines) {
    setAcceptRichText(false);
    setTabChangesFocus(true);
    setFont(theme::font(theme::Step::body));
    document()->setDocumentMargin(padding);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setLineHeight();
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            [this] { grow(); });
    grow();
}

void PromptEdit::setLineHeight() {
    QTextBlockFormat format;
    format.setLineHeight(lineHeight, QTextBlockFormat::FixedHeight);
    QTextCursor cursor(document());
    cursor.select(QTextCursor::Document);
    cursor.mergeBlockFormat(format);
    document()->clearUndoRedoStacks();
}

void PromptEdit::grow() {
    const int fewest =
        fewestLines_ * lineHeight + 2 * (padding + frame) - (fewestLines_ > 2 ? -8 : 8);
    const int most = mostLines_ * lineHeight + 2 * (padding + frame);
    const int wanted = int(document()->size().height()) + 2 * frame;
    const int height = std::clamp(wanted, fewest, most);
    setVerticalScrollBarPolicy(wanted > most ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    if (height != minimumHeight()) setFixedHeight(height);
}

TokenMeter::TokenMeter() {
    setFixedSize(56, 3);
}

void TokenMeter::setFilled(double filled) {
    filled_ = filled;
    update();
}

void TokenMeter::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& t = theme::of(this);
    theme::paintPieces(&painter, rect(), {1, 0, 1, filled_}, t.lineControl, t.text3);
}

PromptField::PromptField(const PromptFieldOptions& options, RequestModel& model,
                         TokenCounter& counter)
    : edit_(new PromptEdit(options.fewestLines, options.mostLines)),
      count_(label(QString(), theme::Step::monoSmall, theme::Ink::note)),
      meter_(new TokenMeter) {
    auto* title = label(options.title, theme::Step::label, theme::Ink::secondary);
    title->setBuddy(edit_);
    edit_->setAccessibleName(options.title);
    edit_->setPlaceholderText(options.placeholder);
    count_->setMinimumWidth(52);
    count_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    if (!options.hasMeter) meter_->hide();

    auto* head = compact(new QHBoxLayout, theme::s2);
    head->addWidget(title);
    head->addStretch();
    head->addWidget(meter_);
    head->addWidget(count_);
    auto* rows = compact(new QVBoxLayout(this), theme::s1);
    rows->addLayout(head);
    rows->addWidget(edit_);

    ui::bind(edit_, model, options.field);
    const auto recount = [this, &counter, number = options.number] {
        counted_ = edit_->toPlainText();
        counter.count(number, counted_);
    };
    // A recalled prompt reaches the field without a signal of its own.
    connect(&model, &RequestModel::changed, this, [this, recount] {
        if (edit_->toPlainText() != counted_) recount();
    });
    connect(&counter, &TokenCounter::vocabularyChanged, this, recount);
    connect(&counter, &TokenCounter::counted, this,
            [this, number = options.number](int field, int tokens, int perChunk) {
                if (field == number) showCount(tokens, perChunk);
            });
    recount();
}

void PromptField::showCount(int tokens, int perChunk) {
    count_->setVisible(tokens >= 0);
    if (tokens < 0) return;
    const int chunks = std::max(1, (tokens + perChunk - 1) / perChunk);
    const int room = chunks * perChunk;
    count_->setText(QStringLiteral("%1 / %2").arg(tokens).arg(room));
    count_->setToolTip(
        chunks == 1
            ? tr("%1 of the %2 tokens that the text encoder reads at once").arg(tokens).arg(room)
            : tr("%1 tokens, read in %2 chunks of %3; nothing is cut off")
                  .arg(tokens)
                  .arg(chunks)
                  .arg(perChunk));
    meter_->setFilled(double(tokens) / room);
}

}  // namespace ui
