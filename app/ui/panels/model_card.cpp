#include "app/ui/panels/model_card.h"

#include "app/library/model_library.h"
#include "app/ui/choice_popup.h"
#include "app/ui/panels/model_list.h"
#include "app/ui/pieces.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QListView>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>

namespace ui {
namespace {

QString droppedPath(const QMimeData* data) {
    const auto urls = data->urls();
    return urls.size() == 1 ? urls.front().toLocalFile() : QString();
}

}  // namespace

QString familyName(const std::string& family) {
    if (family == "sd1") return QStringLiteral("SD 1.5");
    if (family == "sd2") return QStringLiteral("SD 2");
    if (family == "sdxl") return QStringLiteral("SDXL");
    if (family == "sdxl_refiner") return QStringLiteral("SDXL refiner");
    if (family == "atelier") return QStringLiteral("Atelier");
    return QString::fromStdString(family);
}

QString shortCount(std::int64_t parameters) {
    const double millions = double(parameters) / 1e6;
    if (millions < 0.1) return QString::number(parameters);
    if (millions >= 1000) return QStringLiteral("%1 B").arg(millions / 1000, 0, 'f', 1);
    return QStringLiteral("%1 M").arg(millions, 0, 'f', millions < 10 ? 1 : 0);
}

ModelCard::ModelCard(RequestModel& model, const EngineFacts& facts) : model_(model), facts_(facts) {
    setAcceptDrops(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setFixedHeight(52);
    const auto refresh = [this] {
        setAccessibleName(tr("Model: %1").arg(name()));
        setAccessibleDescription(note());
        setToolTip(model_.request().model.empty() ? tr("Model: choose another or drop a file here")
                                                  : QString::fromStdString(model_.request().model));
        update();
    };
    connect(&model_, &RequestModel::changed, this, refresh);
    connect(&facts_, &EngineFacts::changed, this, refresh);
    connect(this, &QAbstractButton::clicked, this, &ModelCard::open);
    refresh();
}

QSize ModelCard::sizeHint() const {
    return {240, 52};
}

QString ModelCard::name() const {
    const auto& path = model_.request().model;
    if (path.empty()) return tr("Atelier Stickers");
    return QFileInfo(QString::fromStdString(path)).completeBaseName();
}

QString ModelCard::note() const {
    QStringList parts;
    if (model_.request().model.empty()) parts << tr("Ships with Atelier");
    if (const auto& info = facts_.model()) {
        if (!model_.request().model.empty()) parts << familyName(info->family);
        if (info->parameter_count > 0)
            parts << tr("%1 parameters").arg(shortCount(info->parameter_count));
    } else if (facts_.state() == EngineFacts::State::loading) {
        parts << tr("engine starts…");
    } else {
        parts << (facts_.trouble().isEmpty() ? tr("reading…") : tr("can't be used"));
    }
    return parts.join(QStringLiteral(" · "));
}

void ModelCard::choose(const QString& path) {
    auto request = model_.request();
    request.model = path.toStdString();
    // The other model has another native size; a size made for this one would not fit it.
    if (request.model != model_.request().model) request.width = request.height = 0;
    model_.setRequest(request);
}

void ModelCard::setModels(library::ModelLibrary& models) {
    models_ = &models;
    list_ = new ModelList(models, this);
}

void ModelCard::open() {
    if (!list_) return chooseFile();
    const QString current = QString::fromStdString(model_.request().model);
    list_->setGuest(current);
    auto* popup = new ChoicePopup(list_, tr("Models"), this);
    popup->setAttribute(Qt::WA_DeleteOnClose);
    auto* row = new ModelRow(popup);
    row->setCurrent(current);
    popup->list()->setItemDelegate(row);
    const auto below = [popup](QPushButton* button, auto work) {
        connect(button, &QPushButton::clicked, popup, [popup, work] {
            popup->close();
            work();
        });
        return button;
    };
    auto* foot = new QWidget;
    auto* buttons = compact(new QHBoxLayout(foot), theme::s2);
    buttons->addWidget(below(pushButton(tr("Choose a file…"), QStringLiteral("model"),
                                        theme::Kind::quiet),
                             [this] { chooseFile(); }));
    buttons->addWidget(below(pushButton(tr("Choose a folder…"), QStringLiteral("folder"),
                                        theme::Kind::quiet),
                             [this] { chooseFolder(); }));
    auto* add = iconButton(QStringLiteral("plus"), tr("Add a folder with models…"));
    connect(add, &QToolButton::clicked, popup, [this, popup] {
        popup->close();
        addFolder();
    });
    auto* again = iconButton(QStringLiteral("retry"), tr("Look for models again"));
    connect(again, &QToolButton::clicked, models_, &library::ModelLibrary::lookAgain);
    buttons->addStretch();
    buttons->addWidget(add);
    buttons->addWidget(again);
    popup->addFoot(foot);
    connect(popup, &ChoicePopup::chosen, this, [this, popup](const QModelIndex& index) {
        // One that can't be used stays in the list to say why.
        if (index.data(ModelList::RefusedRole).toBool()) return;
        choose(index.data(ModelList::PathRole).toString());
        popup->close();
    });
    popup->openBelow(this, 400);
}

void ModelCard::chooseFile() {
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Choose a model file"),
        QFileInfo(QString::fromStdString(model_.request().model)).path(),
        tr("Model files (*.safetensors *.ckpt *.pt *.gguf);;All files (*)"));
    if (!path.isEmpty()) choose(path);
}

void ModelCard::addFolder() {
    const QString path =
        QFileDialog::getExistingDirectory(this, tr("Add a folder with models"));
    if (!path.isEmpty()) Q_EMIT folderAdded(path);
}

void ModelCard::chooseFolder() {
    const QString path = QFileDialog::getExistingDirectory(this, tr("Choose a model folder"));
    if (!path.isEmpty()) choose(path);
}

void ModelCard::dragEnterEvent(QDragEnterEvent* event) {
    if (droppedPath(event->mimeData()).isEmpty()) return;
    isTarget_ = true;
    event->acceptProposedAction();
    update();
}

void ModelCard::dragLeaveEvent(QDragLeaveEvent*) {
    isTarget_ = false;
    update();
}

void ModelCard::dropEvent(QDropEvent* event) {
    isTarget_ = false;
    choose(droppedPath(event->mimeData()));
    event->acceptProposedAction();
    update();
}

void ModelCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& t = theme::of(this);
    const QColor ground = isTarget_      ? t.selection
                          : isDown()     ? t.pressed
                          : underMouse() ? t.hover
                                         : t.raised;
    theme::paintBox(&painter, rect(), theme::radiusCard, ground,
                    isTarget_ ? t.accent : t.lineControl);
    const QRect picture(8, 8, 36, 36);
    theme::paintBox(&painter, picture, 5, t.field);
    theme::paintIcon(&painter, picture.adjusted(8, 8, -8, -8), QStringLiteral("model"),
                     t.accentText);
    const QRect text(54, 7, width() - 54 - 36, 19);
    painter.setFont(theme::font(theme::Step::strong));
    painter.setPen(t.text);
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(name(), Qt::ElideRight, text.width()));
    painter.setFont(theme::font(theme::Step::small));
    const bool isWrong = !facts_.trouble().isEmpty();
    painter.setPen(isWrong ? t.danger : underMouse() || isTarget_ ? t.text2 : t.text3);
    painter.drawText(text.translated(0, 18), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(note(), Qt::ElideRight, text.width()));
    theme::paintIcon(&painter, QRectF(width() - 26, 18, 16, 16), QStringLiteral("chevron-down"),
                     t.text2);
}

}  // namespace ui
