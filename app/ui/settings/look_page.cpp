#include "app/ui/settings/look_page.h"

#include "app/ui/scale.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QScreen>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using settings::Values;

Choices surroundChoices() {
    const auto say = [](const char* text) { return QCoreApplication::translate("look", text); };
    return {{say(QT_TRANSLATE_NOOP("look", "As the theme has it")), QStringLiteral("theme")},
            {say(QT_TRANSLATE_NOOP("look", "Black")), QStringLiteral("black")},
            {say(QT_TRANSLATE_NOOP("look", "Dark grey, L* 20")), QStringLiteral("20")},
            {say(QT_TRANSLATE_NOOP("look", "Middle grey, L* 50")), QStringLiteral("50")},
            {say(QT_TRANSLATE_NOOP("look", "Light grey, L* 80")), QStringLiteral("80")},
            {say(QT_TRANSLATE_NOOP("look", "White")), QStringLiteral("white")}};
}

LookPage::LookPage(settings::Settings& settings) {
    auto* rows = settingsPage(this, tr("Language and look"));
    addSetting(rows, tr("Language"),
               choiceOf(settings, &Values::language, tr("Language"),
                        {{tr("As the system"), QString()},
                         {QStringLiteral("English"), QStringLiteral("en")},
                         {QStringLiteral("한국어"), QStringLiteral("ko")}}));
    addSetting(rows, tr("Theme"),
               choiceOf(settings, &Values::theme, tr("Theme"),
                        {{tr("Dark"), QStringLiteral("dark")},
                         {tr("Light"), QStringLiteral("light")},
                         {tr("As the system"), QStringLiteral("system")}}),
               tr("All greys are without tint, so that they change no colour of a picture."));
    addSetting(rows, tr("Contrast"),
               switchOf(settings, &Values::isHighContrast, tr("High contrast")),
               tr("Words, lines and marks stand out more."));
    addSetting(rows, tr("Surround of pictures"),
               choiceOf(settings, &Values::surround, tr("Surround of pictures"), surroundChoices()),
               tr("The grey that a picture is judged on: the stage, the library and the mats."));
    addSetting(rows, tr("Motion"),
               switchOf(settings, &Values::reducesMotion, tr("Reduce motion")),
               tr("Sections and news are there at once instead of moving in."));
    addSetting(rows, tr("Scale"), buildScale(settings),
               tr("Counts from the next start on. It goes as far as this screen has room for the "
                  "window."));
    rows->addStretch();
}

QSpinBox* LookPage::buildScale(settings::Settings& settings) {
    const int fitting = largestFittingScale(screen()->availableSize());
    // One that another screen had room for stays as it is.
    auto* box = numberOf(settings, &Values::scale, tr("Scale"), settings::smallestScale,
                         std::max(fitting, settings.values().scale));
    box->setSingleStep(10);
    box->setSuffix(QStringLiteral(" %"));
    return box;
}

}  // namespace ui
