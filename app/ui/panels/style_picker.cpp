#include "app/ui/panels/style_picker.h"

#include "app/codec/text.h"
#include "app/prompts/styles.h"
#include "app/ui/choice_popup.h"
#include "app/ui/panels/style_dialog.h"
#include "app/ui/pieces.h"
#include "app/ui/sentences.h"
#include "app/ui/theme/icons.h"
#include "diffusion/error.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QToolButton>
#include <QToolTip>

#include <algorithm>

namespace ui {
namespace {

const diffusion::Style* styleOf(const prompts::Words& words, const QString& name) {
    const auto wanted = codec::toUtf8(name);
    const auto found = std::find_if(words.styles.begin(), words.styles.end(),
                                    [&](const auto& style) { return style.name == wanted; });
    return found == words.styles.end() ? nullptr : &*found;
}

}  // namespace

StyleModel::StyleModel(PromptDesk& desk, QObject* parent)
    : QAbstractListModel(parent), desk_(desk) {
    connect(&desk_, &PromptDesk::changed, this, &StyleModel::refresh);
    refresh();
}

void StyleModel::refresh() {
    QStringList names;
    for (const auto& style : desk_.words().styles) names << codec::fromUtf8(style.name);
    // Chosen ones whose file is gone can be taken off here.
    for (const auto& name : desk_.styles())
        if (!names.contains(name)) names.prepend(name);
    if (names != names_) {
        beginResetModel();
        names_ = names;
        endResetModel();
    } else if (!names_.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(int(names_.size()) - 1));
    }
}

int StyleModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(names_.size());
}

QVariant StyleModel::data(const QModelIndex& index, int role) const {
    const QString name = names_.value(index.row());
    if (role == Qt::DisplayRole) return name;
    if (role == Qt::CheckStateRole)
        return int(desk_.styles().contains(name) ? Qt::Checked : Qt::Unchecked);
    if (role != Qt::ToolTipRole) return {};
    const auto* style = styleOf(desk_.words(), name);
    if (!style) return tr("No file of styles has it any more");
    QString text = codec::fromUtf8(style->prompt);
    if (!style->negative_prompt.empty())
        text += QStringLiteral("\n− ") + codec::fromUtf8(style->negative_prompt);
    return text;
}

bool StyleModel::setData(const QModelIndex& index, const QVariant&, int role) {
    if (role == Qt::CheckStateRole) toggle(index);
    return role == Qt::CheckStateRole;
}

