#pragma once

// The running desktop: style, language, studio and the one window, which is built anew when the
// language changes.

#include "app/studio/studio.h"
#include "app/ui/single_window.h"
#include "app/ui/workbench.h"

#include <QObject>
#include <QPointer>
#include <QTranslator>

#include <memory>

namespace ui {

class MainWindow;
class SettingsWindow;
class TrainingDesk;
class TrainingWindow;
struct TrainingPlan;

class Desktop : public QObject {
    Q_OBJECT

public:
    /// Throws Error cannot_write when the data folder can't be used.
    explicit Desktop(studio::Options options);
    ~Desktop() override;

    /// Shows the window; after its first paint the engine starts.
    void show();
    /// Brings the window to the front, also when it was minimized.
    void raise();

    MainWindow* window() const { return window_.get(); }

    Workbench& workbench() { return bench_; }

    studio::Studio& studio() { return studio_; }

    /// Opens the settings, or brings them to the front.
    SettingsWindow* openSettings();
    /// Likewise the trainings.
    TrainingWindow* openTraining();

    /// What there is to train, and what runs; made when it is first asked for.
    TrainingDesk& trainings();
    /// Another program than this one trains; before there are trainings.
    void setTrainer(const QString& program) { trainer_ = program; }

    /// "dark", "light" or "system"; applies at once.
    void setTheme(const QString& name);
    /// As settings::Values has it; applies at once.
    void setSurround(const QString& name);
    /// "en", "ko" or empty for the system's; applies at once.
    void setLanguage(const QString& language);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void applyLook();
    /// Sections and news move only while the processor has nothing better to do.
    void followEngine();
    void applyLanguage();
    QString language();
    void build();
    void followSettings();
    /// Puts what was learnt into the prompt, with the model that it was learnt for.
    void useTraining(const TrainingPlan& plan);
    void tellProblems();

    studio::Studio studio_;
    Workbench bench_;
    SingleWindow single_;
    QTranslator translator_;
    QTranslator qtTranslator_;
    QString trainer_;
    std::unique_ptr<TrainingDesk> trainings_;
    std::unique_ptr<MainWindow> window_;
    QPointer<SettingsWindow> settings_;  ///< a child of the window
    QPointer<TrainingWindow> training_;  ///< likewise
    QString shownTheme_;
    QString shownSurround_;
    bool showsContrast_ = false;
    bool hasGpu_ = false;
    QString shownLanguage_;
    bool isStarted_ = false;
};

/// Style, fonts and pictures of the program; once per application, before any widget.
void dressApplication();

}  // namespace ui
