#pragma once

// Every action of the window with its keys, in one table. The window connects them; menus, tooltips,
// the sheet of shortcuts and the settings read them.

#include <QAction>
#include <QKeySequence>
#include <QMap>
#include <QObject>

#include <map>

class QAbstractButton;
class QWidget;

namespace ui {

enum class Act {
    generate,
    generateFirst,
    cancel,
    skip,
    suspend,
    pause,
    clearQueue,
    focusPrompt,
    convertPrompt,
    keepStyle,
    keepPreset,
    fit,
    zoom100,
    zoom200,
    zoom400,
    zoom800,
    toggleZoom,
    compareSlider,
    compareSide,
    compareHover,
    compareWith,
    pictureSettings,
    recallAll,
    recallRemix,
    recallPrompt,
    recallSeed,
    recallSize,
    copyPicture,
    saveCopy,
    showInFolder,
    previous,
    next,
    example1,
    example2,
    example3,
    example4,
    chooseFile,
    chooseFolder,
    pasteSettings,
    togglePanel,
    toggleQueue,
    toggleBoth,
    workspaceGenerate,
    workspaceLibrary,
    training,
    libraryGrid,
    libraryLoupe,
    libraryCompare,
    librarySurvey,
    libraryInfo,
    libraryFind,
    libraryOpen,
    libraryPick,
    libraryReject,
    libraryUnflag,
    libraryStars0,
    libraryStars1,
    libraryStars2,
    libraryStars3,
    libraryStars4,
    libraryStars5,
    libraryLabel1,
    libraryLabel2,
    libraryLabel3,
    libraryLabel4,
    libraryRecallAll,
    libraryRecallRemix,
    libraryRecallPrompt,
    libraryRecallSeed,
    libraryRecallSize,
    libraryReport,
    librarySelectAll,
    libraryTrash,
    libraryRestore,
    libraryUndo,
    libraryRedo,
    libraryCopy,
    libraryShowInFolder,
    libraryCollect,
    libraryImportFiles,
    libraryImportFolder,
    libraryRescan,
    settings,
    shortcuts,
    quit
};

/// Where a key acts: in the whole window, only while the stage or the filmstrip has the focus, or only
/// in the library.
enum class Scope { window, stage, library };

/// Keys that differ from the table's: the action's name to its keys, separated by ';'; an empty text
/// is no key.
using KeyMap = QMap<QString, QString>;

class Actions : public QObject {
    Q_OBJECT

public:
    /// Adds the window's actions to it.
    explicit Actions(QWidget* window, const KeyMap& keys = {});

    QAction* operator[](Act act) const { return actions_.at(act); }

    /// Adds the actions of the stage to a part of it.
    void addToStage(QWidget* part) const;
    /// Likewise for the library.
    void addToLibrary(QWidget* part) const;
    /// "Ctrl+Return" as people read it.
    static QString keysOf(const QAction* action);

    /// In the table's order. An action's objectName() is its name in a KeyMap.
    QList<QAction*> all() const { return order_; }

    Scope scopeOf(const QAction* action) const;

    /// The table's keys with these changes.
    void setKeys(const KeyMap& keys);
    /// As the table has them.
    static QString usualKeys(const QString& name);
    /// The other action that these keys would start where this one acts; null if there is none.
    QAction* conflict(const QAction* action, const QKeySequence& keys) const;

private:
    std::map<Act, QAction*> actions_;
    QList<QAction*> order_;
    QList<QAction*> stage_;
    QList<QAction*> library_;
};

/// "Ctrl+K;F5" as sequences; what can't be read is left out.
QList<QKeySequence> sequencesOf(const QString& keys);

/// The button's tooltip is its text and the action's key, whatever that becomes.
void tipWithKeys(QAbstractButton* button, const QString& text, const QAction* action);

}  // namespace ui
