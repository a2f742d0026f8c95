#include "app/ui/library/picture_info.h"

#include "app/codec/text.h"
#include "app/gallery/gallery_database.h"
#include "app/ui/library/mark_words.h"
#include "app/ui/pieces.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"

#include <QFileInfo>
#include <QFormLayout>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

namespace ui {
namespace {

using codec::foreign::Fate;

QLabel* wrapped() {
    auto* text = label(QString());
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setFocusPolicy(Qt::ClickFocus);
    return text;
}

}  // namespace

MarkRow::MarkRow()
    : pick_(iconButton(QStringLiteral("pick"), tr("Pick"), QStringLiteral("P"))),
      reject_(iconButton(QStringLiteral("reject"), tr("Reject"), QStringLiteral("X"))) {
    auto* parts = compact(new QHBoxLayout(this), 0);
    for (auto* button : {pick_, reject_}) {
        button->setCheckable(true);
        parts->addWidget(button);
    }
    parts->addStretch();
    for (int star = 1; star <= 5; ++star) {
        auto* button = iconButton(QStringLiteral("star"), tr("%n star(s)", nullptr, star),
                                  QString::number(star));
        button->setFixedWidth(24);
        stars_ << button;
        parts->addWidget(button);
        connect(button, &QToolButton::clicked, this, [this, star] {
            Q_EMIT changed({.rating = marks_.rating == star ? 0 : star});
        });
    }
    parts->addStretch();
    for (int colour = 1; colour <= 4; ++colour) {
        auto* button = iconButton(QStringLiteral("stop"), labelName(colour), QString::number(colour + 5));
        button->setFixedWidth(24);
        button->setIcon(theme::icon(QStringLiteral("stop"), labelColour(colour)));
        button->setProperty("atelierIcon", QString());
        button->setCheckable(true);
        labels_ << button;
        parts->addWidget(button);
        connect(button, &QToolButton::clicked, this, [this, colour] {
            Q_EMIT changed({.label = marks_.label == colour ? 0 : colour});
        });
    }
    const auto flag = [this](gallery::Pick pick) {
        Q_EMIT changed({.pick = marks_.pick == pick ? gallery::Pick::none : pick});
    };
    connect(pick_, &QToolButton::clicked, this, [flag] { flag(gallery::Pick::picked); });
    connect(reject_, &QToolButton::clicked, this, [flag] { flag(gallery::Pick::rejected); });
}

void MarkRow::show(const gallery::Marks& marks) {
    marks_ = marks;
    pick_->setChecked(marks.pick == gallery::Pick::picked);
    reject_->setChecked(marks.pick == gallery::Pick::rejected);
    for (int i = 0; i < stars_.size(); ++i)
        stars_[i]->setIcon(i < marks.rating
                               ? theme::icon(QStringLiteral("star-on"), &theme::Theme::star)
                               : theme::icon(QStringLiteral("star")));
    for (int i = 0; i < labels_.size(); ++i) labels_[i]->setChecked(marks.label == i + 1);
}

InfoPicture::InfoPicture() {
    setFixedHeight(200);
}

void InfoPicture::show(const QImage& image) {
    image_ = image;
    update();
}

void InfoPicture::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& t = theme::of(this);
    theme::paintBox(&painter, rect(), theme::radiusControl, t.stage);
    if (image_.isNull())
        return theme::paintIcon(&painter, QRect(rect().center() - QPoint(12, 12), QSize(24, 24)),
                                QStringLiteral("image"), theme::ofStage().text2);
    const auto room = QSizeF(size() - QSize(12, 12));
    const auto shown = QSizeF(image_.size()).scaled(room, Qt::KeepAspectRatio);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(QRectF((width() - shown.width()) / 2, (height() - shown.height()) / 2,
                             shown.width(), shown.height()),
                      image_);
}