Qt::ItemFlags StyleModel::flags(const QModelIndex& index) const {
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

void StyleModel::toggle(const QModelIndex& index) {
    auto chosen = desk_.styles();
    const QString name = names_.value(index.row());
    if (!chosen.removeOne(name)) chosen << name;
    desk_.setStyles(chosen);
}

StylePicker::StylePicker(RequestModel& model, PromptDesk& desk)
    : model_(model), desk_(desk), styles_(new StyleModel(desk, this)) {
    setIcon(theme::icon(QStringLiteral("style")));
    setFixedHeight(28);
    setMinimumWidth(40);
    setFont(theme::font(theme::Step::body));
    theme::setKind(this, theme::Kind::field);
    connect(this, &QPushButton::clicked, this, &StylePicker::open);
    connect(&desk_, &PromptDesk::changed, this, &StylePicker::refresh);
    refresh();
}

void StylePicker::refresh() {
    const auto names = desk_.styles();
    const QString all = names.join(QStringLiteral(", "));
    constexpr int mostLetters = 32;
    const QString shown =
        all.size() <= mostLetters ? all : all.left(mostLetters - 1) + QChar(0x2026);
    setText(names.isEmpty() ? tr("No style") : tr("Style: %1").arg(shown));
    setAccessibleName(names.isEmpty() ? tr("Style: none") : tr("Style: %1").arg(all));
    setToolTip(names.isEmpty() ? tr("Words that are put around the prompt") : all);
}

void StylePicker::open() {
    auto* popup = new ChoicePopup(styles_, tr("Styles"), this);
    popup->setAttribute(Qt::WA_DeleteOnClose);
    connect(popup, &ChoicePopup::chosen, styles_, &StyleModel::toggle);
    if (styles_->rowCount() == 0) {
        popup->list()->hide();
        auto* empty = label(tr("No styles yet. Keep the prompt as one, or put a styles.csv or a "
                               "Fooocus list (.json) into %1.")
                                .arg(desk_.shelf().places().data + QStringLiteral("/styles")),
                            theme::Step::small, theme::Ink::note);
        empty->setWordWrap(true);
        popup->addFoot(empty);
    }
    auto* foot = new QWidget;
    auto* buttons = compact(new QHBoxLayout(foot), theme::s2);
    auto* save = pushButton(tr("Keep the prompt as a style…"), QStringLiteral("save"),
                            theme::Kind::quiet);
    auto* write = pushButton(tr("Write into the prompt"), QStringLiteral("edit"),
                             theme::Kind::quiet);
    write->setEnabled(!desk_.styles().isEmpty());
    write->setToolTip(write->isEnabled()
                          ? tr("The styles' words become part of the prompt, to be edited there")
                          : tr("Choose a style first"));
    buttons->addWidget(save);
    buttons->addWidget(write);
    buttons->addStretch();
    buttons->addWidget(removeButton(popup));
    popup->addFoot(foot);
    connect(save, &QPushButton::clicked, this, [this, popup] {
        popup->close();
        saveAsStyle();
    });
    connect(write, &QPushButton::clicked, this, [this, popup] {
        popup->close();
        writeIntoPrompt();
    });
    popup->openBelow(this, 470);
}

QWidget* StylePicker::removeButton(ChoicePopup* popup) {
    auto* button = iconButton(QStringLiteral("trash"), tr("Remove the marked style"));
    const auto nameOf = [this, popup] {
        return styles_->data(popup->current(), Qt::DisplayRole).toString();
    };
    const auto check = [this, button, nameOf] {
        const bool isOwn = ownStyle(nameOf()) != nullptr;
        button->setEnabled(isOwn);
        button->setToolTip(isOwn              ? tr("Remove the marked style") + QStringLiteral("  Del")
                           : nameOf().isEmpty() ? tr("Mark a style first")
                                              : tr("It lies in a file of another program"));
    };
    connect(popup, &ChoicePopup::currentChanged, button, check);
    connect(&desk_, &PromptDesk::changed, button, check);
    connect(button, &QToolButton::clicked, this, [this, nameOf] { remove(nameOf()); });
    connect(popup, &ChoicePopup::removalAsked, this, [this, nameOf] { remove(nameOf()); });
    check();
    return button;
}

const diffusion::Style* StylePicker::ownStyle(const QString& name) const {
    const auto* style = styleOf(desk_.words(), name);
    return style && style - desk_.words().styles.constData() < desk_.words().ownStyles ? style
                                                                                        : nullptr;
}

void StylePicker::remove(const QString& name) {
    const auto* own = ownStyle(name);
    if (!own) return;
    const auto style = *own;
    auto chosen = desk_.styles();
    if (chosen.removeOne(name)) desk_.setStyles(chosen);
    desk_.shelf().removeStyle(name);
    Q_EMIT removed(style);
}

void StylePicker::writeIntoPrompt() {
    try {
        model_.setRequest(
            prompts::withStyles(model_.request(), desk_.styles(), desk_.words().styles));
        desk_.setStyles({});
    } catch (const diffusion::Error& error) {
        QToolTip::showText(mapToGlobal(QPoint(0, height())),
                           inWindowLanguage(codec::fromUtf8(error.what())), this);
    }
}

void StylePicker::saveAsStyle() {
    auto* dialog = new StyleDialog({{},
                                    model_.request().prompt,
                                    model_.request().negative_prompt},
                                   window());
    connect(dialog, &StyleDialog::kept, &desk_.shelf(), &prompts::WordShelf::saveStyle);
    dialog->open();
}

}  // namespace ui
