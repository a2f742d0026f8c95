#pragma once

// The styles around the prompt: which ones, what they say, and a place to keep new ones.

#include "app/ui/prompt_desk.h"
#include "app/ui/request_model.h"

#include <QAbstractListModel>
#include <QPushButton>

namespace ui {

class ChoicePopup;

/// Styles by name with a check mark for those that are chosen; the tooltip is what they say.
class StyleModel : public QAbstractListModel {
    Q_OBJECT

public:
    explicit StyleModel(PromptDesk& desk, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    void toggle(const QModelIndex& index);

private:
    void refresh();

    PromptDesk& desk_;
    QStringList names_;
};

class StylePicker : public QPushButton {
    Q_OBJECT

public:
    StylePicker(RequestModel& model, PromptDesk& desk);

    /// Writes the styles' texts into the prompts and chooses none, so that they can be edited.
    void writeIntoPrompt();
    /// Asks for a name and keeps the prompts as a style.
    void saveAsStyle();
    /// Takes it out of the user's own list.
    void remove(const QString& name);

Q_SIGNALS:
    void removed(const diffusion::Style& style);

private:
    QWidget* removeButton(ChoicePopup* popup);
    /// Null for one of another program's file.
    const diffusion::Style* ownStyle(const QString& name) const;
    void open();
    void refresh();

    RequestModel& model_;
    PromptDesk& desk_;
    StyleModel* styles_;
};

}  // namespace ui