PictureInfo::PictureInfo(LibraryDesk& desk, const Actions& actions)
    : desk_(desk),
      thumbnail_(new InfoPicture),
      name_(label(QString(), theme::Step::dockTitle)),
      marks_(new MarkRow),
      prompt_(wrapped()),
      negative_(wrapped()),
      facts_(new QFormLayout),
      reproduction_(pushButton(QString(), QStringLiteral("report"))),
      recall_(buildRecall(actions)),
      content_(nullptr),
      empty_(label(tr("Choose a picture to see what it was made with."), theme::Step::body,
                   theme::Ink::note)) {
    theme::setGround(this, theme::Ground::panel);
    setMinimumWidth(280);
    setMaximumWidth(460);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    content_ = buildContent(actions);
    theme::setGround(scroll->viewport(), theme::Ground::panel);
    scroll->setWidget(content_);
    auto* rows = compact(new QVBoxLayout(this), 0);
    empty_->setWordWrap(true);
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setMargin(theme::s5);
    rows->addWidget(empty_, 1);
    rows->addWidget(scroll, 1);
    scroll->setObjectName(QStringLiteral("scroll"));
    connect(marks_, &MarkRow::changed, this, &PictureInfo::marked);
    connect(reproduction_, &QPushButton::clicked, this, &PictureInfo::reportAsked);
    connect(&desk_, &LibraryDesk::reported, this, [this](const QString& path, const auto& report) {
        if (!picture_ || picture_->path != path) return;
        report_ = report;
        if (report_ && picture_->program.isEmpty()) useStored();
        isReported_ = true;
        showReport();
    });
    connect(&desk_.thumbnails(), &gallery::ThumbnailCache::ready, this, [this](const QString& path) {
        if (picture_ && picture_->path == path) showThumbnail();
    });
    show({}, {}, 0);
}

QWidget* PictureInfo::buildContent(const Actions& actions) {
    auto* content = new QWidget;
    theme::setGround(content, theme::Ground::panel);
    auto* rows = compact(new QVBoxLayout(content), theme::s2, theme::s3, theme::s3, theme::s3,
                         theme::s3);
    name_->setMinimumWidth(40);
    rows->addWidget(name_);
    rows->addWidget(thumbnail_);
    rows->addWidget(marks_);
    rows->addWidget(label(tr("Prompt"), theme::Step::label, theme::Ink::secondary));
    rows->addWidget(prompt_);
    rows->addWidget(negative_);
    compact(facts_, theme::s1);
    facts_->setHorizontalSpacing(theme::s3);
    facts_->setRowWrapPolicy(QFormLayout::DontWrapRows);
    rows->addSpacing(theme::s1);
    rows->addLayout(facts_);
    rows->addSpacing(theme::s1);
    reproduction_->setFixedHeight(36);
    rows->addWidget(reproduction_);
    rows->addWidget(recall_);
    auto* open = pushButton(tr("Open in the viewer"), QStringLiteral("image"));
    connect(open, &QPushButton::clicked, actions[Act::libraryOpen], &QAction::trigger);
    rows->addWidget(open);
    rows->addStretch();
    return content;
}

QWidget* PictureInfo::buildRecall(const Actions& actions) {
    auto* recall = new QWidget;
    auto* grid = compact(new QGridLayout(recall), theme::s2);
    grid->addWidget(label(tr("Recall"), theme::Step::label, theme::Ink::secondary), 0, 0, 1, 6);
    const auto add = [&](const QString& text, Act act, int row, int column, int span) {
        auto* button = pushButton(text);
        tipWithKeys(button, actions[act]->text(), actions[act]);
        button->setAccessibleName(actions[act]->text());
        connect(button, &QPushButton::clicked, actions[act], &QAction::trigger);
        grid->addWidget(button, row, column, 1, span);
    };
    add(tr("All"), Act::libraryRecallAll, 1, 0, 3);
    add(tr("Remix"), Act::libraryRecallRemix, 1, 3, 3);
    add(tr("Prompt"), Act::libraryRecallPrompt, 2, 0, 2);
    add(tr("Seed"), Act::libraryRecallSeed, 2, 2, 2);
    add(tr("Size"), Act::libraryRecallSize, 2, 4, 2);
    return recall;
}

