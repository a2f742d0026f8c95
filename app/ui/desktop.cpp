#include "app/ui/desktop.h"

#include "app/codec/text.h"
#include "app/ui/hardware.h"
#include "app/ui/main_window.h"
#include "app/ui/reach.h"
#include "app/ui/settings/settings_window.h"
#include "app/ui/theme/focus_ring.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/motion.h"
#include "app/ui/theme/style.h"
#include "app/ui/theme/system_theme.h"
#include "app/ui/training/training_desk.h"
#include "app/ui/training/training_window.h"

#include <QApplication>
#include <QEvent>
#include <QLibraryInfo>
#include <QLocale>
#include <QSignalBlocker>
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
    teachRoles();
    QApplication::setWindowIcon(theme::icon(QStringLiteral("generate"), &theme::Theme::accent));
}

Desktop::Desktop(studio::Options options)
    : studio_(std::move(options)),
      bench_(studio_),
      single_(studio_.places().data),
      trainer_(QCoreApplication::applicationFilePath()) {
    connect(&single_, &SingleWindow::asked, this, &Desktop::raise);
    hasGpu_ = !readHardware().gpu.isEmpty();
    applyLook();
    applyLanguage();
    build();
    connect(&bench_, &Workbench::runChanged, this, &Desktop::followEngine);
    connect(&studio_.settings(), &settings::Settings::changed, this, &Desktop::followSettings);
}

Desktop::~Desktop() {
    theme::keepStill(theme::Still::busy, false);
}

void Desktop::followSettings() {
    const auto& values = studio_.settings().values();
    if (values.theme != shownTheme_ || values.surround != shownSurround_ ||
        values.isHighContrast != showsContrast_)
        applyLook();
    theme::keepStill(theme::Still::wanted, values.reducesMotion);
    if (values.language == shownLanguage_) return;
    applyLanguage();
    // Later: who changed it is a part of the window that is replaced.
    QMetaObject::invokeMethod(this, &Desktop::build, Qt::QueuedConnection);
}

SettingsWindow* Desktop::openSettings() {
    if (!settings_)
        settings_ = new SettingsWindow(studio_, window_->actions(), window_.get());
    settings_->show();
    settings_->raise();
    settings_->activateWindow();
    return settings_;
}

TrainingDesk& Desktop::trainings() {
    if (!trainings_) trainings_ = std::make_unique<TrainingDesk>(studio_.places().data, trainer_);
    return *trainings_;
}

TrainingWindow* Desktop::openTraining() {
    if (!training_) {
        training_ = new TrainingWindow(bench_, trainings(), window_.get());
        connect(training_, &TrainingWindow::used, this, &Desktop::useTraining);
    }
    training_->show();
    training_->raise();
    training_->activateWindow();
    return training_;
}

void Desktop::useTraining(const TrainingPlan& plan) {
    auto request = bench_.request().request();
    request.prompt = codec::toUtf8(promptWith(codec::fromUtf8(request.prompt), plan));
    // The other model may have another native size; a size made for the first would not fit it.
    if (request.model != plan.lessons().model) request.width = request.height = 0;
    request.model = plan.lessons().model;
    bench_.request().setRequest(request);
    // The prompt completes and colours its name from now on.
    QStringList folders{studio_.places().models};
    for (const auto& folder : studio_.models().folders()) folders << folder.path;
    bench_.prompts().look(folders);
    raise();
    window_->actions()[Act::focusPrompt]->trigger();
}

void Desktop::build() {
    const bool showsTraining = training_ && training_->isVisible();
    const QString shownTraining = training_ ? training_->shown() : QString();
    const int page = settings_ && settings_->isVisible() ? settings_->page() : -1;
    auto next = std::make_unique<MainWindow>(bench_);
    connect(next.get(), &MainWindow::themeChosen, this, &Desktop::setTheme);
    connect(next.get(), &MainWindow::surroundChosen, this, &Desktop::setSurround);
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
    connect(next.get(), &MainWindow::settingsAsked, this, &Desktop::openSettings);
    connect(next.get(), &MainWindow::trainingAsked, this, &Desktop::openTraining);
    next->installEventFilter(this);
    if (window_) {
        next->restoreGeometry(window_->saveGeometry());
        next->show();
        if (window_->isLibraryShown()) next->actions()[Act::workspaceLibrary]->trigger();
    }
    window_ = std::move(next);
    if (page >= 0) openSettings()->setPage(page);
    if (showsTraining) openTraining()->choose(shownTraining);
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
        QTimer::singleShot(0, this, [this] {
            bench_.start();
            tellProblems();
        });
    }
    return QObject::eventFilter(object, event);
}

