#include "app/ui/settings/setting_widgets.h"

#include "app/ui/pieces.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int nameWidth = 168;
constexpr int controlWidth = 296;  // of lists: the longest choice fits

}  // namespace

QComboBox* choiceOf(settings::Settings& settings, QString settings::Values::*field,
                    const QString& name, const Choices& choices) {
    auto* box = new QComboBox;
    box->setAccessibleName(name);
    box->setFixedHeight(28);
    box->setFixedWidth(controlWidth);
    ignoreWheelWithoutFocus(box);
    for (const auto& [words, value] : choices) box->addItem(words, value);
    const auto show = [box, &settings, field] {
        const QSignalBlocker quiet(box);
        const QString value = settings.values().*field;
        if (box->findData(value) < 0) box->addItem(value, value);
        box->setCurrentIndex(box->findData(value));
    };
    QObject::connect(&settings, &settings::Settings::changed, box, show);
    QObject::connect(box, &QComboBox::currentIndexChanged, &settings, [box, &settings, field] {
        settings.set(field, box->currentData().toString());
    });
    show();
    return box;
}

QSpinBox* numberOf(settings::Settings& settings, int settings::Values::*field, const QString& name,
                   int low, int high) {
    auto* box = spinBox(low, high, name);
    box->setMinimumWidth(120);
    box->setKeyboardTracking(false);  // the value counts when it is complete
    const auto show = [box, &settings, field] {
        const QSignalBlocker quiet(box);
        box->setValue(settings.values().*field);
    };
    QObject::connect(&settings, &settings::Settings::changed, box, show);
    QObject::connect(box, &QSpinBox::valueChanged, &settings,
                     [&settings, field](int value) { settings.set(field, value); });
    show();
    return box;
}

QCheckBox* switchOf(settings::Settings& settings, bool settings::Values::*field,
                    const QString& text) {
    auto* box = new QCheckBox(text);
    box->setFont(theme::font(theme::Step::body));
    const auto show = [box, &settings, field] {
        const QSignalBlocker quiet(box);
        box->setChecked(settings.values().*field);
    };
    QObject::connect(&settings, &settings::Settings::changed, box, show);
    QObject::connect(box, &QCheckBox::toggled, &settings,
                     [&settings, field](bool isOn) { settings.set(field, isOn); });
    show();
    return box;
}

QVBoxLayout* settingsPage(QWidget* page, const QString& title) {
    theme::setGround(page, theme::Ground::panel);
    auto* rows = compact(new QVBoxLayout(page), theme::s2, theme::s5, theme::s4, theme::s5, theme::s4);
    rows->addWidget(label(title, theme::Step::heading));
    rows->addSpacing(theme::s2);
    return rows;
}

void addSetting(QVBoxLayout* rows, const QString& name, QWidget* control, const QString& help) {
    auto* words = label(name, theme::Step::label, theme::Ink::secondary);
    words->setFixedWidth(nameWidth);
    words->setBuddy(control);
    auto* line = compact(new QHBoxLayout, theme::s3);
    line->addWidget(words);
    line->addWidget(control);
    line->addStretch();
    rows->addLayout(line);
    if (help.isEmpty()) return;
    auto* note = addNote(rows, help);
    note->setContentsMargins(nameWidth + theme::s3, 0, 0, theme::s2);
    control->setAccessibleDescription(help);
}

QLabel* addNote(QVBoxLayout* rows, const QString& text) {
    auto* note = label(text, theme::Step::small, theme::Ink::note);
    note->setWordWrap(true);
    rows->addWidget(note);
    return note;
}

}  // namespace ui