void PictureInfo::show(const std::optional<gallery::Picture>& picture, const gallery::Card& card,
                       int selected) {
    const bool isOther = !picture || !picture_ || picture->path != picture_->path;
    picture_ = picture;
    auto* scroll = findChild<QScrollArea*>(QStringLiteral("scroll"));
    scroll->setVisible(picture.has_value());
    empty_->setVisible(!picture);
    if (!picture) return;
    marks_->show(card.marks);
    marks_->setToolTip(selected > 1 ? tr("For %n selected picture(s)", nullptr, selected) : QString());
    if (!isOther) return;
    const QString file = QFileInfo(picture->path).fileName();
    name_->setText(name_->fontMetrics().elidedText(file, Qt::ElideMiddle, 280));
    name_->setToolTip(picture->path);
    showThumbnail();
    showFacts();
    report_.reset();
    isReported_ = false;
    showReport();
    desk_.askReport(picture->path);
}

/// Of what was made here the library knows more than the file says: where the model lies.
void PictureInfo::useStored() {
    const auto model = codec::fromUtf8(picture_->request.model);
    report_->translation.request = picture_->request;
    for (auto& field : report_->translation.fields) {
        if (field.name != QLatin1String("model")) continue;
        const bool isThere = model.isEmpty() || QFileInfo::exists(model);
        if (isThere) field = {field.name, field.found, field.found, Fate::identical, QString()};
    }
}

void PictureInfo::showThumbnail() {
    thumbnail_->show(desk_.thumbnails().find(picture_->path));
}

void PictureInfo::showFacts() {
    const auto& request = picture_->request;
    prompt_->setText(codec::fromUtf8(request.prompt));
    const auto negative = codec::fromUtf8(request.negative_prompt);
    negative_->setText(negative.isEmpty() ? QString() : tr("Not: %1").arg(negative));
    negative_->setVisible(!negative.isEmpty());
    theme::setInk(negative_, theme::Ink::secondary);
    while (facts_->rowCount() > 0) facts_->removeRow(0);
    const auto add = [this](const QString& name, const QString& value) {
        if (value.isEmpty()) return;
        auto* text = wrapped();
        text->setFont(theme::font(theme::Step::small));
        text->setText(value);
        facts_->addRow(label(name, theme::Step::small, theme::Ink::note), text);
    };
    const bool hasSettings = !request.prompt.empty() || picture_->program != QLatin1String("?");
    if (picture_->program != QLatin1String("?")) add(tr("Program"), picture_->program);
    add(tr("Model"), picture_->modelName);
    add(tr("Size"), QStringLiteral("%1 × %2").arg(picture_->width).arg(picture_->height));
    if (hasSettings) {
        add(tr("Sampler"), codec::fromUtf8(request.sampler) + QStringLiteral(" · ") +
                               codec::fromUtf8(request.schedule));
        add(tr("Steps · CFG"),
            QStringLiteral("%1 · %2").arg(request.steps).arg(request.guidance_scale));
        if (request.seed >= 0) add(tr("Seed"), QString::number(request.seed));
    }
    add(tr("Made"), QLocale().toString(picture_->created.toLocalTime(), QLocale::ShortFormat));
    add(tr("Folder"), QFileInfo(picture_->path).path());
}

void PictureInfo::showReport() {
    recall_->setEnabled(!isReported_ || report_.has_value());
    reproduction_->setEnabled(report_.has_value());
    if (!report_) {
        reproduction_->setText(isReported_ ? tr("No settings in the file") : tr("Reading the file…"));
        return;
    }
    reproduction_->setToolTip(tr("What becomes of each field"));
    if (picture_->program.isEmpty())
        return reproduction_->setText(tr("Made here, can be made again"));
    const int all = int(report_->translation.fields.size());
    const int same = report_->countOf(Fate::identical) + report_->countOf(Fate::translated);
    reproduction_->setText(same == all ? tr("Can be made again: %1 of %2").arg(same).arg(all)
                                       : tr("Taken over: %1 of %2").arg(same).arg(all));
}

}  // namespace ui
