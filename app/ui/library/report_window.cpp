#include "app/ui/library/report_window.h"

#include "app/ui/library/report_words.h"
#include "app/ui/pieces.h"
#include "app/ui/theme/icons.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>

namespace ui {
namespace {

using codec::foreign::Fate;

struct FateLook {
    Fate fate;
    const char* icon;
    theme::Token colour;
};

constexpr FateLook looks[] = {{Fate::identical, "check", &theme::Theme::success},
                              {Fate::translated, "swap", &theme::Theme::text2},
                              {Fate::unsupported, "close", &theme::Theme::danger},
                              {Fate::unknown, "help", &theme::Theme::caution}};

QString wordOf(Fate fate) {
    switch (fate) {
        case Fate::identical:
            return ReportWindow::tr("identical");
        case Fate::translated:
            return ReportWindow::tr("translated");
        case Fate::unsupported:
            return ReportWindow::tr("unsupported");
        case Fate::unknown:
            break;
    }
    return ReportWindow::tr("unknown");
}

}  // namespace

ReportWindow::ReportWindow(const gallery::Report& report, QWidget* parent)
    : QDialog(parent), report_(report), table_(new QTableWidget) {
    setWindowTitle(tr("Reproduction report"));
    theme::setGround(this, theme::Ground::panel);
    resize(980, 560);
    auto* rows =
        compact(new QVBoxLayout(this), theme::s3, theme::s5, theme::s4, theme::s5, theme::s4);
    rows->addWidget(label(QFileInfo(report.path).fileName(), theme::Step::title));
    QStringList counts;
    for (const auto& look : looks)
        counts << QStringLiteral("%1 %2").arg(report.countOf(look.fate)).arg(wordOf(look.fate));
    rows->addWidget(label(tr("Made with %1 · %2").arg(report.program, counts.join(QStringLiteral(", "))),
                          theme::Step::body, theme::Ink::secondary));
    rows->addWidget(table_, 1);
    rows->addWidget(buildFoot());
    fill();
}

void ReportWindow::fill() {
    table_->setColumnCount(5);
    table_->setHorizontalHeaderLabels(
        {tr("Result"), tr("Field"), tr("In the picture"), tr("Used"), tr("Note")});
    table_->setAccessibleName(tr("Fields of the picture"));
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->verticalHeader()->hide();
    table_->setShowGrid(false);
    table_->setTabKeyNavigation(false);
    table_->setRowCount(int(report_.translation.fields.size()));
    int row = 0;
    for (const auto& field : report_.translation.fields) {
        const auto put = [&](int column, const QString& text) {
            auto* item = new QTableWidgetItem(text.simplified());
            item->setToolTip(text);
            table_->setItem(row, column, item);
            return item;
        };
        auto* fate = put(0, wordOf(field.fate));
        for (const auto& look : looks)
            if (look.fate == field.fate)
                fate->setIcon(theme::icon(QLatin1String(look.icon), look.colour));
        put(1, reportField(field.name));
        put(2, field.found);
        put(3, field.used);
        put(4, reportNote(field.note));
        ++row;
    }
    auto* header = table_->horizontalHeader();
    header->setStretchLastSection(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    const int widths[] = {110, 150, 220, 200};
    for (int column = 0; column < 4; ++column) header->resizeSection(column, widths[column]);
    table_->selectRow(0);
}

QWidget* ReportWindow::buildFoot() {
    auto* foot = new QWidget;
    auto* parts = compact(new QHBoxLayout(foot), theme::s2);
    auto* copy = pushButton(tr("Copy the report"), QStringLiteral("copy"));
    auto* close = pushButton(tr("Close"));
    auto* use = pushButton(tr("Use these settings"), QStringLiteral("recall"), theme::Kind::primary);
    parts->addWidget(copy);
    parts->addStretch();
    parts->addWidget(close);
    parts->addWidget(use);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(text()); });
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(use, &QPushButton::clicked, this, [this] {
        Q_EMIT used(report_.translation.request);
        accept();
    });
    use->setDefault(true);
    return foot;
}

QString ReportWindow::text() const {
    QStringList lines{report_.path + QStringLiteral(" · ") + report_.program};
    for (const auto& field : report_.translation.fields) {
        auto line = QStringLiteral("%1\t%2\t%3").arg(wordOf(field.fate), reportField(field.name),
                                                     field.found.simplified());
        if (field.used != field.found && !field.used.isEmpty())
            line += QStringLiteral("\t-> ") + field.used.simplified();
        if (!field.note.isEmpty()) line += QStringLiteral("\t(") + reportNote(field.note) + QLatin1Char(')');
        lines << line;
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace ui
