// What the filter button of the library offers.

#include "app/ui/library/filter_bar.h"
#include "app/ui/library/filter_words.h"
#include "app/ui/library/mark_words.h"
#include "app/ui/pieces.h"
#include "app/ui/theme/icons.h"

#include <QDate>
#include <QDateEdit>
#include <QDialog>
#include <QFormLayout>
#include <QMenu>
#include <QPushButton>

#include <algorithm>

namespace ui {
namespace {

using gallery::PictureFilter;

/// A line that can be on or off.
QAction* check(QMenu* menu, const QString& name, bool isOn) {
    auto* action = menu->addAction(name);
    action->setCheckable(true);
    action->setChecked(isOn);
    return action;
}

template <typename Value>
QList<Value> toggled(QList<Value> values, const Value& value) {
    if (values.contains(value))
        values.removeAll(value);
    else
        values.append(value);
    return values;
}

}  // namespace

void FilterBar::buildMenu(QMenu* menu) {
    for (auto* action : menu->actions())
        if (action->menu()) action->menu()->deleteLater();
    menu->clear();
    addStars(menu->addMenu(theme::icon(QStringLiteral("star")), tr("Stars")));
    addFlags(menu->addMenu(theme::icon(QStringLiteral("pick")), tr("Flag")));
    addLabels(menu->addMenu(theme::icon(QStringLiteral("label")), tr("Label")));
    const auto& choices = desk_.choices();
    addValues(menu, tr("Model"), QStringLiteral("model"), &PictureFilter::models, choices.models);
    addValues(menu, tr("LoRA"), QStringLiteral("lora"), &PictureFilter::loras, choices.loras);
    addValues(menu, tr("Sampler"), QStringLiteral("plan"), &PictureFilter::samplers,
              choices.samplers);
    addSizes(menu->addMenu(theme::icon(QStringLiteral("frame")), tr("Size")));
    addDates(menu->addMenu(theme::icon(QStringLiteral("clock")), tr("Date")));
    menu->addSeparator();
    auto* clear = menu->addAction(theme::icon(QStringLiteral("close")), tr("Clear all filters"));
    clear->setEnabled(desk_.filter().conditionCount() > 0);
    connect(clear, &QAction::triggered, this, [this] { apply(desk_.filter().withoutConditions()); });
}

void FilterBar::addStars(QMenu* menu) {
    for (int stars = 1; stars <= 5; ++stars) {
        auto* action = check(menu, stars == 5 ? tr("5 stars") : tr("%1 and up").arg(stars),
                             desk_.filter().leastStars == stars);
        connect(action, &QAction::triggered, this, [this, stars] {
            auto filter = desk_.filter();
            filter.leastStars = filter.leastStars == stars ? 0 : stars;
            apply(filter);
        });
    }
}

void FilterBar::addFlags(QMenu* menu) {
    for (const int pick : {1, 0, -1})
        connect(check(menu, pickName(pick), desk_.filter().picks.contains(pick)),
                &QAction::triggered, this, [this, pick] {
                    auto filter = desk_.filter();
                    filter.picks = toggled(filter.picks, pick);
                    apply(filter);
                });
}

void FilterBar::addLabels(QMenu* menu) {
    for (const int label : {1, 2, 3, 4, 0})
        connect(check(menu, label == 0 ? tr("No label") : labelName(label),
                      desk_.filter().labels.contains(label)),
                &QAction::triggered, this, [this, label] {
                    auto filter = desk_.filter();
                    filter.labels = toggled(filter.labels, label);
                    apply(filter);
                });
}

void FilterBar::addValues(QMenu* menu, const QString& title, const QString& icon,
                          QStringList PictureFilter::*field,
                          const QList<gallery::Share>& values) {
    auto* list = menu->addMenu(theme::icon(icon), title);
    list->setEnabled(!values.isEmpty());
    for (const auto& value : values) {
        auto* action = check(list, QStringLiteral("%1\t%2").arg(value.name).arg(value.count),
                             (desk_.filter().*field).contains(value.name));
        connect(action, &QAction::triggered, this, [this, field, name = value.name] {
            auto filter = desk_.filter();
            filter.*field = toggled<QString>(filter.*field, name);
            apply(filter);
        });
    }
}

void FilterBar::addSizes(QMenu* menu) {
    for (const auto shape :
         {gallery::Shape::square, gallery::Shape::portrait, gallery::Shape::landscape})
        connect(check(menu, shapeName(shape), desk_.filter().shape == shape), &QAction::triggered,
                this, [this, shape] {
                    auto filter = desk_.filter();
                    filter.shape = filter.shape == shape ? gallery::Shape::any : shape;
                    apply(filter);
                });
    menu->addSeparator();
    for (const auto& share : desk_.choices().sizes) {
        const auto parts = share.name.split(QLatin1Char('x'));
        const QSize size(parts.value(0).toInt(), parts.value(1).toInt());
        connect(check(menu, QStringLiteral("%1\t%2").arg(sizeName(size)).arg(share.count),
                      desk_.filter().sizes.contains(size)),
                &QAction::triggered, this, [this, size] {
                    auto filter = desk_.filter();
                    filter.sizes = toggled(filter.sizes, size);
                    apply(filter);
                });
    }
}

void FilterBar::addDates(QMenu* menu) {
    const auto today = QDate::currentDate();
    const auto add = [&](const QString& name, const QDate& from, const QDate& to) {
        connect(menu->addAction(name), &QAction::triggered, this, [this, from, to] {
            auto filter = desk_.filter();
            filter.from = from;
            filter.to = to;
            apply(filter);
        });
    };
    add(tr("Today"), today, today);
    add(tr("Yesterday"), today.addDays(-1), today.addDays(-1));
    add(tr("Last 7 days"), today.addDays(-6), {});
    add(tr("Last 30 days"), today.addDays(-29), {});
    add(tr("This year"), QDate(today.year(), 1, 1), {});
    menu->addSeparator();
    connect(menu->addAction(tr("From … to …")), &QAction::triggered, this, &FilterBar::askDates);
    add(tr("Any date"), {}, {});
}

void FilterBar::askDates() {
    QDialog dialog(this);
    dialog.setWindowTitle(tr("Date"));
    theme::setGround(&dialog, theme::Ground::panel);
    auto* form = compact(new QFormLayout(&dialog), theme::s3, theme::s5, theme::s4, theme::s5,
                         theme::s4);
    const auto edit = [&](const QString& name, const QDate& date) {
        auto* field = new QDateEdit(date.isValid() ? date : QDate::currentDate());
        field->setCalendarPopup(true);
        field->setAccessibleName(name);
        form->addRow(name, field);
        return field;
    };
    auto* from = edit(tr("From"), desk_.filter().from);
    auto* to = edit(tr("To"), desk_.filter().to);
    auto* done = pushButton(tr("Show these"), {}, theme::Kind::primary);
    form->addRow(done);
    connect(done, &QPushButton::clicked, &dialog, &QDialog::accept);
    if (dialog.exec() != QDialog::Accepted) return;
    auto filter = desk_.filter();
    filter.from = std::min(from->date(), to->date());
    filter.to = std::max(from->date(), to->date());
    apply(filter);
}

}  // namespace ui
