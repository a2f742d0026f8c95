#include "app/ui/stage/settings_card.h"

#include "app/ui/pieces.h"
#include "app/ui/stage/setting_rows.h"
#include "app/ui/text_diff.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollBar>
#include <QTextCursor>
#include <QTextEdit>
#include <QTextTable>
#include <QToolButton>

#include <cmath>

namespace ui {
namespace {

constexpr int widthOfOne = 320;
constexpr int widthOfTwo = 400;
constexpr int headHeight = 28;

QTextTable* tableOf(QTextEdit* edit, int columns) {
    QTextTableFormat format;
    format.setBorder(0);
    format.setCellPadding(2);
    format.setCellSpacing(0);
    format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
    const int share = columns == 2 ? 30 : 24;
    QList<QTextLength> widths{QTextLength(QTextLength::PercentageLength, share)};
    for (int i = 1; i < columns; ++i)
        widths << QTextLength(QTextLength::PercentageLength, (100.0 - share) / (columns - 1));
    format.setColumnWidthConstraints(widths);
    return QTextCursor(edit->document()).insertTable(1, columns, format);
}

QTextCharFormat inkOf(const QColor& colour, const QColor& ground = {}) {
    QTextCharFormat format;
    format.setForeground(colour);
    if (ground.isValid()) format.setBackground(ground);
    return format;
}

void writeCell(QTextTable* table, int row, int column, const QString& text,
               const QTextCharFormat& format) {
    table->cellAt(row, column).firstCursorPosition().insertText(text, format);
}

}  // namespace

SettingsCard::SettingsCard()
    : title_(label(QString(), theme::Step::dockTitle)), words_(new QTextEdit) {
    setFrameShape(StyledPanel);
    theme::setGround(this, theme::Ground::raised);
    words_->setReadOnly(true);
    words_->setAccessibleName(tr("Settings of the picture"));
    words_->setFrameShape(NoFrame);
    words_->setTabChangesFocus(true);
    words_->setFont(theme::font(theme::Step::small));
    words_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    theme::setGround(words_, theme::Ground::raised);
    theme::setGround(words_->viewport(), theme::Ground::raised);
    auto* copy = iconButton(QStringLiteral("copy"), tr("Copy the settings"));
    auto* close = iconButton(QStringLiteral("close"), tr("Close"), QStringLiteral("I"));
    auto* rows = compact(new QVBoxLayout(this), theme::s1, theme::s3, theme::s2, theme::s2, theme::s2);
    auto* head = compact(new QHBoxLayout, theme::s1);
    head->addWidget(title_, 1);
    head->addWidget(copy);
    head->addWidget(close);
    rows->addLayout(head);
    rows->addWidget(words_, 1);
    connect(copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(text()); });
    connect(close, &QToolButton::clicked, this, &SettingsCard::closed);
}

QSize SettingsCard::sizeHint() const {
    return {before_ ? widthOfTwo : widthOfOne, 400};
}

int SettingsCard::heightForWidth(int width) const {
    const auto edges = layout()->contentsMargins();
    auto* document = words_->document();
    document->setTextWidth(width - edges.left() - edges.right() - 2 * frameWidth());
    return int(std::ceil(document->size().height())) + headHeight + theme::s1 + edges.top() +
           edges.bottom() + 2 * frameWidth();
}

void SettingsCard::show(const diffusion::GenerationRequest& request,
                        const std::optional<diffusion::GenerationRequest>& before) {
    request_ = request;
    before_ = before;
    fill();
    updateGeometry();
    QWidget::show();
}

QString SettingsCard::text() const {
    if (!before_) return textOf(settingRows(request_));
    QStringList lines;
    for (const auto& row : differencesOf(*before_, request_))
        lines << QStringLiteral("%1: %2 → %3").arg(row.name, row.before, row.after);
    return lines.join(QLatin1Char('\n'));
}

void SettingsCard::fill() {
    const int place = words_->verticalScrollBar()->value();
    words_->clear();
    before_ ? fillDifferences() : fillRows();
    words_->setAccessibleName(title_->text());
    words_->moveCursor(QTextCursor::Start);
    words_->verticalScrollBar()->setValue(place);
}

void SettingsCard::fillRows() {
    const auto& t = theme::of(this);
    const auto rows = settingRows(request_);
    title_->setText(tr("Settings of the picture"));
    auto* table = tableOf(words_, 2);
    if (rows.size() > 1) table->appendRows(int(rows.size()) - 1);
    for (int i = 0; i < rows.size(); ++i) {
        writeCell(table, i, 0, rows[i].name, inkOf(t.text3));
        writeCell(table, i, 1, rows[i].value, inkOf(t.text));
    }
}

void SettingsCard::fillDifferences() {
    const auto& t = theme::of(this);
    const auto rows = differencesOf(*before_, request_);
    title_->setText(rows.isEmpty() ? tr("The settings are the same")
                                   : tr("%n setting(s) differ", nullptr, int(rows.size())));
    if (rows.isEmpty()) return;
    auto* table = tableOf(words_, 3);
    table->appendRows(int(rows.size()));
    writeCell(table, 0, 1, QStringLiteral("A"), inkOf(t.text3));
    writeCell(table, 0, 2, QStringLiteral("B"), inkOf(t.text3));
    for (int i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        writeCell(table, i + 1, 0, row.name, inkOf(t.text3));
        const auto parts = row.isText ? diffOf(row.before, row.after)
                                      : QList<DiffPart>{{DiffPart::In::before, row.before},
                                                        {DiffPart::In::after, row.after}};
        for (const auto& part : parts) {
            const bool isBoth = part.in == DiffPart::In::both;
            if (isBoth || part.in == DiffPart::In::before)
                table->cellAt(i + 1, 1).lastCursorPosition().insertText(
                    part.text, inkOf(t.text, isBoth ? QColor{} : t.dangerQuiet));
            if (isBoth || part.in == DiffPart::In::after)
                table->cellAt(i + 1, 2).lastCursorPosition().insertText(
                    part.text, inkOf(t.text, isBoth ? QColor{} : t.successQuiet));
        }
    }
}

void SettingsCard::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    // The words have their colours in them.
    if (event->type() == QEvent::PaletteChange && isVisible()) fill();
}

}  // namespace ui
