#include "app/ui/settings/settings_window.h"

#include "app/ui/pieces.h"
#include "app/ui/settings/computer_page.h"
#include "app/ui/settings/folders_page.h"
#include "app/ui/settings/keys_page.h"
#include "app/ui/settings/look_page.h"
#include "app/ui/settings/network_page.h"
#include "app/ui/theme/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {

SettingsWindow::SettingsWindow(studio::Studio& studio, Actions& actions, QWidget* parent)
    : QDialog(parent), names_(new QListWidget), pages_(new QStackedWidget) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Settings"));
    resize(820, 620);
    theme::setGround(this, theme::Ground::panel);
    names_->setAccessibleName(tr("Pages of the settings"));
    names_->setFixedWidth(184);
    names_->setFrameShape(QFrame::NoFrame);
    theme::setGround(names_, theme::Ground::window);
    theme::setGround(names_->viewport(), theme::Ground::window);
    addPage(tr("Folders"), QStringLiteral("folder"), new FoldersPage(studio));
    addPage(tr("Computer"), QStringLiteral("chip"), new ComputerPage(studio.settings()));
    addPage(tr("Language and look"), QStringLiteral("globe"), new LookPage(studio.settings()));
    addPage(tr("Keys"), QStringLiteral("keyboard"), new KeysPage(studio.settings(), actions));
    addPage(tr("Network"), QStringLiteral("shield"), new NetworkPage(studio.settings()));
    auto* close = pushButton(tr("Close"));
    auto* file = label(tr("Written to %1").arg(studio.settings().file()), theme::Step::small, theme::Ink::note);
    file->setTextInteractionFlags(Qt::TextSelectableByMouse);
    file->setMinimumWidth(80);
    auto* columns = compact(new QHBoxLayout(this), 0);
    auto* side = new QWidget;
    theme::setGround(side, theme::Ground::window);
    compact(new QVBoxLayout(side), 0, 0, theme::s3, 0, theme::s3)->addWidget(names_);
    columns->addWidget(side);
    auto* right = compact(new QVBoxLayout, 0);
    right->addWidget(pages_, 1);
    right->addWidget(divider());
    auto* foot = compact(new QHBoxLayout, theme::s2, theme::s5, theme::s3, theme::s5, theme::s3);
    foot->addWidget(file, 1);
    foot->addWidget(close);
    right->addLayout(foot);
    columns->addLayout(right, 1);
    connect(names_, &QListWidget::currentRowChanged, pages_, &QStackedWidget::setCurrentIndex);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    names_->setCurrentRow(0);
    names_->setFocus();
}

void SettingsWindow::addPage(const QString& name, const QString& icon, QWidget* page) {
    auto* item = new QListWidgetItem(theme::icon(icon), name);
    item->setSizeHint({160, 36});
    names_->addItem(item);
    page->setAccessibleName(name);
    pages_->addWidget(page);
}

int SettingsWindow::page() const {
    return pages_->currentIndex();
}

void SettingsWindow::setPage(int page) {
    names_->setCurrentRow(page);
}

int SettingsWindow::pageCount() const {
    return pages_->count();
}

}  // namespace ui
