#include "app/ui/panels/start_panel.h"

#include "app/codec/text.h"
#include "app/ui/binding.h"
#include "app/ui/panels/picture_choice.h"
#include "app/ui/panels/rows.h"
#include "app/ui/pieces.h"

#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QLabel>
#include <QSlider>
#include <QVBoxLayout>

namespace ui {

using Request = diffusion::GenerationRequest;

StartPanel::StartPanel(RequestModel& model)
    : model_(model),
      picture_(new PictureChoice(tr("Start picture"),
                                 tr("The picture that is changed instead of made from nothing"),
                                 model, &Request::initial_image)),
      mask_(new PictureChoice(tr("Mask"),
                              tr("A picture of the same size: white is made anew, black stays"),
                              model, &Request::mask)),
      strength_(row(
          tr("Strength"),
          bind(slider(0, 100, tr("Strength, slider")), model, &Request::denoise_strength, 100),
          bind(doubleSpinBox(0, 1, 0.05, tr("Strength")), model, &Request::denoise_strength))),
      note_(label(QString(), theme::Step::small, theme::Ink::caution)) {
    strength_->setToolTip(tr("How much of the start picture may change"));
    note_->setWordWrap(true);
    auto* rows = compact(new QVBoxLayout(this), theme::s2);
    for (QWidget* widget : {static_cast<QWidget*>(picture_), static_cast<QWidget*>(mask_),
                            strength_, static_cast<QWidget*>(note_)})
        rows->addWidget(widget);
    connect(&model_, &RequestModel::changed, this, &StartPanel::refresh);
    for (auto* choice : {picture_, mask_})
        connect(choice, &PictureChoice::pictureRead, this, &StartPanel::refresh);
    refresh();
}

QString StartPanel::summary(const Request& request) {
    if (request.initial_image.empty()) return {};
    return QStringLiteral("%1 · %2")
        .arg(QFileInfo(codec::fromUtf8(request.initial_image)).fileName())
        .arg(request.denoise_strength, 0, 'f', 2);
}

void StartPanel::refresh() {
    const auto& request = model_.request();
    const bool hasPicture = !request.initial_image.empty();
    mask_->setVisible(hasPicture || !request.mask.empty());
    strength_->setVisible(hasPicture);
    const QSize picture = picture_->pictureSize(), mask = mask_->pictureSize();
    QString note;
    if (!hasPicture && !request.mask.empty())
        note = tr("A mask needs a start picture.");
    else if (!picture.isEmpty() && !mask.isEmpty() && picture != mask)
        note = tr("The mask has %1 × %2 pixels, the picture %3 × %4; they must be equal.")
                   .arg(mask.width())
                   .arg(mask.height())
                   .arg(picture.width())
                   .arg(picture.height());
    note_->setText(note);
    note_->setVisible(!note.isEmpty());
}

}  // namespace ui
