#include "app/ui/prompt_edit.h"

#include "app/codec/text.h"
#include "app/ui/prompt_completer.h"
#include "app/ui/text_positions.h"
#include "app/ui/theme/theme.h"
#include "diffusion/text/weight_edit.h"

#include <QAbstractTextDocumentLayout>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QTextBlock>
#include <QTextCursor>
#include <QToolTip>

#include <algorithm>

namespace ui {
namespace {

constexpr int lineHeight = 20;
constexpr int padding = 8;
constexpr int frame = 2;
constexpr double weightStep = 0.1;

using diffusion::MarkKind;
using diffusion::PromptFaultKind;

QTextCharFormat formatOf(MarkKind kind, const theme::Theme& t) {
    QTextCharFormat format;
    switch (kind) {
        case MarkKind::weight:
            format.setBackground(t.selection);
            format.setForeground(t.accentText);
            break;
        case MarkKind::network:
            format.setBackground(t.hover);
            format.setForeground(t.text2);
            break;
        case MarkKind::wildcard:
        case MarkKind::variant:
        case MarkKind::variable:
            format.setBackground(t.hover);
            format.setForeground(t.accentText);
            break;
        case MarkKind::schedule:
        case MarkKind::alternation:
        case MarkKind::keyword:
            format.setForeground(t.accentText);
            break;
        case MarkKind::comment:
        case MarkKind::idle:
            format.setForeground(t.text3);
            break;
    }
    return format;
}

}  // namespace

QString wordsOf(const diffusion::PromptFault& fault, const QString& prompt) {
    const int place = int(fault.begin) + 1;
    const QString expected = codec::fromUtf8(fault.expected);
    const TextPositions positions(prompt);
    const int begin = positions.unitOf(fault.begin);
    const QString found = prompt.mid(begin, positions.unitOf(fault.end) - begin);
    switch (fault.kind) {
        case PromptFaultKind::unclosed:
            return PromptEdit::tr("Character %1: “%2” has no “%3”").arg(place).arg(found, expected);
        case PromptFaultKind::unopened:
            return PromptEdit::tr("Character %1: “%2” has no “%3” before it")
                .arg(place)
                .arg(found, expected);
        case PromptFaultKind::not_a_number:
            return PromptEdit::tr("Character %1: expected a number, found “%2”")
                .arg(place)
                .arg(found);
        case PromptFaultKind::stray_bar:
            return PromptEdit::tr("Character %1: “|” stands outside of [ ]").arg(place);
        case PromptFaultKind::bad_template:
            break;
    }
    return codec::fromUtf8(fault.message);
}

PromptEdit::PromptEdit(int fewestLines, int mostLines)
    : fewestLines_(fewestLines), mostLines_(mostLines), completer_(new PromptCompleter(this)) {
    setAcceptRichText(false);
    setTabChangesFocus(true);
    setFont(theme::font(theme::Step::body));
    document()->setDocumentMargin(padding);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setLineHeight();
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            [this] { grow(); });
    // Of the document, not of the field: a recalled prompt comes without the field's own signal.
    connect(document(), &QTextDocument::contentsChanged, this, &PromptEdit::mark);
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

void PromptEdit::setMarkOptions(const diffusion::MarkOptions& options) {
    if (options == options_) return;
    options_ = options;
    markedText_ = QString();
    mark();
}

void PromptEdit::setNames(const PromptNames& names) {
    completer_->setNames(names);
}

void PromptEdit::replaceText(const QString& text) {
    if (text == toPlainText()) return;
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
    cursor.endEditBlock();
    moveCursor(QTextCursor::End);
}

void PromptEdit::mark() {
    const QString text = toPlainText();
    if (text == markedText_ && !text.isNull()) return;
    markedText_ = text;
    marked_ = diffusion::mark_prompt(codec::toUtf8(text), options_);
    paintMarks();
    Q_EMIT faultsChanged();
}

void PromptEdit::paintMarks() {
    const auto& t = theme::of(this);
    const TextPositions positions(markedText_);
    QList<ExtraSelection> selections;
    const auto add = [&](size_t begin, size_t end, const QTextCharFormat& format) {
        ExtraSelection selection;
        selection.cursor = QTextCursor(document());
        selection.cursor.setPosition(positions.unitOf(begin));
        selection.cursor.setPosition(positions.unitOf(end), QTextCursor::KeepAnchor);
        selection.format = format;
        selections << selection;
    };
    for (const auto& each : marked_.marks) add(each.begin, each.end, formatOf(each.kind, t));
    QTextCharFormat wave;
    wave.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    wave.setUnderlineColor(t.danger);
    wave.setBackground(t.dangerQuiet);  // under one bracket the wave alone is hard to see
    for (const auto& fault : marked_.faults) add(fault.begin, fault.end, wave);
    setExtraSelections(selections);
}

void PromptEdit::changeEvent(QEvent* event) {
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        paintMarks();
}

bool PromptEdit::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int at = cursorForPosition(viewport()->mapFrom(this, help->pos())).position();
        const TextPositions positions(markedText_);
        for (const auto& fault : marked_.faults) {
            if (at < positions.unitOf(fault.begin) || at > positions.unitOf(fault.end)) continue;
            QToolTip::showText(help->globalPos(), wordsOf(fault, markedText_), this);
            return true;
        }
    }
    return QTextEdit::event(event);
}

void PromptEdit::keyPressEvent(QKeyEvent* event) {
    // The list takes what the text leaves.
    if (completer_->takesKey(event)) return event->ignore();
    const bool isUp = event->key() == Qt::Key_Up, isDown = event->key() == Qt::Key_Down;
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if ((isUp || isDown) && modifiers == Qt::ControlModifier)
        return changeWeight(isUp ? weightStep : -weightStep);
    if ((isUp || isDown) && modifiers == Qt::AltModifier)
        return goThroughHistory(isUp ? 1 : -1);
    QTextEdit::keyPressEvent(event);
    const bool isTyped = !event->text().isEmpty() && event->text().front().isPrint();
    if (isTyped || event->key() == Qt::Key_Backspace) completer_->follow();
}

void PromptEdit::changeWeight(double step) {
    // Where brackets are text they would only be drawn.
    if (options_.reading.emphasis == diffusion::Emphasis::none) return;
    const QString text = toPlainText();
    const TextPositions before(text);
    auto cursor = textCursor();
    const auto edit = diffusion::change_weight(codec::toUtf8(text),
                                               before.pointOf(cursor.selectionStart()),
                                               before.pointOf(cursor.selectionEnd()), step);
    if (!edit) return;
    cursor.beginEditBlock();
    cursor.setPosition(before.unitOf(edit->begin));
    cursor.setPosition(before.unitOf(edit->end), QTextCursor::KeepAnchor);
    cursor.insertText(codec::fromUtf8(edit->text));
    cursor.endEditBlock();
    const TextPositions after(toPlainText());
    cursor.setPosition(after.unitOf(edit->selected_begin));
    cursor.setPosition(after.unitOf(edit->selected_end), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
}

void PromptEdit::goThroughHistory(int by) {
    const auto texts = history_ ? history_() : QStringList();
    const QString shown = toPlainText();
    // What was typed since is a new draft.
    if (place_ < 0 || place_ >= texts.size() || texts[place_] != shown) {
        draft_ = shown;
        place_ = -1;
    }
    int next = place_ + by;
    while (by > 0 && next < texts.size() && texts[next] == shown) ++next;
    if (next < -1 || next >= texts.size()) return;
    place_ = next;
    replaceText(next < 0 ? draft_ : texts[next]);
}

}  // namespace ui
