#include "app/ui/desktop.h"

#include "app/ui/main_window.h"
#include "app/ui/theme/focus_ring.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/style.h"
#include "app/ui/theme/system_theme.h"

#include <QApplication>
#include <QEvent>
#include <QLibraryInfo>
#include <QLocale>
#include <QTimer>

// Resources of a static library are registered by name, outside any namespace.
static void registerResources() {
    Q_INIT_RESOURCE(atelier);
}

namespace ui {

void dressApplication() {
    registerResources();
    auto* style = new theme::Style(theme::dark());
    QApplication::setStyle(style);
    style->setTheme(theme::dark());
    style->setKorean(false);
    new theme::FocusRing(qApp);
    QApplication::setWindowIcon(theme::icon(QStringLiteral("generate"), &theme::Theme::accent));
}

Desktop::Desktop(studio::Options options)
    : studio_(std::move(options)), bench_(studio_), single_(studio_.places().data) {
    connect(&single_, &SingleWindow::asked, this, &Desktop::raise);
    applyTheme();
    applyLanguage();
    build();
}

Desktop::~Desktop() = default;

void Desktop::build() {
    auto next = std::make_unique<MainWindow>(bench_);
    connect(next.get(), &MainWindow::themeChosen, this, &Desktop::setTheme);
    // Queued: the window that emits is replaced.
    connect(next.get(), &MainWindow::languageChosen, this, &Desktop::setLanguage,
            Qt::QueuedConnection);
    connect(
        next.get(), &MainWindow::otherLanguageAsked, this,
        [this] {
            setLanguage(language() == QLatin1String("ko") ? QStringLiteral("en")
                                                          : QStringLiteral("ko"));
        },
        Qt::QueuedConnection);
    next->installEventFilter(this);
    if (window_) {
        next->restoreGeometry(window_->saveGeometry());
        next->show();
    }
    window_ = std::move(next);
}

void Desktop::show() {
    window_->show();
}

void Desktop::raise() {
    window_->setWindowState(window_->windowState() & ~Qt::WindowMinimized);
    window_->show();
    window_->raise();
    window_->activateWindow();
}

bool Desktop::eventFilter(QObject* object, QEvent* event) {
    if (!isStarted_ && object == window_.get() && event->type() == QEvent::Paint) {
        isStarted_ = true;
        QTimer::singleShot(0, this, [this] { bench_.start(); });
    }
    return QObject::eventFilter(object, event);
}

void Desktop::setTheme(const QString& name) {
    studio_.settings().set(&settings::Values::theme, name);
    applyTheme();
}

void Desktop::applyTheme() {
    const auto& name = studio_.settings().values().theme;
    const bool isDark =
        name == QLatin1String("system") ? theme::isSystemDark() : name != QLatin1String("light");
    if (auto* style = theme::Style::current())
        style->setTheme(isDark ? theme::dark() : theme::light());
}

QString Desktop::language() {
    const auto& chosen = studio_.settings().values().language;
    if (!chosen.isEmpty()) return chosen;
    return QLocale::system().language() == QLocale::Korean ? QStringLiteral("ko")
                                                           : QStringLiteral("en");
}

void Desktop::setLanguage(const QString& language) {
    studio_.settings().set(&settings::Values::language, language);
    applyLanguage();
    build();
}

void Desktop::applyLanguage() {
    QApplication::removeTranslator(&translator_);
    QApplication::removeTranslator(&qtTranslator_);
    const bool isKorean = language() == QLatin1String("ko");
    const QString file = isKorean ? QStringLiteral(":/translations/atelier_ko.qm")
                                  : QStringLiteral(":/translations/atelier_en.qm");
    if (translator_.load(file)) QApplication::installTranslator(&translator_);
    if (isKorean && qtTranslator_.load(QStringLiteral("qtbase_ko"),
                                       QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QApplication::installTranslator(&qtTranslator_);
    if (auto* style = theme::Style::current()) style->setKorean(isKorean);
}

}  // namespace ui
