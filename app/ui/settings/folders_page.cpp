#include "app/ui/settings/folders_page.h"

#include "app/studio/model_search.h"
#include "app/ui/pieces.h"
#include "app/ui/settings/setting_widgets.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {
namespace {

enum Role { PathRole = Qt::UserRole, ProgramRole };

QWidget* inLine(std::initializer_list<QWidget*> widgets) {
    auto* line = new QWidget;
    auto* columns = compact(new QHBoxLayout(line), theme::s2);
    for (auto* widget : widgets) columns->addWidget(widget);
    return line;
}

}  // namespace

FoldersPage::FoldersPage(studio::Studio& studio)
    : studio_(studio),
      pictures_(new QLineEdit),
      models_(new QListWidget),
      remove_(iconButton(QStringLiteral("trash"), tr("Remove the folder from the list"))) {
    auto* rows = settingsPage(this, tr("Folders"));
    addPictures(rows);
    addModelFolders(rows);
    addNote(rows, tr("Queue, library and settings lie in %1.").arg(studio_.places().data))
        ->setTextInteractionFlags(Qt::TextSelectableByMouse);
    connect(&studio_.settings(), &settings::Settings::changed, this, &FoldersPage::refresh);
    connect(&studio_.models(), &library::ModelLibrary::listChanged, this, &FoldersPage::refresh);
    refresh();
}

void FoldersPage::addPictures(QVBoxLayout* rows) {
    pictures_->setReadOnly(true);
    pictures_->setAccessibleName(tr("Folder of pictures"));
    pictures_->setFixedHeight(28);
    pictures_->setMinimumWidth(300);
    auto* choose = pushButton(tr("Choose…"));
    choose->setAccessibleName(tr("Choose the folder of pictures…"));
    connect(choose, &QPushButton::clicked, this, &FoldersPage::choosePictures);
    addSetting(rows, tr("Pictures"), inLine({pictures_, choose}),
               tr("Finished pictures go here from the next one on; those that are there stay where "
                  "they are."));
    auto* names = new QLineEdit(studio_.settings().values().pictureNames);
    names->setAccessibleName(tr("Names of pictures"));
    names->setFont(theme::font(theme::Step::mono));
    names->setFixedHeight(28);
    names->setMinimumWidth(300);
    connect(names, &QLineEdit::editingFinished, this, [this, names] {
        studio_.settings().set(&settings::Values::pictureNames, names->text());
    });
    addSetting(rows, tr("Names"), names,
               tr("As in A1111: [date], [seed], [prompt_words], [model_name], [width], … and / for "
                  "folders; a number goes in front."));
    rows->addSpacing(theme::s2);
}

void FoldersPage::addModelFolders(QVBoxLayout* rows) {
    rows->addWidget(label(tr("Folders with models"), theme::Step::dockTitle));
    models_->setAccessibleName(tr("Folders with models"));
    models_->setMinimumHeight(150);
    models_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    models_->setTextElideMode(Qt::ElideMiddle);
    rows->addWidget(models_, 1);
    auto* add = pushButton(tr("Add a folder…"), QStringLiteral("plus"));
    auto* again = pushButton(tr("Look again"), QStringLiteral("retry"), theme::Kind::quiet);
    auto* foot = compact(new QHBoxLayout, theme::s2);
    foot->addWidget(add);
    foot->addWidget(again);
    foot->addStretch();
    foot->addWidget(remove_);
    rows->addLayout(foot);
    rows->addWidget(switchOf(studio_.settings(), &settings::Values::showsOtherPrograms,
                             tr("Use the models of other programs where they are")));
    connect(add, &QPushButton::clicked, this, [this] {
        const QString folder =
            QFileDialog::getExistingDirectory(this, tr("Add a folder with models"));
        if (!folder.isEmpty()) addModels(folder);
    });
    connect(again, &QPushButton::clicked, &studio_.models(), &library::ModelLibrary::lookAgain);
    connect(remove_, &QToolButton::clicked, this, &FoldersPage::removeMarked);
    connect(models_, &QListWidget::itemChanged, this, [this](QListWidgetItem* item) {
        studio::showModelFolder(studio_.settings(), item->data(PathRole).toString(),
                                item->checkState() == Qt::Checked);
    });
    connect(models_, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
        const bool isOwn = item && item->data(ProgramRole).toString().isEmpty() &&
                           item->data(PathRole).toString() != studio_.places().models;
        remove_->setEnabled(isOwn);
        remove_->setToolTip(isOwn ? tr("Remove the folder from the list")
                                  : tr("Mark a folder that was added here"));
    });
}

void FoldersPage::addModels(const QString& folder) {
    studio::addModelFolder(studio_.settings(), folder);
}

void FoldersPage::removeMarked() {
    auto* item = models_->currentItem();
    if (!item) return;
    const QString path = item->data(PathRole).toString();
    auto folders = studio_.settings().values().modelFolders.split(QDir::listSeparator(),
                                                                  Qt::SkipEmptyParts);
    folders.removeAll(path);
    studio_.settings().set(&settings::Values::modelFolders, folders.join(QDir::listSeparator()));
}

void FoldersPage::choosePictures() {
    const QString folder =
        QFileDialog::getExistingDirectory(this, tr("Folder of pictures"), pictures_->text());
    if (!folder.isEmpty()) studio_.settings().set(&settings::Values::picturesFolder, folder);
}

void FoldersPage::addRow(const QString& path, const QString& program, bool isShown) {
    auto* item = new QListWidgetItem(program.isEmpty() ? path : path + QStringLiteral("  · ") + program);
    item->setData(PathRole, path);
    item->setData(ProgramRole, program);
    item->setToolTip(path);
    if (!program.isEmpty()) item->setCheckState(isShown ? Qt::Checked : Qt::Unchecked);
    models_->addItem(item);
}

void FoldersPage::refresh() {
    pictures_->setText(QDir::toNativeSeparators(studio_.picturesFolder()));
    pictures_->setToolTip(pictures_->text());
    const QSignalBlocker quiet(models_);
    const int marked = models_->currentRow();
    models_->clear();
    const auto& values = studio_.settings().values();
    QStringList own{studio_.places().models};
    own += values.modelFolders.split(QDir::listSeparator(), Qt::SkipEmptyParts);
    for (const auto& path : own) addRow(path, {}, true);
    for (const auto& folder : studio_.models().folders())
        if (!own.contains(folder.path)) addRow(folder.path, folder.program, true);
    for (const auto& path :
         values.hiddenModelFolders.split(QDir::listSeparator(), Qt::SkipEmptyParts))
        addRow(path, tr("not used"), false);
    models_->setCurrentRow(std::min(std::max(marked, 0), models_->count() - 1));
    remove_->setEnabled(models_->currentRow() > 0 && models_->currentRow() < own.size());
}

}  // namespace ui
