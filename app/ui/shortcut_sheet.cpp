#include "app/ui/shortcut_sheet.h"

#include "app/ui/pieces.h"

#include <QCoreApplication>
#include <QDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <utility>

namespace ui {
namespace {

/// Longer groups go on beside themselves.
constexpr int mostRows = 24;

QGridLayout* group(const Actions& actions, Scope scope, const QString& name) {
    auto* grid = compact(new QGridLayout, theme::s1);
    grid->setHorizontalSpacing(theme::s4);
    grid->addWidget(label(name, theme::Step::label, theme::Ink::secondary), 0, 0, 1, 2);
    int row = 0;
    for (const auto* action : actions.all()) {
        if (action->shortcut().isEmpty() || actions.scopeOf(action) != scope) continue;
        auto* keys = label(Actions::keysOf(action), theme::Step::mono, theme::Ink::secondary);
        keys->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        grid->addWidget(label(action->text()), row % mostRows + 1, row / mostRows * 2);
        grid->addWidget(keys, row % mostRows + 1, row / mostRows * 2 + 1);
        ++row;
    }
    grid->setRowStretch(mostRows + 1, 1);
    return grid;
}

}  // namespace

void showShortcuts(QWidget* parent, const Actions& actions) {
    auto* sheet = new QDialog(parent);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->setWindowTitle(QCoreApplication::translate("keys", "Keys"));
    theme::setGround(sheet, theme::Ground::panel);
    auto* rows =
        compact(new QVBoxLayout(sheet), theme::s3, theme::s5, theme::s4, theme::s5, theme::s4);
    rows->addWidget(label(QCoreApplication::translate("keys", "Keys"), theme::Step::title));
    auto* groups = compact(new QHBoxLayout, theme::s6);
    for (const auto& [scope, name] :
         {std::pair{Scope::window, QT_TRANSLATE_NOOP("keys", "Everywhere")},
          std::pair{Scope::stage, QT_TRANSLATE_NOOP("keys", "Viewer and filmstrip")},
          std::pair{Scope::library, QT_TRANSLATE_NOOP("keys", "Library")}})
        groups->addLayout(group(actions, scope, QCoreApplication::translate("keys", name)));
    rows->addLayout(groups);
    auto* close = pushButton(QCoreApplication::translate("keys", "Close"));
    rows->addWidget(close, 0, Qt::AlignRight);
    QObject::connect(close, &QPushButton::clicked, sheet, &QDialog::accept);
    sheet->open();
    close->setFocus();
}

}  // namespace ui
