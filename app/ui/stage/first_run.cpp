#include "app/ui/stage/first_run.h"

#include "app/ui/hardware.h"
#include "app/ui/pieces.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"

#include <QDragEnterEvent>
#include <QFile>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QTextLayout>
#include <QUrl>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int cardWidth = 172;
constexpr int narrowestCard = 112;
constexpr int cardEdge = 10;  // around the picture
constexpr int contentWidth = 4 * cardWidth + 3 * theme::s4;

}  // namespace

const std::array<Example, 4>& examples() {
    static const std::array<Example, 4> list{{
        {"red apple, 3d", ":/examples/1.png"},
        {"cherries, 3d", ":/examples/2.png"},
        {"grinning face", ":/examples/3.png"},
        {"파란 하트", ":/examples/4.png"},
    }};
    return list;
}

ExampleCard::ExampleCard(const Example& example, const QString& keys) : keys_(keys) {
    setText(QString::fromUtf8(example.prompt));
    setAccessibleName(tr("Example: %1").arg(text()));
    setToolTip(text() + QStringLiteral("  ") + keys);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    picture_.load(QLatin1String(example.picture));
    setFixedHeight(sizeHint().height());
    setMinimumWidth(narrowestCard);
    setMaximumWidth(cardWidth);
}

QSize ExampleCard::sizeHint() const {
    return {cardWidth, (picture_.isNull() ? 0 : cardWidth - 2 * cardEdge + theme::s2) + 68};
}

void ExampleCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& t = theme::of(this);
    theme::paintBox(&painter, rect(), theme::radiusCard,
                    isDown()       ? t.pressed
                    : underMouse() ? t.hover
                                   : t.panel,
                    t.lineControl);
    int top = theme::s3;
    if (!picture_.isNull()) {
        const int edge = width() - 2 * cardEdge;
        const QRect place(cardEdge, cardEdge, edge, edge);
        QPainterPath clip;
        clip.addRoundedRect(place, theme::radiusSmall, theme::radiusSmall);
        painter.save();
        painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        painter.setClipPath(clip);
        painter.drawPixmap(place, picture_);
        painter.restore();
        top = place.bottom() + theme::s3;
    }
    painter.setFont(theme::font(theme::Step::body));
    painter.setPen(t.text);
    const QRect words(theme::s3, top, width() - 2 * theme::s3, height() - top - theme::s3);
    painter.drawText(words, Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, text());
    painter.setFont(theme::font(theme::Step::monoSmall));
    painter.setPen(underMouse() ? t.text2 : t.text3);
    painter.drawText(words, Qt::AlignBottom | Qt::AlignRight, keys_);
}

DropCard::DropCard() {
    setAcceptDrops(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setFixedHeight(sizeHint().height());
    setText(tr("Drop a picture here"));
    setAccessibleName(text());
    setAccessibleDescription(tr("to read the settings it was made with"));
}

QSize DropCard::sizeHint() const {
    return {contentWidth, 92};
}

void DropCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto& t = theme::of(this);
    QPen pen(isTarget_ ? t.accent : t.lineStrong, isTarget_ ? 2 : 1);
    if (!isTarget_) pen.setDashPattern({5, 5});
    painter.setPen(pen);
    painter.setBrush(isTarget_      ? QBrush(t.selection)
                     : underMouse() ? QBrush(t.hover)
                                    : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), theme::radiusCard,
                            theme::radiusCard);
    theme::paintIcon(&painter, QRectF(34, 34, 24, 24), QStringLiteral("image-plus"), t.text2);
    painter.setPen(t.text);
    painter.setFont(theme::font(theme::Step::strong));
    painter.drawText(QRect(80, 25, width() - 100, 22), Qt::AlignVCenter, text());
    painter.setPen(t.text2);
    painter.setFont(theme::font(theme::Step::body));
    painter.drawText(QRect(80, 46, width() - 100, 22), Qt::AlignVCenter, accessibleDescription());
}

void DropCard::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->urls().value(0).toLocalFile().isEmpty()) return;
    isTarget_ = true;
    event->acceptProposedAction();
    update();
}

void DropCard::dragLeaveEvent(QDragLeaveEvent*) {
    isTarget_ = false;
    update();
}

void DropCard::dropEvent(QDropEvent* event) {
    isTarget_ = false;
    event->acceptProposedAction();
    update();
    Q_EMIT dropped(event->mimeData()->urls().value(0).toLocalFile());
}

