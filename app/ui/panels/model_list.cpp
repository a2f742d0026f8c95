#include "app/ui/panels/model_list.h"

#include "app/codec/text.h"
#include "app/ui/panels/model_card.h"
#include "app/ui/sentences.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"

#include <QFileInfo>
#include <QPainter>

namespace ui {
namespace {

constexpr int rowHeight = 46;

}  // namespace

QString shortBytes(qint64 bytes) {
    const double megabytes = double(bytes) / 1e6;
    if (megabytes >= 1000) return QStringLiteral("%1 GB").arg(megabytes / 1000, 0, 'f', 1);
    if (megabytes >= 1) return QStringLiteral("%1 MB").arg(megabytes, 0, 'f', 0);
    return QStringLiteral("%1 kB").arg(double(bytes) / 1e3, 0, 'f', 0);
}

ModelList::ModelList(library::ModelLibrary& library, QObject* parent)
    : QAbstractListModel(parent), library_(library) {
    connect(&library_, &library::ModelLibrary::listChanged, this, [this] {
        beginResetModel();
        endResetModel();
    });
    connect(&library_, &library::ModelLibrary::modelChanged, this, [this](const QString& path) {
        if (const int row = rowOf(path); row >= 0) Q_EMIT dataChanged(index(row), index(row));
    });
}

void ModelList::setGuest(const QString& path) {
    const QString guest = !path.isEmpty() && !library_.find(path) ? path : QString();
    if (guest == guest_) return;
    beginResetModel();
    guest_ = guest;
    endResetModel();
}

int ModelList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(library_.models().size()) + (guest_.isEmpty() ? 0 : 1);
}

int ModelList::rowOf(const QString& path) const {
    const int first = guest_.isEmpty() ? 0 : 1;
    if (first == 1 && path == guest_) return 0;
    for (int row = 0; row < int(library_.models().size()); ++row)
        if (library_.models()[row].path == path) return row + first;
    return -1;
}

QString ModelList::noteOf(const library::Model& model) const {
    if (model.state == library::ModelState::refused || model.state == library::ModelState::part) {
        // The row names the file already.
        const QString name = QFileInfo(model.path).fileName() + QStringLiteral(": ");
        const QString reason = inWindowLanguage(model.reason);
        return reason.mid(reason.startsWith(name) ? name.size() : 0);
    }
    QStringList parts;
    if (model.state == library::ModelState::waiting) parts << tr("reading…");
    if (!model.info.family.empty())
        parts << (familyName(model.info.family) + QLatin1Char(' ') +
                  codec::fromUtf8(model.info.variant))
                     .trimmed();
    if (model.bytes > 0) parts << shortBytes(model.bytes);
    if (!model.info.precision.empty()) parts << codec::fromUtf8(model.info.precision);
    if (!model.program.isEmpty()) parts << model.program;
    return parts.join(QStringLiteral(" · "));
}

QVariant ModelList::data(const QModelIndex& index, int role) const {
    const bool isGuest = !guest_.isEmpty() && index.row() == 0;
    library::Model own;
    own.path = guest_;
    own.name = QFileInfo(guest_).completeBaseName();
    own.state = library::ModelState::usable;
    const auto& model =
        isGuest ? own : library_.models().at(index.row() - (guest_.isEmpty() ? 0 : 1));
    switch (role) {
        case Qt::DisplayRole:
            return model.path.isEmpty() ? tr("Atelier Stickers") : model.name;
        case NoteRole:
            return isGuest ? tr("chosen from elsewhere") : noteOf(model);
        case PathRole:
            return model.path;
        case RefusedRole:
            return model.state == library::ModelState::refused ||
                   model.state == library::ModelState::part;
        case Qt::ToolTipRole:
            return model.reason.isEmpty() ? model.path
                                          : model.path + QStringLiteral("\n\n") + inWindowLanguage(model.reason);
        case Qt::AccessibleDescriptionRole:
            return noteOf(model);
        default:
            return {};
    }
}

Qt::ItemFlags ModelList::flags(const QModelIndex& index) const {
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

QSize ModelRow::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {200, rowHeight};
}

void ModelRow::paint(QPainter* painter, const QStyleOptionViewItem& option,
                     const QModelIndex& index) const {
    const auto& t = theme::of(option.widget);
    const bool isOn = option.state.testFlag(QStyle::State_Selected);
    const bool isHot = option.state.testFlag(QStyle::State_MouseOver);
    if (isOn || isHot)
        theme::paintBox(painter, option.rect.adjusted(0, 1, 0, -1), theme::radiusControl,
                        isOn ? t.selection : t.hover);
    const bool isRefused = index.data(ModelList::RefusedRole).toBool();
    const bool isCurrent = index.data(ModelList::PathRole).toString() == current_;
    theme::paintIcon(painter, QRect(option.rect.x() + 8, option.rect.center().y() - 7, 16, 16),
                     isCurrent   ? QStringLiteral("check")
                     : isRefused ? QStringLiteral("warning")
                                 : QStringLiteral("model"),
                     isCurrent   ? t.accentText
                     : isRefused ? t.danger
                                 : t.text2);
    const QRect text(option.rect.x() + 34, option.rect.y() + 5, option.rect.width() - 42, 18);
    painter->setFont(theme::font(theme::Step::strong));
    painter->setPen(isRefused ? t.text2 : t.text);
    painter->drawText(text, Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle,
                                                        text.width()));
    painter->setFont(theme::font(theme::Step::small));
    painter->setPen(isRefused ? t.danger : isOn || isHot ? t.text2 : t.text3);
    painter->drawText(text.translated(0, 18), Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(index.data(ModelList::NoteRole).toString(),
                                                        Qt::ElideRight, text.width()));
}

}  // namespace ui
