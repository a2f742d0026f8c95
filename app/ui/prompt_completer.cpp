#include "app/ui/prompt_completer.h"

#include "app/ui/prompt_edit.h"
#include "app/ui/theme/theme.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextEdit>

#include <algorithm>

namespace ui {
namespace {

constexpr int widest = 360;
const QString underscores = QStringLiteral("__");

bool isOfName(QChar c) {
    return c.isLetterOrNumber() || QStringLiteral("_-./: *()").contains(c);
}

}  // namespace

PromptCompleter::PromptCompleter(QTextEdit* edit) : QCompleter(edit), edit_(edit) {
    setModel(&model_);
    setWidget(edit);
    setCaseSensitivity(Qt::CaseInsensitive);
    setFilterMode(Qt::MatchContains);
    setCompletionMode(PopupCompletion);
    setMaxVisibleItems(10);
    popup()->setAccessibleName(tr("Names that complete the prompt"));
    connect(this, qOverload<const QString&>(&QCompleter::activated), this,
            &PromptCompleter::insert);
}

void PromptCompleter::setNames(const PromptNames& names) {
    wildcards_ = names.wildcards;
    embeddings_ = names.embeddings;
    afterBracket_ = names.networks + names.embeddings;
}

PromptCompleter::Begun PromptCompleter::begun() const {
    const auto cursor = edit_->textCursor();
    if (cursor.hasSelection()) return {};
    const QString line = cursor.block().text().left(cursor.positionInBlock());
    const int bracket = int(line.lastIndexOf(QLatin1Char('<')));
    if (bracket >= 0) {
        const QString typed = line.mid(bracket + 1);
        // The second colon begins the weight.
        if (std::all_of(typed.begin(), typed.end(), isOfName) && typed.count(QLatin1Char(':')) < 2)
            return {bracket, typed, false};
    }
    // An odd number of them: the last one opens a name.
    if (line.count(underscores) % 2 == 0) return {};
    const int mark = int(line.lastIndexOf(underscores));
    const QString typed = line.mid(mark + 2);
    if (!std::all_of(typed.begin(), typed.end(), isOfName)) return {};
    return {mark, typed, true};
}

void PromptCompleter::follow() {
    const auto found = begun();
    const auto& names = found.isWildcard ? wildcards_ : afterBracket_;
    if (found.begin < 0 || names.isEmpty()) return popup()->hide();
    if (model_.stringList() != names) model_.setStringList(names);
    setCompletionPrefix(found.typed);
    if (completionCount() == 0) return popup()->hide();
    open(found);
}

void PromptCompleter::open(const Begun& found) {
    auto cursor = edit_->textCursor();
    cursor.setPosition(cursor.block().position() + found.begin);
    QRect place = edit_->cursorRect(cursor);
    place.setWidth(std::min(widest, popup()->sizeHintForColumn(0) + theme::s5 +
                                        popup()->verticalScrollBar()->sizeHint().width()));
    popup()->setCurrentIndex(completionModel()->index(0, 0));
    complete(place);
}

bool PromptCompleter::takesKey(const QKeyEvent* event) const {
    if (!popup()->isVisible()) return false;
    switch (event->key()) {
        case Qt::Key_Enter:
        case Qt::Key_Return:
        case Qt::Key_Escape:
        case Qt::Key_Tab:
        case Qt::Key_Backtab:
            return event->modifiers() == Qt::NoModifier;
        default:
            return false;
    }
}

void PromptCompleter::insert(const QString& name) {
    const auto found = begun();
    if (found.begin < 0) return;
    const QString text = found.isWildcard            ? underscores + name + underscores
                         : embeddings_.contains(name) ? name
                                                      : QStringLiteral("<%1:1>").arg(name);
    auto cursor = edit_->textCursor();
    const int end = cursor.position();
    cursor.beginEditBlock();
    cursor.setPosition(cursor.block().position() + found.begin);
    cursor.setPosition(end, QTextCursor::KeepAnchor);
    cursor.insertText(text);
    cursor.endEditBlock();
    edit_->setTextCursor(cursor);
}

}  // namespace ui