FirstRun::FirstRun(Workbench& bench, const Actions& actions)
    : bench_(bench),
      hardware_(label(wordsOf(readHardware()), theme::Step::small, theme::Ink::secondary)),
      meaning_(label(QString(), theme::Step::small, theme::Ink::secondary)) {
    theme::setGround(this, theme::Ground::stage);
    auto* rows = compact(new QVBoxLayout(this), 0, theme::s5, theme::s5, theme::s5, theme::s5);
    auto* title = label(tr("Describe a picture, then press Ctrl + Enter"), theme::Step::display);
    auto* note =
        label(tr("The model is on this computer and ready. Nothing you type or make leaves it."),
              theme::Step::body, theme::Ink::secondary);
    auto larger = note->font();
    larger.setPixelSize(15);
    note->setFont(larger);
    for (auto* text : {title, note}) {
        text->setAlignment(Qt::AlignHCenter);
        text->setWordWrap(true);
    }
    rows->addStretch(3);
    rows->addWidget(title);
    rows->addSpacing(theme::s3);
    rows->addWidget(note);
    rows->addSpacing(theme::s6);
    auto* centre = compact(new QHBoxLayout, 0);
    centre->addStretch();
    centre->addWidget(starts(actions), 1000);
    centre->addStretch();
    rows->addLayout(centre);
    rows->addSpacing(theme::s5);
    rows->addWidget(links(), 0, Qt::AlignHCenter);
    rows->addStretch(3);
    for (auto* line : {hardware_, meaning_}) {
        line->setAlignment(Qt::AlignHCenter);
        rows->addWidget(line);
    }
    connect(&bench_.answers(), &RequestFacts::changed, this, &FirstRun::showHardware);
    connect(&bench_.facts(), &EngineFacts::changed, this, &FirstRun::showHardware);
    connect(&bench_.studio().models(), &library::ModelLibrary::listChanged, this,
            &FirstRun::showModels);
    showHardware();
    showModels();
}

QString FirstRun::hardwareWords() const {
    return hardware_->text() + QLatin1Char('\n') + meaning_->text();
}

void FirstRun::showHardware() {
    const auto& plan = bench_.answers().plan();
    if (bench_.facts().state() == EngineFacts::State::loading)
        meaning_->setText(tr("The engine starts. You can type and press Ctrl + Enter already."));
    else if (!plan || plan->seconds <= 0)
        meaning_->clear();
    else if (!plan->obstacle.empty())
        meaning_->setText(tr("There is too little memory for the chosen model and size."));
    else
        meaning_->setText(tr("A picture of the chosen model and size takes about %1 and %2 GB here.")
                              .arg(spokenSeconds(std::max(1.0, plan->seconds)))
                              .arg(double(plan->peak_bytes) / 1e9, 0, 'f', 1));
}

void FirstRun::showModels() {
    int found = 0;
    for (const auto& model : bench_.studio().models().models()) found += !model.path.isEmpty();
    models_->setText(found == 0 ? tr("Use models I already have…")
                                : tr("Use one of %n model(s) found here…", nullptr, found));
    QStringList programs;
    for (const auto& folder : bench_.studio().models().folders())
        if (!folder.program.isEmpty() && !programs.contains(folder.program))
            programs << folder.program;
    models_->setToolTip(programs.isEmpty()
                            ? tr("No folder of another program was found; choose a file or a folder")
                            : tr("From the folders of %1; they are used where they are")
                                  .arg(programs.join(QStringLiteral(", "))));
}

QWidget* FirstRun::starts(const Actions& actions) {
    auto* cards = compact(new QHBoxLayout, theme::s4);
    auto* drop = new DropCard;
    auto* column = new QWidget;
    column->setMaximumWidth(contentWidth);
    column->setMinimumWidth(4 * narrowestCard + 3 * theme::s4);
    auto* inner = compact(new QVBoxLayout(column), 0);
    inner->addWidget(
        label(tr("Or start from one of these"), theme::Step::strong, theme::Ink::secondary));
    inner->addSpacing(theme::s2);
    inner->addLayout(cards);
    inner->addSpacing(theme::s5);
    inner->addWidget(drop);
    for (size_t i = 0; i < examples().size(); ++i) {
        auto* action = actions[Act(int(Act::example1) + int(i))];
        auto* card = new ExampleCard(examples()[i], Actions::keysOf(action));
        connect(card, &QAbstractButton::clicked, action, &QAction::trigger);
        cards->addWidget(card);
    }
    connect(drop, &DropCard::dropped, this, &FirstRun::dropped);
    connect(drop, &QAbstractButton::clicked, actions[Act::pasteSettings], &QAction::trigger);
    return column;
}

QWidget* FirstRun::links() {
    auto* result = new QWidget;
    auto* row = compact(new QHBoxLayout(result), theme::s2);
    models_ = pushButton(QString(), QStringLiteral("model"), theme::Kind::quiet);
    auto* language =
        pushButton(tr("한국어로 바꾸기", "switches the interface to the other language"),
                   QStringLiteral("globe"), theme::Kind::quiet);
    row->addWidget(models_);
    row->addWidget(language);
    connect(models_, &QPushButton::clicked, this, &FirstRun::modelsAsked);
    connect(language, &QPushButton::clicked, this, &FirstRun::languageAsked);
    return result;
}

}  // namespace ui
