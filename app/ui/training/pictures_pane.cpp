#include "app/ui/training/pictures_pane.h"

#include "app/ui/pieces.h"
#include "app/ui/theme/paint.h"
#include "app/ui/training/training_desk.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int captionHeight = 84;

QStringList filesOf(const QMimeData* data) {
    QStringList files;
    for (const auto& url : data->urls())
        if (url.isLocalFile()) files << url.toLocalFile();
    return files;
}

}  // namespace

void CaptionEdit::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    Q_EMIT left();
}

PicturesPane::PicturesPane(TrainingDesk& desk)
    : desk_(desk),
      path_(new QLineEdit),
      choose_(pushButton(tr("Choose…"), QStringLiteral("folder"))),
      list_(new QListView),
      empty_(
          label(tr("Choose a folder of pictures, or drop one here. Each picture needs a caption: "
                   "what is to be seen in it, in words."),
                theme::Step::body, theme::Ink::note)),
      counts_(label(QString(), theme::Step::small, theme::Ink::note)),
      captionTitle_(label(tr("Caption"), theme::Step::label, theme::Ink::secondary)),
      note_(label(QString(), theme::Step::small, theme::Ink::note)),
      caption_(new CaptionEdit) {
    theme::setGround(this, theme::Ground::panel);
    setAcceptDrops(true);
    list_->setModel(&model_);
    list_->setItemDelegate(new PictureRow(list_));
    list_->setAccessibleName(tr("Pictures to learn from"));
    list_->setUniformItemSizes(true);
    list_->setEditTriggers(QListView::NoEditTriggers);
    list_->setMouseTracking(true);
    list_->setVerticalScrollMode(QListView::ScrollPerPixel);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    empty_->setContentsMargins(theme::s6, theme::s5, theme::s6, theme::s5);
    auto* rows =
        compact(new QVBoxLayout(this), theme::s2, theme::s3, theme::s3, theme::s3, theme::s3);
    rows->addWidget(buildFolderRow());
    rows->addWidget(list_, 1);
    rows->addWidget(empty_, 1);
    rows->addWidget(counts_);
    rows->addWidget(buildEditor());
    connect(choose_, &QPushButton::clicked, this, &PicturesPane::chooseFolder);
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &PicturesPane::showMarked);
    connect(caption_, &CaptionEdit::left, this, &PicturesPane::saveCaption);
    connect(&model_, &PictureListModel::counted, this, &PicturesPane::count);
    connectDesk();
    count();
    showMarked();
}

PicturesPane::~PicturesPane() {
    saveCaption();
    // What the parts say while they go would reach one who is gone.
    caption_->disconnect(this);
    list_->selectionModel()->disconnect(this);
    model_.disconnect(this);
}

QWidget* PicturesPane::buildFolderRow() {
    auto* row = new QWidget;
    auto* columns = compact(new QHBoxLayout(row), theme::s2);
    path_->setReadOnly(true);
    path_->setAccessibleName(tr("Folder of the pictures"));
    path_->setPlaceholderText(tr("no folder"));
    path_->setFixedHeight(28);
    choose_->setAccessibleName(tr("Choose the folder of the pictures…"));
    columns->addWidget(label(tr("Pictures"), theme::Step::dockTitle));
    columns->addWidget(path_, 1);
    columns->addWidget(choose_);
    return row;
}

QWidget* PicturesPane::buildEditor() {
    auto* editor = new QWidget;
    auto* rows = compact(new QVBoxLayout(editor), theme::s1);
    caption_->setAccessibleName(tr("Caption of the marked picture"));
    caption_->setFixedHeight(captionHeight);
    caption_->setTabChangesFocus(true);
    captionTitle_->setBuddy(caption_);
    note_->setWordWrap(true);
    rows->addWidget(captionTitle_);
    rows->addWidget(caption_);
    rows->addWidget(note_);
    return editor;
}

void PicturesPane::connectDesk() {
    connect(&desk_, &TrainingDesk::folderRead, this, [this](const CaptionFolder& folder) {
        if (folder.path != folder_) return;
        const auto marked = edited_;
        model_.setFolder(folder);
        const int row = std::max(0, model_.rowOf(marked));
        if (model_.rowCount() > 0) list_->setCurrentIndex(model_.index(row));
        showMarked();
    });
    connect(&desk_, &TrainingDesk::captionSaved, &model_, &PictureListModel::setCaption);
    connect(&desk_, &TrainingDesk::broken, &model_, &PictureListModel::setBroken);
    connect(&model_, &PictureListModel::unreadable, &desk_, &TrainingDesk::examine);
}

