#include "app/ui/theme/system_theme.h"

#include <QDir>
#include <QFile>
#include <QSettings>
#include <QStandardPaths>
#include <QString>

namespace ui::theme {

bool isSystemDark() {
    // Qt 6.4 does not tell; the two files below are what GTK's and KDE's settings write.
    const QString config = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    const QString gtk = config + QStringLiteral("/gtk-4.0/settings.ini");
    if (QFile::exists(gtk)) {
        const QSettings settings(gtk, QSettings::IniFormat);
        return settings.value(QStringLiteral("Settings/gtk-application-prefer-dark-theme"))
            .toBool();
    }
    const QString kde = config + QStringLiteral("/kdeglobals");
    if (QFile::exists(kde)) {
        const QSettings settings(kde, QSettings::IniFormat);
        return settings.value(QStringLiteral("General/ColorScheme"))
            .toString()
            .contains(QLatin1String("Dark"));
    }
    return true;
}

}  // namespace ui::theme
