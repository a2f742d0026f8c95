#include "app/ui/shortcut_sheet.h"

#include "app/ui/pieces.h"

#include <QCoreApplication>
#include <QDialog>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

namespace ui {

void showShortcuts(QWidget* parent, const Actions& actions) {
    auto* sheet = new QDialog(parent);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->setWindowTitle(QCoreApplication::translate("keys", "Keys"));
    theme::setGround(sheet, theme::Ground::panel);
    auto* rows =
        compact(new QVBoxLayout(sheet), theme::s3, theme::s5, theme::s4, theme::s5, theme::s4);
    rows->addWidget(label(QCoreApplication::translate("keys", "Keys"), theme::Step::title));
    auto* grid = compact(new QGridLayout, theme::s1);
    grid->setHorizontalSpacing(theme::s5);
    int row = 0;
    for (const auto* action : actions.all()) {
        if (action->shortcut().isEmpty()) continue;
        auto* keys = label(Actions::keysOf(action), theme::Step::mono, theme::Ink::secondary);
        keys->setAlignment(Qt::AlignRight);
        grid->addWidget(label(action->text()), row % 15, row / 15 * 2);
        grid->addWidget(keys, row % 15, row / 15 * 2 + 1);
        ++row;
    }
    rows->addLayout(grid);
    rows->addWidget(
        label(QCoreApplication::translate(
                  "keys", "Single letters act while the picture or the filmstrip has the focus."),
              theme::Step::small, theme::Ink::note));
    auto* close = pushButton(QCoreApplication::translate("keys", "Close"));
    rows->addWidget(close, 0, Qt::AlignRight);
    QObject::connect(close, &QPushButton::clicked, sheet, &QDialog::accept);
    sheet->open();
    close->setFocus();
}

}  // namespace ui
