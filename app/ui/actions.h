#pragma once

// Every action of the window with its keys, in one table. The window connects them; menus, tooltips
// and the sheet of shortcuts read them.

#include <QAction>
#include <QObject>

#include <map>

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
    recallAll,
    recallRemix,
    recallPrompt,
    recallSeed,
    recallSize,
    copyPicture,
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
    shortcuts,
    quit
};

/// Where a key acts: in the whole window, or only while the stage or the filmstrip has the focus.
enum class Scope { window, stage };

class Actions : public QObject {
    Q_OBJECT

public:
    /// Adds the window's actions to it.
    explicit Actions(QWidget* window);

    QAction* operator[](Act act) const { return actions_.at(act); }

    /// Adds the actions of the stage to a part of it.
    void addToStage(QWidget* part) const;
    /// "Ctrl+Return" as people read it.
    static QString keysOf(const QAction* action);

    /// In the table's order.
    QList<QAction*> all() const { return order_; }

private:
    std::map<Act, QAction*> actions_;
    QList<QAction*> order_;
    QList<QAction*> stage_;
};

}  // namespace ui
