#pragma once

// Docks and menus around the stage; what they do is in the workbench.

#include "app/ui/actions.h"
#include "app/ui/workbench.h"

#include <QMainWindow>
#include <QSize>

class QMenu;
class QStackedWidget;

namespace ui {

class ErrorBanner;
class Filmstrip;
class GeneratePanel;
class LibraryView;
class QueueView;
class Stage;
class TopBar;

inline constexpr QSize smallestWindow{1024, 700};

class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(Workbench& bench);

    GeneratePanel* panel() const { return panel_; }

    Stage* stage() const { return stage_; }

    Filmstrip* filmstrip() const { return filmstrip_; }

    QueueView* queue() const { return queue_; }

    ErrorBanner* panelBanner() const { return panelBanner_; }

    TopBar* topBar() const { return top_; }

    /// The library workspace; null before it was opened.
    LibraryView* library() const { return library_; }
    bool isLibraryShown() const;

    const Actions& actions() const { return actions_; }

    Actions& actions() { return actions_; }

Q_SIGNALS:
    void themeChosen(const QString& theme);
    void surroundChosen(const QString& surround);
    /// "en", "ko", or empty for the system's.
    void languageChosen(const QString& language);
    void otherLanguageAsked();
    void settingsAsked();
    void trainingAsked();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void buildDocks();
    QDockWidget* dock(const QString& name, const QString& title, QWidget* content,
                      Qt::DockWidgetArea area);
    QMenu* buildMenu();
    QMenu* choiceMenu(const QString& title, const QList<std::pair<QString, QString>>& choices,
                      QString settings::Values::*field, void (MainWindow::*chosen)(const QString&));
    void connectActions();
    void connectPictureActions();
    void connectPictures();
    void connectTrouble();
    void connectNews();
    void connectWorkspaces();
    void showGenerate();
    void showLibrary();
    void saveCopy();
    void rememberSections();
    void restore();
    /// After the first run queue and filmstrip come in.
    void leaveFirstRun();
    void toggle(std::initializer_list<QDockWidget*> docks);
    void clearQueue();
    void readSettings();

    Workbench& bench_;
    Actions actions_;
    GeneratePanel* panel_;
    ErrorBanner* panelBanner_;
    Stage* stage_;
    Filmstrip* filmstrip_;
    QueueView* queue_;
    TopBar* top_ = nullptr;
    QStackedWidget* workspaces_;
    LibraryView* library_ = nullptr;
    QList<QDockWidget*> docksOfGenerate_;  ///< that come back with it
    QDockWidget* panelDock_ = nullptr;
    QDockWidget* queueDock_ = nullptr;
    QDockWidget* filmstripDock_ = nullptr;
};

}  // namespace ui
