#include "app/ui/actions.h"

#include "app/ui/theme/icons.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QWidget>

#include <array>

namespace ui {
namespace {

struct Row {
    Act act;
    const char* name;  ///< in the settings
    const char* text;
    const char* icon;
    const char* keys;  // separated by ';'
    Scope scope = Scope::window;
};

constexpr std::array rows{
    Row{Act::generate, "generate", QT_TRANSLATE_NOOP("actions", "Generate"), "generate",
        "Ctrl+Enter;Ctrl+Return"},
    Row{Act::generateFirst, "generate_first", QT_TRANSLATE_NOOP("actions", "Generate before the others"), "generate",
        "Ctrl+Shift+Enter;Ctrl+Shift+Return"},
    Row{Act::cancel, "cancel", QT_TRANSLATE_NOOP("actions", "Cancel the job"), "close", "Shift+X"},
    Row{Act::skip, "skip", QT_TRANSLATE_NOOP("actions", "Skip the picture"), "skip",
        "Alt+Enter;Alt+Return"},
    Row{Act::suspend, "suspend", QT_TRANSLATE_NOOP("actions", "Suspend the job"), "suspend", ""},
    Row{Act::pause, "pause", QT_TRANSLATE_NOOP("actions", "Pause the queue"), "pause", ""},
    Row{Act::clearQueue, "clear_queue", QT_TRANSLATE_NOOP("actions", "Clear the queue…"), "trash", "Ctrl+Shift+X"},
    Row{Act::focusPrompt, "focus_prompt", QT_TRANSLATE_NOOP("actions", "Go to the prompt"), "edit", "Alt+A"},
    Row{Act::convertPrompt, "convert_prompt", QT_TRANSLATE_NOOP("actions", "Convert from ComfyUI or Compel…"), "diff",
        ""},
    Row{Act::keepStyle, "keep_style", QT_TRANSLATE_NOOP("actions", "Keep the prompt as a style…"), "style", ""},
    Row{Act::keepPreset, "keep_preset", QT_TRANSLATE_NOOP("actions", "Keep the settings as a preset…"), "recipe",
        ""},
    Row{Act::fit, "fit", QT_TRANSLATE_NOOP("actions", "Fit the picture"), "fit", "Ctrl+0"},
    Row{Act::zoom100, "zoom100", QT_TRANSLATE_NOOP("actions", "100 %"), "zoom-in", "Ctrl+1"},
    Row{Act::zoom200, "zoom200", QT_TRANSLATE_NOOP("actions", "200 %"), "zoom-in", "Ctrl+2"},
    Row{Act::zoom400, "zoom400", QT_TRANSLATE_NOOP("actions", "400 %"), "zoom-in", "Ctrl+3"},
    Row{Act::zoom800, "zoom800", QT_TRANSLATE_NOOP("actions", "800 %"), "zoom-in", "Ctrl+4"},
    Row{Act::toggleZoom, "toggle_zoom", QT_TRANSLATE_NOOP("actions", "Fit or 100 %"), "zoom-in", "Z",
        Scope::stage},
    Row{Act::compareSlider, "compare_slider", QT_TRANSLATE_NOOP("actions", "Compare with a slider"),
        "compare", "C", Scope::stage},
    Row{Act::compareSide, "compare_side", QT_TRANSLATE_NOOP("actions", "Compare side by side"),
        "side", "Shift+C", Scope::stage},
    Row{Act::compareHover, "compare_hover",
        QT_TRANSLATE_NOOP("actions", "Compare under the pointer"), "eye", "Alt+C", Scope::stage},
    Row{Act::compareWith, "compare_with",
        QT_TRANSLATE_NOOP("actions", "Compare others with this one"), "reference", "M",
        Scope::stage},
    Row{Act::pictureSettings, "picture_settings",
        QT_TRANSLATE_NOOP("actions", "Settings of the picture"), "info", "I", Scope::stage},
    Row{Act::recallAll, "recall_all", QT_TRANSLATE_NOOP("actions", "Recall all settings"), "recall", "A",
        Scope::stage},
    Row{Act::recallRemix, "recall_remix", QT_TRANSLATE_NOOP("actions", "Recall all but the seed"), "recall", "R",
        Scope::stage},
    Row{Act::recallPrompt, "recall_prompt", QT_TRANSLATE_NOOP("actions", "Recall the prompt"), "recall", "P",
        Scope::stage},
    Row{Act::recallSeed, "recall_seed", QT_TRANSLATE_NOOP("actions", "Recall the seed"), "dice", "S",
        Scope::stage},
    Row{Act::recallSize, "recall_size", QT_TRANSLATE_NOOP("actions", "Recall the size"), "frame", "D",
        Scope::stage},
    Row{Act::copyPicture, "copy_picture", QT_TRANSLATE_NOOP("actions", "Copy the picture"), "copy", "Ctrl+C",
        Scope::stage},
    Row{Act::saveCopy, "save_copy", QT_TRANSLATE_NOOP("actions", "Save a copy…"), "save", "Ctrl+S",
        Scope::stage},
    Row{Act::showInFolder, "show_in_folder", QT_TRANSLATE_NOOP("actions", "Show in folder"), "folder", "",
        Scope::stage},
    Row{Act::previous, "previous", QT_TRANSLATE_NOOP("actions", "Newer picture"), "chevron-left", "Alt+Left"},
    Row{Act::next, "next", QT_TRANSLATE_NOOP("actions", "Older picture"), "chevron-right", "Alt+Right"},
    Row{Act::example1, "example1", QT_TRANSLATE_NOOP("actions", "First example"), "generate", "Alt+1"},
    Row{Act::example2, "example2", QT_TRANSLATE_NOOP("actions", "Second example"), "generate", "Alt+2"},
    Row{Act::example3, "example3", QT_TRANSLATE_NOOP("actions", "Third example"), "generate", "Alt+3"},
    Row{Act::example4, "example4", QT_TRANSLATE_NOOP("actions", "Fourth example"), "generate", "Alt+4"},
    Row{Act::chooseFile, "choose_file", QT_TRANSLATE_NOOP("actions", "Choose a model file…"), "model", "Ctrl+O"},
    Row{Act::chooseFolder, "choose_folder", QT_TRANSLATE_NOOP("actions", "Choose a model folder…"), "folder", ""},
    Row{Act::pasteSettings, "paste_settings", QT_TRANSLATE_NOOP("actions", "Read a picture's settings…"), "import",
        "Ctrl+I"},
    Row{Act::togglePanel, "toggle_panel", QT_TRANSLATE_NOOP("actions", "Generate panel"), "side", "T;O",
        Scope::stage},
    Row{Act::toggleQueue, "toggle_queue", QT_TRANSLATE_NOOP("actions", "Queue"), "queue", "G", Scope::stage},
    Row{Act::toggleBoth, "toggle_both", QT_TRANSLATE_NOOP("actions", "Both panels"), "side", "F", Scope::stage},
    Row{Act::workspaceGenerate, "workspace_generate", QT_TRANSLATE_NOOP("actions", "Generate workspace"),
        "generate", "F1"},
    Row{Act::workspaceLibrary, "workspace_library", QT_TRANSLATE_NOOP("actions", "Library"),
        "library", "F3"},
    Row{Act::training, "training", QT_TRANSLATE_NOOP("actions", "Training…"), "training", "Ctrl+T"},
    Row{Act::libraryGrid, "library_grid", QT_TRANSLATE_NOOP("actions", "Grid"),
        "library", "G", Scope::library},
    Row{Act::libraryLoupe, "library_loupe", QT_TRANSLATE_NOOP("actions", "Loupe"),
        "image", "E", Scope::library},
    Row{Act::libraryCompare, "library_compare", QT_TRANSLATE_NOOP("actions", "Compare two"),
        "compare", "C", Scope::library},
    Row{Act::librarySurvey, "library_survey", QT_TRANSLATE_NOOP("actions", "Survey"),
        "side", "N", Scope::library},
    Row{Act::libraryInfo, "library_info", QT_TRANSLATE_NOOP("actions", "Information"),
        "info", "I", Scope::library},
    Row{Act::libraryFind, "library_find", QT_TRANSLATE_NOOP("actions", "Search the library"),
        "search", "Ctrl+F", Scope::library},
    Row{Act::libraryOpen, "library_open", QT_TRANSLATE_NOOP("actions", "Open in the viewer"),
        "image", "Return;Enter", Scope::library},
    Row{Act::libraryPick, "library_pick", QT_TRANSLATE_NOOP("actions", "Pick"),
        "pick", "P", Scope::library},
    Row{Act::libraryReject, "library_reject", QT_TRANSLATE_NOOP("actions", "Reject"),
        "reject", "X", Scope::library},
    Row{Act::libraryUnflag, "library_unflag", QT_TRANSLATE_NOOP("actions", "Remove the flag"),
        "pick-off", "U", Scope::library},
    Row{Act::libraryStars0, "library_stars_0", QT_TRANSLATE_NOOP("actions", "No stars"),
        "star", "0", Scope::library},
    Row{Act::libraryStars1, "library_stars_1", QT_TRANSLATE_NOOP("actions", "1 star"),
        "star-on", "1", Scope::library},
    Row{Act::libraryStars2, "library_stars_2", QT_TRANSLATE_NOOP("actions", "2 stars"),
        "star-on", "2", Scope::library},
    Row{Act::libraryStars3, "library_stars_3", QT_TRANSLATE_NOOP("actions", "3 stars"),
        "star-on", "3", Scope::library},
    Row{Act::libraryStars4, "library_stars_4", QT_TRANSLATE_NOOP("actions", "4 stars"),
        "star-on", "4", Scope::library},
    Row{Act::libraryStars5, "library_stars_5", QT_TRANSLATE_NOOP("actions", "5 stars"),
        "star-on", "5", Scope::library},
    Row{Act::libraryLabel1, "library_label_1", QT_TRANSLATE_NOOP("actions", "Red label"),
        "label", "6", Scope::library},
    Row{Act::libraryLabel2, "library_label_2", QT_TRANSLATE_NOOP("actions", "Yellow label"),
        "label", "7", Scope::library},
    Row{Act::libraryLabel3, "library_label_3", QT_TRANSLATE_NOOP("actions", "Green label"),
        "label", "8", Scope::library},
    Row{Act::libraryLabel4, "library_label_4", QT_TRANSLATE_NOOP("actions", "Blue label"),
        "label", "9", Scope::library},
    Row{Act::libraryRecallAll, "library_recall_all", QT_TRANSLATE_NOOP("actions", "Recall all settings"),
        "recall", "A", Scope::library},
    Row{Act::libraryRecallRemix, "library_recall_remix", QT_TRANSLATE_NOOP("actions", "Recall all but the seed"),
        "recall", "R", Scope::library},
    Row{Act::libraryRecallPrompt, "library_recall_prompt", QT_TRANSLATE_NOOP("actions", "Recall the prompt"),
        "recall", "Shift+P", Scope::library},
    Row{Act::libraryRecallSeed, "library_recall_seed", QT_TRANSLATE_NOOP("actions", "Recall the seed"),
        "dice", "S", Scope::library},
    Row{Act::libraryRecallSize, "library_recall_size", QT_TRANSLATE_NOOP("actions", "Recall the size"),
        "frame", "D", Scope::library},
    Row{Act::libraryReport, "library_report", QT_TRANSLATE_NOOP("actions", "Reproduction report…"),
        "report", "Shift+R", Scope::library},
    Row{Act::librarySelectAll, "library_select_all", QT_TRANSLATE_NOOP("actions", "Select all"),
        "check", "Ctrl+A", Scope::library},
    Row{Act::libraryTrash, "library_trash", QT_TRANSLATE_NOOP("actions", "Move to the trash"),
        "trash", "Del;Backspace", Scope::library},
    Row{Act::libraryRestore, "library_restore", QT_TRANSLATE_NOOP("actions", "Take out of the trash"),
        "undo", "Shift+Del", Scope::library},
    Row{Act::libraryUndo, "library_undo", QT_TRANSLATE_NOOP("actions", "Undo"),
        "undo", "Ctrl+Z", Scope::library},
    Row{Act::libraryRedo, "library_redo", QT_TRANSLATE_NOOP("actions", "Redo"),
        "redo", "Ctrl+Shift+Z;Ctrl+Y", Scope::library},
    Row{Act::libraryCopy, "library_copy", QT_TRANSLATE_NOOP("actions", "Copy the pictures"),
        "copy", "Ctrl+C", Scope::library},
    Row{Act::libraryShowInFolder, "library_show_in_folder", QT_TRANSLATE_NOOP("actions", "Show in folder"),
        "folder", "Ctrl+R", Scope::library},
    Row{Act::libraryCollect, "library_collect", QT_TRANSLATE_NOOP("actions", "New collection…"),
        "collection", "Ctrl+N", Scope::library},
    Row{Act::libraryImportFiles, "library_import_files", QT_TRANSLATE_NOOP("actions", "Import pictures…"),
        "import", "Ctrl+Shift+I", Scope::library},
    Row{Act::libraryImportFolder, "library_import_folder", QT_TRANSLATE_NOOP("actions", "Import a folder…"),
        "folder", "", Scope::library},
    Row{Act::libraryRescan, "library_rescan", QT_TRANSLATE_NOOP("actions", "Look through the folders again"),
        "retry", "F5", Scope::library},
    Row{Act::settings, "settings", QT_TRANSLATE_NOOP("actions", "Settings…"), "settings", "Ctrl+,"},
    Row{Act::shortcuts, "shortcuts", QT_TRANSLATE_NOOP("actions", "Keys…"), "keyboard", "Shift+?"},
    Row{Act::quit, "quit", QT_TRANSLATE_NOOP("actions", "Quit"), "close", "Ctrl+Q"},
};

const Row* rowOf(const QString& name) {
    for (const auto& row : rows)
        if (name == QLatin1String(row.name)) return &row;
    return nullptr;
}

}  // namespace

QList<QKeySequence> sequencesOf(const QString& keys) {
    QList<QKeySequence> result;
    for (const auto& part : keys.split(QLatin1Char(';'), Qt::SkipEmptyParts)) {
        const QKeySequence sequence(part.trimmed());
        if (!sequence.isEmpty() && sequence[0].key() != Qt::Key_unknown) result << sequence;
    }
    return result;
}

Actions::Actions(QWidget* window, const KeyMap& keys) : QObject(window) {
    for (const auto& row : rows) {
        auto* action = new QAction(theme::icon(QLatin1String(row.icon)),
                                   QCoreApplication::translate("actions", row.text), this);
        action->setObjectName(QLatin1String(row.name));
        action->setIconVisibleInMenu(true);
        actions_[row.act] = action;
        order_ << action;
        if (row.scope == Scope::window) {
            window->addAction(action);
        } else {
            action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
            (row.scope == Scope::stage ? stage_ : library_) << action;
        }
    }
    setKeys(keys);
}

void Actions::addToStage(QWidget* part) const {
    part->addActions(stage_);
}

void Actions::addToLibrary(QWidget* part) const {
    part->addActions(library_);
}

Scope Actions::scopeOf(const QAction* action) const {
    if (library_.contains(action)) return Scope::library;
    return stage_.contains(action) ? Scope::stage : Scope::window;
}

void Actions::setKeys(const KeyMap& keys) {
    for (auto* action : order_) {
        const auto changed = keys.find(action->objectName());
        action->setShortcuts(sequencesOf(changed == keys.end() ? usualKeys(action->objectName())
                                                               : *changed));
    }
}

QString Actions::usualKeys(const QString& name) {
    const auto* row = rowOf(name);
    return row ? QString::fromLatin1(row->keys) : QString();
}

QAction* Actions::conflict(const QAction* action, const QKeySequence& keys) const {
    // A key of the window acts in every part of it, so it conflicts with those of all parts.
    for (auto* other : order_) {
        if (other == action || !other->shortcuts().contains(keys)) continue;
        if (scopeOf(other) == scopeOf(action) || scopeOf(other) == Scope::window ||
            scopeOf(action) == Scope::window)
            return other;
    }
    return nullptr;
}

QString Actions::keysOf(const QAction* action) {
    return action->shortcut()
        .toString(QKeySequence::NativeText)
        .replace(QLatin1String("Return"), QStringLiteral("↵"))
        .replace(QLatin1String("Enter"), QStringLiteral("↵"));
}

void tipWithKeys(QAbstractButton* button, const QString& text, const QAction* action) {
    const auto show = [button, text, action] {
        const QString keys = Actions::keysOf(action);
        button->setToolTip(keys.isEmpty() ? text : text + QStringLiteral("  ") + keys);
    };
    QObject::connect(action, &QAction::changed, button, show);
    show();
}

}  // namespace ui
