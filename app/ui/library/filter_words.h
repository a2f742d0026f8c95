#pragma once

// Conditions of a filter in words, for chips, menus and saved searches.

#include "app/gallery/picture_filter.h"

#include <QList>
#include <QString>

namespace ui {

/// One condition of a filter: what its chip says, and the filter without it.
struct FilterPart {
    QString icon;
    QString name;
    gallery::PictureFilter without;
};

/// In the order of the chips; the words of the search field are none.
QList<FilterPart> partsOf(const gallery::PictureFilter& filter);

/// "owl, 3 and up, clay-toys": a name for a saved search.
QString nameOf(const gallery::PictureFilter& filter);

QString pickName(int pick);
QString shapeName(gallery::Shape shape);
QString orderName(gallery::Order order);
/// "512 × 768"
QString sizeName(const QSize& size);

}  // namespace ui
