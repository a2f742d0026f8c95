#include "app/ui/settings/look_page.h"

#include "app/ui/settings/setting_widgets.h"

#include <QComboBox>
#include <QVBoxLayout>

namespace ui {

using settings::Values;

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
    rows->addStretch();
}

}  // namespace ui