void PicturesPane::setFolder(const QString& path) {
    if (path == folder_) return;
    saveCaption();
    folder_ = path;
    path_->setText(QDir::toNativeSeparators(path));
    path_->setToolTip(path_->text());
    edited_.clear();
    model_.setFolder({});
    desk_.readFolder(path);
}

void PicturesPane::setChangeable(bool isChangeable) {
    choose_->setEnabled(isChangeable);
    setAcceptDrops(isChangeable);
}

void PicturesPane::chooseFolder() {
    const auto path =
        QFileDialog::getExistingDirectory(this, tr("Choose a folder of pictures"), folder_);
    if (!path.isEmpty()) take({path});
}

void PicturesPane::take(const QStringList& paths) {
    if (paths.isEmpty()) return;
    if (QFileInfo(paths.first()).isDir()) {
        Q_EMIT folderChosen(QDir(paths.first()).absolutePath());
    } else if (folder_.isEmpty()) {
        Q_EMIT folderChosen(QFileInfo(paths.first()).absolutePath());
    } else {
        desk_.addTo(folder_, paths);
    }
}

void PicturesPane::saveCaption() {
    const auto text = caption_->toPlainText().trimmed();
    if (edited_.isEmpty() || text == saved_) return;
    saved_ = text;
    model_.setCaption(edited_, text);
    desk_.saveCaption(edited_, text);
}

void PicturesPane::showMarked() {
    saveCaption();
    const auto index = list_->currentIndex();
    edited_ = index.data(PictureListModel::PathRole).toString();
    saved_ = index.data(PictureListModel::CaptionRole).toString();
    caption_->setPlainText(saved_);
    caption_->setEnabled(!edited_.isEmpty());
    captionTitle_->setText(
        edited_.isEmpty() ? tr("Caption") : tr("Caption of %1").arg(QFileInfo(edited_).fileName()));
    note_->setVisible(!edited_.isEmpty());
    const auto file = QFileInfo(captionFile(edited_)).fileName();
    note_->setText(model_.folder().hasList
                       ? tr("Saved in %1, which goes before captions.jsonl.").arg(file)
                       : tr("Saved in %1 when you leave the field.").arg(file));
}

void PicturesPane::count() {
    const int all = model_.rowCount();
    list_->setVisible(all > 0);
    empty_->setVisible(all == 0);
    const auto& folder = model_.folder();
    if (all == 0 && !folder_.isEmpty() && folder.path == folder_)
        empty_->setText(folder.isThere ? tr("There is no picture in this folder.")
                                       : tr("This folder is not there."));
    QStringList parts;
    if (all > 0) parts << tr("Pictures to learn from: %1 of %2").arg(model_.usable()).arg(all);
    if (model_.broken() > 0) parts << tr("can't be read: %1").arg(model_.broken());
    if (folder.badLines > 0)
        parts << tr("lines of captions.jsonl that say no picture: %1").arg(folder.badLines);
    counts_->setText(parts.join(QStringLiteral(" · ")));
    counts_->setVisible(!parts.isEmpty());
}

void PicturesPane::dragEnterEvent(QDragEnterEvent* event) {
    if (filesOf(event->mimeData()).isEmpty()) return;
    isTarget_ = true;
    event->acceptProposedAction();
    update();
}

void PicturesPane::dragLeaveEvent(QDragLeaveEvent*) {
    isTarget_ = false;
    update();
}

void PicturesPane::dropEvent(QDropEvent* event) {
    isTarget_ = false;
    update();
    event->acceptProposedAction();
    take(filesOf(event->mimeData()));
}

void PicturesPane::paintEvent(QPaintEvent* event) {
    QWidget::paintEvent(event);
    if (!isTarget_) return;
    QPainter painter(this);
    const auto& t = theme::of(this);
    theme::paintBox(&painter, rect().adjusted(4, 4, -4, -4), theme::radiusCard, t.selection,
                    t.accent, 2);
}

}  // namespace ui
