#include "app/ui/panels/picture_choice.h"

#include "app/codec/text.h"
#include "app/ui/pieces.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>

#include <algorithm>

namespace ui {
namespace {

constexpr int edge = 56;

QString droppedFile(const QMimeData* data) {
    const auto urls = data->urls();
    return urls.size() == 1 ? urls.front().toLocalFile() : QString();
}

}  // namespace

PictureSlot::PictureSlot() {
    setFixedSize(edge, edge);
}

void PictureSlot::setPicture(const QImage& picture, bool isMissing) {
    const auto side = int(edge * devicePixelRatioF());
    picture_ = picture.isNull()
                   ? QImage()
                   : picture.scaled(side, side, Qt::KeepAspectRatioByExpanding,
                                    Qt::SmoothTransformation);
    isMissing_ = isMissing;
    update();
}

void PictureSlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& t = theme::of(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (picture_.isNull()) {
        painter.setPen(QPen(t.lineStrong, 1, Qt::DashLine));
        painter.setBrush(t.field);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme::radiusSmall,
                                theme::radiusSmall);
        theme::paintIcon(&painter, rect().adjusted(18, 18, -18, -18),
                         isMissing_ ? QStringLiteral("warning") : QStringLiteral("image-plus"),
                         isMissing_ ? t.danger : t.text2);
        return;
    }
    QPainterPath clip;
    clip.addRoundedRect(rect(), theme::radiusSmall, theme::radiusSmall);
    painter.setClipPath(clip);
    const int side = std::min(picture_.width(), picture_.height());
    painter.drawImage(rect(), picture_,
                      QRect((picture_.width() - side) / 2, (picture_.height() - side) / 2, side,
                            side));
}

PictureChoice::PictureChoice(const QString& name, const QString& help, RequestModel& model,
                             std::string diffusion::GenerationRequest::*field)
    : model_(model),
      field_(field),
      name_(name),
      slot_(new PictureSlot),
      file_(label(QString(), theme::Step::body)),
      note_(label(QString(), theme::Step::small, theme::Ink::note)),
      ask_(pushButton(tr("Choose…"))),
      clear_(iconButton(QStringLiteral("close"), tr("Without: %1").arg(name))) {
    setAcceptDrops(true);
    setToolTip(help);
    ask_->setAccessibleName(tr("Choose: %1").arg(name));
    auto* columns = compact(new QHBoxLayout(this), theme::s3);
    auto* texts = compact(new QVBoxLayout, 0);
    texts->addStretch();
    texts->addWidget(file_);
    texts->addWidget(note_);
    texts->addStretch();
    columns->addWidget(slot_);
    columns->addLayout(texts, 1);
    columns->addWidget(ask_);
    columns->addWidget(clear_);
    file_->setMinimumWidth(20);
    connect(ask_, &QPushButton::clicked, this, &PictureChoice::ask);
    connect(clear_, &QToolButton::clicked, this, [this] { choose({}); });
    connect(&model_, &RequestModel::changed, this, &PictureChoice::refresh);
    connect(&loader_, &PictureLoader::loaded, this, [this](const QString& path, const Pyramid& read) {
        if (path != shown_) return;
        const QImage image = read.full();
        size_ = image.size();
        slot_->setPicture(image, image.isNull());
        note_->setText(image.isNull() ? tr("can't be read")
                                      : QStringLiteral("%1 × %2").arg(size_.width()).arg(size_.height()));
        theme::setInk(note_, image.isNull() ? theme::Ink::danger : theme::Ink::note);
        Q_EMIT pictureRead();
    });
    shown_ = QStringLiteral("?");
    refresh();
}

void PictureChoice::choose(const QString& path) {
    model_.set(field_, codec::toUtf8(path));
}

void PictureChoice::ask() {
    const QString now = codec::fromUtf8(model_.request().*field_);
    const QString path = QFileDialog::getOpenFileName(
        this, name_, QFileInfo(now).path(),
        tr("Pictures (*.png *.jpg *.jpeg *.webp *.avif *.bmp *.tif *.tiff);;All files (*)"));
    if (!path.isEmpty()) choose(path);
}

void PictureChoice::refresh() {
    const QString path = codec::fromUtf8(model_.request().*field_);
    if (path == shown_) return;
    shown_ = path;
    size_ = {};
    clear_->setVisible(!path.isEmpty());
    slot_->setPicture({}, false);
    theme::setInk(note_, theme::Ink::note);
    if (path.isEmpty()) {
        loader_.cancel();
        file_->setText(name_);
        note_->setText(tr("none"));
        Q_EMIT pictureRead();
        return;
    }
    const QString file = QFileInfo(path).fileName();
    constexpr int mostLetters = 18;
    file_->setText(file.size() <= mostLetters ? file
                                              : file.left(mostLetters - 1) + QChar(0x2026));
    file_->setToolTip(path);
    note_->setText(tr("reading…"));
    loader_.load(path);
}

void PictureChoice::dragEnterEvent(QDragEnterEvent* event) {
    if (!droppedFile(event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void PictureChoice::dropEvent(QDropEvent* event) {
    choose(droppedFile(event->mimeData()));
    event->acceptProposedAction();
}

}  // namespace ui