void Desktop::tellProblems() {
    using settings::Problem;
    QStringList sentences;
    for (const auto& problem : studio_.settings().problems()) {
        switch (problem.what) {
            case Problem::What::unreadable:
                sentences << tr("The file is no JSON, so all settings are at their defaults.");
                break;
            case Problem::What::newer:
                sentences << tr("A later version of Atelier wrote it; what this one knows was taken.");
                break;
            case Problem::What::badValue:
                sentences << tr("“%1” can't be %2 and is at its default.").arg(problem.key, problem.value);
        }
    }
    if (sentences.isEmpty()) return;
    sentences << tr("As it was it is kept as %1.").arg(studio_.settings().problems().front().keptAs);
    Q_EMIT bench_.troubled({Trouble::Where::panel, Trouble::What::settingsRead,
                            sentences.join(QLatin1Char(' ')), {}});
}

void Desktop::setTheme(const QString& name) {
    studio_.settings().set(&settings::Values::theme, name);
}

void Desktop::setSurround(const QString& name) {
    studio_.settings().set(&settings::Values::surround, name);
}

void Desktop::applyLook() {
    const auto& values = studio_.settings().values();
    shownTheme_ = values.theme;
    shownSurround_ = values.surround;
    showsContrast_ = values.isHighContrast;
    const bool isDark = shownTheme_ == QLatin1String("system")
                            ? theme::isSystemDark()
                            : shownTheme_ != QLatin1String("light");
    const theme::Look look{isDark, showsContrast_, shownSurround_};
    if (auto* style = theme::Style::current())
        style->setThemes(theme::themeOf(look), theme::stageThemeOf(look));
    theme::keepStill(theme::Still::wanted, values.reducesMotion);
}

void Desktop::followEngine() {
    const auto& device = studio_.settings().values().device;
    const bool isOnProcessor = device == QLatin1String("cpu") || (device == QLatin1String("auto") && !hasGpu_);
    theme::keepStill(theme::Still::busy, isOnProcessor && bench_.run().has_value());
}

QString Desktop::language() {
    const auto& chosen = studio_.settings().values().language;
    if (!chosen.isEmpty()) return chosen;
    return QLocale::system().language() == QLocale::Korean ? QStringLiteral("ko")
                                                           : QStringLiteral("en");
}

void Desktop::setLanguage(const QString& language) {
    if (studio_.settings().values().language == language) return;
    {
        const QSignalBlocker quiet(studio_.settings());
        studio_.settings().set(&settings::Values::language, language);
    }
    applyLanguage();
    build();
}

void Desktop::applyLanguage() {
    shownLanguage_ = studio_.settings().values().language;
    QApplication::removeTranslator(&translator_);
    QApplication::removeTranslator(&qtTranslator_);
    const bool isKorean = language() == QLatin1String("ko");
    const QString file = isKorean ? QStringLiteral(":/translations/atelier_ko.qm")
                                  : QStringLiteral(":/translations/atelier_en.qm");
    if (translator_.load(file)) QApplication::installTranslator(&translator_);
    if (isKorean && qtTranslator_.load(QStringLiteral("qtbase_ko"),
                                       QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QApplication::installTranslator(&qtTranslator_);
    // Dates and numbers as the language has them.
    QLocale::setDefault(isKorean ? QLocale(QLocale::Korean) : QLocale(QLocale::English));
    if (auto* style = theme::Style::current()) style->setKorean(isKorean);
}

}  // namespace ui
