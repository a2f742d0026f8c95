#pragma once

// Rows for the fields of one section, made from the list of the request's fields: a check box, a
// number, a choice or a text, as the field is. Rows that mean nothing with the chosen sampler and
// schedule are not shown.

#include "app/ui/engine_facts.h"
#include "app/ui/panels/field_words.h"
#include "app/ui/request_model.h"

#include <QHash>
#include <QWidget>

namespace ui {

class KnobsPanel : public QWidget {
    Q_OBJECT

public:
    KnobsPanel(Knobs section, RequestModel& model, const EngineFacts& facts);

    /// Label and value of what differs from its default; empty when nothing does.
    QString summary() const;

    /// False where no field of the section means anything.
    bool hasRows() const;

    /// Of a field; null if the section lacks it.
    QWidget* rowOf(const QString& field) const { return rows_.value(field); }

Q_SIGNALS:
    /// Rows came or went.
    void rowsChanged();

private:
    bool isMeant(std::string_view field) const;
    void showRows();

    Knobs section_;
    RequestModel& model_;
    const EngineFacts& facts_;
    QHash<QString, QWidget*> rows_;
};

}  // namespace ui
