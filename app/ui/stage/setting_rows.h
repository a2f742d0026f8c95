#pragma once

// The settings of a picture as rows of name and value, and what differs between two pictures.

#include "diffusion/request.h"

#include <QList>
#include <QString>

namespace ui {

struct SettingRow {
    QString field;  ///< FieldInfo::name
    QString name;   ///< in the language of the window
    QString value;
    bool isText = false;  ///< prompts: words that can be compared one by one
};

/// The main settings, and of the others those that are not as they always are.
QList<SettingRow> settingRows(const diffusion::GenerationRequest& request);

struct SettingDifference {
    QString name;
    QString before;  ///< empty: it was as it always is
    QString after;
    bool isText = false;
};

/// The fields whose values differ, in the order of the rows.
QList<SettingDifference> differencesOf(const diffusion::GenerationRequest& before,
                                       const diffusion::GenerationRequest& after);

/// Rows as lines of "name: value".
QString textOf(const QList<SettingRow>& rows);

}  // namespace ui
